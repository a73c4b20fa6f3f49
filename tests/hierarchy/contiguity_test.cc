#include "lianhu/hierarchy/contiguity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/range/iterator_range.hpp>
#include <numeric>
#include <set>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/contiguity_bgl.h"

namespace lianhu {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ContiguityTest, NeighboursAscendAndBordersAreNumbered) {
  const Contiguity map = Contiguity::FromBorders(5, {{3, 1}, {0, 1}, {1, 0}, {1, 2}}).value();
  EXPECT_EQ(map.size(), 5);
  EXPECT_EQ(map.border_count(), 3);
  EXPECT_THAT(map.neighbours(1), ElementsAre(0, 2, 3));
  EXPECT_THAT(map.borders(1), ElementsAre(0, 1, 2));
  EXPECT_THAT(map.neighbours(4), IsEmpty());
  EXPECT_EQ(map.border(2), (Border{1, 3}));
  EXPECT_TRUE(map.AreNeighbours(3, 1));
  EXPECT_FALSE(map.AreNeighbours(3, 2));
}

TEST(ContiguityTest, Faults) {
  const absl::Status outside = Contiguity::FromBorders(3, {{0, 1}, {1, 3}}).status();
  EXPECT_EQ(outside.message(), "borders[1]: units 1 and 3 are not both units of 0..2");
  EXPECT_EQ(GetErrorDetail(outside).row, 1);
  EXPECT_EQ(Contiguity::FromBorders(3, {{2, 2}}).status().message(), "borders[0]: unit 2 borders itself");
  EXPECT_EQ(Contiguity::FromBorders(3, {{-1, 2}}).status().message(),
            "borders[0]: units -1 and 2 are not both units of 0..2");
  EXPECT_EQ(Contiguity::FromBorders(-1, {}).status().message(), "unit_count: must not be negative: -1");
  EXPECT_EQ(Contiguity::FromBorders(0, {}).value().size(), 0);
}

// Boost's connected components against joining sets by hand.
TEST(ContiguityTest, ConnectedComponentsOfRandomMaps) {
  std::set<int> counts;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t size = random.Between(2, 80);
    std::vector<Border> borders;
    std::vector<Unit> group(size);
    std::iota(group.begin(), group.end(), 0);
    for (int i = random.Between(0, size); i > 0; --i) {
      const Border border{random.Between(0, size - 1), random.Between(0, size - 1)};
      if (border.a == border.b) continue;
      borders.push_back(border);
      const Unit from = group[border.a];
      for (Unit& unit : group) {
        if (unit == from) unit = group[border.b];
      }
    }
    const Contiguity map = Contiguity::FromBorders(size, borders).value();
    std::vector<int> component(size);
    const int count = boost::connected_components(map, component.data());
    ASSERT_EQ(count, static_cast<int>(std::set<Unit>(group.begin(), group.end()).size()));
    for (Unit a = 0; a < size; ++a) {
      for (Unit b = 0; b < size; ++b) ASSERT_EQ(component[a] == component[b], group[a] == group[b]);
    }
    counts.insert(count);

    int32_t halves = 0;
    for (Unit unit = 0; unit < size; ++unit) {
      for (const auto& edge : boost::make_iterator_range(out_edges(unit, map))) {
        ASSERT_EQ(source(edge, map), unit);
        ASSERT_TRUE(map.AreNeighbours(target(edge, map), unit));
        ++halves;
      }
    }
    ASSERT_EQ(halves, 2 * num_edges(map));
  }
  EXPECT_GT(counts.size(), 10u);
}

}  // namespace
}  // namespace lianhu
