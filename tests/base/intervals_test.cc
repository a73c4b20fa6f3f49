#include "lianhu/base/intervals.h"

#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace lianhu {
namespace {

using Band = Interval<double>;

Band Make(double low, bool low_closed, double high, bool high_closed) {
  return {.low = low, .high = high, .low_closed = low_closed, .high_closed = high_closed};
}

TEST(IntervalsTest, BandsThatMeetHaveNoHoleAndNoOverlap) {
  const std::vector<Band> bands = {Make(90, true, 100, true), Make(80, true, 90, false), Make(60, true, 80, false),
                                   Make(0, true, 60, false)};
  EXPECT_TRUE(Uncovered<double>(Make(0, true, 100, true), bands).empty());
  EXPECT_TRUE(Overlaps<double>(bands).empty());
}

TEST(IntervalsTest, NamesHolesAndOverlaps) {
  const std::vector<Band> bands = {Make(90, true, 100, true), Make(70, true, 90, true), Make(0, true, 60, false)};
  const std::vector<Band> holes = Uncovered<double>(Make(0, true, 100, true), bands);
  ASSERT_EQ(holes.size(), 1u);
  EXPECT_EQ(holes[0], Make(60, true, 70, false));
  const auto overlaps = Overlaps<double>(bands);
  ASSERT_EQ(overlaps.size(), 1u);
  EXPECT_EQ(overlaps[0].first, 0);
  EXPECT_EQ(overlaps[0].second, 1);
  EXPECT_EQ(overlaps[0].common, Make(90, true, 90, true));
}

TEST(IntervalsTest, UnboundedSides) {
  const std::vector<Band> bands = {{.low = {}, .high = 3.0, .low_closed = true, .high_closed = false},
                                   {.low = 3.0, .high = {}, .low_closed = false, .high_closed = true}};
  const std::vector<Band> holes = Uncovered<double>(Band{}, bands);
  ASSERT_EQ(holes.size(), 1u);
  EXPECT_EQ(holes[0], Make(3, true, 3, true));
  EXPECT_EQ(Uncovered<double>(Band{}, std::vector<Band>{}).size(), 1u);
}

// Against asking, of every quarter, whether it is inside.
TEST(IntervalsTest, AgreeWithPointsOnRandomBands) {
  std::mt19937_64 random(7);
  int holes_seen = 0, overlaps_seen = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<Band> bands;
    for (size_t n = random() % 6; n > 0; --n) {
      const auto low = static_cast<double>(random() % 9);
      Band band = Make(low, random() % 2 == 0, low + static_cast<double>(random() % 4), random() % 2 == 0);
      if (random() % 8 == 0) band.low.reset();
      if (random() % 8 == 0) band.high.reset();
      bands.push_back(band);
    }
    const Band domain = Make(1, random() % 2 == 0, 10, random() % 2 == 0);
    const std::vector<Band> holes = Uncovered<double>(domain, bands);
    const auto overlaps = Overlaps<double>(bands);
    holes_seen += static_cast<int>(holes.size());
    overlaps_seen += static_cast<int>(overlaps.size());
    for (double x = 0; x <= 12; x += 0.25) {
      int covered = 0, in_holes = 0, in_overlaps = 0;
      for (const Band& band : bands) covered += Contains(band, x) ? 1 : 0;
      for (const Band& hole : holes) in_holes += Contains(hole, x) ? 1 : 0;
      for (const auto& overlap : overlaps) in_overlaps += Contains(overlap.common, x) ? 1 : 0;
      EXPECT_EQ(in_holes, Contains(domain, x) && covered == 0 ? 1 : 0) << "round " << round << ", x " << x;
      EXPECT_EQ(in_overlaps, covered * (covered - 1) / 2) << "round " << round << ", x " << x;
    }
  }
  EXPECT_GT(holes_seen, 1000);
  EXPECT_GT(overlaps_seen, 1000);
}

}  // namespace
}  // namespace lianhu
