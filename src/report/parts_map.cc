#include "lianhu/report/parts_map.h"

#include <nlohmann/json.hpp>

#include "report/page_data.h"
#include "report/parts_page.h"

namespace lianhu::report {
namespace {

using Json = nlohmann::ordered_json;

absl::Status Check(const PartsMapInput& input) {
  const size_t n = input.households.size();
  const size_t m = input.part_names.size();
  const auto optional = [m](size_t length) { return length == 0 ? 0 : m; };
  for (const absl::Status& status :
       {CheckLength("household_ids", input.household_ids.size(), n), CheckLength("part_of", input.part_of.size(), n),
        CheckLength("medoids", input.medoids.size(), optional(input.medoids.size())),
        CheckLength("compactness", input.compactness.size(), optional(input.compactness.size())),
        CheckLength("weights", input.weights.size(), optional(input.weights.size())),
        CheckLength("grid_of", input.grid_of.size(), optional(input.grid_of.size())),
        CheckLength("unit_of", input.unit_of.size(), optional(input.unit_of.size())),
        CheckIndices("part_of", input.part_of, 0, m), CheckIndices("medoids", input.medoids, 0, n),
        CheckIndices("grid_of", input.grid_of, 0, input.grid_names.size()),
        CheckIndices("unit_of", input.unit_of, 0, input.unit_names.size())}) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

std::vector<Point> Centres(absl::Span<const Point> households, absl::Span<const int32_t> part_of, size_t m) {
  std::vector<Point> centres(m);
  std::vector<double> count(m, 0);
  for (size_t h = 0; h < households.size(); ++h) {
    Point& sum = centres[part_of[h]];
    sum = {sum.x + households[h].x, sum.y + households[h].y};
    ++count[part_of[h]];
  }
  for (size_t p = 0; p < m; ++p) {
    if (count[p] > 0) centres[p] = {centres[p].x / count[p], centres[p].y / count[p]};
  }
  return centres;
}

Json Data(const PartsMapInput& input, const MapOptions& options) {
  std::vector<Point> planar(input.households.begin(), input.households.end());
  Point origin = Middle(planar);
  if (input.datum == Datum::kWgs84Degrees) {
    planar = ProjectWgs84(planar, origin);
    origin = {};
  }
  Json data;
  data["title"] = options.title;
  data["language"] = options.language == Language::kChinese ? "zh" : "en";
  data["min"] = input.min;
  data["max"] = input.max;
  data["household_ids"] = Strings(input.household_ids);
  data["part_names"] = Strings(input.part_names);
  data["grid_names"] = Strings(input.grid_of.empty() ? absl::Span<const std::string>() : input.grid_names);
  data["unit_names"] = Strings(input.unit_of.empty() ? absl::Span<const std::string>() : input.unit_names);
  data["households"] = PackedCoordinates(planar, origin);
  data["part_of"] = Packed(input.part_of);
  data["medoids"] = Packed(input.medoids);
  data["compactness"] = Packed(std::vector<double>(input.compactness.begin(), input.compactness.end()));
  data["weights"] = Packed(std::vector<double>(input.weights.begin(), input.weights.end()));
  data["grid_of"] = Packed(input.grid_of);
  data["unit_of"] = Packed(input.unit_of);
  data["colours"] = Packed(ColourParts(Centres(planar, input.part_of, input.part_names.size())));
  return data;
}

}  // namespace

absl::StatusOr<std::string> RenderPartsMap(const PartsMapInput& input, const MapOptions& options) {
  if (auto status = Check(input); !status.ok()) return status;
  return WithData(kPartsPage, Data(input, options));
}

}  // namespace lianhu::report
