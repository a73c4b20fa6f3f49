#include "cli/assign_roads.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/progress.h"
#include "lianhu/assignment/road_network.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::cli {
namespace {

using assignment::Outcome;
using assignment::RoadPlan;

// Ids named on the screen; the others are counted.
constexpr size_t kShownIds = 20;

absl::StatusOr<io::Roads> Read(const io::Street& street, const RoadArguments& arguments) {
  io::RoadFiles files{.nodes = arguments.nodes, .edges = arguments.edges, .origin = std::nullopt};
  if (!arguments.origin.empty()) files.origin = Point{arguments.origin[0], arguments.origin[1]};
  return io::ReadRoads(files, street);
}

void ComplainOfUnreachable(const io::Street& street, const RoadPlan& road, bool chinese) {
  const size_t shown = std::min(kShownIds, road.unreachable.size());
  std::string ids;
  for (size_t k = 0; k < shown; ++k) {
    absl::StrAppend(&ids, k > 0 ? (chinese ? "、" : ", ") : "", street.households.ids[road.unreachable[k]]);
  }
  const size_t more = road.unreachable.size() - shown;
  if (chinese) {
    if (more > 0) absl::StrAppend(&ids, "，另有", more, "户");
    Complain(absl::StrCat(road.unreachable.size(), "户沿道路到不了任何可用的红管事：", ids));
    return;
  }
  if (more > 0) absl::StrAppend(&ids, " and ", more, " more");
  Complain(absl::StrCat(road.unreachable.size(), " households cannot reach any steward along roads: ", ids));
}

void Print(const io::Street& street, const RoadPlan& road, const io::PlanFigures& figures, bool chinese) {
  const assignment::Plan& plan = road.plan;
  const size_t households = street.households.ids.size();
  const size_t stewards = street.stewards.ids.size();
  if (chinese) {
    absl::PrintF("结果：%s（%s）\n", plan.outcome == Outcome::kOptimal ? "最优" : "尽力而为",
                 assignment::OutcomeName(plan.outcome));
    absl::PrintF("%d户由%d名红管事联系，每人%d至%d户\n", figures.served, stewards, figures.load_min, figures.load_max);
    if (plan.unserved > 0) absl::PrintF("还有%d户无人联系\n", plan.unserved);
    absl::PrintF("沿道路距离：平均%.1f米，最远%.1f米，合计%s米\n", figures.mean_distance_m, figures.max_distance_m,
                 io::FormatMetres(plan.total_cost_cm));
    absl::PrintF("证明：总距离%d厘米 = 下界%d厘米（对所有走得到的组合），用时%.3f秒\n", plan.total_cost_cm,
                 plan.dual_bound_cm, plan.seconds);
    return;
  }
  absl::PrintF("status:    %s\n", assignment::OutcomeName(plan.outcome));
  absl::PrintF("linked:    %d of %d households to %d stewards, %d to %d each\n", figures.served, households, stewards,
               figures.load_min, figures.load_max);
  if (plan.unserved > 0) absl::PrintF("left over: %d households\n", plan.unserved);
  absl::PrintF("distance:  along roads: mean %.1f m, greatest %.1f m, total %s m\n", figures.mean_distance_m,
               figures.max_distance_m, io::FormatMetres(plan.total_cost_cm));
  absl::PrintF("proof:     total %d cm = dual bound %d cm over all reachable pairs\n", plan.total_cost_cm,
               plan.dual_bound_cm);
  absl::PrintF("seconds:   %.3f\n", plan.seconds);
}

}  // namespace

void AddRoadOptions(CLI::App& command, RoadArguments& arguments) {
  CLI::Option* nodes =
      command.add_option("--road-nodes", arguments.nodes, "CSV with id and x,y or lon,lat: distances are along roads")
          ->type_name("FILE");
  CLI::Option* edges =
      command.add_option("--road-edges", arguments.edges, "CSV with from, to, length_m; both ways")->type_name("FILE");
  nodes->needs(edges);
  edges->needs(nodes);
  command
      .add_option("--road-origin", arguments.origin,
                  "where x and y in metres are 0, when nodes are in degrees: LON,LAT")
      ->delimiter(',')
      ->expected(2)
      ->needs(nodes)
      ->type_name("LON,LAT");
}

ExitCode AssignOnRoads(const io::Street& street, const RoadArguments& arguments, bool best_effort,
                       const RoadOutputs& outputs, Session& session) {
  const absl::StatusOr<io::Roads> roads = Read(street, arguments);
  if (!roads.ok()) return Complain(roads.status());
  absl::StatusOr<RoadPlan> road = RoadPlan{};
  {
    ProgressBar bar;
    session.context.set_progress([&](double fraction) {
      bar.Draw(fraction);
      return true;
    });
    road = assignment::SolveOnRoads(street.View(), roads->View(), best_effort, session.context);
    session.context.set_progress(nullptr);
  }
  if (!road.ok()) return Complain(road.status());
  const assignment::Plan& plan = road->plan;
  const bool planned = plan.outcome == Outcome::kOptimal || plan.outcome == Outcome::kBestEffort;
  std::vector<io::FileContent> files;
  if (planned && !outputs.plan.empty()) {
    files.push_back({outputs.plan, io::FormatPlanCsv(street, plan, road->distance_cm)});
  }
  if (planned && !outputs.prices.empty()) files.push_back({outputs.prices, io::FormatPricesCsv(street, plan)});
  if (!outputs.summary.empty()) {
    files.push_back({outputs.summary, io::FormatSummaryJson(street, plan, road->distance_cm)});
  }
  if (auto status = io::WriteFiles(files); !status.ok()) return Complain(status);
  if (plan.outcome == Outcome::kCancelled) {
    Complain(session.chinese() ? "已取消，未写出方案" : "cancelled, no plan written");
    return kInterrupted;
  }
  if (!road->unreachable.empty()) ComplainOfUnreachable(street, *road, session.chinese());
  for (const assignment::Infeasibility& i : plan.infeasibilities) {
    Complain(Describe(i, street.bounds, street.UnitName(i.unit), session.language));
  }
  if (!planned) return kInfeasible;
  Print(street, *road, io::FiguresOf(plan, road->distance_cm), session.chinese());
  return kDone;
}

absl::StatusOr<assignment::Verification> VerifyAlongRoads(const io::Street& street, const RoadArguments& arguments,
                                                          const std::vector<int32_t>& steward_of,
                                                          const std::vector<int64_t>& prices) {
  const absl::StatusOr<io::Roads> roads = Read(street, arguments);
  if (!roads.ok()) return roads.status();
  return assignment::VerifyOnRoads(street.View(), roads->View(), steward_of, prices);
}

}  // namespace lianhu::cli
