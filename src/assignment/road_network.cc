#include "lianhu/assignment/road_network.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "assignment/price_tree.h"
#include "assignment/spatial_order.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {

absl::Status Validate(const RoadNetwork& network) {
  const bool degrees = network.datum == Datum::kWgs84Degrees;
  const double reach_x = degrees ? 180 : kMaxCoordinate;
  const double reach_y = degrees ? 85 : kMaxCoordinate;
  const auto v = static_cast<int64_t>(network.nodes.size());
  const size_t e = network.from.size();
  if (v >= int64_t{1} << 31) return InvalidField("road_nodes", -1, "has 2^31 rows or more");
  if (e >= size_t{1} << 30) return InvalidField("road_from", -1, "has 2^30 rows or more");
  for (int64_t k = 0; k < v; ++k) {
    const Point p = network.nodes[k];
    if (!(std::abs(p.x) <= reach_x && std::abs(p.y) <= reach_y)) {
      return InvalidField("road_nodes", k, absl::StrCat("is out of range: ", p.x, ", ", p.y));
    }
  }
  if (network.to.size() != e) {
    return InvalidField("road_to", -1, absl::StrCat("has ", network.to.size(), " entries, not ", e));
  }
  if (network.length_cm.size() != e) {
    return InvalidField("road_length_cm", -1, absl::StrCat("has ", network.length_cm.size(), " entries, not ", e));
  }
  for (size_t k = 0; k < e; ++k) {
    const auto row = static_cast<int64_t>(k);
    for (const auto& [field, node] : {std::pair{"road_from", network.from[k]}, std::pair{"road_to", network.to[k]}}) {
      if (node < 0 || node >= v) return InvalidField(field, row, absl::StrCat("is not in 0..", v - 1, ": ", node));
    }
    if (network.length_cm[k] < 0 || network.length_cm[k] > kMaxEdgeLength) {
      return InvalidField("road_length_cm", row,
                          absl::StrCat("is not in 0..", kMaxEdgeLength, ": ", network.length_cm[k]));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<RoadAttachment> AttachToRoads(const Problem& problem, const RoadNetwork& network) {
  if (auto status = Validate(problem); !status.ok()) return status;
  if (auto status = Validate(network); !status.ok()) return status;
  if (network.datum != problem.datum) {
    return InvalidField("road_nodes", -1, "positions are of another datum than those of the households");
  }
  const size_t n = problem.households.size();
  const size_t m = problem.stewards.size();
  std::vector<Point> planar(problem.households.begin(), problem.households.end());
  planar.insert(planar.end(), problem.stewards.begin(), problem.stewards.end());
  planar.insert(planar.end(), network.nodes.begin(), network.nodes.end());
  if (problem.datum == Datum::kWgs84Degrees) planar = ProjectWgs84(planar, Middle(planar));

  const auto nodes = absl::MakeConstSpan(planar).subspan(n + m);
  const std::vector<int32_t> order = internal::SpatialOrder(nodes, internal::FrameOf(nodes, {}));
  std::vector<Point> ordered;
  ordered.reserve(order.size());
  for (const int32_t v : order) ordered.push_back(nodes[v]);
  const std::vector<int64_t> nothing(ordered.size(), 0);
  const internal::PriceTree tree(ordered, nothing);

  RoadAttachment attachment;
  std::vector<int32_t> equals;
  const auto attach = [&](Point p, std::vector<int32_t>& node, std::vector<int64_t>& access) {
    const internal::PriceTree::Nearest nearest = tree.FindNearest(p, [](int32_t) { return false; });
    node.push_back(-1);
    access.push_back(nearest.index < 0 ? 0 : nearest.value);
    if (nearest.index < 0) return;
    // Of equal costs the least index.
    tree.Collect({p, p}, nearest.value, equals);
    for (const int32_t k : equals) {
      if (PairCost(p, ordered[k]) == nearest.value && (node.back() < 0 || order[k] < node.back())) {
        node.back() = order[k];
      }
    }
  };
  for (size_t h = 0; h < n; ++h) attach(planar[h], attachment.household_node, attachment.household_access_cm);
  for (size_t j = 0; j < m; ++j) attach(planar[n + j], attachment.steward_node, attachment.steward_access_cm);
  return attachment;
}

}  // namespace lianhu::assignment
