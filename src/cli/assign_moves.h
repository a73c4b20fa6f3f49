// Few changes of steward: `lianhu assign --current FILE --switch-cost M | --max-moves K`, `--frontier FILE`.
#ifndef LIANHU_SRC_CLI_ASSIGN_MOVES_H_
#define LIANHU_SRC_CLI_ASSIGN_MOVES_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/session.h"
#include "lianhu/assignment/frontier.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/io/street.h"

namespace lianhu::cli {

struct MoveArguments {
  std::string current;  // the plan as it is; empty: no question of moves
  double switch_cost_m = 0;
  std::optional<int64_t> max_moves;
  std::string frontier;  // the file to write; empty: not wanted
};

// --current, --switch-cost, --max-moves, --frontier.
void AddMoveOptions(CLI::App& command, MoveArguments& arguments);

struct MoveOutputs {
  std::string plan;  // files to write; empty: not wanted
  std::string prices;
  std::string summary;
  std::string map;
};

// With --current, whatever else is asked for.
ExitCode AssignWithMoves(const io::Street& street, const MoveArguments& arguments, bool best_effort,
                         const MoveOutputs& outputs, Session& session);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_ASSIGN_MOVES_H_
