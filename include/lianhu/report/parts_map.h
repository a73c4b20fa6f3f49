// Drawn micro-grids as one self-contained HTML page: hulls over the households, with sizes and compactness.
#ifndef LIANHU_REPORT_PARTS_MAP_H_
#define LIANHU_REPORT_PARTS_MAP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/base/language.h"
#include "lianhu/base/point.h"
#include "lianhu/report/map.h"

namespace lianhu::report {

// Views of the caller's arrays: n households, m parts.
struct PartsMapInput {
  absl::Span<const std::string> household_ids = {};  // n
  absl::Span<const Point> households = {};           // n
  Datum datum = Datum::kPlanarMetres;
  absl::Span<const int32_t> part_of = {};         // n, each 0..m-1
  absl::Span<const std::string> part_names = {};  // m
  absl::Span<const int32_t> medoids = {};         // m: a household each, or empty
  absl::Span<const double> compactness = {};      // m: 0..1, or -1 where a part has no area; or empty
  absl::Span<const int64_t> weights = {};         // m: towards the bounds, or empty: households count
  int64_t min = 0;                                // bounds of the weight, shown beside it
  int64_t max = 0;
  absl::Span<const int32_t> grid_of = {};         // m: an index of grid_names, or empty without grids
  absl::Span<const std::string> grid_names = {};  // by grid
  absl::Span<const int32_t> unit_of = {};         // m: an index of unit_names, or empty without jurisdictions
  absl::Span<const std::string> unit_names = {};  // by unit
};

// The page as UTF-8. It loads nothing from anywhere and holds ids, positions and parts only. The page computes the
// hulls and draws on a canvas, anew for the printer. Neighbouring parts differ in colour (ColourParts). Errors name the
// field whose length or index does not fit. O(n + m log m).
absl::StatusOr<std::string> RenderPartsMap(const PartsMapInput& input, const MapOptions& options);

// How many colours the page has.
inline constexpr int32_t kPartColours = 12;

// A colour of 0..kPartColours-1 for each part, from their planar centres: of the eight parts nearest to a part none has
// its colour, as far as that can be had by colouring one after the other, the closely knit last removed first; else
// the colour that the fewest of them have. Source: Matula and Beck, "Smallest-last ordering and clustering and graph
// coloring algorithms", 1983. O(m log m).
std::vector<int32_t> ColourParts(absl::Span<const Point> centres);

}  // namespace lianhu::report

#endif  // LIANHU_REPORT_PARTS_MAP_H_
