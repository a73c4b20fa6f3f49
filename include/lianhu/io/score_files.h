// The files of an evaluation: facts.csv in, scores.csv out and in again for the fund.
#ifndef LIANHU_IO_SCORE_FILES_H_
#define LIANHU_IO_SCORE_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/io/units.h"
#include "lianhu/scoring/checklist.h"
#include "lianhu/scoring/explain.h"
#include "lianhu/scoring/roll_up.h"
#include "lianhu/scoring/score.h"
#include "lianhu/scoring/sensitivity.h"
#include "lianhu/scoring/strata.h"

namespace lianhu::io {

struct FactFileOptions {
  std::string period = {};  // score this period alone; empty: the facts of all periods added up
  // Empty, or the ids of those who may be scored, ascending; `roster_file` names their file in errors.
  std::vector<std::string> roster = {};
  std::string roster_file = {};
};

// One row a steward, by ascending id, so that the order of the rows in the file changes nothing.
struct FactFile {
  std::string file;
  std::vector<std::string> stewards;
  std::vector<int64_t> values;             // stewards x facts of the checklist
  std::vector<std::string> units;          // the column `unit` by steward; empty without one
  std::vector<int64_t> rows;               // of the file, by steward; that of his last period
  std::vector<std::string> periods;        // that were read, ascending; empty without a column `period`
  std::vector<std::string> other_columns;  // that are no fact of the checklist and were passed over
  std::vector<std::string> absent_facts;   // optional ones without a column, taken as 0

  scoring::FactTable View() const { return {static_cast<int32_t>(stewards.size()), values}; }
};

// Reads `steward`, `period` if there is one, `unit` if there is one, and a column for each fact of the checklist; an
// optional fact may lack its column or leave fields empty, and is 0. Errors name file, row, column and value: a missing
// column or value, a number that is not whole, a negative one, a ratio above 1, a steward who is not on the roster, two
// rows for one steward and period, a period that nobody has. O(bytes + n log n).
absl::StatusOr<FactFile> ReadFactsCsv(const std::string& path, const scoring::Checklist& checklist,
                                      const FactFileOptions& options = {});

// `steward,A1,...,C5,bonus,deduction,total,grade,status,rank`, points with three decimals. What is not applicable says
// so; total, grade and rank are empty for one who is not rated.
std::string FormatScoresCsv(const scoring::Checklist& checklist, const FactFile& facts, const scoring::Scores& scores);

// `steward,total,rank,best_rank,worst_rank,attained_best,attained_worst,sampled_best,sampled_worst,swap_with,
// swap_change,swap_indicator,swap_indicator_change,exact`, those who are rated (scoring/sensitivity.h).
std::string FormatSensitivityCsv(const scoring::Checklist& checklist, const FactFile& facts,
                                 const scoring::Scores& scores, const scoring::Sensitivity& sensitivity);

// `indicator,weight,mean_shift,greatest_shift,correlation`.
std::string FormatInfluenceCsv(const scoring::Checklist& checklist, const scoring::Sensitivity& sensitivity);

// The explanation of one steward as JSON; docs/formats.md lists its members.
std::string FormatExplanationJson(const scoring::Checklist& checklist, const std::string& steward,
                                  const scoring::Explanation& explanation);

// Where each steward of `facts` works and what weight he has in the means of his units.
struct StewardPlaces {
  std::vector<Unit> units;          // by steward
  std::vector<int64_t> households;  // empty: 1 each
};

// A steward's unit is, in this order: the deepest one of the posts he holds, when `posts` is given; what the column
// `unit` of the facts says; the unit that has his id. An error names a steward who has none.
absl::StatusOr<StewardPlaces> PlaceStewards(const scoring::Checklist& checklist, const FactFile& facts,
                                            const UnitTable& units, const std::string& posts);

// `unit,level,stewards,rated,households,mean,rank`, a row a unit in level order.
std::string FormatUnitScoresCsv(const UnitTable& units, const scoring::UnitScores& scores);

// Columns `steward`, `dispersion_m` (two decimals at most), `households` and `hardship`; every steward of `facts` must
// be there once.
struct DifficultyFile {
  std::vector<int64_t> dispersion_cm;
  std::vector<int64_t> households;
  std::vector<int64_t> hardship;

  scoring::Difficulty View() const { return {dispersion_cm, households, hardship}; }
};
absl::StatusOr<DifficultyFile> ReadDifficultyCsv(const std::string& path, const FactFile& facts);

// `steward,difficulty,stratum,total,rank,stratum_rank,adjustment,adjusted,adjusted_rank`, those who are rated; strata
// count from 1, the easiest.
std::string FormatStrataCsv(const FactFile& facts, const scoring::Scores& scores, const scoring::Strata& strata);

// The ids in the column `column` of a CSV file, ascending; doubled ids are an error.
absl::StatusOr<std::vector<std::string>> ReadRoster(const std::string& path, const std::string& column);

}  // namespace lianhu::io

#endif  // LIANHU_IO_SCORE_FILES_H_
