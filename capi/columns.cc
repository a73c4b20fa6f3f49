#include "capi/columns.h"

#include <cstring>

namespace lianhu::capi {
namespace {

template <typename T>
T Load(const void* base, int64_t offset) {
  T value;
  std::memcpy(&value, static_cast<const char*>(base) + offset, sizeof(T));
  return value;
}

template <typename T>
bool IsAligned(const void* data) {
  return reinterpret_cast<uintptr_t>(data) % alignof(T) == 0;
}

absl::Status BadStride(absl::string_view field, int64_t stride, int64_t least) {
  return InvalidField(field, -1, absl::StrCat("has a stride of ", stride, " bytes, less than ", least));
}

}  // namespace

absl::StatusOr<absl::Span<const Point>> ViewPoints(const lianhu_points& points, absl::string_view field,
                                                   std::vector<Point>& copy) {
  if (auto status = CheckArray(points.x, points.count, field); !status.ok()) return status;
  if (auto status = CheckArray(points.y, points.count, field); !status.ok()) return status;
  if (points.count == 0) return absl::Span<const Point>();
  constexpr int64_t kLeastStride = sizeof(double);
  if (points.stride < kLeastStride) return BadStride(field, points.stride, kLeastStride);
  if (points.stride == sizeof(Point) && points.y == points.x + 1 && IsAligned<Point>(points.x)) {
    return View(reinterpret_cast<const Point*>(points.x), points.count);
  }
  copy.resize(points.count);
  for (int64_t i = 0; i < points.count; ++i) {
    copy[i] = {.x = Load<double>(points.x, i * points.stride), .y = Load<double>(points.y, i * points.stride)};
  }
  return absl::MakeConstSpan(copy);
}

absl::StatusOr<absl::Span<const int32_t>> ViewColumn(const lianhu_int32_column& column, absl::string_view field,
                                                     std::vector<int32_t>& copy) {
  if (column.data == nullptr && column.count == 0) return absl::Span<const int32_t>();
  if (auto status = CheckArray(column.data, column.count, field); !status.ok()) return status;
  constexpr int64_t kWidth = sizeof(int32_t);
  const int64_t stride = column.stride == 0 ? kWidth : column.stride;
  if (stride < kWidth) return BadStride(field, stride, kWidth);
  if (stride == kWidth && IsAligned<int32_t>(column.data)) return View(column.data, column.count);
  copy.resize(column.count);
  for (int64_t i = 0; i < column.count; ++i) copy[i] = Load<int32_t>(column.data, i * stride);
  return absl::MakeConstSpan(copy);
}

absl::StatusOr<absl::Span<const assignment::Pair>> ViewPairs(const lianhu_pairs& pairs, absl::string_view field,
                                                             std::vector<assignment::Pair>& copy) {
  using assignment::Pair;
  if (auto status = CheckArray(pairs.household, pairs.count, field); !status.ok()) return status;
  if (auto status = CheckArray(pairs.steward, pairs.count, field); !status.ok()) return status;
  if (pairs.count == 0) return absl::Span<const Pair>();
  constexpr int64_t kWidth = sizeof(int32_t);
  const int64_t stride = pairs.stride == 0 ? kWidth : pairs.stride;
  if (stride < kWidth) return BadStride(field, stride, kWidth);
  static_assert(sizeof(Pair) == 2 * kWidth);
  if (stride == sizeof(Pair) && pairs.steward == pairs.household + 1 && IsAligned<Pair>(pairs.household)) {
    return View(reinterpret_cast<const Pair*>(pairs.household), pairs.count);
  }
  copy.resize(pairs.count);
  for (int64_t i = 0; i < pairs.count; ++i) {
    copy[i] = {.household = Load<int32_t>(pairs.household, i * stride),
               .steward = Load<int32_t>(pairs.steward, i * stride)};
  }
  return absl::MakeConstSpan(copy);
}

}  // namespace lianhu::capi
