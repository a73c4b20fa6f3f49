// Pair conditions of a street as files and figures: who must, must not or should rather serve whom.
#ifndef LIANHU_IO_CONDITIONS_H_
#define LIANHU_IO_CONDITIONS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/io/street.h"

namespace lianhu::io {

// Files are CSV; empty: not given. Columns: `household`, `steward`; preferences also `cost_m`, metres with a sign that
// are added to the pair's cost; `current` is a plan. Metres are rounded to the centimetre.
struct ConditionFiles {
  double max_distance_m = assignment::kNoDistanceLimit;
  std::string forbidden = {};
  std::string fixed = {};
  std::string preferences = {};
  std::string current = {};
  double switch_cost_m = 0;
  std::string load_cost = {};  // "15:20,18:50": each household above 15 costs 20 m, above 18 it costs 50 m
};

// Adds them to `street`. Every error is one line that names file, row, column and value: an id that is in neither file,
// a pair twice, a household fixed to two stewards, to one of another jurisdiction or kind, or to one it is forbidden.
absl::Status ReadConditions(const ConditionFiles& files, Street& street);

// "15:20,18:50" as steps; above increasing, metres not decreasing, both >= 0.
absl::StatusOr<std::vector<assignment::LoadCostStep>> ParseLoadCost(absl::string_view text);

}  // namespace lianhu::io

#endif  // LIANHU_IO_CONDITIONS_H_
