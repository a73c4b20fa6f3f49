#include "lianhu/io/frontier_files.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::io {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string FormatFrontierCsv(const std::vector<assignment::FrontierPoint>& points) {
  std::string csv = "moves,distance_m,switch_cost_m,corner\n";
  for (const assignment::FrontierPoint& point : points) {
    absl::StrAppend(&csv, point.moves, ",", FormatMetres(point.total_cost_cm), ",",
                    absl::StrFormat("%.4f", point.switch_cost.cm() / 100), ",", point.vertex ? 1 : 0, "\n");
  }
  return csv;
}

assignment::Plan PlanOf(const assignment::LimitedPlan& limited) {
  assignment::Plan plan;
  plan.outcome = limited.outcome;
  plan.steward_of = limited.steward_of;
  for (const int64_t price : limited.scaled_price) {
    plan.price_cm.push_back(
        std::llround(static_cast<double>(price) / static_cast<double>(limited.switch_cost.denominator)));
  }
  plan.load = limited.load;
  plan.total_cost_cm = plan.distance_cm = limited.total_cost_cm;
  plan.dual_bound_cm = limited.bound_cm;
  plan.switches = limited.moves;
  plan.unserved = limited.unserved;
  plan.infeasibilities = limited.infeasibilities;
  plan.seconds = limited.seconds;
  return plan;
}

std::string FormatLimitedJson(const Street& street, const assignment::LimitedPlan& limited, int64_t max_moves) {
  Json summary = Json::parse(FormatSummaryJson(street, PlanOf(limited)));
  const bool planned = !limited.steward_of.empty();
  if (planned && !limited.within_limit) summary["status"] = "infeasible";
  if (planned && limited.within_limit && limited.total_cost_cm != limited.bound_cm) summary["status"] = "within_gap";
  summary["max_moves"] = max_moves;
  summary["moves"] = limited.moves;
  summary["fewest_moves"] = limited.fewest_moves;
  summary["bound_cm"] = limited.bound_cm;
  summary["gap_percent"] = limited.gap_percent;
  summary["switch_cost_m"] = limited.switch_cost.cm() / 100;
  summary["switch_cost_numerator_cm"] = limited.switch_cost.numerator;
  summary["switch_cost_denominator"] = limited.switch_cost.denominator;
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace lianhu::io
