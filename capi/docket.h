#ifndef LIANHU_CAPI_DOCKET_H_
#define LIANHU_CAPI_DOCKET_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu.h"
#include "lianhu/hierarchy/posts.h"
#include "lianhu/routing/router.h"
#include "lianhu/routing/work_calendar.h"

struct lianhu_calendar {
  lianhu::routing::WorkCalendar calendar;
};

struct lianhu_router {
  lianhu::routing::Router router;
};

namespace lianhu::capi {

// 1 for each person listed; errors name the entry of a person who holds no post.
absl::StatusOr<std::vector<uint8_t>> ReadAbsent(const Posts& posts, const int32_t* absent, int64_t count);

// A clock and an amount as a budget; errors name the column and row.
absl::StatusOr<routing::TimeBudget> ReadBudget(int64_t amount, int32_t clock, int64_t row);

absl::Status CheckInstant(int64_t instant, absl::string_view field, int64_t row);

}  // namespace lianhu::capi

#endif  // LIANHU_CAPI_DOCKET_H_
