#include "lianhu/districting/selection.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "capi/columns.h"
#include "capi/context.h"
#include "capi/guard.h"
#include "capi/structs.h"
#include "capi/text.h"
#include "lianhu/districting/steward_choice.h"

namespace districting = lianhu::districting;

struct lianhu_choice {
  districting::StewardChoice choice;
  std::vector<lianhu_choice_unit> units;
  std::vector<lianhu_next_candidate> next;
  std::vector<lianhu_choice_shortfall> shortfalls;
};

namespace {

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::ReadStruct;
using lianhu::capi::View;

lianhu_selection_options DefaultSelectionOptions() {
  return {.next = districting::ChoiceOptions{}.next};
}

// 0 for the time is the usual one of the problem.
absl::StatusOr<lianhu_selection_options> ReadOptions(const lianhu_selection_options* options, double usual_seconds) {
  lianhu_selection_options read = DefaultSelectionOptions();
  if (options != nullptr) {
    if (auto status = CheckStruct(options, "options"); !status.ok()) return status;
    read = ReadStruct(options, read);
  }
  if (read.seconds == 0) read.seconds = usual_seconds;
  return read;
}

absl::StatusOr<int32_t> ReadCount(int64_t count) {
  if (count >= 0 && count <= std::numeric_limits<int32_t>::max()) return static_cast<int32_t>(count);
  return InvalidField("count", -1, absl::StrCat("is out of range: ", count));
}

// The caller's p-median as the library's; holds the copies of what could not be viewed.
class MedianView {
 public:
  absl::StatusOr<districting::SelectionProblem> View(const lianhu_p_median* given) {
    if (auto status = CheckStruct(given, "problem"); !status.ok()) return status;
    const lianhu_p_median problem = ReadStruct(given, {});
    if (problem.distance < LIANHU_DISTANCE_CENTIMETRE || problem.distance > LIANHU_DISTANCE_WHOLE) {
      return InvalidField("distance", -1, absl::StrCat("is ", problem.distance, ": need 0, 1 or 2"));
    }
    const absl::StatusOr<int32_t> count = ReadCount(problem.count);
    if (!count.ok()) return count.status();
    const auto households = lianhu::capi::ViewPoints(problem.households, "households", households_);
    if (!households.ok()) return households.status();
    const auto candidates = lianhu::capi::ViewPoints(problem.candidates, "candidates", candidates_);
    if (!candidates.ok()) return candidates.status();
    const auto demand = lianhu::capi::ViewColumn(problem.demand, "demand", demand_);
    if (!demand.ok()) return demand.status();
    const auto capacity = lianhu::capi::ViewColumn(problem.capacity, "capacity", capacity_);
    if (!capacity.ok()) return capacity.status();
    return districting::SelectionProblem{.households = *households,
                                         .demand = *demand,
                                         .candidates = *candidates,
                                         .capacity = *capacity,
                                         .count = *count,
                                         .rule = static_cast<districting::DistanceRule>(problem.distance)};
  }

 private:
  std::vector<lianhu::Point> households_;
  std::vector<lianhu::Point> candidates_;
  std::vector<int32_t> demand_;
  std::vector<int32_t> capacity_;
};

lianhu_candidate_problem DefaultCandidates() {
  const lianhu::assignment::LoadBounds bounds;
  return {.datum = LIANHU_PLANAR_METRES, .min_load = bounds.min, .max_load = bounds.max};
}

// The caller's candidates as the library's, likewise.
class CandidateView {
 public:
  absl::StatusOr<districting::CandidateProblem> View(const lianhu_candidate_problem* given) {
    if (auto status = CheckStruct(given, "problem"); !status.ok()) return status;
    const lianhu_candidate_problem problem = ReadStruct(given, DefaultCandidates());
    const absl::StatusOr<lianhu::Datum> datum = lianhu::capi::ReadDatum(problem.datum);
    if (!datum.ok()) return datum.status();
    if (problem.count_rule < LIANHU_COUNT_EXACTLY || problem.count_rule > LIANHU_COUNT_FEWEST) {
      return InvalidField("count_rule", -1, absl::StrCat("is ", problem.count_rule, ": need 0, 1 or 2"));
    }
    const auto households = lianhu::capi::ViewPoints(problem.households, "households", households_);
    if (!households.ok()) return households.status();
    const auto candidates = lianhu::capi::ViewPoints(problem.candidates, "candidates", candidates_);
    if (!candidates.ok()) return candidates.status();
    districting::CandidateProblem view{
        .households = *households,
        .candidates = *candidates,
        .datum = *datum,
        .bounds = {.min = problem.min_load, .max = problem.max_load},
        .suitability_cm = ::View(problem.suitability_cm, static_cast<int64_t>(candidates->size())),
        .rule = static_cast<districting::CountRule>(problem.count_rule),
        .count = problem.count,
        .cost_per_steward_cm = problem.cost_per_steward_cm};
    const struct {
      const lianhu_int32_column& given;
      const char* field;
      std::vector<int32_t>& copy;
      absl::Span<const int32_t>& view;
    } columns[] = {
        {problem.household_units, "household_units", household_units_, view.household_units},
        {problem.candidate_units, "candidate_units", candidate_units_, view.candidate_units},
        {problem.candidate_min, "candidate_min", candidate_min_, view.candidate_min},
        {problem.candidate_max, "candidate_max", candidate_max_, view.candidate_max},
        {problem.requirement, "requirement", requirement_, view.requirement},
    };
    for (const auto& column : columns) {
      const auto viewed = lianhu::capi::ViewColumn(column.given, column.field, column.copy);
      if (!viewed.ok()) return viewed.status();
      column.view = *viewed;
    }
    return view;
  }

 private:
  std::vector<lianhu::Point> households_;
  std::vector<lianhu::Point> candidates_;
  std::vector<int32_t> household_units_;
  std::vector<int32_t> candidate_units_;
  std::vector<int32_t> candidate_min_;
  std::vector<int32_t> candidate_max_;
  std::vector<int32_t> requirement_;
};

std::unique_ptr<lianhu_choice> Own(districting::StewardChoice choice) {
  auto made = std::make_unique<lianhu_choice>();
  made->choice = std::move(choice);
  for (const districting::ChoiceUnit& unit : made->choice.units) {
    made->units.push_back({.unit = unit.unit,
                           .households = unit.households,
                           .candidates = unit.candidates,
                           .chosen = unit.chosen,
                           .least = unit.least,
                           .most = unit.most,
                           .distance_cm = unit.distance_cm});
  }
  for (const districting::NextCandidate& next : made->choice.next) {
    made->next.push_back({.candidate = next.candidate, .feasible = next.feasible ? 1 : 0, .saves_cm = next.saves_cm});
  }
  for (const districting::ChoiceShortfall& shortfall : made->choice.shortfalls) {
    made->shortfalls.push_back({.kind = static_cast<int32_t>(shortfall.kind),
                                .unit = shortfall.unit,
                                .households = shortfall.households,
                                .candidates = shortfall.candidates,
                                .capacity = shortfall.capacity,
                                .required = shortfall.required,
                                .least = shortfall.least,
                                .most = shortfall.most,
                                .count = shortfall.count});
  }
  return made;
}

}  // namespace

int32_t lianhu_selection_options_init(lianhu_selection_options* options, uint32_t struct_size) {
  return lianhu::capi::InitStruct(options, struct_size, DefaultSelectionOptions());
}

int32_t lianhu_p_median_init(lianhu_p_median* problem, uint32_t struct_size) {
  return lianhu::capi::InitStruct(problem, struct_size, {});
}

int32_t lianhu_p_median_result_init(lianhu_p_median_result* result, uint32_t struct_size) {
  return lianhu::capi::InitStruct(result, struct_size, {});
}

int32_t lianhu_candidate_problem_init(lianhu_candidate_problem* problem, uint32_t struct_size) {
  return lianhu::capi::InitStruct(problem, struct_size, DefaultCandidates());
}

int32_t lianhu_choice_view_init(lianhu_choice_view* view, uint32_t struct_size) {
  return lianhu::capi::InitStruct(view, struct_size, {});
}

int32_t lianhu_p_median_solve(const lianhu_p_median* problem, const lianhu_selection_options* options,
                              lianhu_context* context, int32_t* candidate_of, int64_t household_count,
                              lianhu_p_median_result* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const absl::StatusOr<lianhu_selection_options> read = ReadOptions(options, districting::SelectionOptions{}.seconds);
    if (!read.ok()) return read.status();
    MedianView view;
    const absl::StatusOr<districting::SelectionProblem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    const auto n = static_cast<int64_t>(viewed->households.size());
    if (household_count != n) {
      return InvalidField("household_count", -1,
                          absl::StrCat("is ", household_count, ", but there are ", n, " households"));
    }
    if (auto status = CheckArray(candidate_of, household_count, "candidate_of"); !status.ok()) return status;
    lianhu::RunContext own;
    const absl::StatusOr<districting::Selection> selection = districting::Select(
        *viewed, {.seconds = read->seconds, .work = read->work}, context == nullptr ? own : context->run);
    if (!selection.ok()) return selection.status();
    std::fill_n(candidate_of, household_count, LIANHU_NONE);
    std::copy(selection->candidate_of.begin(), selection->candidate_of.end(), candidate_of);
    lianhu::capi::WriteStruct({.outcome = static_cast<int32_t>(selection->outcome),
                               .by_clock = selection->by_clock ? 1 : 0,
                               .cancelled = selection->cancelled ? 1 : 0,
                               .objective = selection->objective,
                               .bound = selection->bound,
                               .gap_percent = selection->gap_percent,
                               .demand = selection->demand,
                               .capacity = selection->capacity,
                               .seconds = selection->seconds},
                              out);
    return absl::OkStatus();
  });
}

int32_t lianhu_p_median_verify(const lianhu_p_median* problem, const int32_t* candidate_of, int64_t household_count,
                               double* out_objective, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out_objective, "out_objective"); !status.ok()) return status;
    if (auto status = CheckArray(candidate_of, household_count, "candidate_of"); !status.ok()) return status;
    MedianView view;
    const absl::StatusOr<districting::SelectionProblem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    const absl::StatusOr<double> objective = districting::VerifySelection(*viewed, View(candidate_of, household_count));
    if (!objective.ok()) return objective.status();
    *out_objective = *objective;
    return absl::OkStatus();
  });
}

int32_t lianhu_choice_solve(const lianhu_candidate_problem* problem, const lianhu_selection_options* options,
                            lianhu_context* context, lianhu_choice** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    const absl::StatusOr<lianhu_selection_options> read = ReadOptions(options, districting::ChoiceOptions{}.seconds);
    if (!read.ok()) return read.status();
    CandidateView view;
    const absl::StatusOr<districting::CandidateProblem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    lianhu::RunContext own;
    absl::StatusOr<districting::StewardChoice> choice =
        districting::ChooseStewards(*viewed, {.seconds = read->seconds, .work = read->work, .next = read->next},
                                    context == nullptr ? own : context->run);
    if (!choice.ok()) return choice.status();
    *out = Own(*std::move(choice)).release();
    return absl::OkStatus();
  });
}

int32_t lianhu_choice_get(const lianhu_choice* choice, lianhu_choice_view* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(choice, "choice"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const districting::StewardChoice& own = choice->choice;
    lianhu::capi::WriteStruct({.outcome = static_cast<int32_t>(own.outcome),
                               .by_clock = own.by_clock ? 1 : 0,
                               .cancelled = own.cancelled ? 1 : 0,
                               .household_count = static_cast<int64_t>(own.candidate_of.size()),
                               .candidate_of = own.candidate_of.data(),
                               .chosen_count = static_cast<int64_t>(own.chosen.size()),
                               .chosen = own.chosen.data(),
                               .price_cm = own.price_cm.data(),
                               .load = own.load.data(),
                               .objective_cm = own.objective_cm,
                               .distance_cm = own.distance_cm,
                               .suitability_cm = own.suitability_cm,
                               .stewards_cm = own.stewards_cm,
                               .bound_cm = own.bound_cm,
                               .gap_percent = own.gap_percent,
                               .least_count = own.least_count,
                               .most_count = own.most_count,
                               .unit_count = static_cast<int64_t>(choice->units.size()),
                               .units = choice->units.data(),
                               .next_count = static_cast<int64_t>(choice->next.size()),
                               .next = choice->next.data(),
                               .shortfall_count = static_cast<int64_t>(choice->shortfalls.size()),
                               .shortfalls = choice->shortfalls.data(),
                               .seconds = own.seconds},
                              out);
    return absl::OkStatus();
  });
}

int32_t lianhu_choice_describe(const lianhu_choice* choice, int64_t index, const char* unit_name, int32_t language,
                               char* out_text, int64_t capacity, int64_t* out_size, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(choice, "choice"); !status.ok()) return status;
    const std::vector<districting::ChoiceShortfall>& shortfalls = choice->choice.shortfalls;
    if (index < 0 || index >= static_cast<int64_t>(shortfalls.size())) {
      return InvalidField("index", -1, absl::StrCat("is ", index, ": there are ", shortfalls.size(), " shortfalls"));
    }
    lianhu::Language said = lianhu::Language::kEnglish;
    if (auto status = lianhu::capi::ReadLanguage(language, said); !status.ok()) return status;
    return lianhu::capi::WriteText(
        districting::Describe(shortfalls[index], unit_name == nullptr ? "" : unit_name, said), out_text, capacity,
        out_size);
  });
}

void lianhu_choice_free(lianhu_choice* choice) {
  delete choice;
}
