#ifndef LIANHU_CAPI_HIERARCHY_H_
#define LIANHU_CAPI_HIERARCHY_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu.h"
#include "lianhu/hierarchy/hierarchy.h"

// Shared with the posts that were made on it.
struct lianhu_hierarchy {
  std::shared_ptr<const lianhu::Hierarchy> tree;
};

namespace lianhu::capi {

// `count` units of the hierarchy at `units`.
absl::Status CheckUnits(const Hierarchy& tree, const int32_t* units, int64_t count, absl::string_view field);

}  // namespace lianhu::capi

#endif  // LIANHU_CAPI_HIERARCHY_H_
