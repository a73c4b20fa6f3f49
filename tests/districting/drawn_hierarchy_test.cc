#include "lianhu/districting/drawn_hierarchy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/unit_code.h"

namespace lianhu::districting {
namespace {

TEST(DrawnHierarchy, FiveLevelsFromAListOfHouseholds) {
  Random random(5);
  std::vector<Point> homes;
  std::vector<int64_t> communities;
  for (int i = 0; i < 3000; ++i) {
    const double x = 3000 * random.Real();
    const double y = 1000 * random.Real();
    homes.push_back({x, y});
    communities.push_back(430181002001 + static_cast<int64_t>(homes.back().x / 1000));
  }
  RunContext context;
  const HierarchyProblem problem{.households = homes, .communities = communities};
  const auto drawn = DrawHierarchy(problem, {.seconds = 1}, context);
  ASSERT_TRUE(drawn.ok()) << drawn.status();
  EXPECT_EQ(drawn->micro_grids.outcome, PartitionOutcome::kFeasible);
  EXPECT_EQ(drawn->grids.outcome, PartitionOutcome::kFeasible);
  const std::set<int64_t> codes(drawn->codes.begin(), drawn->codes.end());
  EXPECT_EQ(codes.size(), drawn->codes.size());
  EXPECT_EQ(codes.count(430181002), 1u);
  for (size_t h = 0; h < homes.size(); ++h) {
    const int64_t code = drawn->micro_grid_code[drawn->micro_grids.part_of[h]];
    const int64_t grid = drawn->grid_code[drawn->grids.part_of[drawn->micro_grids.part_of[h]]];
    ASSERT_EQ(ParentCode(code), grid);
    ASSERT_EQ(ParentCode(grid), communities[h]);
  }
  for (const MicroGrid& grid : drawn->grids.parts) {
    EXPECT_GE(grid.weight, 250);
    EXPECT_LE(grid.weight, 450);
  }
}

TEST(DrawnHierarchy, BadInputIsNamed) {
  const std::vector<Point> homes(20, Point{1, 2});
  std::vector<int64_t> communities(20, 430181002001);
  RunContext context;
  communities[4] = 430181002;
  auto status = DrawHierarchy({.households = homes, .communities = communities}, {}, context).status();
  EXPECT_EQ(GetErrorDetail(status).field, "communities");
  EXPECT_EQ(GetErrorDetail(status).row, 4);
  communities[4] = communities[0];
  status =
      DrawHierarchy({.households = homes, .communities = communities, .grid_bounds = {9, 8}}, {}, context).status();
  EXPECT_EQ(GetErrorDetail(status).field, "grid_bounds");
}

}  // namespace
}  // namespace lianhu::districting
