#include "lianhu/base/point.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lianhu {
namespace {

TEST(PointTest, MiddleIsTheMiddleOfTheBoundingBox) {
  const Point points[] = {{113, 28}, {114, 28.5}, {113.1, 30}};
  EXPECT_EQ(Middle(points), (Point{113.5, 29}));
  EXPECT_EQ(Middle({}), (Point{0, 0}));
}

// Lengths of one degree on the WGS84 ellipsoid, National Geospatial-Intelligence Agency's table "Length of a degree of
// latitude and longitude": at the equator 110,574.3 m and 111,319.5 m, at 45 degrees 111,131.7 m and 78,846.8 m.
TEST(PointTest, ProjectionMatchesPublishedLengthsOfADegree) {
  const Point equator = ProjectWgs84({{Point{1, 1}}}, {0, 0}).front();
  EXPECT_NEAR(equator.x, 111319.5, 0.1);
  EXPECT_NEAR(equator.y, 110574.3, 0.1);
  const Point middle_latitude = ProjectWgs84({{Point{11, 46}}}, {10, 45}).front();
  EXPECT_NEAR(middle_latitude.x, 78846.8, 0.1);
  EXPECT_NEAR(middle_latitude.y, 111131.7, 0.2);
}

TEST(PointTest, TheMiddleProjectsToTheOrigin) {
  EXPECT_EQ(ProjectWgs84({{Point{113.6, 28.1}}}, {113.6, 28.1}).front(), (Point{0, 0}));
}

}  // namespace
}  // namespace lianhu
