// A month of issues: routed by the tables, kept in a docket with their limits, answered or not.
#ifndef LIANHU_EXAMPLES_JILI_STREET_MONTH_H_
#define LIANHU_EXAMPLES_JILI_STREET_MONTH_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "folder.h"
#include "lianhu/io/household_links.h"
#include "lianhu/routing/figures.h"

namespace jili {

inline constexpr int32_t kIssues = 6000;
inline constexpr int64_t kMonthBegin = 1'790'784'000;  // 2026-10-01T00:00:00+08:00
inline constexpr int64_t kMonthEnd = 1'793'462'400;    // 2026-11-01T00:00:00+08:00

struct CategoryCount {
  std::string name_zh;
  int64_t issues = 0;
};

struct Month {
  std::array<int64_t, 3> by_mode = {};  // help, mediate, report
  std::vector<CategoryCount> categories;
  lianhu::routing::CaseFigures figures;
  int64_t warnings = 0;
  int64_t escalations = 0;
};

// Issues and what became of them are drawn from `seed`. Writes issues.csv, decisions.csv, events.csv, cases.csv and
// docket.json; all of it can be had again by `lianhu route` and `lianhu docket replay`.
absl::StatusOr<Month> RunMonth(const lianhu::io::LinkedUnits& tree, uint64_t seed, const Folder& out);

}  // namespace jili

#endif  // LIANHU_EXAMPLES_JILI_STREET_MONTH_H_
