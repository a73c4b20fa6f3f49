#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/live_street.h"
#include "cli/progress.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/events.h"
#include "lianhu/io/plan_files.h"
#include "lianhu/report/map.h"

namespace lianhu::cli {
namespace {

using assignment::Outcome;
using assignment::Plan;
using assignment::Rebalancer;
using assignment::StartKind;

struct Arguments {
  LivePlanFiles files;
  std::string events;
  double switch_cost_m = 0;
  bool best_effort = false;
  std::string plan;  // files to write; empty: not wanted
  std::string prices;
  std::string moves;
  std::string summary;
  std::string map;
  std::string households;
  std::string stewards;
};

// The plan after the events as files and pages know plans.
Plan PlanOf(const Rebalancer& rebalancer, const assignment::Change& change, const assignment::Snapshot& snapshot) {
  Plan plan;
  plan.outcome = change.outcome;
  plan.steward_of = snapshot.steward_of;
  plan.price_cm = snapshot.price_cm;
  for (const int32_t j : snapshot.steward_ids) plan.load.push_back(rebalancer.LoadOf(j));
  plan.total_cost_cm = change.total_cost_cm;
  plan.dual_bound_cm = change.dual_bound_cm;
  plan.distance_cm = change.distance_cm;
  plan.switches = change.switched;
  plan.unserved = change.unserved;
  plan.infeasibilities = rebalancer.Infeasibilities();
  plan.seconds = change.seconds;
  return plan;
}

std::string StartSentence(const Arguments& arguments, const io::RebalanceFigures& figures, bool chinese) {
  const assignment::Start& start = figures.start;
  if (figures.given_proved) {
    return chinese ? "原方案：价格已证明其最优" : "start:     the given plan is proved optimal by its prices";
  }
  const std::string why = arguments.files.prices.empty()
                              ? (chinese ? "未给出价格" : "no prices were given")
                              : (chinese ? "所给价格不能证明" : "its prices do not prove it");
  if (start.kind == StartKind::kGivenOptimal || start.kind == StartKind::kGivenProved) {
    return chinese ? absl::StrCat("原方案：", why, "，重新求解证明其最优")
                   : absl::StrCat("start:     the given plan was not proved optimal (", why, "); solved anew: it is");
  }
  const size_t changed = start.change.transfers.size();
  if (!start.given_feasible) {
    return chinese ? absl::StrCat("原方案：不符合上下限或辖区，先重新求解，", changed, "户更换")
                   : absl::StrCat("start:     the given plan breaks bounds or jurisdictions; solved anew first, ",
                                  changed, " households changed");
  }
  const double before = static_cast<double>(start.given_distance_cm) / 100;
  const double after = static_cast<double>(start.change.distance_cm) / 100;
  return chinese
             ? absl::StrFormat("原方案：%s，且并非最优；先重新求解：%.2f米变为%.2f米，%d户更换", why, before, after,
                               changed)
             : absl::StrFormat(
                   "start:     the given plan is not optimal (%s); solved anew first: %.2f m to %.2f m, %d households "
                   "changed",
                   why, before, after, changed);
}

void Print(const io::StreetEvents& events, const Plan& plan, const io::RebalanceFigures& figures, bool chinese) {
  const io::PlanFigures of_plan = io::FiguresOf(events.after, plan);
  const size_t households = events.after.households.ids.size();
  const size_t stewards = events.after.stewards.ids.size();
  const bool switching = figures.switch_cost_cm > 0;
  if (chinese) {
    absl::PrintF("变动：%d项，用时%.6f秒；%d户更换了联系人，其中%d户由一名红管事转给另一名\n", events.events.size(),
                 figures.event_seconds, figures.moved, figures.moved_between);
    absl::PrintF("结果：%s（%s）\n", plan.outcome == Outcome::kOptimal ? "最优" : "尽力而为",
                 assignment::OutcomeName(plan.outcome));
    absl::PrintF("%d户由%d名红管事联系，每人%d至%d户\n", of_plan.served, stewards, of_plan.load_min, of_plan.load_max);
    if (plan.unserved > 0) absl::PrintF("还有%d户无人联系\n", plan.unserved);
    absl::PrintF("距离：平均%.1f米，最远%.1f米，合计%.2f米\n", of_plan.mean_distance_m, of_plan.max_distance_m,
                 static_cast<double>(plan.distance_cm) / 100);
    absl::PrintF("证明：%s%d厘米 = 下界%d厘米\n", switching ? "总距离加更换代价" : "总距离", plan.total_cost_cm,
                 plan.dual_bound_cm);
    return;
  }
  absl::PrintF("events:    %d in %.6f s; %d households changed hands, %d of them from one steward to another\n",
               events.events.size(), figures.event_seconds, figures.moved, figures.moved_between);
  absl::PrintF("status:    %s\n", assignment::OutcomeName(plan.outcome));
  absl::PrintF("linked:    %d of %d households to %d stewards, %d to %d each\n", of_plan.served, households, stewards,
               of_plan.load_min, of_plan.load_max);
  if (plan.unserved > 0) absl::PrintF("left over: %d households\n", plan.unserved);
  absl::PrintF("distance:  mean %.1f m, greatest %.1f m, total %.2f m\n", of_plan.mean_distance_m,
               of_plan.max_distance_m, static_cast<double>(plan.distance_cm) / 100);
  absl::PrintF("proof:     %s %d cm = dual bound %d cm over all pairs\n",
               switching ? absl::StrFormat("total + switch cost of %d", plan.switches) : "total", plan.total_cost_cm,
               plan.dual_bound_cm);
}

absl::StatusOr<std::string> Map(const io::StreetEvents& events, const Plan& plan, const assignment::Snapshot& snapshot,
                                const std::vector<int32_t>& given, Language language) {
  // Before: by the rows of the street after the events; those who arrived had nobody, stewards who left are nobody.
  std::vector<int32_t> row_of(events.steward_ids.size(), assignment::kUnassigned);
  for (size_t k = 0; k < snapshot.steward_ids.size(); ++k) row_of[snapshot.steward_ids[k]] = static_cast<int32_t>(k);
  std::vector<int32_t> before;
  for (const int32_t h : snapshot.household_ids) {
    const int32_t j = h < static_cast<int32_t>(given.size()) ? given[h] : assignment::kUnassigned;
    before.push_back(j < 0 ? assignment::kUnassigned : row_of[j]);
  }
  const io::Street& street = events.after;
  const report::MapInput input{.household_ids = street.households.ids,
                               .households = street.households.positions,
                               .household_units = street.households.units,
                               .steward_ids = street.stewards.ids,
                               .stewards = street.stewards.positions,
                               .steward_units = street.stewards.units,
                               .unit_names = street.unit_names,
                               .datum = street.datum,
                               .plan = &plan,
                               .before = before,
                               .frontier = {}};
  return report::RenderMap(input, {.language = language});
}

ExitCode Rebalance(const Arguments& arguments, Session& session) {
  const bool chinese = session.chinese();
  const absl::StatusOr<LivePlan> live = ReadLivePlan(arguments.files);
  if (!live.ok()) return Complain(live.status());
  const io::Street& street = live->street;
  const absl::StatusOr<io::StreetEvents> events =
      io::ReadEventsCsv(street, arguments.events, arguments.files.street.within);
  if (!events.ok()) return Complain(events.status());

  io::RebalanceFigures figures;
  figures.switch_cost_cm = std::llround(arguments.switch_cost_m * 100);
  assignment::Problem problem = street.View();
  problem.switch_cost_cm = figures.switch_cost_cm;
  assignment::RebalancerOptions options{
      .steward_of = live->steward_of, .price_cm = live->prices, .projection_middle = std::nullopt};
  if (street.datum == Datum::kWgs84Degrees) {
    // Degrees are projected about the middle of the street after the events, as Verify will do to check the new plan.
    // The given plan is judged in its own street.
    std::vector<Point> all = events->after.households.positions;
    all.insert(all.end(), events->after.stewards.positions.begin(), events->after.stewards.positions.end());
    options.projection_middle = Middle(all);
    const auto given =
        assignment::Verify(street.View(), live->steward_of, live->prices, {.best_effort = true}, session.context);
    if (!given.ok()) return Complain(given.status());
    figures.given_proved = given->proved;
  }
  absl::StatusOr<std::unique_ptr<Rebalancer>> created = Rebalancer::Create(problem, options, session.context);
  if (absl::IsCancelled(created.status())) {
    Complain(chinese ? "已取消，未写出方案" : "cancelled, no plan written");
    return kInterrupted;
  }
  if (!created.ok()) return Complain(created.status());
  Rebalancer& rebalancer = **created;
  figures.start = rebalancer.start();
  figures.given_proved = figures.given_proved || figures.start.kind == StartKind::kGivenProved;

  const absl::StatusOr<assignment::Change> change = rebalancer.Apply(events->events, session.context);
  if (!change.ok()) return Complain(io::InTermsOfFile(*events, change.status()));
  if (change->outcome == Outcome::kCancelled) {
    Complain(chinese ? "已取消，未写出方案" : "cancelled, no plan written");
    return kInterrupted;
  }
  const assignment::Snapshot snapshot = rebalancer.TakeSnapshot();
  Plan plan = PlanOf(rebalancer, *change, snapshot);
  const std::vector<io::MovedHousehold> moves = io::MovesBetween(*events, live->steward_of, snapshot);
  figures.event_seconds = change->seconds;
  figures.moved = static_cast<int64_t>(moves.size());
  for (const io::MovedHousehold& moved : moves) figures.moved_between += moved.from >= 0 && moved.to >= 0;

  const bool planned = plan.outcome == Outcome::kOptimal || arguments.best_effort;
  if (!planned) {
    plan.outcome = Outcome::kInfeasible;
    plan.steward_of.assign(plan.steward_of.size(), assignment::kUnassigned);
    plan.total_cost_cm = plan.dual_bound_cm = plan.distance_cm = plan.switches = 0;
  }
  std::vector<io::FileContent> outputs;
  const auto add = [&](const std::string& path, auto content) {
    if (!path.empty()) outputs.push_back({path, content()});
  };
  if (planned) {
    add(arguments.plan, [&] { return io::FormatPlanCsv(events->after, plan); });
    add(arguments.prices, [&] { return io::FormatPricesCsv(events->after, plan); });
    add(arguments.moves, [&] { return io::FormatMovesCsv(street, *events, moves, snapshot); });
    add(arguments.households, [&] { return io::FormatHouseholdsCsv(events->after, arguments.files.street.within); });
    add(arguments.stewards, [&] { return io::FormatStewardsCsv(events->after, arguments.files.street.within); });
    if (!arguments.map.empty()) {
      absl::StatusOr<std::string> map = Map(*events, plan, snapshot, live->steward_of, session.language);
      if (!map.ok()) return Complain(map.status());
      outputs.push_back({arguments.map, *std::move(map)});
    }
  }
  add(arguments.summary, [&] { return io::FormatRebalanceJson(*events, plan, figures); });
  if (auto status = io::WriteFiles(outputs); !status.ok()) return Complain(status);

  for (const assignment::Infeasibility& i : plan.infeasibilities) {
    Complain(Describe(i, street.bounds, events->after.UnitName(i.unit), session.language));
  }
  if (!planned) return kInfeasible;
  absl::PrintF("%s\n", StartSentence(arguments, figures, chinese));
  Print(*events, plan, figures, chinese);
  return kDone;
}

}  // namespace

void AddRebalance(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "rebalance", "After events, the optimal plan again, moving only whom it must: who comes, goes, moves, changes.");
  const auto arguments = std::make_shared<Arguments>();
  AddLivePlanOptions(*command, arguments->files);
  command->add_option("--events", arguments->events, "the events: type,id,x,y,unit,min,max")
      ->required()
      ->type_name("FILE");
  command->add_option("--switch-cost", arguments->switch_cost_m, "metres that a change of steward must save")
      ->check(CLI::Range(0.0, 1e7))
      ->type_name("METRES");
  command->add_flag("--best-effort", arguments->best_effort, "when bounds cannot be met, serve as many as can be");
  AddThreadsOption(*command, session);
  command->add_option("--out", arguments->plan, "write the new plan: household,steward,distance_m")
      ->type_name(kOutputFile);
  command->add_option("--prices-out", arguments->prices, "write its proof: steward,price_cm")->type_name(kOutputFile);
  command->add_option("--moves", arguments->moves, "write who moved: household,from,to and distances")
      ->type_name(kOutputFile);
  command->add_option("--summary", arguments->summary, "write the summary as JSON")->type_name(kOutputFile);
  command->add_option("--map", arguments->map, "write a map page (HTML), before and after")->type_name(kOutputFile);
  command->add_option("--households-out", arguments->households, "write the households after the events")
      ->type_name(kOutputFile);
  command->add_option("--stewards-out", arguments->stewards, "write the stewards after the events")
      ->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = Rebalance(*arguments, session); });
}

}  // namespace lianhu::cli
