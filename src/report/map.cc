#include "lianhu/report/map.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "lianhu/base/status.h"
#include "report/map_page.h"
#include "report/page_data.h"

namespace lianhu::report {
namespace {

using Json = nlohmann::ordered_json;

absl::Status Check(const MapInput& input) {
  if (input.plan == nullptr) return InvalidField("plan", -1, "is missing");
  const size_t n = input.households.size();
  const size_t m = input.stewards.size();
  for (const absl::Status& status :
       {CheckLength("household_ids", input.household_ids.size(), n),
        CheckLength("steward_ids", input.steward_ids.size(), m),
        CheckLength("household_units", input.household_units.size(), input.household_units.empty() ? 0 : n),
        CheckLength("steward_units", input.steward_units.size(), input.household_units.empty() ? 0 : m),
        CheckLength("plan.steward_of", input.plan->steward_of.size(), n),
        CheckLength("before", input.before.size(), input.before.empty() ? 0 : n),
        CheckIndices("before", input.before, assignment::kUnassigned, m),
        CheckIndices("plan.steward_of", input.plan->steward_of, assignment::kUnassigned, m),
        CheckIndices("household_units", input.household_units, 0, input.unit_names.size()),
        CheckIndices("steward_units", input.steward_units, 0, input.unit_names.size())}) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

std::string PackedCosts(absl::Span<const Point> households, absl::Span<const Point> stewards,
                        absl::Span<const int32_t> steward_of) {
  std::vector<int32_t> costs;
  costs.reserve(households.size());
  for (size_t h = 0; h < households.size(); ++h) {
    const int32_t j = steward_of[h];
    costs.push_back(j < 0 ? -1 : static_cast<int32_t>(assignment::PairCost(households[h], stewards[j])));
  }
  return Packed(costs);
}

Json Data(const MapInput& input, const MapOptions& options) {
  std::vector<Point> all(input.households.begin(), input.households.end());
  all.insert(all.end(), input.stewards.begin(), input.stewards.end());
  Point origin = Middle(all);
  if (input.datum == Datum::kWgs84Degrees) {
    all = ProjectWgs84(all, origin);
    origin = {};
  }
  const absl::Span<const Point> households = absl::MakeConstSpan(all).subspan(0, input.households.size());
  const absl::Span<const Point> stewards = absl::MakeConstSpan(all).subspan(input.households.size());

  const assignment::Plan& plan = *input.plan;
  Json data;
  data["title"] = options.title;
  data["language"] = options.language == Language::kChinese ? "zh" : "en";
  data["status"] = assignment::OutcomeName(plan.outcome);
  data["total_cost_cm"] = plan.total_cost_cm;
  data["dual_bound_cm"] = plan.dual_bound_cm;
  data["household_ids"] = Strings(input.household_ids);
  data["steward_ids"] = Strings(input.steward_ids);
  data["unit_names"] = Strings(input.household_units.empty() ? absl::Span<const std::string>() : input.unit_names);
  data["households"] = PackedCoordinates(households, origin);
  data["stewards"] = PackedCoordinates(stewards, origin);
  data["steward_of"] = Packed(plan.steward_of);
  data["household_units"] = Packed(input.household_units);
  data["steward_units"] = Packed(input.steward_units);
  data["cost_cm"] = PackedCosts(households, stewards, plan.steward_of);
  if (!input.before.empty()) {
    data["before"] = Packed(input.before);
    data["before_cost_cm"] = PackedCosts(households, stewards, input.before);
  }
  if (!input.frontier.empty()) {
    Json points = Json::array();
    for (const assignment::FrontierPoint& point : input.frontier) {
      points.push_back({point.moves, point.total_cost_cm, point.switch_cost.cm(), point.vertex});
    }
    data["frontier"] = std::move(points);
    data["frontier_moves"] = input.frontier_moves;
  }
  return data;
}

}  // namespace

absl::StatusOr<std::string> RenderMap(const MapInput& input, const MapOptions& options) {
  if (auto status = Check(input); !status.ok()) return status;
  return WithData(kMapPage, Data(input, options));
}

}  // namespace lianhu::report
