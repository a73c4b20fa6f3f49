#include "planning.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/posts.h"
#include "lianhu/io/plan_files.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/units.h"
#include "lianhu/report/map.h"

namespace jili {
namespace {

using lianhu::Language;
using lianhu::Unit;
using lianhu::assignment::Describe;
using lianhu::assignment::Outcome;
using lianhu::assignment::Plan;

std::string HouseholdId(size_t h) {
  return absl::StrFormat("H%05d", h + 1);
}
std::string StewardId(size_t j) {
  return absl::StrFormat("S%04d", j + 1);
}

// Street, communities, grids and micro-grids.
std::string UnitsCsv(const Street& street) {
  std::string csv = "code,parent,level,name\n";
  absl::StrAppend(&csv, kStreetCode, ",,street,集里街道\n");
  for (const Community& c : Communities()) absl::StrAppend(&csv, c.code, ",", kStreetCode, ",community,", c.name, "\n");
  for (const int64_t code : street.grid_codes) absl::StrAppend(&csv, code, ",", code / 1000, ",grid,\n");
  for (const int64_t code : street.micro_grid_codes) absl::StrAppend(&csv, code, ",", code / 1000, ",micro-grid,\n");
  return csv;
}

// Leaders of the street and the communities with stand-ins, of the grids without; stewards hold the micro-grids.
std::string PostsCsv(const Street& street) {
  std::string csv = "unit,holder,stand_in\n";
  absl::StrAppend(&csv, kStreetCode, ",L001,L002\n");
  int leader = 2;
  for (const Community& c : Communities()) {
    absl::StrAppendFormat(&csv, "%d,L%03d,L%03d\n", c.code, leader + 1, leader + 2);
    leader += 2;
  }
  for (const int64_t code : street.grid_codes) absl::StrAppendFormat(&csv, "%d,L%03d,\n", code, ++leader);
  for (size_t k = 0; k < street.micro_grid_codes.size(); ++k) {
    const int32_t holder = street.micro_grid_holder[k];
    absl::StrAppend(&csv, street.micro_grid_codes[k], ",", holder < 0 ? "" : StewardId(static_cast<size_t>(holder)),
                    ",\n");
  }
  return csv;
}

std::string PositionsCsv(const lianhu::io::Street& files, const lianhu::io::Roster& roster) {
  std::string csv = "id,x,y,community\n";
  for (size_t k = 0; k < roster.ids.size(); ++k) {
    absl::StrAppendFormat(&csv, "%s,%.2f,%.2f,%s\n", roster.ids[k], roster.positions[k].x, roster.positions[k].y,
                          files.unit_names[roster.units[k]]);
  }
  return csv;
}

std::string PointsCsv(char prefix, const std::vector<lianhu::Point>& points) {
  std::string csv = "id,x,y\n";
  for (size_t k = 0; k < points.size(); ++k) {
    absl::StrAppendFormat(&csv, "%c%05d,%.2f,%.2f\n", prefix, k + 1, points[k].x, points[k].y);
  }
  return csv;
}

void ShowCommunities(const lianhu::io::Street& files, const Plan& plan) {
  struct Row {
    int64_t households = 0;
    int64_t stewards = 0;
    int64_t sum = 0;
    int64_t greatest = 0;
  };
  std::vector<Row> rows(files.unit_names.size());
  const std::vector<int64_t> costs = lianhu::io::LinkCosts(files, plan.steward_of);
  for (size_t h = 0; h < costs.size(); ++h) {
    Row& row = rows[files.households.units[h]];
    ++row.households;
    row.sum += costs[h];
    row.greatest = std::max(row.greatest, costs[h]);
  }
  for (const int32_t unit : files.stewards.units) ++rows[unit].stewards;
  absl::PrintF("  code          households  stewards   mean m    max m  name\n");
  for (size_t u = 0; u < rows.size(); ++u) {
    absl::PrintF("  %d  %10d  %8d  %7.1f  %7.1f  %s\n", Communities()[u].code, rows[u].households, rows[u].stewards,
                 static_cast<double>(rows[u].sum) / 100 / static_cast<double>(rows[u].households),
                 static_cast<double>(rows[u].greatest) / 100, files.unit_names[u]);
  }
}

absl::Status ShowHierarchy(const Street& street, const Folder& out) {
  const auto units = lianhu::io::ReadUnits({.units = out.File("units.csv")});
  if (!units.ok()) return units.status();
  const auto posts = lianhu::io::ReadPosts(out.File("posts.csv"), *units);
  if (!posts.ok()) return posts.status();
  const std::vector<Unit> vacant_units = posts->posts.VacantUnits(lianhu::PostKind::kHolder);
  const auto is_micro_grid = [&](Unit u) { return units->hierarchy.level(u) == lianhu::kMicroGrid; };
  const int64_t vacant = std::count_if(vacant_units.begin(), vacant_units.end(), is_micro_grid);
  absl::PrintF("集里街道 Jili street %d\n", kStreetCode);
  absl::PrintF("  1 street > %d communities and villages > %d grids > %d micro-grids > %d households\n",
               Communities().size(), street.grid_codes.size(), street.micro_grid_codes.size(),
               street.households.size());
  absl::PrintF("  posts: %d micro-grids with a steward, %d vacant, %d stewards hold two\n\n",
               static_cast<int64_t>(street.micro_grid_codes.size()) - vacant, vacant,
               posts->posts.PeopleWithSeveralPosts().size());
  return absl::OkStatus();
}

absl::StatusOr<std::string> Map(const lianhu::io::Street& files, const Plan& plan) {
  const lianhu::report::MapInput input{.household_ids = files.households.ids,
                                       .households = files.households.positions,
                                       .household_units = files.households.units,
                                       .steward_ids = files.stewards.ids,
                                       .stewards = files.stewards.positions,
                                       .steward_units = files.stewards.units,
                                       .unit_names = files.unit_names,
                                       .plan = &plan};
  return lianhu::report::RenderMap(input, {.title = "集里街道 · 红管事联户图", .language = Language::kChinese});
}

}  // namespace

lianhu::io::Street AsFiles(const Street& street) {
  lianhu::io::Street files;
  files.households.positions = street.households;
  files.households.units = street.household_community;
  for (size_t h = 0; h < street.households.size(); ++h) files.households.ids.push_back(HouseholdId(h));
  files.stewards.positions = street.stewards;
  files.stewards.units = street.steward_community;
  for (size_t j = 0; j < street.stewards.size(); ++j) files.stewards.ids.push_back(StewardId(j));
  for (const Community& community : Communities()) files.unit_names.emplace_back(community.name);
  return files;
}

absl::Status WriteStreet(const Street& street, const lianhu::io::Street& files, const Folder& out) {
  for (const auto& [name, content] : std::vector<std::pair<const char*, std::string>>{
           {"units.csv", UnitsCsv(street)},
           {"posts.csv", PostsCsv(street)},
           {"households.csv", PositionsCsv(files, files.households)},
           {"stewards.csv", PositionsCsv(files, files.stewards)},
           {"shops.csv", PointsCsv('M', street.shops)},
           {"merchant_stewards.csv", PointsCsv('T', street.merchant_stewards)}}) {
    if (auto status = out.Write(name, content); !status.ok()) return status;
  }
  return ShowHierarchy(street, out);
}

absl::StatusOr<Plan> PlanHouseholds(const lianhu::io::Street& files, const Folder& out, lianhu::RunContext& context) {
  absl::StatusOr<Plan> plan = lianhu::assignment::Solve(files.View(), {}, context);
  if (!plan.ok()) return plan.status();
  if (plan->outcome != Outcome::kOptimal) return absl::InternalError("the street should have a plan");
  const auto verification = lianhu::assignment::Verify(files.View(), plan->steward_of, plan->price_cm, {}, context);
  if (!verification.ok()) return verification.status();
  if (!verification->proved) return absl::InternalError("the plan should be proved");

  absl::PrintF("Every household a steward: %d households, %d stewards, %d to %d each, within %d communities\n",
               files.households.ids.size(), files.stewards.ids.size(), verification->load_min, verification->load_max,
               files.unit_names.size());
  ShowCommunities(files, *plan);
  absl::PrintF("  total %d cm = lower bound %d cm: proved optimal, checked again without the solver\n",
               verification->total_cost_cm, verification->dual_bound_cm);
  absl::PrintF("  planned in %.0f ms\n", plan->seconds * 1000);
  const absl::StatusOr<std::string> map = Map(files, *plan);
  if (!map.ok()) return map.status();
  for (const auto& [name, content] :
       std::vector<std::pair<const char*, std::string>>{{"plan.csv", lianhu::io::FormatPlanCsv(files, *plan)},
                                                        {"prices.csv", lianhu::io::FormatPricesCsv(files, *plan)},
                                                        {"summary.json", lianhu::io::FormatSummaryJson(files, *plan)},
                                                        {"map.html", *map}}) {
    if (auto status = out.Write(name, content); !status.ok()) return status;
  }
  return plan;
}

absl::StatusOr<Merchants> PlanMerchants(const Street& street, const Folder& out, lianhu::RunContext& context) {
  const lianhu::assignment::Problem problem{
      .households = street.shops, .stewards = street.merchant_stewards, .bounds = {.min = 30, .max = 50}};
  const absl::StatusOr<Plan> plan = lianhu::assignment::Solve(problem, {.best_effort = true}, context);
  if (!plan.ok()) return plan.status();
  absl::PrintF("\nMerchants: %d shops, %d merchant stewards, 30 to 50 each: cannot be done\n", street.shops.size(),
               street.merchant_stewards.size());
  Merchants merchants;
  for (const auto& infeasibility : plan->infeasibilities) {
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      absl::StrAppend(&merchants.sentences, Describe(infeasibility, problem.bounds, "", language), "\n");
    }
  }
  absl::PrintF("%s", merchants.sentences);
  for (size_t k = 0; k < plan->steward_of.size(); ++k) {
    const int32_t steward = plan->steward_of[k];
    if (steward < 0) continue;
    absl::StrAppendFormat(&merchants.links, "M%05d,T%05d\n", k + 1, steward + 1);
  }
  if (auto status = out.Write("merchants.txt", merchants.sentences); !status.ok()) return status;
  if (auto status = out.Write("merchants_plan.csv", "household,steward\n" + merchants.links); !status.ok())
    return status;
  return merchants;
}

absl::StatusOr<lianhu::io::LinkedUnits> ReadTree(const Folder& out) {
  const auto units = lianhu::io::ReadUnits({.units = out.File("units.csv")});
  if (!units.ok()) return units.status();
  const auto posts = lianhu::io::ReadPosts(out.File("posts.csv"), *units);
  if (!posts.ok()) return posts.status();
  const auto links = lianhu::io::ReadHouseholdLinks(out.File("plan.csv"));
  if (!links.ok()) return links.status();
  return lianhu::io::HangLinks(*units, *posts, *links);
}

}  // namespace jili
