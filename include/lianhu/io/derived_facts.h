// Facts of a checklist from files: the plan, the docket, a log of visits, a sample. What counts for which fact is in
// lianhu/scoring/counted_facts.h.
#ifndef LIANHU_IO_DERIVED_FACTS_H_
#define LIANHU_IO_DERIVED_FACTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/scoring/checklist.h"

namespace lianhu::io {

struct FactSources {
  std::string plan = {};  // `household,steward`
  // `steward,household,time,kind` (verify or 核实, livelihood or 从业, contact or 联系; anything else is a contact too)
  std::string visits = {};
  std::string hardship = {};  // `household,contacts`: the contacts due
  std::string sample = {};    // `household,knows_steward`, yes or no, and perhaps `steward`
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

struct OtherVisits {
  std::string kind;
  int64_t rows = 0;
};

struct DerivedFacts {
  std::string csv;                        // facts.csv, a row for each steward of the plan by ascending id
  std::vector<OtherVisits> other_visits;  // kinds of visits that are none of the words above, by kind
};

// The facts of `checklist`. All files but the plan may be empty names: not kept. Visits that lie before what counts or
// after the period are passed over unread but for their time. Errors name file, row, column and value: a household that
// is not in the plan, a visit or sample of someone who is not its steward, an unknown fact or steward, a doubled
// household, a count of what is counted from another file already.
absl::StatusOr<DerivedFacts> DeriveFacts(const scoring::Checklist& checklist, const FactSources& sources);

}  // namespace lianhu::io

#endif  // LIANHU_IO_DERIVED_FACTS_H_
