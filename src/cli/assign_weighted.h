// `lianhu assign --weights COLUMN`: households that need more care count more.
#ifndef LIANHU_SRC_CLI_ASSIGN_WEIGHTED_H_
#define LIANHU_SRC_CLI_ASSIGN_WEIGHTED_H_

#include <string>

#include "cli/session.h"
#include "lianhu/io/street.h"

namespace lianhu::cli {

struct WeightedArguments {
  std::string column;       // of the weights; empty: not wanted
  std::string multipliers;  // file to write; empty: not wanted
  double seconds = 0;
};

// --weights, --multipliers, --seconds, --seed.
void AddWeightedOptions(CLI::App& command, WeightedArguments& arguments, Session& session);

// Plans, writes `plan` and `summary` where given, prints the result.
ExitCode AssignWeighted(const io::Street& street, const std::string& households, const WeightedArguments& arguments,
                        const std::string& plan, const std::string& summary, Session& session);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_ASSIGN_WEIGHTED_H_
