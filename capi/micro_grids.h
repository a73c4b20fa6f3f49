// Drawn micro-grids behind a handle, and the problems that they are drawn for.
#ifndef LIANHU_CAPI_MICRO_GRIDS_H_
#define LIANHU_CAPI_MICRO_GRIDS_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu.h"
#include "lianhu/base/point.h"
#include "lianhu/districting/micro_grids.h"
#include "lianhu/hierarchy/contiguity.h"

struct lianhu_micro_grids {
  lianhu::districting::MicroGridRepair repair;  // a drawn plan: without changes
  lianhu::districting::WeightBounds bounds;
  int64_t count = 0;
  std::vector<lianhu_micro_grid> parts;
  std::vector<int32_t> hull;
  std::vector<lianhu_micro_grid_fault> faults;
  std::vector<lianhu_split_building> splits;
};

namespace lianhu::capi {

// The caller's problem as the library's; holds the copies of what could not be viewed, and the graph.
class MicroGridProblemView {
 public:
  absl::StatusOr<districting::MicroGridProblem> View(const lianhu_micro_grid_problem* given);

 private:
  std::vector<Point> households_;
  std::vector<int32_t> units_;
  std::vector<int32_t> buildings_;
  std::vector<int32_t> weight_;
  std::vector<int32_t> current_;
  std::vector<int32_t> border_a_;
  std::vector<int32_t> border_b_;
  std::optional<Contiguity> graph_;
};

// The caller's options, or the defaults when there are none.
absl::StatusOr<districting::MicroGridOptions> ReadMicroGridOptions(const lianhu_micro_grid_options* given);

// A plan as the view shows it; `bounds` and `count` are those of its problem.
void FillMicroGrids(const districting::MicroGridProblem& problem, districting::MicroGridRepair repair,
                    lianhu_micro_grids& made);

}  // namespace lianhu::capi

#endif  // LIANHU_CAPI_MICRO_GRIDS_H_
