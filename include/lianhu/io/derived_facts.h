// Facts of a checklist from files: the plan, the docket, a log of visits, a sample. What counts for which fact is in
// lianhu/scoring/counted_facts.h.
#ifndef LIANHU_IO_DERIVED_FACTS_H_
#define LIANHU_IO_DERIVED_FACTS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "lianhu/scoring/checklist.h"

namespace lianhu::io {

struct FactSources {
  std::string plan = {};      // `household,steward`
  std::string visits = {};    // `steward,household,time,kind` (verify, livelihood; anything else is a contact)
  std::string hardship = {};  // `household,contacts`: the contacts due
  std::string sample = {};    // `household,knows_steward`, filled in with yes or no
  std::string cases = {};     // cases.csv of a docket; tips and hazards are neither requests nor disputes
  std::string counts = {};    // `steward,fact,count`: whatever is counted elsewhere (sessions, patrols ...), added up
  // Who else may have visited a household: the other of two in `unit,holder,stand_in`, and who served it in an earlier
  // plan. The visit counts for the steward who serves it in `plan`.
  std::string posts = {};
  std::string earlier_plan = {};
  std::string period = {};  // empty, or what the column `period` says
  int64_t from = 0;         // UTC seconds
  int64_t to = 0;
};

// facts.csv for `checklist`, a row for each steward of the plan by ascending id. All files but the plan may be empty
// names: not kept. Errors name file, row, column and value: a household that is not in the plan, a visit by someone who
// is not its steward, an unknown fact or steward, a doubled household.
absl::StatusOr<std::string> DeriveFactsCsv(const scoring::Checklist& checklist, const FactSources& sources);

}  // namespace lianhu::io

#endif  // LIANHU_IO_DERIVED_FACTS_H_
