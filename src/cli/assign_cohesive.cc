#include "cli/assign_cohesive.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/progress.h"
#include "lianhu/assignment/cohesion.h"
#include "lianhu/base/version.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/household_columns.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::cli {
namespace {

using assignment::BuildingFigures;
using assignment::CohesionPlan;
using assignment::Outcome;

double Each(const BuildingFigures& figures) {
  return figures.buildings == 0 ? 0 : static_cast<double>(figures.pairs) / static_cast<double>(figures.buildings);
}

double GapPercent(const CohesionPlan& plan) {
  const auto gap = static_cast<double>(plan.objective_cm - plan.bound_cm);
  return gap == 0 ? 0 : 100 * gap / std::max(1.0, static_cast<double>(plan.bound_cm));
}

nlohmann::ordered_json Json(const BuildingFigures& figures) {
  nlohmann::ordered_json json;
  json["buildings"] = figures.buildings;
  json["stewards_per_building"] = Each(figures);
  json["further_stewards"] = figures.further;
  json["shared_buildings"] = figures.shared;
  json["most_stewards"] = figures.most;
  json["distance_cm"] = figures.distance_cm;
  return json;
}

std::string FormatSummary(const io::Street& street, const CohesionPlan& plan, const io::PlanFigures& figures,
                          int64_t price_cm) {
  nlohmann::ordered_json summary;
  summary["status"] = assignment::OutcomeName(plan.exact.outcome);
  summary["households"] = street.households.ids.size();
  summary["stewards"] = street.stewards.ids.size();
  summary["cohesion_price_cm"] = price_cm;
  summary["before"] = Json(plan.before);
  summary["after"] = Json(plan.after);
  summary["objective_cm"] = plan.objective_cm;
  summary["bound_cm"] = plan.bound_cm;
  summary["mean_distance_m"] = figures.mean_distance_m;
  summary["max_distance_m"] = figures.max_distance_m;
  summary["load_min"] = figures.load_min;
  summary["load_max"] = figures.load_max;
  summary["unserved"] = plan.exact.unserved;
  summary["seconds"] = plan.seconds;
  summary["version"] = kVersion;
  return summary.dump(2) + "\n";
}

void Print(const io::Street& street, const CohesionPlan& plan, const io::PlanFigures& figures, bool chinese) {
  const size_t households = street.households.ids.size();
  const size_t stewards = street.stewards.ids.size();
  const int64_t dearer = plan.after.distance_cm - plan.before.distance_cm;
  const double percent = plan.before.distance_cm == 0
                             ? 0
                             : 100 * static_cast<double>(dearer) / static_cast<double>(plan.before.distance_cm);
  const bool bounded = plan.exact.outcome == Outcome::kOptimal;
  if (chinese) {
    absl::PrintF("%d户由%d名红管事联系，每人%d至%d户\n", figures.served, stewards, figures.load_min, figures.load_max);
    if (plan.exact.unserved > 0) absl::PrintF("还有%d户无人联系\n", plan.exact.unserved);
    absl::PrintF("楼栋%d栋：平均每栋红管事%.3f名，原为%.3f名；多人共管的楼栋%d栋，原为%d栋\n", plan.after.buildings,
                 Each(plan.after), Each(plan.before), plan.after.shared, plan.before.shared);
    absl::PrintF("代价：总距离由%s米增至%s米，多%s米（%.2f%%）\n", io::FormatMetres(plan.before.distance_cm),
                 io::FormatMetres(plan.after.distance_cm), io::FormatMetres(dearer), percent);
    if (bounded) {
      absl::PrintF("启发式结果：目标值%s米，与下界%s米相差不超过%.3f%%\n", io::FormatMetres(plan.objective_cm),
                   io::FormatMetres(plan.bound_cm), GapPercent(plan));
    } else {
      absl::PrintF("启发式结果，尽力而为，未给出下界\n");
    }
    absl::PrintF("用时%.3f秒\n", plan.seconds);
    return;
  }
  absl::PrintF("linked:    %d of %d households to %d stewards, %d to %d each\n", figures.served, households, stewards,
               figures.load_min, figures.load_max);
  if (plan.exact.unserved > 0) absl::PrintF("left over: %d households\n", plan.exact.unserved);
  absl::PrintF("buildings: %d, with %.3f stewards each, %.3f before; %d shared by several, %d before\n",
               plan.after.buildings, Each(plan.after), Each(plan.before), plan.after.shared, plan.before.shared);
  absl::PrintF("cost:      distance %s m, %s m before: %s m (%.2f %%) more\n", io::FormatMetres(plan.after.distance_cm),
               io::FormatMetres(plan.before.distance_cm), io::FormatMetres(dearer), percent);
  if (bounded) {
    absl::PrintF("proof:     heuristic, objective %s m within %.3f %% of the bound %s m\n",
                 io::FormatMetres(plan.objective_cm), GapPercent(plan), io::FormatMetres(plan.bound_cm));
  } else {
    absl::PrintF("proof:     heuristic, best effort: no bound\n");
  }
  absl::PrintF("seconds:   %.3f\n", plan.seconds);
}

}  // namespace

void AddCohesionOptions(CLI::App& command, CohesionArguments& arguments) {
  CLI::Option* column = command
                            .add_option("--cohesion", arguments.column,
                                        "column of the building in the households' file: fewer stewards in each "
                                        "(heuristic)")
                            ->type_name("COLUMN");
  command.add_option("--cohesion-price", arguments.price, "metres that a further steward in a building is worth")
      ->check(CLI::Range(0.0, static_cast<double>(assignment::kMaxCharge) / 100))
      ->capture_default_str()
      ->needs(column)
      ->type_name("M");
}

ExitCode AssignCohesive(const io::Street& street, const std::string& households, const CohesionArguments& arguments,
                        bool best_effort, const std::string& plan_file, const std::string& summary_file,
                        Session& session) {
  const absl::StatusOr<io::LabelColumn> buildings = io::ReadLabelColumn(households, arguments.column);
  if (!buildings.ok()) return Complain(buildings.status());
  const int64_t price_cm = std::llround(100 * arguments.price);
  absl::StatusOr<CohesionPlan> plan = CohesionPlan{};
  {
    ProgressBar bar;
    session.context.set_progress([&](double fraction) {
      bar.Draw(fraction);
      return true;
    });
    plan = assignment::SolveCohesive(street.View(), buildings->numbers,
                                     {.price_cm = price_cm, .best_effort = best_effort}, session.context);
    session.context.set_progress(nullptr);
  }
  if (!plan.ok()) return Complain(plan.status());
  assignment::Plan after = plan->exact;
  after.steward_of = plan->steward_of;
  after.load = plan->load;
  const io::PlanFigures figures = io::FiguresOf(street, after);
  const bool planned = after.outcome == Outcome::kOptimal || after.outcome == Outcome::kBestEffort;
  std::vector<io::FileContent> outputs;
  if (planned && !plan_file.empty()) outputs.push_back({plan_file, io::FormatPlanCsv(street, after)});
  if (planned && !summary_file.empty()) {
    outputs.push_back({summary_file, FormatSummary(street, *plan, figures, price_cm)});
  } else if (!summary_file.empty()) {
    outputs.push_back({summary_file, io::FormatSummaryJson(street, after)});
  }
  if (auto status = io::WriteFiles(outputs); !status.ok()) return Complain(status);
  for (const assignment::Infeasibility& i : after.infeasibilities) {
    Complain(Describe(i, street.bounds, street.UnitName(i.unit), session.language));
  }
  if (after.outcome == Outcome::kCancelled) {
    Complain(session.chinese() ? "已取消，未写出方案" : "cancelled, no plan written");
    return kInterrupted;
  }
  if (!planned) return kInfeasible;
  Print(street, *plan, figures, session.chinese());
  return kDone;
}

}  // namespace lianhu::cli
