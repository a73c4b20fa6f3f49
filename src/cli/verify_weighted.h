// `lianhu verify --weights COLUMN`: a plan in which households that need more care count more.
#ifndef LIANHU_SRC_CLI_VERIFY_WEIGHTED_H_
#define LIANHU_SRC_CLI_VERIFY_WEIGHTED_H_

#include <string>

#include "cli/session.h"
#include "lianhu/io/street.h"

namespace lianhu::cli {

struct WeightedCheck {
  std::string households;   // the file with the column
  std::string column;       // of the weights
  std::string plan;         // household,steward
  std::string multipliers;  // household,multiplier_cm; empty: bounds alone are checked
};

// kDone when bounds and jurisdictions are kept and, with multipliers, the bound could be recomputed.
ExitCode VerifyWeightedPlan(const io::Street& street, const WeightedCheck& check, Session& session);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_VERIFY_WEIGHTED_H_
