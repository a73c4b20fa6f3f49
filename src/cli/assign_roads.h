// Distances along roads: `lianhu assign|verify --road-nodes FILE --road-edges FILE`.
#ifndef LIANHU_SRC_CLI_ASSIGN_ROADS_H_
#define LIANHU_SRC_CLI_ASSIGN_ROADS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/session.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/io/roads.h"
#include "lianhu/io/street.h"

namespace lianhu::cli {

struct RoadArguments {
  std::string nodes;  // empty: straight distances
  std::string edges;
  std::vector<double> origin;
};

// --road-nodes, --road-edges, --road-origin, --max-distance.
void AddRoadOptions(CLI::App& command, RoadArguments& arguments);

struct RoadOutputs {
  std::string plan;  // files to write; empty: not wanted
  std::string prices;
  std::string summary;
};

ExitCode AssignOnRoads(const io::Street& street, const RoadArguments& arguments, bool best_effort,
                       const RoadOutputs& outputs, Session& session);

absl::StatusOr<assignment::Verification> VerifyAlongRoads(const io::Street& street, const RoadArguments& arguments,
                                                          const std::vector<int32_t>& steward_of,
                                                          const std::vector<int64_t>& prices);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_ASSIGN_ROADS_H_
