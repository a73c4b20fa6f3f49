// The files of a choice of stewards: chosen.csv, plan.csv, prices.csv and summary.json.
#ifndef LIANHU_IO_CHOICE_FILES_H_
#define LIANHU_IO_CHOICE_FILES_H_

#include <string>
#include <vector>

#include "lianhu/assignment/plan.h"
#include "lianhu/districting/steward_choice.h"
#include "lianhu/io/candidates.h"

namespace lianhu::io {

// The street of the chosen alone, with their own bounds, and the plan for it.
Street ChosenStreet(const CandidatePool& pool, const districting::StewardChoice& choice);
assignment::Plan ChosenPlan(const districting::StewardChoice& choice);

// How many of each kind of candidate there are and are chosen.
struct KindCount {
  std::string kind;
  int64_t candidates = 0;
  int64_t chosen = 0;
};
std::vector<KindCount> CountKinds(const CandidatePool& pool, const districting::StewardChoice& choice);

// `id,x,y` or `id,lon,lat`, the unit's column where there is one, `min,max,kind,cost_m,households,mean_distance_m`: a
// row for each of the chosen in input order, a stewards file for every other command. `within` names the column.
std::string FormatChosenCsv(const CandidatePool& pool, const districting::StewardChoice& choice,
                            const std::string& within);

// The summary as JSON; docs/formats.md lists its members.
std::string FormatChoiceJson(const CandidatePool& pool, const districting::CandidateProblem& problem,
                             const districting::StewardChoice& choice);

}  // namespace lianhu::io

#endif  // LIANHU_IO_CHOICE_FILES_H_
