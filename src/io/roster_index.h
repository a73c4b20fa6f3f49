// The rows of a roster by id.
#ifndef LIANHU_SRC_IO_ROSTER_INDEX_H_
#define LIANHU_SRC_IO_ROSTER_INDEX_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "lianhu/io/street.h"

namespace lianhu::io {

using RosterIndex = absl::flat_hash_map<absl::string_view, int32_t>;

// Views the ids of the roster.
inline RosterIndex IndexOf(const Roster& roster) {
  RosterIndex index;
  index.reserve(roster.ids.size());
  for (size_t i = 0; i < roster.ids.size(); ++i) index.emplace(roster.ids[i], static_cast<int32_t>(i));
  return index;
}

}  // namespace lianhu::io

#endif  // LIANHU_SRC_IO_ROSTER_INDEX_H_
