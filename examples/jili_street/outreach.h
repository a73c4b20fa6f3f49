// A notice passed on to every household, the contact groups, and what is printed for the stewards.
#ifndef LIANHU_EXAMPLES_JILI_STREET_OUTREACH_H_
#define LIANHU_EXAMPLES_JILI_STREET_OUTREACH_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "folder.h"
#include "lianhu/base/run_context.h"
#include "lianhu/io/household_links.h"

namespace jili {

struct Outreach {
  int64_t households = 0;
  int64_t reached = 0;
  int64_t hours_to_half = 0;
  int64_t stops = 0;                                     // where the notice is to be sent again
  std::vector<std::pair<std::string, double>> coverage;  // by community
  // Deliveries by steward as `steward,fact,count` rows for the evaluation.
  std::string counts;
  int64_t groups = 0;
  int64_t cards = 0;
};

// A notice of the street to all, its acknowledgements drawn from `seed`. Writes acks.csv, coverage.csv, again.csv,
// notice.json, groups.csv, cards.html and diary.html (one village's).
absl::StatusOr<Outreach> ReachOut(const lianhu::io::LinkedUnits& tree, uint64_t seed, const Folder& out,
                                  lianhu::RunContext& context);

}  // namespace jili

#endif  // LIANHU_EXAMPLES_JILI_STREET_OUTREACH_H_
