#include "cli/assign_moves.h"

#include <cmath>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/progress.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/frontier_files.h"
#include "lianhu/io/plan_files.h"
#include "lianhu/report/map.h"

namespace lianhu::cli {
namespace {

using assignment::LimitedPlan;
using assignment::Outcome;
using assignment::Plan;

double Metres(int64_t centimetres) {
  return static_cast<double>(centimetres) / 100;
}

// What the plan came to; `limited` where there was a limit on moves.
void Print(const io::Street& street, const Plan& plan, const LimitedPlan* limited, int64_t max_moves, size_t points,
           bool chinese) {
  const io::PlanFigures figures = io::FiguresOf(street, plan);
  const size_t households = street.households.ids.size();
  const size_t stewards = street.stewards.ids.size();
  const bool gap = limited != nullptr && limited->total_cost_cm != limited->bound_cm;
  const double switch_cost_m = limited == nullptr ? 0 : limited->switch_cost.cm() / 100;
  if (chinese) {
    if (gap) {
      absl::PrintF("结果：与下界相差不超过%.4f%%\n", limited->gap_percent);
    } else {
      absl::PrintF("结果：%s（%s）\n", plan.outcome == Outcome::kOptimal ? "最优" : "尽力而为",
                   assignment::OutcomeName(plan.outcome));
    }
    absl::PrintF("%d户由%d名红管事联系，每人%d至%d户\n", figures.served, stewards, figures.load_min, figures.load_max);
    if (plan.unserved > 0) absl::PrintF("还有%d户无人联系\n", plan.unserved);
    absl::PrintF("更换联系人：%d户%s\n", plan.switches,
                 limited == nullptr ? "" : absl::StrFormat("，上限%d户，至少%d户", max_moves, limited->fewest_moves));
    absl::PrintF("距离：平均%.1f米，最远%.1f米，合计%.2f米\n", figures.mean_distance_m, figures.max_distance_m,
                 Metres(plan.distance_cm));
    if (limited == nullptr) {
      absl::PrintF("证明：目标%d厘米 = 下界%d厘米\n", plan.total_cost_cm, plan.dual_bound_cm);
    } else {
      absl::PrintF("证明：总距离%d厘米，下界%d厘米（更换一户须节省%.4f米）\n", plan.total_cost_cm, plan.dual_bound_cm,
                   switch_cost_m);
    }
    if (points > 0) absl::PrintF("前沿：%d个点\n", points);
    return;
  }
  if (gap) {
    absl::PrintF("status:    within %.4f %% of the bound\n", limited->gap_percent);
  } else {
    absl::PrintF("status:    %s\n", assignment::OutcomeName(plan.outcome));
  }
  absl::PrintF("linked:    %d of %d households to %d stewards, %d to %d each\n", figures.served, households, stewards,
               figures.load_min, figures.load_max);
  if (plan.unserved > 0) absl::PrintF("left over: %d households\n", plan.unserved);
  absl::PrintF("moves:     %d%s\n", plan.switches,
               limited == nullptr
                   ? ""
                   : absl::StrFormat(" of at most %d; the fewest possible are %d", max_moves, limited->fewest_moves));
  absl::PrintF("distance:  mean %.1f m, greatest %.1f m, total %.2f m\n", figures.mean_distance_m,
               figures.max_distance_m, Metres(plan.distance_cm));
  if (limited == nullptr) {
    absl::PrintF("proof:     total %d cm = dual bound %d cm over all pairs\n", plan.total_cost_cm, plan.dual_bound_cm);
  } else {
    absl::PrintF("proof:     total %d cm, bound %d cm over all plans with as many moves, at a switch cost of %.4f m\n",
                 plan.total_cost_cm, plan.dual_bound_cm, switch_cost_m);
  }
  if (points > 0) absl::PrintF("frontier:  %d points\n", points);
}

ExitCode Cancelled(const Session& session) {
  Complain(session.chinese() ? "已取消，未写出方案" : "cancelled, no plan written");
  return kInterrupted;
}

}  // namespace

void AddMoveOptions(CLI::App& command, MoveArguments& arguments) {
  CLI::Option* current =
      command.add_option("--current", arguments.current, "the plan as it is (household,steward): moves count from it")
          ->type_name("FILE");
  CLI::Option* switch_cost =
      command.add_option("--switch-cost", arguments.switch_cost_m, "metres that a change of steward must save")
          ->check(CLI::Range(0.0, static_cast<double>(assignment::kMaxCharge) / 100))
          ->type_name("METRES");
  CLI::Option* max_moves =
      command.add_option("--max-moves", arguments.max_moves, "most households that may change steward")
          ->check(CLI::NonNegativeNumber)
          ->type_name("K");
  CLI::Option* frontier =
      command
          .add_option("--frontier", arguments.frontier, "write moves,distance_m,...: every trade-off between the two")
          ->type_name(kOutputFile);
  for (CLI::Option* option : {switch_cost, max_moves, frontier}) option->needs(current);
  max_moves->excludes(switch_cost);
}

ExitCode AssignWithMoves(const io::Street& street, const MoveArguments& arguments, bool best_effort,
                         const MoveOutputs& outputs, Session& session) {
  const absl::StatusOr<std::vector<int32_t>> current = io::ReadPlanCsv(street, arguments.current);
  if (!current.ok()) return Complain(current.status());
  const assignment::FrontierOptions options{.best_effort = best_effort};

  LimitedPlan limited;
  Plan plan;
  if (arguments.max_moves) {
    absl::StatusOr<LimitedPlan> found =
        SolveWithMaxMoves(street.View(), *current, *arguments.max_moves, options, session.context);
    if (!found.ok()) return Complain(found.status());
    limited = *std::move(found);
    plan = io::PlanOf(limited);
  } else {
    assignment::Problem problem = street.View();
    problem.current = *current;
    problem.switch_cost_cm = std::llround(arguments.switch_cost_m * 100);
    absl::StatusOr<Plan> found = assignment::Solve(problem, {.best_effort = best_effort}, session.context);
    if (!found.ok()) return Complain(found.status());
    plan = *std::move(found);
  }
  if (plan.outcome == Outcome::kCancelled) return Cancelled(session);
  const bool within_limit = !arguments.max_moves || limited.within_limit;
  const bool planned = plan.outcome != Outcome::kInfeasible && within_limit;

  assignment::Frontier frontier;
  if (!arguments.frontier.empty() && plan.outcome != Outcome::kInfeasible) {
    ProgressBar bar;
    session.context.Reset();
    session.context.set_progress([&](double fraction) {
      bar.Draw(fraction);
      return true;
    });
    absl::StatusOr<assignment::Frontier> found = ComputeFrontier(street.View(), *current, options, session.context);
    session.context.set_progress(nullptr);
    if (!found.ok()) return Complain(found.status());
    frontier = *std::move(found);
    if (frontier.outcome == Outcome::kCancelled) return Cancelled(session);
  }

  std::vector<io::FileContent> files;
  const auto add = [&](const std::string& path, bool wanted, const auto& content) {
    if (wanted && !path.empty()) files.push_back({path, content()});
  };
  add(outputs.plan, planned, [&] { return io::FormatPlanCsv(street, plan); });
  add(outputs.prices, planned, [&] { return io::FormatPricesCsv(street, plan); });
  add(arguments.frontier, !frontier.points.empty(), [&] { return io::FormatFrontierCsv(frontier.points); });
  if (planned && !outputs.map.empty()) {
    const report::MapInput input{.household_ids = street.households.ids,
                                 .households = street.households.positions,
                                 .household_units = street.households.units,
                                 .steward_ids = street.stewards.ids,
                                 .stewards = street.stewards.positions,
                                 .steward_units = street.stewards.units,
                                 .unit_names = street.unit_names,
                                 .datum = street.datum,
                                 .plan = &plan,
                                 .before = *current,
                                 .frontier = frontier.points,
                                 .frontier_moves = plan.switches};
    absl::StatusOr<std::string> map = report::RenderMap(input, {.language = session.language});
    if (!map.ok()) return Complain(map.status());
    files.push_back({outputs.map, *std::move(map)});
  }
  add(outputs.summary, true, [&] {
    return arguments.max_moves ? io::FormatLimitedJson(street, limited, *arguments.max_moves)
                               : io::FormatSummaryJson(street, plan);
  });
  if (auto status = io::WriteFiles(files); !status.ok()) return Complain(status);

  for (const assignment::Infeasibility& i : plan.infeasibilities) {
    Complain(Describe(i, street.bounds, street.UnitName(i.unit), session.language));
  }
  if (plan.outcome == Outcome::kInfeasible) return kInfeasible;
  if (!within_limit) {
    Complain(
        session.chinese()
            ? absl::StrCat("上限为", *arguments.max_moves, "户，但上下限与辖区要求至少更换", limited.fewest_moves, "户")
            : absl::StrCat("at most ", *arguments.max_moves, " households may change steward, but bounds and ",
                           "jurisdictions force ", limited.fewest_moves, " to"));
    return kInfeasible;
  }
  Print(street, plan, arguments.max_moves ? &limited : nullptr, arguments.max_moves.value_or(0), frontier.points.size(),
        session.chinese());
  return kDone;
}

}  // namespace lianhu::cli
