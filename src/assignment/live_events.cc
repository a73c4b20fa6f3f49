#include "assignment/live_events.h"

#include <cmath>
#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment::internal {
namespace {

bool IsSamePosition(Point p) {
  return std::isnan(p.x) && std::isnan(p.y);
}

// Who is here as the batch goes on: the network's state with what the batch has said so far on top.
class Presence {
 public:
  Presence(int32_t next, const LiveNetwork& network, bool stewards)
      : next_(next), network_(network), steward_(stewards) {}

  void Add() { said_[next_++] = true; }
  void Remove(int32_t id) { said_[id] = false; }
  int32_t next() const { return next_; }
  bool Has(int32_t id) const {
    if (const auto found = said_.find(id); found != said_.end()) return found->second;
    return steward_ ? network_.HasSteward(id) : network_.HasHousehold(id);
  }

 private:
  int32_t next_;
  const LiveNetwork& network_;
  const bool steward_;
  std::unordered_map<int32_t, bool> said_;
};

}  // namespace

absl::Status CheckLiveConditions(const Problem& problem, Kinds kinds) {
  const auto refuse = [](absl::string_view field) {
    return InvalidField(field, -1, "cannot be kept while the plan changes; solve anew instead");
  };
  const bool has_kinds = !problem.household_kinds.empty() || !problem.steward_kinds.empty();
  if (has_kinds && kinds == Kinds::kRefused) return refuse("household_kinds");
  if (problem.max_distance != kNoDistanceLimit) return refuse("max_distance");
  if (!problem.forbidden.empty()) return refuse("forbidden");
  if (!problem.fixed.empty()) return refuse("fixed");
  if (!problem.preferences.empty()) return refuse("preferences");
  if (!problem.cost_begin.empty()) return refuse("cost_begin");
  if (!problem.load_cost.empty()) return refuse("load_cost");
  return absl::OkStatus();
}

EventCheck::EventCheck(const Problem& problem, Point middle)
    : datum_(problem.datum),
      middle_(middle),
      has_origin_(!problem.households.empty() || !problem.stewards.empty()),
      by_unit_(!problem.household_units.empty() || !problem.steward_units.empty()),
      bounds_(problem.bounds) {
  if (has_origin_) origin_ = problem.households.empty() ? problem.stewards.front() : problem.households.front();
}

Point EventCheck::Planar(Point position) const {
  if (datum_ != Datum::kWgs84Degrees || IsSamePosition(position)) return position;
  return ProjectWgs84({position}, middle_).front();
}

LoadBounds EventCheck::BoundsAfter(const Event& joining) const {
  return {.min = joining.min < 0 ? bounds_.min : joining.min, .max = joining.max < 0 ? bounds_.max : joining.max};
}

absl::Status EventCheck::CheckPosition(absl::string_view field, int64_t row, Point position) const {
  const std::vector<Point> points = has_origin_ ? std::vector<Point>{origin_, position} : std::vector<Point>{position};
  Problem problem;
  problem.households = points;
  problem.datum = datum_;
  absl::Status status = Validate(problem);
  if (status.ok()) return status;
  // Validate speaks of its own array; the message after the colon holds for any.
  const std::string message(status.message());
  return InvalidField(field, row, message.substr(message.find(": ") + 2));
}

absl::Status EventCheck::CheckUnit(absl::string_view field, int64_t row, int32_t unit) const {
  if (by_unit_ && unit < 0) return InvalidField(field, row, absl::StrCat("unit must not be negative: ", unit));
  if (!by_unit_ && unit >= 0) return InvalidField(field, row, "the problem has no jurisdictions");
  return absl::OkStatus();
}

absl::Status EventCheck::Check(absl::Span<const Event> events, const LiveNetwork& network) const {
  Presence households(network.households(), network, false);
  Presence stewards(network.stewards(), network, true);
  std::unordered_map<int32_t, LoadBounds> said_bounds;
  for (size_t k = 0; k < events.size(); ++k) {
    const Event& event = events[k];
    const auto row = static_cast<int64_t>(k);
    const auto type = static_cast<int32_t>(event.type);
    if (type < 0 || type > static_cast<int32_t>(EventType::kStewardChanges)) {
      return InvalidField("type", row, absl::StrCat("unknown value ", type));
    }
    const bool arrives = event.type == EventType::kHouseholdArrives || event.type == EventType::kStewardJoins;
    const bool leaves = event.type == EventType::kHouseholdLeaves || event.type == EventType::kStewardLeaves;
    const bool steward = event.type >= EventType::kStewardJoins;
    Presence& here = steward ? stewards : households;
    const char* what = steward ? "steward" : "household";
    if (arrives) {
      if (event.id != -1 && event.id != here.next()) {
        return InvalidField("id", row, absl::StrCat("the next ", what, " is ", here.next(), ", not ", event.id));
      }
      if (here.next() == std::numeric_limits<int32_t>::max() - 1) {
        return InvalidField("id", row, absl::StrCat("no numbers left for another ", what));
      }
    } else if (!here.Has(event.id)) {
      return InvalidField("id", row, absl::StrCat("no such ", what, ": ", event.id));
    }
    if (leaves) {
      here.Remove(event.id);
      continue;
    }
    const bool moves = !IsSamePosition(event.position);
    if (arrives && !moves) return InvalidField("position", row, absl::StrCat("a new ", what, " needs one"));
    if (moves) {
      if (auto status = CheckPosition("position", row, event.position); !status.ok()) return status;
    }
    if (arrives || event.unit != -1) {
      if (auto status = CheckUnit("unit", row, event.unit); !status.ok()) return status;
    }
    if (!steward && (event.min != -1 || event.max != -1)) {
      return InvalidField(event.min != -1 ? "min" : "max", row, "bounds belong to stewards");
    }
    if (event.type == EventType::kHouseholdMoves && !moves && event.unit == -1) {
      return InvalidField("position", row, "a move needs a position or a unit");
    }
    if (steward) {
      if (event.min < -1) return InvalidField("min", row, absl::StrCat("must not be negative: ", event.min));
      if (event.max < -1) return InvalidField("max", row, absl::StrCat("must not be negative: ", event.max));
      LoadBounds bounds = BoundsAfter(event);
      const int32_t id = arrives ? here.next() : event.id;
      if (!arrives) {
        const auto said = said_bounds.find(id);
        const LoadBounds before = said != said_bounds.end() ? said->second : network.holder(id).own;
        bounds = {.min = event.min < 0 ? before.min : event.min, .max = event.max < 0 ? before.max : event.max};
      }
      if (bounds.min > bounds.max) {
        return InvalidField(event.min >= 0 ? "min" : "max", row,
                            absl::StrCat("need min <= max, got ", bounds.min, "..", bounds.max));
      }
      said_bounds[id] = bounds;
    }
    if (arrives) here.Add();
  }
  return absl::OkStatus();
}

}  // namespace lianhu::assignment::internal
