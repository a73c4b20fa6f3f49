// Positions: planar metres, and the projection that brings longitude and latitude there.
#ifndef LIANHU_BASE_POINT_H_
#define LIANHU_BASE_POINT_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace lianhu {

// A planar position in metres. Two doubles and nothing else, so that an n x 2 row-major array of doubles is a span of
// Points without a copy.
struct Point {
  double x = 0;
  double y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};
static_assert(sizeof(Point) == 2 * sizeof(double));

// What a pair of input numbers means.
enum class Datum : int32_t {
  kPlanarMetres = 0,  // x east, y north, metres, in any local or projected grid
  kWgs84Degrees = 1,  // x = longitude -180..180, y = latitude -85..85, degrees
};

// Largest planar coordinate accepted, metres: room for a zone-prefixed Gauss-Krueger easting (38,500,000).
inline constexpr double kMaxCoordinate = 1e8;

// Largest extent of one problem in x or in y, metres; keeps every distance in centimetres inside 31 bits.
inline constexpr double kMaxExtent = 1e7;

// The middle of the bounding box of longitude/latitude points; {0, 0} for none.
Point Middle(absl::Span<const Point> degrees);

// Projects WGS84 degrees to local metres about `middle`: equirectangular with the ellipsoid's meridian and
// prime-vertical radii of curvature at the middle's latitude (x = N cos(lat0) dlon, y = M dlat). Within 10 km of the
// middle at the latitudes of China distances are true to about 0.1 %. O(n). Points across the 180th meridian are not
// joined up. Source of the radii: NIMA TR8350.2, "Department of Defense World Geodetic System 1984".
std::vector<Point> ProjectWgs84(absl::Span<const Point> degrees, Point middle);

}  // namespace lianhu

#endif  // LIANHU_BASE_POINT_H_
