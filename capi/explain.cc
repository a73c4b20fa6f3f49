#include "lianhu/assignment/explain.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/context.h"
#include "capi/guard.h"
#include "capi/problem.h"
#include "capi/structs.h"

namespace assignment = lianhu::assignment;

// The explainer, the copies it looks at, and what the views of its last call show.
struct lianhu_explainer {
  lianhu::capi::ProblemView view;
  assignment::LoadBounds bounds;
  std::unique_ptr<assignment::Explainer> explainer;
  std::vector<lianhu_alternative> alternatives;
  std::vector<lianhu_bound_change> changes;
  std::vector<lianhu_transfer> transfers;
  std::vector<lianhu_new_steward> sites;
  std::vector<lianhu_jurisdiction_state> jurisdictions;
};

namespace {

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::View;
using lianhu::capi::WriteStruct;

// What the field is to blame for, as a fault of the input.
absl::Status Blame(const char* field, const absl::Status& status) {
  return absl::IsFailedPrecondition(status) ? InvalidField(field, -1, status.message()) : status;
}

// Keeps the transfers; returns where they begin.
int64_t Keep(const std::vector<assignment::Transfer>& transfers, std::vector<lianhu_transfer>& all) {
  const auto first = static_cast<int64_t>(all.size());
  for (const assignment::Transfer& t : transfers) {
    all.push_back({.household = t.household, .from = t.from, .to = t.to});
  }
  return first;
}

lianhu_bound_change Written(const assignment::BoundChange& change, std::vector<lianhu_transfer>& transfers) {
  return {.applies = change.applies ? 1 : 0,
          .possible = change.possible ? 1 : 0,
          .cost_change_cm = change.cost_change_cm,
          .unserved_change = change.unserved_change,
          .first_transfer = Keep(change.transfers, transfers),
          .transfer_count = static_cast<int64_t>(change.transfers.size())};
}

lianhu_alternative Written(const assignment::Alternative& a, std::vector<lianhu_transfer>& transfers) {
  return {.steward = a.steward,
          .reason = static_cast<int32_t>(a.reason),
          .lifted = a.lifted ? 1 : 0,
          .possible = a.possible ? 1 : 0,
          .load = a.load,
          .max_load = a.max,
          .distance_cm = a.distance_cm,
          .pair_cost_cm = a.pair_cost_cm,
          .price_cm = a.price_cm,
          .cost_cm = a.cost_cm,
          .own_cm = a.possible ? a.own_cm : 0,
          .knock_on_cm = a.knock_on_cm,
          .served_change = a.served_change,
          .first_transfer = Keep(a.knock_ons, transfers),
          .transfer_count = static_cast<int64_t>(a.knock_ons.size())};
}

}  // namespace

int32_t lianhu_explainer_create(const lianhu_assignment_problem* problem, const int32_t* steward_of,
                                int64_t household_count, const int64_t* price_cm, int64_t steward_count,
                                const lianhu_assignment_options* options, lianhu_context* context,
                                lianhu_explainer** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckArray(steward_of, household_count, "steward_of"); !status.ok()) return status;
    if (price_cm != nullptr) {
      if (auto status = CheckArray(price_cm, steward_count, "price_cm"); !status.ok()) return status;
    }
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    const absl::StatusOr<bool> best_effort = lianhu::capi::ReadBestEffort(options);
    if (!best_effort.ok()) return best_effort.status();
    auto made = std::make_unique<lianhu_explainer>();
    const absl::StatusOr<assignment::Problem> viewed = made->view.View(problem);
    if (!viewed.ok()) return viewed.status();
    made->bounds = viewed->bounds;
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    auto created = assignment::Explainer::Create(*viewed, View(steward_of, household_count),
                                                 View(price_cm, steward_count), {.best_effort = *best_effort}, run);
    if (absl::IsCancelled(created.status())) {
      *out = nullptr;
      return absl::OkStatus();
    }
    if (!created.ok()) return Blame("steward_of", created.status());
    made->explainer = *std::move(created);
    *out = made.release();
    return absl::OkStatus();
  });
}

int32_t lianhu_household_explanation_init(lianhu_household_explanation* explanation, uint32_t struct_size) {
  return lianhu::capi::InitStruct(explanation, struct_size, {});
}

int32_t lianhu_explainer_household(lianhu_explainer* explainer, int32_t household, int32_t count,
                                   const int32_t* stewards, int64_t steward_count, lianhu_context* context,
                                   lianhu_household_explanation* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(explainer, "explainer"); !status.ok()) return status;
    if (auto status = CheckArray(stewards, steward_count, "stewards"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    const absl::StatusOr<assignment::HouseholdExplanation> why = explainer->explainer->ExplainHousehold(
        household, {.count = count, .stewards = View(stewards, steward_count)}, run);
    if (absl::IsCancelled(why.status())) {
      WriteStruct({.cancelled = 1}, out);
      return absl::OkStatus();
    }
    if (!why.ok()) return why.status();
    explainer->transfers.clear();
    explainer->alternatives.clear();
    for (const assignment::Alternative& a : why->alternatives) {
      explainer->alternatives.push_back(Written(a, explainer->transfers));
    }
    const bool served = why->steward >= 0;
    WriteStruct({.household = why->household,
                 .steward = why->steward,
                 .distance_cm = why->distance_cm,
                 .pair_cost_cm = why->pair_cost_cm,
                 .price_cm = why->price_cm,
                 .load = why->load,
                 .min_load = served ? why->bounds.min : 0,
                 .max_load = served ? why->bounds.max : 0,
                 .nearer = why->nearer,
                 .alternative_count = static_cast<int64_t>(explainer->alternatives.size()),
                 .alternatives = explainer->alternatives.data(),
                 .transfer_count = static_cast<int64_t>(explainer->transfers.size()),
                 .transfers = explainer->transfers.data()},
                out);
    return absl::OkStatus();
  });
}

int32_t lianhu_steward_explanation_init(lianhu_steward_explanation* explanation, uint32_t struct_size) {
  return lianhu::capi::InitStruct(explanation, struct_size, {});
}

int32_t lianhu_explainer_steward(lianhu_explainer* explainer, int32_t steward, lianhu_context* context,
                                 lianhu_steward_explanation* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(explainer, "explainer"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    const absl::StatusOr<assignment::StewardExplanation> worth = explainer->explainer->ExplainSteward(steward, run);
    if (absl::IsCancelled(worth.status())) {
      WriteStruct({.cancelled = 1}, out);
      return absl::OkStatus();
    }
    if (!worth.ok()) return worth.status();
    explainer->transfers.clear();
    explainer->changes.clear();
    for (const assignment::BoundChange* change :
         {&worth->max_more, &worth->max_less, &worth->min_more, &worth->min_less}) {
      explainer->changes.push_back(Written(*change, explainer->transfers));
    }
    WriteStruct({.steward = worth->steward,
                 .load = worth->load,
                 .min_load = worth->bounds.min,
                 .max_load = worth->bounds.max,
                 .price_cm = worth->price_cm,
                 .changes = explainer->changes.data(),
                 .transfer_count = static_cast<int64_t>(explainer->transfers.size()),
                 .transfers = explainer->transfers.data()},
                out);
    return absl::OkStatus();
  });
}

int32_t lianhu_town_explanation_init(lianhu_town_explanation* explanation, uint32_t struct_size) {
  return lianhu::capi::InitStruct(explanation, struct_size, {});
}

int32_t lianhu_explainer_town(lianhu_explainer* explainer, int32_t count, int32_t min_load, int32_t max_load,
                              lianhu_context* context, lianhu_town_explanation* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(explainer, "explainer"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    assignment::LoadBounds bounds = explainer->bounds;
    if (min_load != LIANHU_NONE) bounds.min = min_load;
    if (max_load != LIANHU_NONE) bounds.max = max_load;
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    const absl::StatusOr<assignment::TownExplanation> town =
        explainer->explainer->ExplainTown({.count = count, .bounds = bounds}, run);
    if (absl::IsCancelled(town.status())) {
      WriteStruct({.cancelled = 1}, out);
      return absl::OkStatus();
    }
    if (!town.ok()) return Blame("costs_cm", town.status());
    explainer->sites.clear();
    for (const assignment::NewSteward& site : town->sites) {
      explainer->sites.push_back({.household = site.household,
                                  .unit = site.unit,
                                  .kind = site.kind,
                                  .load = site.load,
                                  .served_more = site.served_more,
                                  .saving_cm = site.saving_cm,
                                  .bound_cm = site.bound_cm});
    }
    explainer->jurisdictions.clear();
    for (const assignment::JurisdictionState& where : town->jurisdictions) {
      explainer->jurisdictions.push_back({.unit = where.unit,
                                          .kind = where.kind,
                                          .households = where.households,
                                          .stewards = where.stewards,
                                          .capacity = where.capacity,
                                          .required = where.required,
                                          .left_over = where.left_over,
                                          .minima_aside = where.minima_aside ? 1 : 0,
                                          .cost_cm = where.cost_cm,
                                          .bound_cm = where.bound_cm});
    }
    WriteStruct({.bound_cm = town->bound_cm,
                 .site_count = static_cast<int64_t>(explainer->sites.size()),
                 .sites = explainer->sites.data(),
                 .jurisdiction_count = static_cast<int64_t>(explainer->jurisdictions.size()),
                 .jurisdictions = explainer->jurisdictions.data()},
                out);
    return absl::OkStatus();
  });
}

void lianhu_explainer_free(lianhu_explainer* explainer) {
  delete explainer;
}
