#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/version.h"
#include "lianhu/hierarchy/unit_code.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/micro_grid_files.h"

namespace lianhu::io {
namespace {

using districting::MicroGrid;
using districting::MicroGridObjective;
using districting::MicroGridPlan;
using districting::MicroGridProblem;
using districting::PartitionFault;
using districting::PartitionFaultKind;
using districting::SplitBuilding;
using Json = nlohmann::ordered_json;

constexpr size_t kShownIds = 10;

// The planar position of each household.
std::vector<Point> Planar(const Street& street) {
  const std::vector<Point>& places = street.households.positions;
  return street.datum == Datum::kWgs84Degrees ? ProjectWgs84(places, Middle(places)) : places;
}

// Metres from each household to its part's medoid.
std::vector<double> DistancesOf(const Drawing& drawing) {
  const ContiguousStreet& street = *drawing.street;
  const std::vector<Point> planar = Planar(street.street);
  std::vector<double> distances(planar.size());
  for (size_t h = 0; h < planar.size(); ++h) {
    const MicroGrid& part = drawing.plan->parts[drawing.plan->part_of[street.node_of[h]]];
    distances[h] = static_cast<double>(assignment::PairCost(planar[h], street.positions[part.medoid])) / 100;
  }
  return distances;
}

std::vector<int64_t> HouseholdsOf(const Drawing& drawing) {
  std::vector<int64_t> counts(drawing.plan->parts.size(), 0);
  for (const int32_t node : drawing.street->node_of) ++counts[drawing.plan->part_of[node]];
  return counts;
}

const std::string& GridOf(const Drawing& drawing, size_t part) {
  static const std::string kNone;
  return drawing.grids.empty() ? kNone : drawing.grids[drawing.hierarchy->grids.part_of[part]];
}

// The ids of what a fault names: households, or micro-grids.
std::vector<std::string> IdsOf(const Drawing& drawing, const PartitionFault& fault, bool of_grids) {
  std::vector<std::string> ids;
  if (of_grids) {
    for (const int32_t part : fault.nodes) ids.push_back(drawing.names[part]);
  } else {
    for (const int32_t h : drawing.street->HouseholdsOf(fault.nodes)) {
      ids.push_back(drawing.street->street.households.ids[h]);
    }
  }
  return ids;
}

// The jurisdiction of a fault, by the first of its nodes.
std::string UnitNameOf(const Drawing& drawing, const PartitionFault& fault, bool of_grids) {
  if (fault.nodes.empty() || drawing.street->units.empty()) return "";
  return drawing.UnitName(of_grids ? drawing.UnitOf(fault.nodes[0]) : drawing.street->units[fault.nodes[0]]);
}

// The problem that a fault is about, as far as sentences need it: its bounds and count.
MicroGridProblem ProblemOf(const Drawing& drawing, bool of_grids) {
  MicroGridProblem problem = *drawing.problem;
  if (of_grids) {
    problem.bounds = drawing.grid_problem->grid_bounds;
    problem.count = drawing.grid_problem->grid_count;
  }
  return problem;
}

Json FaultsOf(const Drawing& drawing, const MicroGridPlan& plan, bool of_grids) {
  const MicroGridProblem problem = ProblemOf(drawing, of_grids);
  Json faults = Json::array();
  for (const PartitionFault& fault : plan.faults) {
    const std::string unit = UnitNameOf(drawing, fault, of_grids);
    faults.push_back({{"kind", districting::PartitionFaultName(fault.kind)},
                      {"unit", unit.empty() ? Json(nullptr) : Json(unit)},
                      {of_grids ? "microgrids" : "households", IdsOf(drawing, fault, of_grids)},
                      {"weight", fault.weight},
                      {"message", Describe(fault, problem, unit, Language::kEnglish)},
                      {"message_zh", Describe(fault, problem, unit, Language::kChinese)}});
  }
  return faults;
}

Json SplitsOf(const Drawing& drawing) {
  Json splits = Json::array();
  for (const SplitBuilding& split : drawing.plan->split_buildings) {
    const std::string& name = drawing.street->building_names[split.building];
    splits.push_back({{"building", name},
                      {"households", split.households},
                      {"weight", split.weight},
                      {"parts", split.parts},
                      {"message", Describe(split, *drawing.problem, name, Language::kEnglish)},
                      {"message_zh", Describe(split, *drawing.problem, name, Language::kChinese)}});
  }
  return splits;
}

// What holds of both levels.
void AddSizes(const MicroGridPlan& plan, bool contiguous, Json& summary) {
  summary["count"] = plan.parts.size();
  if (plan.parts.empty()) return;
  const auto [least, most] = std::minmax_element(plan.parts.begin(), plan.parts.end(),
                                                 [](const auto& x, const auto& y) { return x.weight < y.weight; });
  summary["size_min"] = least->weight;
  summary["size_max"] = most->weight;
  summary["outside"] = plan.out_of_bounds;
  summary["connected"] = contiguous ? Json(plan.not_connected == 0) : Json(nullptr);
}

void AddShapes(const MicroGridPlan& plan, Json& summary) {
  double compactness = 0;
  double radius = 0;
  int64_t shaped = 0;
  for (const MicroGrid& part : plan.parts) {
    radius = std::max(radius, part.radius);
    if (part.compactness < 0) continue;
    compactness += part.compactness;
    ++shaped;
  }
  summary["max_radius_m"] = radius;
  summary["mean_compactness"] = shaped > 0 ? Json(compactness / static_cast<double>(shaped)) : Json(nullptr);
}

const char* LevelWord(int32_t level) {
  switch (level) {
    case kStreet:
      return "street";
    case kCommunity:
      return "community";
    case kGrid:
      return "grid";
    default:
      return "micro-grid";
  }
}

}  // namespace

std::string FormatMicroCsv(const Drawing& drawing) {
  const ContiguousStreet& street = *drawing.street;
  const Roster& roster = street.street.households;
  const std::vector<double> distances = DistancesOf(drawing);
  std::string csv = "household,microgrid,grid,unit,distance_m\n";
  for (size_t h = 0; h < roster.ids.size(); ++h) {
    const int32_t part = drawing.plan->part_of[street.node_of[h]];
    const std::string unit = roster.units.empty() ? "" : street.street.UnitName(roster.units[h]);
    absl::StrAppend(&csv, QuoteCsvField(roster.ids[h]), ",", QuoteCsvField(drawing.names[part]), ",",
                    GridOf(drawing, part), ",", QuoteCsvField(unit), ",");
    absl::StrAppendFormat(&csv, "%.2f\n", distances[h]);
  }
  return csv;
}

std::string FormatPartsCsv(const Drawing& drawing) {
  const ContiguousStreet& street = *drawing.street;
  const std::vector<double> distances = DistancesOf(drawing);
  const std::vector<int64_t> households = HouseholdsOf(drawing);
  std::vector<double> sums(drawing.plan->parts.size(), 0);
  for (size_t h = 0; h < distances.size(); ++h) sums[drawing.plan->part_of[street.node_of[h]]] += distances[h];
  const bool degrees = street.street.datum == Datum::kWgs84Degrees;
  std::string csv = absl::StrCat("microgrid,grid,unit,households,weight,medoid,", degrees ? "lon,lat" : "x,y",
                                 ",mean_distance_m,radius_m,area_m2,perimeter_m,compactness,within_bounds",
                                 drawing.current != nullptr ? ",continues,moved\n" : "\n");
  for (size_t p = 0; p < drawing.plan->parts.size(); ++p) {
    const MicroGrid& part = drawing.plan->parts[p];
    absl::StrAppend(&csv, QuoteCsvField(drawing.names[p]), ",", GridOf(drawing, p), ",",
                    QuoteCsvField(drawing.UnitName(drawing.UnitOf(p))), ",", households[p], ",", part.weight, ",",
                    QuoteCsvField(street.street.households.ids[street.first_household[part.medoid]]), ",");
    if (degrees) {
      absl::StrAppendFormat(&csv, "%.7f,%.7f", part.centre.x, part.centre.y);
    } else {
      absl::StrAppendFormat(&csv, "%.2f,%.2f", part.centre.x, part.centre.y);
    }
    absl::StrAppendFormat(&csv, ",%.2f,%.2f,%.1f,%.2f,", sums[p] / static_cast<double>(households[p]), part.radius,
                          part.area, part.perimeter);
    if (part.compactness >= 0) absl::StrAppendFormat(&csv, "%.4f", part.compactness);
    absl::StrAppend(&csv, ",", part.within_bounds ? "yes" : "no");
    if (drawing.current != nullptr) {
      absl::StrAppend(&csv, ",", part.continues < 0 ? "" : QuoteCsvField(drawing.current->names[part.continues]), ",",
                      part.moved);
    }
    csv += "\n";
  }
  return csv;
}

std::string FormatMicroGridMoves(const Drawing& drawing) {
  const ContiguousStreet& street = *drawing.street;
  std::string csv = "household,from,to\n";
  for (size_t h = 0; h < street.node_of.size(); ++h) {
    const int32_t before = drawing.current->part_of[h];
    const std::string from = before < 0 ? "" : drawing.current->names[before];
    const std::string& to = drawing.names[drawing.plan->part_of[street.node_of[h]]];
    if (from == to) continue;
    absl::StrAppend(&csv, QuoteCsvField(street.street.households.ids[h]), ",", QuoteCsvField(from), ",",
                    QuoteCsvField(to), "\n");
  }
  return csv;
}

std::string FormatDrawnUnitsCsv(const Drawing& drawing, const UnitTable* units) {
  absl::flat_hash_map<int64_t, std::string> name_of;
  for (size_t p = 0; p < drawing.plan->parts.size(); ++p) {
    // A community that the households' file names and does not number.
    const std::string name = drawing.UnitName(drawing.UnitOf(p));
    const int64_t code = drawing.hierarchy->micro_grid_code[p] / 1'000'000;
    if (!name.empty() && name != absl::StrCat(code)) name_of.emplace(code, name);
  }
  int64_t streets = 0;
  for (const int64_t code : drawing.hierarchy->codes) streets += LevelOfCode(code) == kStreet ? 1 : 0;
  std::string csv = streets == 1 ? "code,parent,level,name\n" : "code,level,name\n";
  for (const int64_t code : drawing.hierarchy->codes) {
    const int32_t level = LevelOfCode(code);
    std::string name;
    if (const auto found = name_of.find(code); found != name_of.end()) name = found->second;
    if (units != nullptr) {
      if (const Unit unit = units->Find(absl::StrCat(code)); unit != kNoUnit) name = units->names[unit];
    }
    absl::StrAppend(&csv, code, ",");
    if (streets == 1) absl::StrAppend(&csv, level == kStreet ? "" : absl::StrCat(ParentCode(code)), ",");
    absl::StrAppend(&csv, LevelWord(level), ",", QuoteCsvField(name), "\n");
  }
  return csv;
}

std::string FormatDrawingJson(const Drawing& drawing) {
  const ContiguousStreet& street = *drawing.street;
  const MicroGridProblem& problem = *drawing.problem;
  const MicroGridPlan& plan = *drawing.plan;
  const bool contiguous = problem.graph != nullptr;
  const bool medians = problem.objective == MicroGridObjective::kMedians;
  Json summary;
  summary["status"] = districting::OutcomeName(plan.outcome);
  summary["households"] = street.street.households.ids.size();
  summary["units"] = std::max<size_t>(1, street.street.unit_names.size());
  summary["weight_column"] = street.weight_column.empty() ? Json(nullptr) : Json(street.weight_column);
  summary["weight"] = street.total_weight();
  summary["min"] = problem.bounds.min;
  summary["max"] = problem.bounds.max;
  summary["contiguous"] = contiguous;
  summary["keep_buildings"] = problem.keep_buildings;
  summary["objective"] = medians ? "median" : "means";
  AddSizes(plan, contiguous, summary);
  if (!plan.parts.empty()) {
    AddShapes(plan, summary);
    const double unit = medians ? 100 : 1;  // centimetres to metres
    summary[medians ? "objective_m" : "objective_m2"] = plan.objective / unit;
    summary[medians ? "bound_m" : "bound_m2"] = plan.bound > 0 ? Json(plan.bound / unit) : Json(nullptr);
    summary["gap_percent"] = plan.bound > 0 ? Json(plan.gap_percent) : Json(nullptr);
    const std::vector<double> distances = DistancesOf(drawing);
    double sum = 0;
    for (const double d : distances) sum += d;
    summary["mean_distance_m"] = sum / static_cast<double>(distances.size());
  }
  if (drawing.current != nullptr) {
    summary["current_parts"] = drawing.current->names.size();
    summary["move_price"] = problem.move_price / (medians ? 100 : 1);
    summary["moved"] = plan.moved;
    std::vector<uint8_t> goes_on(drawing.current->names.size(), 0);
    summary["created"] = Json::array();
    for (size_t p = 0; p < plan.parts.size(); ++p) {
      const int32_t before = plan.parts[p].continues;
      if (before >= 0) goes_on[before] = 1;
      if (before < 0 && !drawing.names.empty()) summary["created"].push_back(drawing.names[p]);
    }
    summary["dissolved"] = Json::array();
    for (size_t p = 0; p < goes_on.size(); ++p) {
      if (goes_on[p] == 0) summary["dissolved"].push_back(drawing.current->names[p]);
    }
  }
  if (problem.keep_buildings) summary["split_buildings"] = SplitsOf(drawing);
  if (drawing.hierarchy != nullptr) {
    const MicroGridPlan& grids = drawing.hierarchy->grids;
    Json level;
    level["status"] = districting::OutcomeName(grids.outcome);
    level["min"] = drawing.grid_problem->grid_bounds.min;
    level["max"] = drawing.grid_problem->grid_bounds.max;
    AddSizes(grids, contiguous, level);
    level["infeasibilities"] = FaultsOf(drawing, grids, true);
    summary["grids"] = std::move(level);
  }
  summary["by_clock"] = plan.by_clock;
  summary["cancelled"] = plan.cancelled;
  summary["seconds"] = plan.seconds;
  summary["version"] = kVersion;
  summary["infeasibilities"] = FaultsOf(drawing, plan, false);
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string SentenceOf(const Drawing& drawing, const PartitionFault& fault, bool of_grids, Language language) {
  const bool chinese = language == Language::kChinese;
  std::string text = of_grids ? (chinese ? "网格一级：" : "grids: ") : "";
  text += Describe(fault, ProblemOf(drawing, of_grids), UnitNameOf(drawing, fault, of_grids), language);
  const std::vector<std::string> ids = IdsOf(drawing, fault, of_grids);
  if (ids.empty()) return text;
  absl::StrAppend(&text, of_grids ? (chinese ? "微网格：" : " Micro-grids: ") : (chinese ? "住户：" : " Households: "));
  for (size_t k = 0; k < std::min(kShownIds, ids.size()); ++k) {
    absl::StrAppend(&text, k == 0 ? "" : chinese ? "、" : ", ", ids[k]);
  }
  absl::StrAppend(&text, ids.size() > kShownIds ? (chinese ? "等" : ", ...") : "", chinese ? "。" : ".");
  return text;
}

}  // namespace lianhu::io
