// Facts of the founding checklist drawn from what is kept anyway: the plan, the docket, a log of visits, a sample.
//
// The rules, also in docs/algorithms/scoring.md. `period` is from `from` (included) to `to` (excluded).
//   plan.csv     households_assigned: the steward's rows.
//   visits.csv   `steward,household,time,kind`. households_verified: his households with a row of kind `verify` in the
//                period. livelihood_current: with one of kind `livelihood` in the 90 days before `to`. Rows of kind
//                `contact`, and all others, count as contacts.
//   hardship.csv `household,contacts`: hardship_listed: his households there; hardship_contacted: those with as many
//                contacts in the period as `contacts` says.
//   sample.csv   `household,steward,knows_steward`: households_sampled: his rows; households_heard: those that say yes
//                and have a contact in the period. A sample that is not filled in is an error.
//   cases.csv    of a docket: cases registered in the period for which a steward is responsible and that are answered
//                or have breached a limit (who is still in time owes nothing yet). Disputes: disputes_received, and
//                disputes_settled when resolved and never reopened. Tips and hazards count for neither. All others are
//                requests: requests_received, requests_in_time, requests_resolved, requests_rated when the resident has
//                said, requests_satisfied. Of mode help: help_accepted, help_in_time.
//   counts.csv   `steward,fact,count`: whatever is counted elsewhere (sessions, patrols, tasks, reports ...), added up.
// Whoever has no household, case or count has no row.
#ifndef LIANHU_IO_DERIVED_FACTS_H_
#define LIANHU_IO_DERIVED_FACTS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "lianhu/scoring/checklist.h"
#include "lianhu/scoring/sample.h"

namespace lianhu::io {

struct FactSources {
  std::string plan;
  std::string visits;  // these and the following may be empty: not kept
  std::string hardship;
  std::string sample;
  std::string cases;
  std::string counts;
  std::string period;  // empty, or what the column `period` says
  int64_t from = 0;    // UTC seconds
  int64_t to = 0;
};

// facts.csv for `checklist`, of which facts that the rules do not know come from counts.csv alone; by ascending id.
// Errors name file, row, column and value: a household that is not in the plan, or is another steward's in the log of
// visits, an unknown fact, a doubled household.
absl::StatusOr<std::string> DeriveFactsCsv(const scoring::Checklist& checklist, const FactSources& sources);

// `steward,household,stratum,draw,seed,knows_steward`, the last to be filled in with yes or no. `strata_column` of
// `strata` (with `id` or `household`) names a household's stratum; both empty: one stratum.
absl::StatusOr<std::string> DrawSampleCsv(const std::string& plan, const std::string& strata,
                                          const std::string& strata_column, const scoring::SampleOptions& options);

}  // namespace lianhu::io

#endif  // LIANHU_IO_DERIVED_FACTS_H_
