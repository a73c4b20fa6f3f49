#include "lianhu/report/map.h"

#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "lianhu/base/status.h"
#include "report/map_page.h"

namespace lianhu::report {
namespace {

using Json = nlohmann::ordered_json;

absl::Status CheckLength(absl::string_view field, size_t length, size_t expected) {
  if (length == expected) return absl::OkStatus();
  return InvalidField(field, -1, absl::StrCat("has ", length, " entries, expected ", expected));
}

absl::Status CheckIndices(absl::string_view field, absl::Span<const int32_t> indices, int64_t low, size_t end) {
  for (size_t k = 0; k < indices.size(); ++k) {
    if (indices[k] < low || indices[k] >= static_cast<int64_t>(end)) {
      return InvalidField(field, static_cast<int64_t>(k), absl::StrCat("no such index: ", indices[k]));
    }
  }
  return absl::OkStatus();
}

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

// The array's bytes, little-endian, as base64: what the page turns into a typed array.
template <typename T>
std::string Packed(const std::vector<T>& values) {
  static_assert(std::endian::native == std::endian::little);
  std::string base64;
  absl::Base64Escape(absl::string_view(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)),
                     &base64);
  return base64;
}

std::string PackedCoordinates(absl::Span<const Point> points, Point origin) {
  std::vector<float> coordinates;  // metres from the middle: a float is true to a centimetre for 100 km
  coordinates.reserve(2 * points.size());
  for (const Point& p : points) {
    coordinates.push_back(static_cast<float>(p.x - origin.x));
    coordinates.push_back(static_cast<float>(p.y - origin.y));
  }
  return Packed(coordinates);
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

Json Strings(absl::Span<const std::string> strings) {
  Json array = Json::array();
  for (const std::string& s : strings) array.push_back(s);
  return array;
}

std::string Data(const MapInput& input, const MapOptions& options) {
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
  data["household_units"] = Packed(std::vector<int32_t>(input.household_units.begin(), input.household_units.end()));
  data["steward_units"] = Packed(std::vector<int32_t>(input.steward_units.begin(), input.steward_units.end()));
  data["cost_cm"] = PackedCosts(households, stewards, plan.steward_of);
  if (!input.before.empty()) {
    data["before"] = Packed(std::vector<int32_t>(input.before.begin(), input.before.end()));
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
  // Inside a script element only "<" can end it; JSON lets it be written as an escape.
  return absl::StrReplaceAll(data.dump(-1, ' ', false, Json::error_handler_t::replace), {{"<", "\\u003c"}});
}

}  // namespace

absl::StatusOr<std::string> RenderMap(const MapInput& input, const MapOptions& options) {
  if (auto status = Check(input); !status.ok()) return status;
  constexpr absl::string_view kMark = "/*DATA*/";
  const absl::string_view page = kMapPage;
  const size_t mark = page.find(kMark);
  return absl::StrCat(page.substr(0, mark), Data(input, options), page.substr(mark + kMark.size()));
}

}  // namespace lianhu::report
