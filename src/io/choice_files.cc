#include "lianhu/io/choice_files.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/base/version.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::io {
namespace {

using districting::CandidateProblem;
using districting::ChoiceShortfall;
using districting::CountRule;
using districting::StewardChoice;

// The shortest text that reads back as the same number.
std::string Exact(double value) {
  char text[64];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  return error == std::errc() ? std::string(text, end) : absl::StrFormat("%.17g", value);
}

double Metres(int64_t centimetres) {
  return static_cast<double>(centimetres) / 100;
}

const char* RuleName(CountRule rule) {
  switch (rule) {
    case CountRule::kExactly:
      return "count";
    case CountRule::kCostPerSteward:
      return "cost_per_steward";
    case CountRule::kFewest:
      return "fewest";
  }
  return "unknown";
}

nlohmann::ordered_json UnitJson(const Street& street, int32_t unit) {
  return unit < 0 ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(street.UnitName(unit));
}

}  // namespace

Street ChosenStreet(const CandidatePool& pool, const StewardChoice& choice) {
  Street street = pool.street;
  const Roster& all = pool.street.stewards;
  street.stewards = Roster{};
  street.stewards.file = all.file;
  street.steward_min.clear();
  street.steward_max.clear();
  const assignment::Problem bounds = pool.street.View();
  for (const int32_t j : choice.chosen) {
    street.stewards.ids.push_back(all.ids[j]);
    street.stewards.positions.push_back(all.positions[j]);
    if (!all.units.empty()) street.stewards.units.push_back(all.units[j]);
    street.stewards.row_numbers.push_back(all.row_numbers[j]);
    street.steward_min.push_back(bounds.BoundsOf(j).min);
    street.steward_max.push_back(bounds.BoundsOf(j).max);
  }
  return street;
}

assignment::Plan ChosenPlan(const StewardChoice& choice) {
  assignment::Plan plan;
  for (const int32_t j : choice.candidate_of) {
    const auto at = std::lower_bound(choice.chosen.begin(), choice.chosen.end(), j);
    plan.steward_of.push_back(static_cast<int32_t>(at - choice.chosen.begin()));
  }
  plan.price_cm = choice.price_cm;
  plan.load = choice.load;
  plan.total_cost_cm = plan.dual_bound_cm = plan.distance_cm = choice.distance_cm;
  plan.seconds = choice.seconds;
  return plan;
}

std::vector<KindCount> CountKinds(const CandidatePool& pool, const StewardChoice& choice) {
  std::vector<KindCount> counts;
  counts.reserve(pool.kind_names.size());
  for (const std::string& name : pool.kind_names) counts.push_back({.kind = name});
  for (const int32_t kind : pool.kinds) {
    if (kind >= 0) ++counts[kind].candidates;
  }
  for (const int32_t j : choice.chosen) {
    if (!pool.kinds.empty() && pool.kinds[j] >= 0) ++counts[pool.kinds[j]].chosen;
  }
  return counts;
}

std::string FormatChosenCsv(const CandidatePool& pool, const StewardChoice& choice, const std::string& within) {
  const Street street = ChosenStreet(pool, choice);
  const assignment::Plan plan = ChosenPlan(choice);
  const std::vector<int64_t> costs = LinkCosts(street, plan.steward_of);
  std::vector<int64_t> distance(choice.chosen.size(), 0);
  for (size_t h = 0; h < costs.size(); ++h) distance[plan.steward_of[h]] += costs[h];
  std::string csv = street.datum == Datum::kWgs84Degrees ? "id,lon,lat" : "id,x,y";
  if (!within.empty()) absl::StrAppend(&csv, ",", QuoteCsvField(within));
  csv += ",min,max,kind,cost_m,households,mean_distance_m\n";
  for (size_t k = 0; k < choice.chosen.size(); ++k) {
    const int32_t j = choice.chosen[k];
    const Point place = street.stewards.positions[k];
    absl::StrAppend(&csv, QuoteCsvField(street.stewards.ids[k]), ",", Exact(place.x), ",", Exact(place.y));
    if (!within.empty()) absl::StrAppend(&csv, ",", QuoteCsvField(street.UnitName(street.stewards.units[k])));
    const bool has_kind = !pool.kinds.empty() && pool.kinds[j] >= 0;
    absl::StrAppend(&csv, ",", street.steward_min[k], ",", street.steward_max[k], ",",
                    has_kind ? QuoteCsvField(pool.kind_names[pool.kinds[j]]) : "", ",",
                    Exact(Metres(pool.suitability_cm[j])), ",", choice.load[k], ",");
    if (choice.load[k] > 0) absl::StrAppendFormat(&csv, "%.2f", Metres(distance[k]) / choice.load[k]);
    csv += "\n";
  }
  return csv;
}

std::string FormatChoiceJson(const CandidatePool& pool, const CandidateProblem& problem, const StewardChoice& choice) {
  using Json = nlohmann::ordered_json;
  const Street& street = pool.street;
  Json summary;
  summary["status"] = districting::OutcomeName(choice.outcome);
  summary["rule"] = RuleName(problem.rule);
  summary["households"] = problem.households.size();
  summary["candidates"] = problem.candidates.size();
  summary["chosen"] = choice.chosen.size();
  summary["least_count"] = choice.least_count;
  summary["most_count"] = choice.most_count;
  if (!choice.chosen.empty()) {
    const Street chosen = ChosenStreet(pool, choice);
    const PlanFigures figures = FiguresOf(chosen, ChosenPlan(choice));
    summary["objective_cm"] = choice.objective_cm;
    summary["distance_cm"] = choice.distance_cm;
    summary["suitability_cm"] = choice.suitability_cm;
    summary["stewards_cm"] = choice.stewards_cm;
    summary["bound_cm"] = choice.bound_cm;
    summary["gap_cm"] = choice.objective_cm - choice.bound_cm;
    summary["gap_percent"] = choice.gap_percent;
    summary["mean_distance_m"] = figures.mean_distance_m;
    summary["max_distance_m"] = figures.max_distance_m;
    summary["load_min"] = figures.load_min;
    summary["load_max"] = figures.load_max;
  }
  summary["regions"] = choice.regions;
  summary["by_clock"] = choice.by_clock;
  summary["cancelled"] = choice.cancelled;
  summary["seconds"] = choice.seconds;
  summary["version"] = kVersion;
  summary["kinds"] = Json::array();
  for (const KindCount& each : CountKinds(pool, choice)) {
    summary["kinds"].push_back({{"kind", each.kind}, {"candidates", each.candidates}, {"chosen", each.chosen}});
  }
  summary["units"] = Json::array();
  for (const districting::ChoiceUnit& each : choice.units) {
    summary["units"].push_back({{"unit", UnitJson(street, each.unit)},
                                {"households", each.households},
                                {"candidates", each.candidates},
                                {"chosen", each.chosen},
                                {"least", each.least},
                                {"most", each.most},
                                {"distance_cm", each.distance_cm}});
  }
  summary["next"] = Json::array();
  for (const districting::NextCandidate& each : choice.next) {
    summary["next"].push_back(
        {{"candidate", street.stewards.ids[each.candidate]},
         {"unit", UnitJson(street, problem.candidate_units.empty() ? -1 : problem.candidate_units[each.candidate])},
         {"feasible", each.feasible},
         {"saves_cm", each.feasible ? Json(each.saves_cm) : Json(nullptr)}});
  }
  summary["shortfalls"] = Json::array();
  for (const ChoiceShortfall& each : choice.shortfalls) {
    const std::string& unit = street.UnitName(each.unit);
    summary["shortfalls"].push_back({{"reason", districting::ShortfallName(each.kind)},
                                     {"unit", UnitJson(street, each.unit)},
                                     {"households", each.households},
                                     {"candidates", each.candidates},
                                     {"capacity", each.capacity},
                                     {"required", each.required},
                                     {"least", each.least < 0 ? Json(nullptr) : Json(each.least)},
                                     {"most", each.most < 0 ? Json(nullptr) : Json(each.most)},
                                     {"message", Describe(each, unit, Language::kEnglish)},
                                     {"message_zh", Describe(each, unit, Language::kChinese)}});
  }
  return summary.dump(2) + "\n";
}

}  // namespace lianhu::io
