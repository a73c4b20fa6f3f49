#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/context.h"
#include "capi/guard.h"
#include "capi/problem.h"
#include "capi/structs.h"
#include "lianhu/assignment/rebalancer.h"

namespace assignment = lianhu::assignment;

// The rebalancer, and what the views of its last call show.
struct lianhu_rebalancer {
  std::unique_ptr<assignment::Rebalancer> rebalancer;
  assignment::Snapshot snapshot;
  std::vector<lianhu_transfer> transfers;
  std::vector<lianhu_offer> offers;
};

namespace {

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::View;
using lianhu::capi::WriteStruct;

assignment::Event ReadEvent(const lianhu_event& event) {
  return {.type = static_cast<assignment::EventType>(event.type),
          .id = event.id,
          .position = {event.x, event.y},
          .unit = event.unit,
          .min = event.min,
          .max = event.max};
}

}  // namespace

int32_t lianhu_rebalancer_create(const lianhu_assignment_problem* problem, const int32_t* steward_of,
                                 int64_t household_count, const int64_t* price_cm, int64_t steward_count,
                                 int64_t switch_cost_cm, lianhu_context* context, lianhu_rebalancer** out,
                                 lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    if (steward_of != nullptr) {
      if (auto status = CheckArray(steward_of, household_count, "steward_of"); !status.ok()) return status;
    }
    if (price_cm != nullptr) {
      if (auto status = CheckArray(price_cm, steward_count, "price_cm"); !status.ok()) return status;
    }
    lianhu::capi::ProblemView view;
    absl::StatusOr<assignment::Problem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    viewed->switch_cost_cm = switch_cost_cm;
    assignment::RebalancerOptions options;
    options.steward_of = View(steward_of, household_count);
    options.price_cm = View(price_cm, steward_count);
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    auto created = assignment::Rebalancer::Create(*viewed, options, run);
    if (absl::IsCancelled(created.status())) {
      *out = nullptr;
      return absl::OkStatus();
    }
    if (!created.ok()) return created.status();
    *out = new lianhu_rebalancer{*std::move(created), {}, {}, {}};
    return absl::OkStatus();
  });
}

int32_t lianhu_change_init(lianhu_change* change, uint32_t struct_size) {
  return lianhu::capi::InitStruct(change, struct_size, {.first_household = LIANHU_NONE, .first_steward = LIANHU_NONE});
}

int32_t lianhu_rebalancer_apply(lianhu_rebalancer* rebalancer, const lianhu_event* events, int64_t count,
                                lianhu_context* context, lianhu_change* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(rebalancer, "rebalancer"); !status.ok()) return status;
    if (auto status = CheckArray(events, count, "events"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    std::vector<assignment::Event> list;
    list.reserve(static_cast<size_t>(count));
    for (const lianhu_event& event : View(events, count)) list.push_back(ReadEvent(event));
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    const absl::StatusOr<assignment::Change> change = rebalancer->rebalancer->Apply(list, run);
    if (!change.ok()) return change.status();
    rebalancer->transfers.clear();
    for (const assignment::Transfer& t : change->transfers) {
      rebalancer->transfers.push_back({.household = t.household, .from = t.from, .to = t.to});
    }
    WriteStruct({.outcome = static_cast<int32_t>(change->outcome),
                 .transfer_count = static_cast<int64_t>(rebalancer->transfers.size()),
                 .transfers = rebalancer->transfers.data(),
                 .first_household = change->first_household,
                 .first_steward = change->first_steward,
                 .total_cost_cm = change->total_cost_cm,
                 .dual_bound_cm = change->dual_bound_cm,
                 .distance_cm = change->distance_cm,
                 .switched = change->switched,
                 .unserved = change->unserved,
                 .settled = change->settled,
                 .seconds = change->seconds},
                out);
    return absl::OkStatus();
  });
}

int32_t lianhu_live_view_init(lianhu_live_view* view, uint32_t struct_size) {
  return lianhu::capi::InitStruct(view, struct_size, {});
}

int32_t lianhu_rebalancer_get(lianhu_rebalancer* rebalancer, lianhu_live_view* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(rebalancer, "rebalancer"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    rebalancer->snapshot = rebalancer->rebalancer->TakeSnapshot();
    const assignment::Snapshot& now = rebalancer->snapshot;
    const assignment::Start& start = rebalancer->rebalancer->start();
    const bool by_unit = !now.household_units.empty() || !now.steward_units.empty();
    WriteStruct({.start_kind = static_cast<int32_t>(start.kind),
                 .given_feasible = start.given_feasible ? 1 : 0,
                 .next_household = rebalancer->rebalancer->next_household(),
                 .next_steward = rebalancer->rebalancer->next_steward(),
                 .by_unit = by_unit ? 1 : 0,
                 .given_distance_cm = start.given_distance_cm,
                 .household_count = static_cast<int64_t>(now.household_ids.size()),
                 .steward_count = static_cast<int64_t>(now.steward_ids.size()),
                 .household_ids = now.household_ids.data(),
                 .steward_ids = now.steward_ids.data(),
                 .households = reinterpret_cast<const double*>(now.households.data()),
                 .stewards = reinterpret_cast<const double*>(now.stewards.data()),
                 .household_units = by_unit ? now.household_units.data() : nullptr,
                 .steward_units = by_unit ? now.steward_units.data() : nullptr,
                 .steward_min = now.steward_min.data(),
                 .steward_max = now.steward_max.data(),
                 .current = now.current.data(),
                 .steward_of = now.steward_of.data(),
                 .price_cm = now.price_cm.data()},
                out);
    return absl::OkStatus();
  });
}

int32_t lianhu_offers_view_init(lianhu_offers_view* view, uint32_t struct_size) {
  return lianhu::capi::InitStruct(view, struct_size, {});
}

int32_t lianhu_rebalancer_offers(lianhu_rebalancer* rebalancer, double x, double y, int32_t unit, int32_t count,
                                 lianhu_context* context, lianhu_offers_view* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(rebalancer, "rebalancer"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    const auto offers = rebalancer->rebalancer->Offers({x, y}, unit, count, run);
    const bool cancelled = absl::IsCancelled(offers.status());
    if (!offers.ok() && !cancelled) return offers.status();
    rebalancer->offers.clear();
    rebalancer->transfers.clear();
    if (!cancelled) {
      for (const assignment::Offer& offer : *offers) {
        rebalancer->offers.push_back({.steward = offer.steward,
                                      .distance_cm = offer.distance_cm,
                                      .knock_on_cm = offer.knock_on_cm,
                                      .total_cm = offer.total_cm,
                                      .first_transfer = static_cast<int64_t>(rebalancer->transfers.size()),
                                      .transfer_count = static_cast<int64_t>(offer.knock_ons.size())});
        for (const assignment::Transfer& t : offer.knock_ons) {
          rebalancer->transfers.push_back({.household = t.household, .from = t.from, .to = t.to});
        }
      }
    }
    WriteStruct({.cancelled = cancelled ? 1 : 0,
                 .offer_count = static_cast<int64_t>(rebalancer->offers.size()),
                 .offers = rebalancer->offers.data(),
                 .transfer_count = static_cast<int64_t>(rebalancer->transfers.size()),
                 .transfers = rebalancer->transfers.data()},
                out);
    return absl::OkStatus();
  });
}

int32_t lianhu_rebalancer_adopt(lianhu_rebalancer* rebalancer, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(rebalancer, "rebalancer"); !status.ok()) return status;
    rebalancer->rebalancer->AdoptAsCurrent();
    return absl::OkStatus();
  });
}

void lianhu_rebalancer_free(lianhu_rebalancer* rebalancer) {
  delete rebalancer;
}
