// `lianhu assign --cohesion COLUMN --cohesion-price M`: buildings shared by fewer stewards.
#ifndef LIANHU_SRC_CLI_ASSIGN_COHESIVE_H_
#define LIANHU_SRC_CLI_ASSIGN_COHESIVE_H_

#include <string>

#include "cli/session.h"
#include "lianhu/io/street.h"

namespace lianhu::cli {

struct CohesionArguments {
  std::string column;  // of the building; empty: not wanted
  double price = 50;   // metres
};

// --cohesion, --cohesion-price.
void AddCohesionOptions(CLI::App& command, CohesionArguments& arguments);

// Plans, writes `plan` and `summary` where given, prints the result.
ExitCode AssignCohesive(const io::Street& street, const std::string& households, const CohesionArguments& arguments,
                        bool best_effort, const std::string& plan, const std::string& summary, Session& session);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_ASSIGN_COHESIVE_H_
