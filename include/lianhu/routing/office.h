// Who acts for a unit just now: its holder, its stand-in when the holder is vacant or absent, else the unit above.
#ifndef LIANHU_ROUTING_OFFICE_H_
#define LIANHU_ROUTING_OFFICE_H_

#include <cstdint>

#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/posts.h"

namespace lianhu::routing {

// A view of the tree, its posts, and who is away; all must outlive it.
struct Offices {
  const Hierarchy* hierarchy = nullptr;
  const Posts* posts = nullptr;
  // By person, 1 for whoever is absent; people beyond its end are present.
  absl::Span<const uint8_t> absent = {};

  bool IsAbsent(Person person) const {
    return static_cast<size_t>(person) < absent.size() && absent[static_cast<size_t>(person)] != 0;
  }
};

// The post that acts for `unit`: Posts::ActingFor with the absent left out. {kVacant, kNoUnit} when nobody does up to
// the root. O(depth).
inline Post ActingFor(const Offices& offices, Unit unit) {
  for (; unit != kNoUnit; unit = offices.hierarchy->parent(unit)) {
    const Person holder = offices.posts->holder(unit);
    if (holder != kVacant && !offices.IsAbsent(holder)) return {holder, unit, PostKind::kHolder};
    const Person stand_in = offices.posts->stand_in(unit);
    if (stand_in != kVacant && !offices.IsAbsent(stand_in)) return {stand_in, unit, PostKind::kStandIn};
  }
  return {};
}

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_OFFICE_H_
