#include "lianhu/hierarchy/cascade.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/hierarchy.h"
#include "capi/structs.h"

struct lianhu_cascade {
  std::shared_ptr<const lianhu::Hierarchy> tree;
  lianhu::Cascade cascade;
};

namespace {

using lianhu::Cascade;
using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckUnits;
using lianhu::capi::Guard;
using lianhu::capi::View;

// Every row could be taken.
absl::Status CheckAcknowledgements(const Cascade& cascade, const int32_t* units, const int64_t* times, int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    if (!cascade.TakesPart(units[i])) {
      return InvalidField("units", i, absl::StrCat(units[i], " takes no part in the notice"));
    }
    if (times[i] < cascade.options().sent) {
      return InvalidField("times", i,
                          absl::StrCat(times[i], " is before the notice was sent, at ", cascade.options().sent));
    }
  }
  return absl::OkStatus();
}

template <typename T>
void Set(T* out, int64_t i, int64_t value) {
  if (out != nullptr) out[i] = static_cast<T>(value);
}

}  // namespace

int32_t lianhu_cascade_create(const lianhu_hierarchy* hierarchy, int32_t origin, int64_t sent, int32_t target_level,
                              lianhu_cascade** out, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(hierarchy, "hierarchy"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    absl::StatusOr<Cascade> cascade =
        Cascade::Create(*hierarchy->tree, {.origin = origin, .sent = sent, .target_level = target_level});
    if (!cascade.ok()) return cascade.status();
    *out = new lianhu_cascade{hierarchy->tree, *std::move(cascade)};
    return absl::OkStatus();
  });
}

int32_t lianhu_cascade_acknowledge(lianhu_cascade* cascade, const int32_t* units, const int64_t* times, int64_t count,
                                   int64_t* out_fresh, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(cascade, "cascade"); !status.ok()) return status;
    if (auto status = CheckUnits(*cascade->tree, units, count, "units"); !status.ok()) return status;
    if (auto status = CheckArray(times, count, "times"); !status.ok()) return status;
    if (auto status = CheckAcknowledgements(cascade->cascade, units, times, count); !status.ok()) return status;
    int64_t fresh = 0;
    for (int64_t i = 0; i < count; ++i) {
      const absl::StatusOr<bool> first = cascade->cascade.Acknowledge(units[i], times[i]);
      if (!first.ok()) return first.status();
      fresh += *first ? 1 : 0;
    }
    if (out_fresh != nullptr) *out_fresh = fresh;
    return absl::OkStatus();
  });
}

int32_t lianhu_cascade_get(const lianhu_cascade* cascade, const int32_t* units, int64_t count, int32_t* out_targets,
                           int32_t* out_reached, int32_t* out_units, int32_t* out_acknowledged, int32_t* out_children,
                           int32_t* out_children_heard, int32_t* out_states, int64_t* out_acknowledged_at,
                           lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(cascade, "cascade"); !status.ok()) return status;
    if (auto status = CheckUnits(*cascade->tree, units, count, "units"); !status.ok()) return status;
    for (int64_t i = 0; i < count; ++i) {
      const lianhu::CascadeCounts& counts = cascade->cascade.counts(units[i]);
      Set(out_targets, i, counts.targets);
      Set(out_reached, i, counts.reached);
      Set(out_units, i, counts.units);
      Set(out_acknowledged, i, counts.acknowledged);
      Set(out_children, i, counts.children);
      Set(out_children_heard, i, counts.children_heard);
      Set(out_states, i, static_cast<int32_t>(cascade->cascade.state(units[i])));
      Set(out_acknowledged_at, i, cascade->cascade.acknowledged_at(units[i]));
    }
    return absl::OkStatus();
  });
}

int32_t lianhu_cascade_seconds_to_reach(const lianhu_cascade* cascade, const int32_t* units, int64_t count,
                                        const int32_t* percents, int64_t percent_count, int64_t* out_seconds,
                                        lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(cascade, "cascade"); !status.ok()) return status;
    if (auto status = CheckUnits(*cascade->tree, units, count, "units"); !status.ok()) return status;
    if (auto status = CheckArray(percents, percent_count, "percents"); !status.ok()) return status;
    for (int64_t k = 0; k < percent_count; ++k) {
      if (percents[k] < 1 || percents[k] > 100) {
        return InvalidField("percents", k, absl::StrCat(percents[k], " is not one of 1..100"));
      }
    }
    if (count > 0 && percent_count > 0) {
      if (auto status = CheckPointer(out_seconds, "out_seconds"); !status.ok()) return status;
    }
    for (int64_t i = 0; i < count; ++i) {
      const std::vector<int64_t> seconds = cascade->cascade.SecondsToReach(units[i], View(percents, percent_count));
      std::copy(seconds.begin(), seconds.end(), out_seconds + i * percent_count);
    }
    return absl::OkStatus();
  });
}

int32_t lianhu_cascade_retransmissions(const lianhu_cascade* cascade, int32_t* out_from, int32_t* out_to,
                                       int32_t* out_targets, int64_t capacity, int64_t* out_count,
                                       lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(cascade, "cascade"); !status.ok()) return status;
    if (auto status = CheckArray(out_from, capacity, "out_from"); !status.ok()) return status;
    if (auto status = CheckArray(out_to, capacity, "out_to"); !status.ok()) return status;
    if (auto status = CheckArray(out_targets, capacity, "out_targets"); !status.ok()) return status;
    if (auto status = CheckPointer(out_count, "out_count"); !status.ok()) return status;
    const std::vector<lianhu::Retransmission> stops = cascade->cascade.Retransmissions();
    *out_count = static_cast<int64_t>(stops.size());
    for (int64_t i = 0; i < std::min(capacity, *out_count); ++i) {
      out_from[i] = stops[i].from;
      out_to[i] = stops[i].to;
      out_targets[i] = stops[i].targets;
    }
    return absl::OkStatus();
  });
}

void lianhu_cascade_free(lianhu_cascade* cascade) {
  delete cascade;
}
