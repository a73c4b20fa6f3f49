// A street and the plan it lives by: what `rebalance` and `offers` start from.
#ifndef LIANHU_SRC_CLI_LIVE_STREET_H_
#define LIANHU_SRC_CLI_LIVE_STREET_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/io/street.h"

namespace lianhu::cli {

struct LivePlanFiles {
  io::StreetFiles street;
  std::string plan;
  std::string prices;
};

struct LivePlan {
  io::Street street;
  std::vector<int32_t> steward_of;
  std::vector<int64_t> prices;  // empty when no file was given
};

// The street's options, --plan and --prices.
void AddLivePlanOptions(CLI::App& command, LivePlanFiles& files);

absl::StatusOr<LivePlan> ReadLivePlan(const LivePlanFiles& files);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_LIVE_STREET_H_
