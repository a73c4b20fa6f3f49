// Checks events before anything is touched.
#ifndef LIANHU_SRC_ASSIGNMENT_LIVE_EVENTS_H_
#define LIANHU_SRC_ASSIGNMENT_LIVE_EVENTS_H_

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "assignment/live_network.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/assignment/rebalancer.h"

namespace lianhu::assignment::internal {

// Refuses, by name, conditions that the live network does not know: all but jurisdictions, bounds and the switch cost;
// kinds where the caller cannot make jurisdictions of them.
enum class Kinds { kRefused, kAllowed };
absl::Status CheckLiveConditions(const Problem& problem, Kinds kinds);

// What every event is held against: the first problem's datum, jurisdictions and common bounds.
class EventCheck {
 public:
  EventCheck() = default;
  EventCheck(const Problem& problem, Point middle);

  // In the order of the batch: a later event may speak of what an earlier one brought. Errors name row and field.
  absl::Status Check(absl::Span<const Event> events, const LiveNetwork& network) const;
  // As Validate has it for every position; the extent is taken about the first position there was.
  absl::Status CheckPosition(absl::string_view field, int64_t row, Point position) const;
  absl::Status CheckUnit(absl::string_view field, int64_t row, int32_t unit) const;

  Point Planar(Point position) const;
  LoadBounds BoundsAfter(const Event& joining) const;

 private:
  Datum datum_ = Datum::kPlanarMetres;
  Point middle_;
  Point origin_;
  bool has_origin_ = false;
  bool by_unit_ = false;
  LoadBounds bounds_;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_LIVE_EVENTS_H_
