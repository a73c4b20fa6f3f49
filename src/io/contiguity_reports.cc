#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/base/version.h"
#include "lianhu/io/contiguity_files.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

using districting::ContiguousPartition;
using districting::ContiguousProblem;
using districting::PartFigures;
using districting::PartitionFault;
using districting::PartitionFaultKind;
using districting::PartitionObjective;
using Json = nlohmann::ordered_json;

Json FaultsOf(const ContiguousStreet& street, const ContiguousProblem& problem, const ContiguousPartition& partition) {
  Json faults = Json::array();
  for (const PartitionFault& fault : partition.faults) {
    const std::string& unit = street.street.UnitName(fault.unit);
    Json households = Json::array();
    for (const int32_t h : street.HouseholdsOf(fault.nodes)) households.push_back(street.street.households.ids[h]);
    faults.push_back({{"kind", districting::PartitionFaultName(fault.kind)},
                      {"unit", fault.unit < 0 ? Json(nullptr) : Json(unit)},
                      {"households", std::move(households)},
                      {"weight", fault.weight},
                      {"message", Describe(fault, problem, unit, Language::kEnglish)},
                      {"message_zh", Describe(fault, problem, unit, Language::kChinese)}});
  }
  return faults;
}

Json PartsOf(const ContiguousStreet& street, const ContiguousProblem& problem, const ContiguousPartition& partition,
             const std::vector<std::string>& codes) {
  int64_t total = 0;
  for (const PartFigures& part : partition.parts) total += part.weight;
  const double mean = static_cast<double>(total) / static_cast<double>(std::max<size_t>(1, partition.parts.size()));
  std::vector<int64_t> households(partition.parts.size(), 0);
  for (const int32_t node : street.node_of) ++households[partition.part_of[node]];
  Json parts = Json::array();
  for (size_t p = 0; p < partition.parts.size(); ++p) {
    const PartFigures& part = partition.parts[p];
    Json json = {
        {"microgrid", codes[p]},
        {"unit", part.unit < 0 ? Json(nullptr) : Json(street.street.UnitName(part.unit))},
        {"households", households[p]},
        {"weight", part.weight},
        {"deviation_percent", mean > 0 ? Json(100 * (static_cast<double>(part.weight) - mean) / mean) : Json(nullptr)},
        {"connected", part.pieces == 1},
        {"within_bounds", part.weight >= problem.bounds.min && part.weight <= problem.bounds.max}};
    if (!problem.positions.empty()) json["inertia_m2"] = part.inertia;
    if (part.polsby_popper >= 0) json["polsby_popper"] = part.polsby_popper;
    parts.push_back(std::move(json));
  }
  return parts;
}

}  // namespace

std::string FormatContiguousCsv(const ContiguousStreet& street, const ContiguousPartition& partition,
                                const std::vector<std::string>& codes) {
  const Roster& roster = street.street.households;
  std::vector<Point> planar = roster.positions;
  if (street.street.datum == Datum::kWgs84Degrees) planar = ProjectWgs84(planar, Middle(planar));
  std::string csv = "household,microgrid,grid,unit,distance_m\n";
  for (size_t h = 0; h < roster.ids.size(); ++h) {
    const int32_t p = partition.part_of[street.node_of[h]];
    const PartFigures& part = partition.parts[p];
    absl::StrAppend(&csv, QuoteCsvField(roster.ids[h]), ",", codes[p], ",,",
                    part.unit < 0 ? "" : QuoteCsvField(street.street.UnitName(part.unit)), ",");
    if (!planar.empty()) {
      absl::StrAppendFormat(&csv, "%.2f", std::hypot(planar[h].x - part.centre.x, planar[h].y - part.centre.y));
    }
    absl::StrAppend(&csv, "\n");
  }
  return csv;
}

std::string FormatContiguousPartsCsv(const ContiguousStreet& street, const ContiguousProblem& problem,
                                     const ContiguousPartition& partition, const std::vector<std::string>& codes) {
  const size_t m = partition.parts.size();
  int64_t total = 0;
  for (const PartFigures& part : partition.parts) total += part.weight;
  const double mean = static_cast<double>(total) / static_cast<double>(m);
  std::vector<int64_t> households(m, 0);
  for (const int32_t node : street.node_of) ++households[partition.part_of[node]];
  std::vector<Point> place(m);
  for (size_t v = 0; v < street.places.size(); ++v) {
    Point& sum = place[partition.part_of[v]];
    sum = {sum.x + street.places[v].x, sum.y + street.places[v].y};
  }
  const bool degrees = street.street.datum == Datum::kWgs84Degrees;
  std::string csv = absl::StrCat("microgrid,unit,households,weight,deviation_percent,connected,within_bounds,",
                                 degrees ? "lon,lat" : "x,y", ",inertia_m2,polsby_popper\n");
  for (size_t p = 0; p < m; ++p) {
    const PartFigures& part = partition.parts[p];
    const bool within = part.weight >= problem.bounds.min && part.weight <= problem.bounds.max;
    absl::StrAppend(&csv, codes[p], ",", part.unit < 0 ? "" : QuoteCsvField(street.street.UnitName(part.unit)), ",",
                    households[p], ",", part.weight, ",");
    if (mean > 0) absl::StrAppendFormat(&csv, "%.3f", 100 * (static_cast<double>(part.weight) - mean) / mean);
    absl::StrAppend(&csv, ",", part.pieces == 1 ? "yes" : "no", ",", within ? "yes" : "no", ",");
    if (street.places.empty()) {
      csv += ",,";
    } else {
      absl::StrAppendFormat(&csv, "%.7f,%.7f,%.6g", place[p].x / part.nodes, place[p].y / part.nodes, part.inertia);
    }
    csv += ",";
    if (part.polsby_popper >= 0) absl::StrAppendFormat(&csv, "%.4f", part.polsby_popper);
    csv += "\n";
  }
  return csv;
}

std::string FormatContiguousJson(const ContiguousStreet& street, const ContiguousProblem& problem,
                                 const ContiguousPartition& partition, const std::vector<std::string>& codes,
                                 PartitionObjective objective, double tolerance_percent) {
  Json summary;
  summary["status"] = districting::OutcomeName(partition.outcome);
  summary["households"] = street.street.households.ids.size();
  summary["units"] = std::max<size_t>(1, street.street.unit_names.size());
  summary["weight_column"] = street.weight_column.empty() ? Json(nullptr) : Json(street.weight_column);
  summary["weight"] = street.total_weight();
  summary["nodes"] = problem.graph->size();
  summary["edges"] = problem.graph->border_count();
  summary["min"] = problem.bounds.min;
  summary["max"] = problem.bounds.max;
  summary["tolerance_percent"] = tolerance_percent < 0 ? Json(nullptr) : Json(tolerance_percent);
  summary["objective"] = objective == PartitionObjective::kEdgesCut ? "edges-cut" : "inertia";
  if (!partition.parts.empty()) {
    const auto [least, most] =
        std::minmax_element(partition.parts.begin(), partition.parts.end(),
                            [](const PartFigures& x, const PartFigures& y) { return x.weight < y.weight; });
    summary["count"] = partition.parts.size();
    summary["size_min"] = least->weight;
    summary["size_max"] = most->weight;
    summary["deviation_percent"] = partition.deviation_percent;
    summary["outside"] = partition.out_of_bounds;
    summary["connected"] = std::all_of(partition.parts.begin(), partition.parts.end(),
                                       [](const PartFigures& part) { return part.pieces == 1; });
    summary["edges_cut"] = partition.edges_cut;
    const bool bounded = partition.edges_cut_bound > 0;
    summary["edges_cut_bound"] = bounded ? Json(partition.edges_cut_bound) : Json(nullptr);
    summary["gap_percent"] = bounded ? Json(100 * static_cast<double>(partition.edges_cut - partition.edges_cut_bound) /
                                            static_cast<double>(partition.edges_cut))
                                     : Json(nullptr);
    summary["inertia_m2"] = problem.positions.empty() ? Json(nullptr) : Json(partition.inertia);
    double compactness = 0;
    for (const PartFigures& part : partition.parts) compactness += part.polsby_popper;
    const bool outlined = partition.parts[0].polsby_popper >= 0;
    summary["mean_polsby_popper"] =
        outlined ? Json(compactness / static_cast<double>(partition.parts.size())) : Json(nullptr);
  }
  summary["by_clock"] = partition.by_clock;
  summary["seconds"] = partition.seconds;
  summary["version"] = kVersion;
  summary["infeasibilities"] = FaultsOf(street, problem, partition);
  if (!partition.parts.empty()) summary["parts"] = PartsOf(street, problem, partition, codes);
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace lianhu::io
