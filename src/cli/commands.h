// The commands of `lianhu`, each a thin caller of the floors below.
#ifndef LIANHU_SRC_CLI_COMMANDS_H_
#define LIANHU_SRC_CLI_COMMANDS_H_

#include <string>

#include "lianhu/assignment/infeasibility.h"
#include "lianhu/base/run_context.h"
#include "lianhu/io/street.h"

namespace lianhu::cli {

enum ExitCode { kDone = 0, kVerificationFailed = 1, kBadInput = 2, kInfeasible = 3, kInterrupted = 130 };

struct AssignArguments {
  io::StreetFiles street;
  bool best_effort = false;
  int threads = 0;
  std::string plan;  // files to write; empty: not wanted
  std::string prices;
  std::string summary;
  std::string map;
};

struct VerifyArguments {
  io::StreetFiles street;
  bool best_effort = false;
  std::string plan;
  std::string prices;
};

// Both print their result on stdout in `language`, complaints on stderr, and return the exit code.
ExitCode Assign(const AssignArguments& arguments, assignment::Language language, RunContext& context);
ExitCode VerifyPlan(const VerifyArguments& arguments, assignment::Language language, RunContext& context);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_COMMANDS_H_
