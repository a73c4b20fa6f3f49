#include "cli/assign_weighted.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/progress.h"
#include "lianhu/assignment/weighted.h"
#include "lianhu/base/version.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/household_columns.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::cli {
namespace {

using assignment::WeightedOutcome;
using assignment::WeightedPlan;

double GapPercent(const WeightedPlan& plan) {
  const auto gap = static_cast<double>(plan.total_cost_cm - plan.bound_cm);
  return gap == 0 ? 0 : 100 * gap / std::max(1.0, static_cast<double>(plan.bound_cm));
}

// The same plan for the writers of plan.csv.
assignment::Plan PlainPlan(const WeightedPlan& weighted) {
  assignment::Plan plan;
  plan.steward_of = weighted.steward_of;
  for (const int64_t load : weighted.load) plan.load.push_back(static_cast<int32_t>(load));
  plan.total_cost_cm = weighted.distance_cm;
  return plan;
}

std::string FormatSummary(const io::Street& street, const WeightedPlan& plan, const io::PlanFigures& figures,
                          int64_t weight) {
  nlohmann::ordered_json summary;
  summary["status"] = assignment::WeightedOutcomeName(plan.outcome);
  summary["households"] = street.households.ids.size();
  summary["stewards"] = street.stewards.ids.size();
  summary["weight"] = weight;
  summary["weighted_cost_cm"] = plan.total_cost_cm;
  summary["bound_cm"] = plan.bound_cm;
  summary["gap_percent"] = GapPercent(plan);
  summary["distance_cm"] = plan.distance_cm;
  summary["mean_distance_m"] = figures.mean_distance_m;
  summary["max_distance_m"] = figures.max_distance_m;
  summary["load_min"] = figures.load_min;
  summary["load_max"] = figures.load_max;
  summary["seconds"] = plan.seconds;
  summary["version"] = kVersion;
  return summary.dump(2) + "\n";
}

void Print(const io::Street& street, const WeightedPlan& plan, const io::PlanFigures& figures, int64_t weight,
           bool chinese) {
  const size_t stewards = street.stewards.ids.size();
  const bool optimal = plan.outcome == WeightedOutcome::kOptimal;
  if (chinese) {
    absl::PrintF("结果：%s（%s）\n", optimal ? "最优" : "可行", assignment::WeightedOutcomeName(plan.outcome));
    absl::PrintF("%d户由%d名红管事联系，权重合计%d，每人%d至%d\n", figures.served, stewards, weight, figures.load_min,
                 figures.load_max);
    absl::PrintF("距离：平均%.1f米，最远%.1f米，合计%s米\n", figures.mean_distance_m, figures.max_distance_m,
                 io::FormatMetres(plan.distance_cm));
    absl::PrintF("权重×距离合计：%s米，下界%s米\n", io::FormatMetres(plan.total_cost_cm),
                 io::FormatMetres(plan.bound_cm));
    if (optimal) {
      absl::PrintF("证明：合计等于下界，为最优\n");
    } else {
      absl::PrintF("启发式结果，与下界相差不超过%.3f%%\n", GapPercent(plan));
    }
    absl::PrintF("用时%.3f秒\n", plan.seconds);
    return;
  }
  absl::PrintF("status:    %s\n", assignment::WeightedOutcomeName(plan.outcome));
  absl::PrintF("linked:    %d of %d households to %d stewards, weight %d, %d to %d each\n", figures.served,
               street.households.ids.size(), stewards, weight, figures.load_min, figures.load_max);
  absl::PrintF("distance:  mean %.1f m, greatest %.1f m, total %s m\n", figures.mean_distance_m, figures.max_distance_m,
               io::FormatMetres(plan.distance_cm));
  absl::PrintF("objective: sum of weight x distance %s m, bound %s m over all pairs\n",
               io::FormatMetres(plan.total_cost_cm), io::FormatMetres(plan.bound_cm));
  absl::PrintF("proof:     %s\n", optimal
                                      ? "the objective equals the bound: optimal"
                                      : absl::StrFormat("heuristic, within %.3f %% of the bound", GapPercent(plan)));
  absl::PrintF("seconds:   %.3f\n", plan.seconds);
}

}  // namespace

void AddWeightedOptions(CLI::App& command, WeightedArguments& arguments, Session& session) {
  command
      .add_option("--weights", arguments.column,
                  "column of whole weights in the households' file; --min and --max, and stewards' own, then bound the "
                  "weight each serves (heuristic, with a bound)")
      ->type_name("COLUMN");
  command.add_option("--multipliers", arguments.multipliers, "write household,multiplier_cm: the proof of the bound")
      ->needs(command.get_option("--weights"))
      ->type_name(kOutputFile);
  command.add_option("--seconds", arguments.seconds, "time limit of a heuristic; 0: its work is limited instead")
      ->check(CLI::NonNegativeNumber)
      ->type_name("S");
  AddSeedOption(command, session.context.seed, "seed of a heuristic")->capture_default_str();
}

ExitCode AssignWeighted(const io::Street& street, const std::string& households, const WeightedArguments& arguments,
                        const std::string& plan_file, const std::string& summary_file, Session& session) {
  const absl::StatusOr<std::vector<int32_t>> weights =
      io::ReadWholeColumn(households, arguments.column, 1, assignment::kMostHouseholdWeight);
  if (!weights.ok()) return Complain(weights.status());
  assignment::WeightedOptions options{.seconds = arguments.seconds};
  if (options.seconds > 0) options.evaluations = std::numeric_limits<int64_t>::max();
  absl::StatusOr<WeightedPlan> plan = WeightedPlan{};
  {
    ProgressBar bar;
    session.context.set_progress([&](double fraction) {
      bar.Draw(fraction);
      return true;
    });
    plan = assignment::SolveWeighted(street.View(), *weights, options, session.context);
    session.context.set_progress(nullptr);
  }
  if (!plan.ok()) return Complain(plan.status());

  const int64_t weight = std::accumulate(weights->begin(), weights->end(), int64_t{0});
  const assignment::Plan plain = PlainPlan(*plan);
  const io::PlanFigures figures = io::FiguresOf(street, plain);
  const bool planned = plan->outcome == WeightedOutcome::kOptimal || plan->outcome == WeightedOutcome::kFeasible;
  std::vector<io::FileContent> outputs;
  if (planned && !plan_file.empty()) outputs.push_back({plan_file, io::FormatPlanCsv(street, plain)});
  if (planned && !arguments.multipliers.empty()) {
    outputs.push_back({arguments.multipliers, io::FormatMultipliersCsv(street, plan->multiplier_cm)});
  }
  if (!summary_file.empty()) outputs.push_back({summary_file, FormatSummary(street, *plan, figures, weight)});
  if (auto status = io::WriteFiles(outputs); !status.ok()) return Complain(status);
  for (const assignment::WeightShortage& s : plan->shortages) {
    const std::string household = s.household < 0 ? "" : street.households.ids[s.household];
    Complain(Describe(s, street.UnitName(s.unit), household, session.language));
  }
  if (plan->outcome == WeightedOutcome::kCancelled) {
    Complain(session.chinese() ? "已取消，未写出方案" : "cancelled, no plan written");
    return kInterrupted;
  }
  if (!planned) return kInfeasible;
  Print(street, *plan, figures, weight, session.chinese());
  return kDone;
}

}  // namespace lianhu::cli
