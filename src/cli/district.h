// What the ways of `lianhu district` share: arguments, bounds, files.
#ifndef LIANHU_SRC_CLI_DISTRICT_H_
#define LIANHU_SRC_CLI_DISTRICT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/session.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/micro_grid_files.h"

namespace lianhu::cli {

struct DistrictArguments {
  io::ContiguityFiles files;
  std::optional<int64_t> min;
  std::optional<int64_t> max;
  std::optional<double> tolerance;
  int64_t count = 0;
  std::string objective;  // empty: borders with --contiguity and without --levels, else median
  bool keep_buildings = false;
  bool levels = false;
  std::string hierarchy;
  districting::WeightBounds grid_bounds{250, 450};
  int64_t grid_count = 0;
  std::string current;
  double move_cost = 0;
  bool repair = false;
  districting::MicroGridOptions options;
  std::string check;
  std::string out;  // files to write; empty: not wanted
  std::string parts;
  std::string units;
  std::string moves;
  std::string summary;
  std::string map;

  bool by_borders() const { return objective == "borders"; }
};

// The bounds of a part's weight: as given; with a tolerance about the mean; else 10 to 20 households, or, of a column
// of weights, within 1 % of the mean.
absl::StatusOr<districting::WeightBounds> BoundsOf(const DistrictArguments& arguments,
                                                   const io::ContiguousStreet& street);

// "10 to 20 households", or of the column's weight.
std::string InWords(const districting::WeightBounds& bounds, const io::ContiguousStreet& street, bool chinese);

// A problem of micro-grids and what it views.
struct DrawingInput {
  districting::MicroGridProblem problem;
  std::vector<int32_t> current;                // of the nodes
  std::optional<io::PartColumn> today;         // --current
  std::optional<io::UnitTable> units;          // --hierarchy
  std::vector<int64_t> communities;            // of the nodes, with --levels
  districting::HierarchyProblem grid_problem;  // with --levels
};

// Views `street` and itself: to be filled in place.
absl::Status Prepare(const DistrictArguments& arguments, const io::ContiguousStreet& street, DrawingInput& input);

// Grouping by the graph of neighbours alone: few borders between parts.
ExitCode DistrictByBorders(const DistrictArguments& arguments, const io::ContiguousStreet& street, Session& session);

// Checks a micro.csv instead of drawing one.
ExitCode CheckDistrict(const DistrictArguments& arguments, const io::ContiguousStreet& street, Session& session);

// The map page. `part_of` by node.
struct PartsToShow {
  std::vector<int32_t> part_of;
  std::vector<std::string> names;
  districting::WeightBounds bounds;
  std::vector<int32_t> medoids = {};  // nodes; or empty
  std::vector<double> compactness = {};
  std::vector<int32_t> grid_of = {};
  std::vector<std::string> grid_names = {};
};
absl::StatusOr<std::string> RenderParts(const io::ContiguousStreet& street, const PartsToShow& parts, bool chinese);

// Sentences, the first fifty of them.
void ComplainOf(const std::vector<std::string>& sentences, bool chinese);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_DISTRICT_H_
