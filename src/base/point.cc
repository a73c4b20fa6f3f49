#include "lianhu/base/point.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lianhu {

Point Middle(absl::Span<const Point> degrees) {
  if (degrees.empty()) return {};
  Point low = degrees.front();
  Point high = low;
  for (const Point& p : degrees) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  return {(low.x + high.x) / 2, (low.y + high.y) / 2};
}

std::vector<Point> ProjectWgs84(absl::Span<const Point> degrees, Point middle) {
  constexpr double kSemiMajorAxis = 6378137.0;
  constexpr double kFlattening = 1 / 298.257223563;
  constexpr double kEccentricitySquared = kFlattening * (2 - kFlattening);
  constexpr double kRadiansPerDegree = std::numbers::pi / 180;

  const double latitude = middle.y * kRadiansPerDegree;
  const double w = 1 - kEccentricitySquared * std::sin(latitude) * std::sin(latitude);
  const double prime_vertical = kSemiMajorAxis / std::sqrt(w);
  const double meridian = kSemiMajorAxis * (1 - kEccentricitySquared) / (w * std::sqrt(w));
  const double metres_per_degree_x = prime_vertical * std::cos(latitude) * kRadiansPerDegree;
  const double metres_per_degree_y = meridian * kRadiansPerDegree;

  std::vector<Point> planar;
  planar.reserve(degrees.size());
  for (const Point& p : degrees) {
    planar.push_back({(p.x - middle.x) * metres_per_degree_x, (p.y - middle.y) * metres_per_degree_y});
  }
  return planar;
}

}  // namespace lianhu
