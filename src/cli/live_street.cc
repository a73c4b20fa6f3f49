#include "cli/live_street.h"

#include <utility>

#include "cli/session.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::cli {

void AddLivePlanOptions(CLI::App& command, LivePlanFiles& files) {
  AddStreetOptions(command, files.street);
  command.add_option("--plan", files.plan, "the plan as it is: household,steward")->required()->type_name("FILE");
  command.add_option("--prices", files.prices, "its proof: steward,price_cm; without it the plan is proved anew")
      ->type_name("FILE");
}

absl::StatusOr<LivePlan> ReadLivePlan(const LivePlanFiles& files) {
  absl::StatusOr<io::Street> street = io::ReadStreet(files.street);
  if (!street.ok()) return street.status();
  LivePlan live{.street = *std::move(street), .steward_of = {}, .prices = {}};
  absl::StatusOr<std::vector<int32_t>> steward_of = io::ReadPlanCsv(live.street, files.plan);
  if (!steward_of.ok()) return steward_of.status();
  live.steward_of = *std::move(steward_of);
  if (!files.prices.empty()) {
    absl::StatusOr<std::vector<int64_t>> prices = io::ReadPricesCsv(live.street, files.prices);
    if (!prices.ok()) return prices.status();
    live.prices = *std::move(prices);
  }
  return live;
}

}  // namespace lianhu::cli
