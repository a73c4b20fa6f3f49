#include "roads.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/assignment/road_network.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/base/random.h"
#include "lianhu/io/plan_files.h"

namespace jili {
namespace {

using lianhu::assignment::Outcome;

constexpr int32_t kReach = 5700;         // metres from the middle of the street to its edges
constexpr int32_t kBlock = 95;           // metres between two lanes
constexpr int32_t kSide = 121;           // lanes in each direction: 2 x 5,700 / 95 + 1
constexpr int32_t kRiver = 63;           // the river runs north to south before this lane
constexpr int32_t kBridgeEvery = 12;     // lanes
constexpr int64_t kLanesOfHundred = 70;  // of the crosslanes; the others were never built

struct Lanes {
  std::vector<lianhu::Point> nodes;
  std::vector<int32_t> from;
  std::vector<int32_t> to;
  std::vector<int64_t> length_cm;
  int64_t bridges = 0;

  void Join(int32_t a, int32_t b) {
    from.push_back(a);
    to.push_back(b);
    length_cm.push_back(int64_t{kBlock} * 100);
  }
  lianhu::assignment::RoadNetwork View() const {
    return {.nodes = nodes, .from = from, .to = to, .length_cm = length_cm};
  }
};

// Lanes to the north everywhere; crosslanes where they were built; over the river only by bridges. Along the middle one
// gets everywhere.
Lanes DrawLanes(uint64_t seed) {
  lianhu::Random random(seed);
  Lanes lanes;
  for (int32_t row = 0; row < kSide; ++row) {
    for (int32_t column = 0; column < kSide; ++column) {
      const int32_t node = row * kSide + column;
      lanes.nodes.push_back(
          {static_cast<double>(column * kBlock - kReach), static_cast<double>(row * kBlock - kReach)});
      if (row > 0) lanes.Join(node - kSide, node);
      if (column == 0) continue;
      const bool built = random.Below(100) < kLanesOfHundred;
      const bool bridge = row % kBridgeEvery == 0;
      if (column == kRiver ? bridge : built || bridge) lanes.Join(node - 1, node);
      lanes.bridges += column == kRiver && bridge ? 1 : 0;
    }
  }
  return lanes;
}

std::string NodesCsv(const Lanes& lanes) {
  std::string csv = "id,x,y\n";
  for (size_t k = 0; k < lanes.nodes.size(); ++k) {
    absl::StrAppendFormat(&csv, "N%05d,%.0f,%.0f\n", k, lanes.nodes[k].x, lanes.nodes[k].y);
  }
  return csv;
}

std::string EdgesCsv(const Lanes& lanes) {
  std::string csv = "from,to,length_m\n";
  for (size_t k = 0; k < lanes.from.size(); ++k) {
    absl::StrAppendFormat(&csv, "N%05d,N%05d,%d\n", lanes.from[k], lanes.to[k], lanes.length_cm[k] / 100);
  }
  return csv;
}

}  // namespace

absl::StatusOr<Walks> WalkTheStreet(const lianhu::io::Street& files, const lianhu::assignment::Plan& straight,
                                    uint64_t seed, const Folder& out, lianhu::RunContext& context) {
  const Lanes lanes = DrawLanes(seed);
  const auto road = lianhu::assignment::SolveOnRoads(files.View(), lanes.View(), /*best_effort=*/false, context);
  if (!road.ok()) return road.status();
  if (road->plan.outcome != Outcome::kOptimal) return absl::InternalError("every lane should lead everywhere");
  const auto walked = lianhu::assignment::VerifyOnRoads(files.View(), lanes.View(), straight.steward_of, {});
  if (!walked.ok()) return walked.status();

  const Walks walks{
      .straight_plan_cm = walked->total_cost_cm, .road_plan_cm = road->plan.total_cost_cm, .bridges = lanes.bridges};
  const double households = static_cast<double>(straight.steward_of.size());
  const auto mean = [&](int64_t cm) { return static_cast<double>(cm) / 100 / households; };
  absl::PrintF(
      "\nOn foot, along %d lanes and over %d bridges: %.1f m on average, proved; the plan above, walked: %.1f m\n",
      lanes.from.size(), lanes.bridges, mean(walks.road_plan_cm), mean(walks.straight_plan_cm));
  for (const auto& [name, content] : std::vector<std::pair<const char*, std::string>>{
           {"road_nodes.csv", NodesCsv(lanes)},
           {"road_edges.csv", EdgesCsv(lanes)},
           {"plan_on_roads.csv", lianhu::io::FormatPlanCsv(files, road->plan, road->distance_cm)}}) {
    if (auto status = out.Write(name, content); !status.ok()) return status;
  }
  return walks;
}

}  // namespace jili
