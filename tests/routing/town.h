// A small town for the tests of this room: county > street > 2 communities > 2 grids each > 2 micro-grids each.
#ifndef LIANHU_TESTS_ROUTING_TOWN_H_
#define LIANHU_TESTS_ROUTING_TOWN_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/posts.h"
#include "lianhu/routing/civil_day.h"

namespace lianhu::routing {

// Units: 0 county, 1 street, 2-3 communities, 4-7 grids, 8-15 micro-grids.
inline constexpr Unit kTownStreet = 1;
inline constexpr Unit kTownCommunity = 2;
inline constexpr Unit kTownGrid = 4;
inline constexpr Unit kTownMicroGrid = 8;
inline constexpr Unit kTownUnits = 16;

inline Hierarchy TownTree() {
  return Hierarchy::FromParents({.parents = {-1, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7},
                                 .levels = {3, 4, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7}})
      .value();
}

// Person 100 + u holds unit u, 200 + u stands in.
inline Posts TownPosts(const Hierarchy& tree) {
  std::vector<Person> holders;
  std::vector<Person> stand_ins;
  for (const Unit unit : tree.units()) {
    holders.push_back(100 + unit);
    stand_ins.push_back(200 + unit);
  }
  return Posts::Create(tree, holders, stand_ins).value();
}

// Beijing time, "2026-03-02 10:00"; 2026-03-02 is a Monday of a plain week.
inline Instant At(absl::string_view text) {
  absl::Time time;
  std::string error;
  const absl::string_view format = text.size() > 16 ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M";
  return absl::ParseTime(format, text, absl::FixedTimeZone(8 * 3600), &time, &error) ? absl::ToUnixSeconds(time) : 0;
}

inline std::string Shown(Instant instant) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(instant), absl::FixedTimeZone(8 * 3600));
}

}  // namespace lianhu::routing

#endif  // LIANHU_TESTS_ROUTING_TOWN_H_
