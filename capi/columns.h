// Arrays that the caller owns, as spans.
#ifndef LIANHU_CAPI_COLUMNS_H_
#define LIANHU_CAPI_COLUMNS_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/point.h"
#include "lianhu/base/status.h"

namespace lianhu::capi {

// 0 <= count < 2^31, before anything is allocated from it.
inline absl::Status CheckCount(int64_t count, absl::string_view field) {
  if (count >= 0 && count <= std::numeric_limits<int32_t>::max()) return absl::OkStatus();
  return InvalidField(field, -1, absl::StrCat("has ", count, " entries"));
}

// `count` entries at `data`, which may be null when there are none.
template <typename T>
absl::Status CheckArray(const T* data, int64_t count, absl::string_view field) {
  if (auto status = CheckCount(count, field); !status.ok()) return status;
  if (data != nullptr || count == 0) return absl::OkStatus();
  return InvalidField(field, -1, "must not be null");
}

template <typename T>
absl::Span<const T> View(const T* data, int64_t count) {
  return data == nullptr ? absl::Span<const T>() : absl::Span<const T>(data, static_cast<size_t>(count));
}

// To an array of as many entries, unless it is null: the caller does not want them.
template <typename T>
void CopyOut(const std::vector<T>& from, T* out) {
  if (out != nullptr) std::copy(from.begin(), from.end(), out);
}

// Views rows of two adjacent doubles as they are; any other layout is gathered into `copy`.
absl::StatusOr<absl::Span<const Point>> ViewPoints(const lianhu_points& points, absl::string_view field,
                                                   std::vector<Point>& copy);

// Views adjacent integers as they are; any other layout is gathered into `copy`. Not given: empty.
absl::StatusOr<absl::Span<const int32_t>> ViewColumn(const lianhu_int32_column& column, absl::string_view field,
                                                     std::vector<int32_t>& copy);

// Views rows of two adjacent integers as they are; any other layout is gathered into `copy`.
absl::StatusOr<absl::Span<const assignment::Pair>> ViewPairs(const lianhu_pairs& pairs, absl::string_view field,
                                                             std::vector<assignment::Pair>& copy);

}  // namespace lianhu::capi

#endif  // LIANHU_CAPI_COLUMNS_H_
