#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/assign_cohesive.h"
#include "cli/assign_moves.h"
#include "cli/assign_roads.h"
#include "cli/assign_weighted.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "lianhu/assignment/objective.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/plan_files.h"
#include "lianhu/report/map.h"

namespace lianhu::cli {
namespace {

using assignment::Objective;
using assignment::ObjectivePlan;
using assignment::Outcome;
using assignment::Plan;

struct Arguments {
  io::StreetFiles street;
  io::ConditionFiles conditions;
  std::string objective = "total";
  bool best_effort = false;
  double time_limit = 0;  // seconds
  WeightedArguments weighted;
  RoadArguments roads;
  MoveArguments moves;
  CohesionArguments cohesion;
  std::string plan;  // files to write; empty: not wanted
  std::string prices;
  std::string summary;
  std::string map;
};

// How far the total may be above the optimum, of the bound.
double GapPercent(const Plan& plan) {
  const auto bound = static_cast<double>(std::max<int64_t>(1, plan.dual_bound_cm));
  return 100 * (static_cast<double>(plan.total_cost_cm) - bound) / bound;
}

void Print(const io::Street& street, const Plan& plan, Language language) {
  const io::PlanFigures figures = io::FiguresOf(street, plan);
  const size_t households = street.households.ids.size();
  const size_t stewards = street.stewards.ids.size();
  if (language == Language::kChinese) {
    const char* status = plan.outcome == Outcome::kOptimal     ? "最优"
                         : plan.outcome == Outcome::kTimeLimit ? "到时为止"
                                                               : "尽力而为";
    absl::PrintF("结果：%s（%s）\n", status, assignment::OutcomeName(plan.outcome));
    absl::PrintF("%d户由%d名红管事联系，每人%d至%d户\n", figures.served, stewards, figures.load_min, figures.load_max);
    if (plan.unserved > 0) absl::PrintF("还有%d户无人联系\n", plan.unserved);
    absl::PrintF("距离：平均%.1f米，最远%.1f米，合计%s米\n", figures.mean_distance_m, figures.max_distance_m,
                 io::FormatMetres(plan.distance_cm));
    if (plan.outcome == Outcome::kTimeLimit) {
      absl::PrintF("下界：%d厘米，总距离最多还可减少%.2f%%，用时%.3f秒\n", plan.dual_bound_cm, GapPercent(plan),
                   plan.seconds);
      return;
    }
    absl::PrintF("证明：总距离%d厘米 = 下界%d厘米，用时%.3f秒\n", plan.total_cost_cm, plan.dual_bound_cm, plan.seconds);
    return;
  }
  absl::PrintF("status:    %s\n", assignment::OutcomeName(plan.outcome));
  absl::PrintF("linked:    %d of %d households to %d stewards, %d to %d each\n", figures.served, households, stewards,
               figures.load_min, figures.load_max);
  if (plan.unserved > 0) absl::PrintF("left over: %d households\n", plan.unserved);
  absl::PrintF("distance:  mean %.1f m, greatest %.1f m, total %s m\n", figures.mean_distance_m, figures.max_distance_m,
               io::FormatMetres(plan.distance_cm));
  if (plan.outcome == Outcome::kTimeLimit) {
    absl::PrintF("bound:     %d cm over all pairs, the total is at most %.2f %% above the optimum\n",
                 plan.dual_bound_cm, GapPercent(plan));
    absl::PrintF("seconds:   %.3f\n", plan.seconds);
    return;
  }
  absl::PrintF("proof:     total %d cm = dual bound %d cm over all pairs\n", plan.total_cost_cm, plan.dual_bound_cm);
  absl::PrintF("seconds:   %.3f\n", plan.seconds);
}

// What was made least before the total, and how many reasons say that it cannot be less.
void PrintAim(const ObjectivePlan& aimed, Language language) {
  const bool chinese = language == Language::kChinese;
  const auto reasons = static_cast<int64_t>(aimed.reasons.size());
  if (aimed.objective == Objective::kBottleneck) {
    const std::string distance = io::FormatMetres(aimed.distance_cm);
    if (chinese) {
      absl::PrintF("最远距离最小：%s米，不能再小（理由%d条）\n", distance, reasons);
    } else {
      absl::PrintF("least greatest distance: %s m, no plan does with less (reasons: %d)\n", distance, reasons);
    }
  }
  if (aimed.objective == Objective::kEven) {
    if (chinese) {
      absl::PrintF("户数最均衡：每人%d至%d户，差距不能再小（理由%d条）\n", aimed.load_min, aimed.load_max, reasons);
    } else {
      absl::PrintF("least spread of loads: %d to %d, no plan has a smaller one (reasons: %d)\n", aimed.load_min,
                   aimed.load_max, reasons);
    }
  }
}

absl::StatusOr<std::string> Map(const io::Street& street, const Plan& plan, Language language) {
  const report::MapInput input{.household_ids = street.households.ids,
                               .households = street.households.positions,
                               .household_units = street.households.units,
                               .steward_ids = street.stewards.ids,
                               .stewards = street.stewards.positions,
                               .steward_units = street.stewards.units,
                               .unit_names = street.unit_names,
                               .datum = street.datum,
                               .plan = &plan,
                               .before = {},
                               .frontier = {}};
  return report::RenderMap(input, {.language = language});
}

// What options ask for together that cannot be.
absl::Status CheckArguments(const Arguments& arguments) {
  const bool variant = !(arguments.weighted.column.empty() && arguments.cohesion.column.empty() &&
                         arguments.roads.nodes.empty() && arguments.moves.current.empty());
  const bool aimed = arguments.objective == "bottleneck" || arguments.objective == "even";
  if (aimed && arguments.best_effort) {
    return absl::InvalidArgumentError("--best-effort goes with --objective total or load-cost only");
  }
  if (aimed && variant) {
    return absl::InvalidArgumentError(
        "--objective bottleneck and even do not go with --current, --weights, --cohesion or --road-nodes");
  }
  const io::ConditionFiles& conditions = arguments.conditions;
  if (arguments.time_limit > 0 && (aimed || variant || !conditions.load_cost.empty())) {
    return absl::InvalidArgumentError(
        "--time-limit does not go with --objective bottleneck or even, --load-cost, --current, --weights, "
        "--cohesion or --road-nodes");
  }
  const bool conditional = !conditions.forbidden.empty() || !conditions.fixed.empty() ||
                           !conditions.preferences.empty() || !conditions.load_cost.empty() ||
                           !arguments.street.kind.empty() || conditions.max_distance_m != assignment::kNoDistanceLimit;
  if (conditional && !arguments.weighted.column.empty()) {
    return absl::InvalidArgumentError("pair conditions, kinds and --load-cost do not go with --weights");
  }
  if (arguments.objective == "load-cost" && arguments.conditions.load_cost.empty()) {
    return absl::InvalidArgumentError("--objective load-cost needs --load-cost");
  }
  return absl::OkStatus();
}

ExitCode Assign(const Arguments& arguments, Session& session) {
  const Language language = session.language;
  if (auto status = CheckArguments(arguments); !status.ok()) return Complain(status);
  const std::optional<io::Street> street = ReadStreetWithConditions(arguments.street, arguments.conditions);
  if (!street.has_value()) return kBadInput;
  if (!arguments.weighted.column.empty()) {
    return AssignWeighted(*street, arguments.street.households, arguments.weighted, arguments.plan, arguments.summary,
                          session);
  }

  if (!arguments.cohesion.column.empty()) {
    return AssignCohesive(*street, arguments.street.households, arguments.cohesion, arguments.best_effort,
                          arguments.plan, arguments.summary, session);
  }
  if (!arguments.roads.nodes.empty()) {
    return AssignOnRoads(*street, arguments.roads, arguments.best_effort,
                         {.plan = arguments.plan, .prices = arguments.prices, .summary = arguments.summary}, session);
  }

  if (!arguments.moves.current.empty()) {
    return AssignWithMoves(
        *street, arguments.moves, arguments.best_effort,
        {.plan = arguments.plan, .prices = arguments.prices, .summary = arguments.summary, .map = arguments.map},
        session);
  }

  absl::StatusOr<Plan> plan = Plan{};
  ObjectivePlan aimed;
  {
    ProgressBar bar;
    session.context.set_progress([&](double fraction) {
      bar.Draw(fraction);
      return true;
    });
    if (arguments.objective == "bottleneck" || arguments.objective == "even") {
      absl::StatusOr<ObjectivePlan> found = assignment::SolveObjective(
          street->View(), arguments.objective == "even" ? Objective::kEven : Objective::kBottleneck, session.context);
      if (!found.ok()) return Complain(found.status());
      aimed = *std::move(found);
      plan = aimed.plan;
    } else {
      plan = assignment::Solve(street->View(),
                               {.best_effort = arguments.best_effort, .time_limit_seconds = arguments.time_limit},
                               session.context);
    }
    session.context.set_progress(nullptr);
  }
  if (!plan.ok()) return Complain(plan.status());

  const bool planned = plan->outcome == Outcome::kOptimal || plan->outcome == Outcome::kBestEffort ||
                       plan->outcome == Outcome::kTimeLimit;
  std::vector<io::FileContent> outputs;
  if (planned && !arguments.plan.empty()) outputs.push_back({arguments.plan, io::FormatPlanCsv(*street, *plan)});
  if (planned && !arguments.prices.empty()) outputs.push_back({arguments.prices, io::FormatPricesCsv(*street, *plan)});
  if (planned && !arguments.map.empty()) {
    absl::StatusOr<std::string> map = Map(*street, *plan, language);
    if (!map.ok()) return Complain(map.status());
    outputs.push_back({arguments.map, *std::move(map)});
  }
  if (!arguments.summary.empty()) {
    const bool total = aimed.objective == Objective::kTotal;
    outputs.push_back(
        {arguments.summary, total ? io::FormatSummaryJson(*street, *plan) : io::FormatSummaryJson(*street, aimed)});
  }
  if (auto status = io::WriteFiles(outputs); !status.ok()) return Complain(status);

  ComplainOf(plan->infeasibilities, *street, language);
  if (plan->outcome == Outcome::kCancelled) {
    Complain(session.chinese() ? "已取消，未写出方案" : "cancelled, no plan written");
    return kInterrupted;
  }
  if (plan->outcome == Outcome::kInfeasible) return kInfeasible;
  Print(*street, *plan, language);
  PrintAim(aimed, language);
  return kDone;
}

}  // namespace

void AddAssign(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("assign", "Plan: every household a steward, at the least total distance.");
  const auto arguments = std::make_shared<Arguments>();
  AddStreetOptions(*command, arguments->street);
  AddConditionOptions(*command, arguments->street, arguments->conditions);
  command
      ->add_option("--objective", arguments->objective,
                   "what is least: total; bottleneck, the greatest distance first; even, the spread of loads first; "
                   "load-cost, total with --load-cost")
      ->check(CLI::IsMember({"total", "bottleneck", "even", "load-cost"}));
  command->add_flag("--best-effort", arguments->best_effort, "when bounds cannot be met, serve as many as can be");
  command
      ->add_option("--time-limit", arguments->time_limit, "seconds after which the best plan so far will do; 0: none")
      ->check(CLI::NonNegativeNumber)
      ->type_name("S");
  AddThreadsOption(*command, session);
  command->add_option("--out", arguments->plan, "write household,steward,distance_m")->type_name(kOutputFile);
  command->add_option("--prices", arguments->prices, "write steward,price_cm: the proof")->type_name(kOutputFile);
  command->add_option("--summary", arguments->summary, "write the summary as JSON")->type_name(kOutputFile);
  command->add_option("--map", arguments->map, "write a map page (HTML)")->type_name(kOutputFile);
  AddWeightedOptions(*command, arguments->weighted, session);
  AddRoadOptions(*command, arguments->roads);
  AddMoveOptions(*command, arguments->moves);
  for (const char* option : {"--road-nodes", "--weights"}) {
    command->get_option("--current")->excludes(command->get_option(option));
  }
  AddCohesionOptions(*command, arguments->cohesion);
  command->get_option("--road-nodes")->excludes(command->get_option("--map"));
  for (const char* option : {"--weights", "--road-nodes", "--current", "--prices", "--map"}) {
    command->get_option("--cohesion")->excludes(command->get_option(option));
  }
  for (const char* option : {"--road-nodes", "--best-effort", "--prices", "--map"}) {
    command->get_option("--weights")->excludes(command->get_option(option));
  }
  command->callback([arguments, &session] { session.exit_code = Assign(*arguments, session); });
}

}  // namespace lianhu::cli
