// The street's micro-grids and grids drawn from its households.
#ifndef LIANHU_EXAMPLES_JILI_STREET_DRAWING_H_
#define LIANHU_EXAMPLES_JILI_STREET_DRAWING_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "folder.h"
#include "lianhu/base/run_context.h"

namespace jili {

struct DrawnStreet {
  int64_t micro_grids = 0;
  int64_t micro_grid_least = 0;  // households
  int64_t micro_grid_most = 0;
  int64_t grids = 0;
  int64_t grid_least = 0;
  int64_t grid_most = 0;
  double mean_radius_m = 0;
  double mean_compactness = 0;
  double mean_distance_m = 0;  // of a household to the middle one of its micro-grid
};

// As many of each as the street has, within communities: households.csv and units.csv (for the communities' codes) as
// WriteStreet left them. Writes drawn.csv, drawn_parts.csv, drawn_units.csv, drawn.json and drawn.html.
absl::StatusOr<DrawnStreet> DrawStreet(const Folder& out, lianhu::RunContext& context);

}  // namespace jili

#endif  // LIANHU_EXAMPLES_JILI_STREET_DRAWING_H_
