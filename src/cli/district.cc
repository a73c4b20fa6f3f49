#include "cli/district.h"

#include <cstdio>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "lianhu/report/parts_map.h"

namespace lianhu::cli {
namespace {

using districting::DrawnHierarchy;
using districting::MicroGrid;
using districting::MicroGridObjective;
using districting::MicroGridPlan;
using districting::PartitionOutcome;
using districting::WeightBounds;

// Within 1 % of the mean is what grouping by population asks for.
constexpr double kUsualTolerance = 1;
constexpr WeightBounds kUsualBounds{10, 20};

struct Sizes {
  int64_t least = 0;
  int64_t most = 0;
  double radius = 0;
};

Sizes SizesOf(const MicroGridPlan& plan) {
  Sizes sizes{plan.parts[0].weight, plan.parts[0].weight, 0};
  for (const MicroGrid& part : plan.parts) {
    sizes.least = std::min(sizes.least, part.weight);
    sizes.most = std::max(sizes.most, part.weight);
    sizes.radius = std::max(sizes.radius, part.radius);
  }
  return sizes;
}

// The objective or its bound, in metres or square metres.
std::string Measure(const districting::MicroGridProblem& problem, double value) {
  const bool medians = problem.objective == MicroGridObjective::kMedians;
  return absl::StrFormat("%.2f %s", medians ? value / 100 : value, medians ? "m" : "m2");
}

void PrintChinese(const io::Drawing& drawing) {
  const MicroGridPlan& plan = *drawing.plan;
  const Sizes sizes = SizesOf(plan);
  const bool medians = drawing.problem->objective == MicroGridObjective::kMedians;
  absl::PrintF("结果：%s（%s）\n", plan.outcome == PartitionOutcome::kFeasible ? "可行" : "不在上下限之内",
               OutcomeName(plan.outcome));
  absl::PrintF("%d户划为%d个微网格（%d个辖区），每个%d至%d\n", drawing.street->street.households.ids.size(),
               plan.parts.size(), std::max<size_t>(1, drawing.street->street.unit_names.size()), sizes.least,
               sizes.most);
  if (drawing.hierarchy != nullptr) {
    const Sizes grids = SizesOf(drawing.hierarchy->grids);
    absl::PrintF("网格：%d个，每个%d至%d户\n", drawing.hierarchy->grids.parts.size(), grids.least, grids.most);
  }
  absl::PrintF("最大半径：%.1f米\n", sizes.radius);
  absl::PrintF("目标值 objective: %s（%s）\n", Measure(*drawing.problem, plan.objective),
               medians ? "到中心户的距离之和" : "到中心的距离平方和");
  if (plan.bound > 0) {
    absl::PrintF("下界 bound: %s\n启发式结果，距下界不超过%.3f%%\n", Measure(*drawing.problem, plan.bound),
                 plan.gap_percent);
  } else {
    absl::PrintF("启发式结果，没有下界\n");
  }
  if (drawing.current != nullptr) absl::PrintF("更换微网格：%d户\n", plan.moved);
  if (drawing.problem->keep_buildings) absl::PrintF("分开的楼栋：%d\n", plan.split_buildings.size());
}

void Print(const io::Drawing& drawing) {
  const MicroGridPlan& plan = *drawing.plan;
  const Sizes sizes = SizesOf(plan);
  const bool medians = drawing.problem->objective == MicroGridObjective::kMedians;
  absl::PrintF("status:      %s\n", OutcomeName(plan.outcome));
  absl::PrintF("micro-grids: %d of %d households in %d jurisdictions, %d to %d each\n", plan.parts.size(),
               drawing.street->street.households.ids.size(),
               std::max<size_t>(1, drawing.street->street.unit_names.size()), sizes.least, sizes.most);
  if (drawing.hierarchy != nullptr) {
    const Sizes grids = SizesOf(drawing.hierarchy->grids);
    absl::PrintF("grids:       %d, %d to %d households each\n", drawing.hierarchy->grids.parts.size(), grids.least,
                 grids.most);
  }
  absl::PrintF("radius:      %.1f m at most\n", sizes.radius);
  absl::PrintF("objective:   %s (%s)\n", Measure(*drawing.problem, plan.objective),
               medians ? "distances to the medoids" : "squared distances to the means");
  if (plan.bound > 0) {
    absl::PrintF("bound:       %s\n", Measure(*drawing.problem, plan.bound));
    absl::PrintF("proof:       heuristic, within %.3f %% of the bound\n", plan.gap_percent);
  } else {
    absl::PrintF("proof:       heuristic, no bound\n");
  }
  if (drawing.current != nullptr) absl::PrintF("moved:       %d households\n", plan.moved);
  if (drawing.problem->keep_buildings) {
    absl::PrintF("buildings:   %d in more than one micro-grid\n", plan.split_buildings.size());
  }
}

std::vector<std::string> SentencesOf(const io::Drawing& drawing, Language language) {
  std::vector<std::string> sentences;
  sentences.reserve(drawing.plan->faults.size());
  for (const auto& fault : drawing.plan->faults) sentences.push_back(SentenceOf(drawing, fault, false, language));
  if (drawing.hierarchy == nullptr) return sentences;
  for (const auto& fault : drawing.hierarchy->grids.faults) {
    sentences.push_back(SentenceOf(drawing, fault, true, language));
  }
  return sentences;
}

PartsToShow PartsOf(const io::Drawing& drawing) {
  PartsToShow parts{drawing.plan->part_of, drawing.names, drawing.problem->bounds};
  for (const MicroGrid& part : drawing.plan->parts) {
    parts.medoids.push_back(part.medoid);
    parts.compactness.push_back(part.compactness);
  }
  if (drawing.hierarchy != nullptr) {
    parts.grid_of = drawing.hierarchy->grids.part_of;
    parts.grid_names = drawing.grids;
  }
  return parts;
}

absl::Status Write(const DistrictArguments& arguments, const DrawingInput& input, const io::Drawing& drawing,
                   bool chinese) {
  std::vector<io::FileContent> outputs;
  if (!arguments.out.empty()) outputs.push_back({arguments.out, FormatMicroCsv(drawing)});
  if (!arguments.parts.empty()) outputs.push_back({arguments.parts, FormatPartsCsv(drawing)});
  if (!arguments.units.empty()) {
    outputs.push_back({arguments.units, FormatDrawnUnitsCsv(drawing, input.units ? &*input.units : nullptr)});
  }
  if (!arguments.moves.empty()) outputs.push_back({arguments.moves, FormatMicroGridMoves(drawing)});
  if (!arguments.summary.empty()) outputs.push_back({arguments.summary, FormatDrawingJson(drawing)});
  if (!arguments.map.empty()) {
    absl::StatusOr<std::string> page = RenderParts(*drawing.street, PartsOf(drawing), chinese);
    if (!page.ok()) return page.status();
    outputs.push_back({arguments.map, *std::move(page)});
  }
  return io::WriteFiles(outputs);
}

ExitCode Draw(const DistrictArguments& arguments, const io::ContiguousStreet& street, Session& session) {
  const bool chinese = session.chinese();
  DrawingInput input;
  if (auto status = Prepare(arguments, street, input); !status.ok()) return Complain(status);
  DrawnHierarchy hierarchy;
  MicroGridPlan plan;
  {
    ProgressBar bar;
    session.context.set_progress([&](double fraction) {
      bar.Draw(fraction);
      return true;
    });
    if (arguments.levels) {
      auto drawn = districting::DrawHierarchy(input.grid_problem, arguments.options, session.context);
      if (!drawn.ok()) return Complain(drawn.status());
      hierarchy = *std::move(drawn);
    } else if (arguments.repair) {
      auto repaired = districting::RepairMicroGrids(input.problem, session.context);
      if (!repaired.ok()) return Complain(repaired.status());
      plan = std::move(repaired->plan);
    } else {
      auto drawn = districting::DrawMicroGrids(input.problem, arguments.options, session.context);
      if (!drawn.ok()) return Complain(drawn.status());
      plan = *std::move(drawn);
    }
    session.context.set_progress(nullptr);
  }
  io::Drawing drawing{.street = &street,
                      .problem = &input.problem,
                      .plan = arguments.levels ? &hierarchy.micro_grids : &plan,
                      .hierarchy = arguments.levels ? &hierarchy : nullptr,
                      .grid_problem = arguments.levels ? &input.grid_problem : nullptr,
                      .current = input.today.has_value() ? &*input.today : nullptr};
  if (drawing.plan->part_of.empty() || (arguments.levels && hierarchy.grids.part_of.empty())) {
    Complain(chinese ? "已取消，未写出方案" : "cancelled, no plan written");
    return kInterrupted;
  }
  NameParts(drawing);
  if (auto status = Write(arguments, input, drawing, chinese); !status.ok()) return Complain(status);
  if (chinese) {
    PrintChinese(drawing);
  } else {
    Print(drawing);
  }
  ComplainOf(SentencesOf(drawing, session.language), chinese);
  const bool not_found = drawing.plan->outcome == PartitionOutcome::kNotFound ||
                         (arguments.levels && hierarchy.grids.outcome == PartitionOutcome::kNotFound);
  if (not_found) {
    Complain(chinese ? "未找到符合上下限的划分；并未证明没有"
                     : "no plan within the bounds was found; that there is none is not proved");
  }
  if (drawing.plan->cancelled || (arguments.levels && hierarchy.grids.cancelled)) return kInterrupted;
  const bool feasible = drawing.plan->outcome == PartitionOutcome::kFeasible &&
                        (!arguments.levels || hierarchy.grids.outcome == PartitionOutcome::kFeasible);
  return feasible ? kDone : kInfeasible;
}

absl::Status CheckTogether(const DistrictArguments& arguments) {
  const auto fault = [](absl::string_view text) { return absl::InvalidArgumentError(text); };
  if (arguments.levels && arguments.files.within.empty()) {
    return fault("--levels: needs --within, the column of the community");
  }
  if (!arguments.units.empty() && !arguments.levels) return fault("--units: needs --levels");
  if (arguments.by_borders() && arguments.files.edges.empty()) return fault("--objective borders: needs --contiguity");
  if (arguments.by_borders() && (arguments.levels || !arguments.current.empty())) {
    return fault("--objective borders: goes with neither --levels nor --current");
  }
  if (arguments.repair && arguments.count > 0) return fault("--repair: does not go with --count");
  if (!arguments.current.empty() && (arguments.levels || !arguments.files.edges.empty())) {
    return fault("--current: goes with neither --levels nor --contiguity");
  }
  return absl::OkStatus();
}

ExitCode District(DistrictArguments& arguments, Session& session) {
  if (arguments.objective.empty()) {
    const bool borders = !arguments.files.edges.empty() && !arguments.levels;
    arguments.objective = borders ? "borders" : "median";
  }
  if (auto status = CheckTogether(arguments); !status.ok()) return Complain(status);
  if (arguments.keep_buildings && arguments.by_borders()) {
    arguments.files.whole_buildings = true;
    arguments.files.most_weight = arguments.max.value_or(kUsualBounds.max);
  }
  const absl::StatusOr<io::ContiguousStreet> street = io::ReadContiguousStreet(arguments.files);
  if (!street.ok()) return Complain(street.status());
  if (arguments.keep_buildings && street->buildings.empty()) {
    return Complain(absl::InvalidArgumentError(
        absl::StrCat("--keep-buildings: ", arguments.files.households, " has no column building")));
  }
  if (!arguments.check.empty()) return CheckDistrict(arguments, *street, session);
  if (arguments.by_borders()) return DistrictByBorders(arguments, *street, session);
  return Draw(arguments, *street, session);
}

}  // namespace

absl::StatusOr<WeightBounds> BoundsOf(const DistrictArguments& arguments, const io::ContiguousStreet& street) {
  const bool given = arguments.min.has_value() || arguments.max.has_value();
  const bool weighted = !street.weight_column.empty();
  if (arguments.tolerance.has_value() || (weighted && !given)) {
    if (arguments.count == 0) {
      return absl::InvalidArgumentError(
          arguments.tolerance.has_value()
              ? "--tolerance: needs --count"
              : absl::StrCat("weights in column ", street.weight_column, ": need --min and --max, or --count"));
    }
    return districting::BoundsWithin(street.total_weight(), static_cast<int32_t>(arguments.count),
                                     arguments.tolerance.value_or(kUsualTolerance));
  }
  const WeightBounds bounds{arguments.min.value_or(std::min(kUsualBounds.min, arguments.max.value_or(INT64_MAX))),
                            arguments.max.value_or(std::max(kUsualBounds.max, arguments.min.value_or(0)))};
  if (bounds.max < bounds.min || bounds.max < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("--min and --max: need min <= max and max of at least 1: ", bounds.min, " to ", bounds.max));
  }
  return bounds;
}

std::string InWords(const WeightBounds& bounds, const io::ContiguousStreet& street, bool chinese) {
  const std::string& column = street.weight_column;
  if (chinese)
    return absl::StrCat(bounds.min, "至", bounds.max, column.empty() ? "户" : absl::StrCat("（", column, "）"));
  return absl::StrCat(bounds.min, " to ", bounds.max, " ", column.empty() ? "households" : column);
}

absl::Status Prepare(const DistrictArguments& arguments, const io::ContiguousStreet& street, DrawingInput& input) {
  const absl::StatusOr<WeightBounds> bounds = BoundsOf(arguments, street);
  if (!bounds.ok()) return bounds.status();
  absl::StatusOr<districting::MicroGridProblem> view = MicroGridView(street);
  if (!view.ok()) return view.status();
  input.problem = *view;
  input.problem.bounds = *bounds;
  input.problem.count = arguments.count;
  input.problem.objective = arguments.objective == "means" ? MicroGridObjective::kMeans : MicroGridObjective::kMedians;
  input.problem.keep_buildings = arguments.keep_buildings;
  if (!arguments.current.empty()) {
    absl::StatusOr<io::PartColumn> today = io::ReadParts(arguments.current, street, true);
    if (!today.ok()) return today.status();
    input.today = *std::move(today);
    input.current = input.today->OfNodes(street);
    input.problem.current = input.current;
    const bool medians = input.problem.objective == MicroGridObjective::kMedians;
    input.problem.move_price = arguments.move_cost * (medians ? 100 : 1);
  }
  if (!arguments.levels) return absl::OkStatus();
  if (!arguments.hierarchy.empty()) {
    absl::StatusOr<io::UnitTable> units = io::ReadUnits({.units = arguments.hierarchy});
    if (!units.ok()) return units.status();
    input.units = *std::move(units);
  }
  const absl::StatusOr<std::vector<int64_t>> codes =
      io::CommunityCodes(street, arguments.files.within, input.units.has_value() ? &*input.units : nullptr);
  if (!codes.ok()) return codes.status();
  for (const int32_t unit : street.units) input.communities.push_back((*codes)[unit]);
  input.grid_problem = {.households = input.problem.households,
                        .datum = input.problem.datum,
                        .communities = input.communities,
                        .buildings = input.problem.buildings,
                        .weight = input.problem.weight,
                        .keep_buildings = input.problem.keep_buildings,
                        .objective = input.problem.objective,
                        .graph = input.problem.graph,
                        .micro_grid_bounds = input.problem.bounds,
                        .micro_grid_count = input.problem.count,
                        .grid_bounds = arguments.grid_bounds,
                        .grid_count = arguments.grid_count};
  return absl::OkStatus();
}

absl::StatusOr<std::string> RenderParts(const io::ContiguousStreet& street, const PartsToShow& parts, bool chinese) {
  const io::Roster& roster = street.street.households;
  if (roster.positions.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("--map: ", roster.file, " has no positions"));
  }
  const size_t m = parts.names.size();
  std::vector<int32_t> part_of;
  std::vector<int64_t> weights(m, 0);
  std::vector<int32_t> unit_of(roster.units.empty() ? 0 : m, 0);
  std::vector<int32_t> medoids;
  medoids.reserve(parts.medoids.size());
  for (size_t h = 0; h < roster.ids.size(); ++h) {
    const int32_t part = parts.part_of[street.node_of[h]];
    part_of.push_back(part);
    weights[part] += street.household_weights[h];
    if (!roster.units.empty()) unit_of[part] = roster.units[h];
  }
  for (const int32_t node : parts.medoids) medoids.push_back(street.first_household[node]);
  return report::RenderPartsMap(
      {.household_ids = roster.ids,
       .households = roster.positions,
       .datum = street.street.datum,
       .part_of = part_of,
       .part_names = parts.names,
       .medoids = medoids,
       .compactness = parts.compactness,
       .weights = weights,
       .min = parts.bounds.min,
       .max = parts.bounds.max,
       .grid_of = parts.grid_of,
       .grid_names = parts.grid_names,
       .unit_of = unit_of,
       .unit_names = street.street.unit_names},
      {.title = chinese ? "微网格图" : "Micro-grids", .language = chinese ? Language::kChinese : Language::kEnglish});
}

void ComplainOf(const std::vector<std::string>& sentences, bool chinese) {
  constexpr size_t kMost = 50;
  for (size_t k = 0; k < std::min(kMost, sentences.size()); ++k) Complain(sentences[k]);
  if (sentences.size() <= kMost) return;
  Complain(chinese ? absl::StrCat("另有", sentences.size() - kMost, "条，见 --summary")
                   : absl::StrCat("and ", sentences.size() - kMost, " more: see --summary"));
}

void AddDistrict(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("district", "Draw micro-grids, and grids over them, from a list of households.");
  const auto arguments = std::make_shared<DistrictArguments>();
  command->add_option("--households", arguments->files.households, "CSV with id and x,y (metres) or lon,lat (degrees)")
      ->required()
      ->type_name("FILE");
  command->add_option("--min", arguments->min, "fewest households a micro-grid; default 10")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  command->add_option("--max", arguments->max, "most households a micro-grid; default 20")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command
      ->add_option("--tolerance", arguments->tolerance,
                   "instead: within so many per cent of the mean; default 1 for weights")
      ->check(CLI::NonNegativeNumber)
      ->excludes("--min")
      ->excludes("--max")
      ->type_name("PERCENT");
  command->add_option("--count", arguments->count, "so many micro-grids; default: as few as will do")
      ->check(CLI::Range(int64_t{1}, int64_t{INT32_MAX}))
      ->type_name("K");
  command->add_option("--within", arguments->files.within, "column of the jurisdiction: micro-grids stay inside it")
      ->type_name("COLUMN");
  command->add_option("--weights", arguments->files.weights, "column of what counts towards the bounds")
      ->type_name("COLUMN");
  command
      ->add_option("--contiguity", arguments->files.edges,
                   "CSV a,b of households or buildings that border each other: micro-grids are connected")
      ->type_name("FILE");
  command
      ->add_option("--objective", arguments->objective,
                   "least distances to the medoid (median), squared to the mean (means), or borders cut (borders)")
      ->check(CLI::IsMember({"median", "means", "borders"}))
      ->type_name("NAME");
  command->add_flag("--keep-buildings", arguments->keep_buildings,
                    "the households of a building, column building, stay together where they fit");
  command->add_flag("--levels", arguments->levels, "grids over the micro-grids as well, and codes of 15 and 18 digits");
  command
      ->add_option("--hierarchy", arguments->hierarchy, "units.csv: the codes of the communities that --within names")
      ->needs("--levels")
      ->type_name("FILE");
  command->add_option("--grid-min", arguments->grid_bounds.min, "fewest households a grid")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber)
      ->needs("--levels")
      ->type_name("N");
  command->add_option("--grid-max", arguments->grid_bounds.max, "most households a grid")
      ->capture_default_str()
      ->check(CLI::PositiveNumber)
      ->needs("--levels")
      ->type_name("N");
  command->add_option("--grid-count", arguments->grid_count, "so many grids; default: as few as will do")
      ->check(CLI::Range(int64_t{1}, int64_t{INT32_MAX}))
      ->needs("--levels")
      ->type_name("K");
  command->add_option("--current", arguments->current, "today's micro.csv, to stay near to")->type_name("FILE");
  command
      ->add_option("--move-cost", arguments->move_cost,
                   "metres (means: square metres) that moving a household out of its micro-grid must save")
      ->capture_default_str()
      ->check(CLI::Range(0.0, districting::kMaxMovePrice / 100))
      ->needs("--current")
      ->type_name("M");
  command
      ->add_flag("--repair", arguments->repair,
                 "change only what a change of households asks for: micro-grids around it are shifted, split or joined")
      ->needs("--current");
  command->add_option("--moves", arguments->moves, "write household,from,to: whose micro-grid changes")
      ->needs("--current")
      ->type_name(kOutputFile);
  command->add_option("--seconds", arguments->options.seconds, "time to spend")
      ->capture_default_str()
      ->check(CLI::PositiveNumber)
      ->type_name("S");
  AddSeedOption(*command, session.context.seed, "seed of the search")->capture_default_str();
  AddThreadsOption(*command, session);
  command->add_option("--check", arguments->check, "draw nothing: check this micro.csv against the same input")
      ->type_name("FILE");
  command->add_option("--out", arguments->out, "write household,microgrid,grid,unit,distance_m")
      ->type_name(kOutputFile);
  command->add_option("--parts", arguments->parts, "write a row a micro-grid: size, medoid, radius, hull, compactness")
      ->type_name(kOutputFile);
  command->add_option("--units", arguments->units, "write the hierarchy: code,parent,level,name")
      ->type_name(kOutputFile);
  command->add_option("--summary", arguments->summary, "write the summary as JSON")->type_name(kOutputFile);
  command->add_option("--map", arguments->map, "write a map page: hulls over the households")->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = District(*arguments, session); });
}

}  // namespace lianhu::cli
