// The founding street from end to end: hierarchy, plan, proof, what cannot work, and a page to look at.
//
//   jili_street --out out/jili
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/posts.h"
#include "lianhu/hierarchy/roll_up.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/plan_files.h"
#include "lianhu/report/map.h"
#include "street.h"

namespace {

using lianhu::Hierarchy;
using lianhu::Unit;
using lianhu::assignment::Describe;
using lianhu::Language;
using lianhu::assignment::Outcome;
using lianhu::assignment::Plan;

constexpr uint64_t kSeed = 20200331;

std::string HouseholdId(size_t h) {
  return absl::StrFormat("H%05d", h + 1);
}
std::string StewardId(size_t j) {
  return absl::StrFormat("S%04d", j + 1);
}

// Street, communities, grids, micro-grids and households as one tree, rows in that order.
absl::StatusOr<Hierarchy> BuildHierarchy(const jili::Street& street) {
  std::vector<int32_t> parents{-1};
  std::vector<int64_t> codes{jili::kStreetCode};
  std::vector<int32_t> levels{lianhu::kStreet};
  const auto add = [&](int32_t parent, int64_t code, int32_t level) {
    parents.push_back(parent);
    codes.push_back(code);
    levels.push_back(level);
  };
  const auto communities = static_cast<int32_t>(jili::Communities().size());
  for (const jili::Community& community : jili::Communities()) add(0, community.code, lianhu::kCommunity);
  for (size_t g = 0; g < street.grid_codes.size(); ++g) {
    add(1 + street.grid_community[g], street.grid_codes[g], lianhu::kGrid);
  }
  for (size_t k = 0; k < street.micro_grid_codes.size(); ++k) {
    add(1 + communities + street.micro_grid_grid[k], street.micro_grid_codes[k], lianhu::kMicroGrid);
  }
  for (const int32_t micro_grid : street.household_micro_grid) {
    add(1 + communities + jili::kGrids + micro_grid, lianhu::kNoCode, lianhu::kHousehold);
  }
  return Hierarchy::FromParents({.parents = parents, .codes = codes, .levels = levels});
}

absl::Status ShowHierarchy(const jili::Street& street) {
  const absl::StatusOr<Hierarchy> tree = BuildHierarchy(street);
  if (!tree.ok()) return tree.status();
  std::vector<int64_t> own(tree->size(), 0);
  for (Unit u = 0; u < tree->size(); ++u) own[u] = tree->level(u) == lianhu::kHousehold;
  const auto households = lianhu::RollUpSum<int64_t>(*tree, own);
  if (!households.ok()) return households.status();

  std::vector<lianhu::Person> holders(tree->size(), lianhu::kVacant);
  for (size_t k = 0; k < street.micro_grid_codes.size(); ++k) {
    holders[tree->Find(street.micro_grid_codes[k])] = street.micro_grid_holder[k];
  }
  const absl::StatusOr<lianhu::Posts> posts = lianhu::Posts::Create(*tree, holders);
  if (!posts.ok()) return posts.status();
  const auto is_vacant_micro_grid = [&](Unit u) { return tree->level(u) == lianhu::kMicroGrid; };
  const std::vector<Unit> vacant_units = posts->VacantUnits(lianhu::PostKind::kHolder);
  const int64_t vacant = std::count_if(vacant_units.begin(), vacant_units.end(), is_vacant_micro_grid);
  absl::PrintF("集里街道 Jili street %d\n", jili::kStreetCode);
  absl::PrintF("  1 street > %d communities and villages > %d grids > %d micro-grids > %d households\n",
               jili::Communities().size(), street.grid_codes.size(), street.micro_grid_codes.size(),
               (*households)[Hierarchy::kRoot]);
  absl::PrintF("  posts: %d micro-grids with a steward, %d vacant, %d stewards hold two\n\n",
               static_cast<int64_t>(street.micro_grid_codes.size()) - vacant, vacant,
               posts->PeopleWithSeveralPosts().size());
  return absl::OkStatus();
}

// The example's data in the form of the two CSV files.
lianhu::io::Street AsFiles(const jili::Street& street) {
  lianhu::io::Street files;
  files.households.positions = street.households;
  files.households.units = street.household_community;
  for (size_t h = 0; h < street.households.size(); ++h) files.households.ids.push_back(HouseholdId(h));
  files.stewards.positions = street.stewards;
  files.stewards.units = street.steward_community;
  for (size_t j = 0; j < street.stewards.size(); ++j) files.stewards.ids.push_back(StewardId(j));
  for (const jili::Community& community : jili::Communities()) files.unit_names.emplace_back(community.name);
  return files;
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
    absl::PrintF("  %d  %10d  %8d  %7.1f  %7.1f  %s\n", jili::Communities()[u].code, rows[u].households,
                 rows[u].stewards, static_cast<double>(rows[u].sum) / 100 / static_cast<double>(rows[u].households),
                 static_cast<double>(rows[u].greatest) / 100, files.unit_names[u]);
  }
}

// Merchants at 30 to 50 shops each: cannot work, and what would.
absl::StatusOr<std::string> ShowMerchants(const jili::Street& street, lianhu::RunContext& context) {
  const lianhu::assignment::Problem problem{
      .households = street.shops, .stewards = street.merchant_stewards, .bounds = {.min = 30, .max = 50}};
  const absl::StatusOr<Plan> plan = lianhu::assignment::Solve(problem, {}, context);
  if (!plan.ok()) return plan.status();
  absl::PrintF("\nMerchants: %d shops, %d merchant stewards, 30 to 50 each: %s\n", street.shops.size(),
               street.merchant_stewards.size(), lianhu::assignment::OutcomeName(plan->outcome));
  std::string sentences;
  for (const auto& infeasibility : plan->infeasibilities) {
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      absl::StrAppend(&sentences, Describe(infeasibility, problem.bounds, "", language), "\n");
    }
  }
  absl::PrintF("%s", sentences);
  return sentences;
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

std::string UnitsCsv(const jili::Street& street) {
  std::string csv = "code,parent,name,holder\n";
  absl::StrAppend(&csv, jili::kStreetCode, ",,集里街道,\n");
  for (const jili::Community& c : jili::Communities()) {
    absl::StrAppend(&csv, c.code, ",", jili::kStreetCode, ",", c.name, ",\n");
  }
  for (size_t g = 0; g < street.grid_codes.size(); ++g) {
    absl::StrAppend(&csv, street.grid_codes[g], ",", street.grid_codes[g] / 1000, ",,\n");
  }
  for (size_t k = 0; k < street.micro_grid_codes.size(); ++k) {
    const int32_t holder = street.micro_grid_holder[k];
    absl::StrAppend(&csv, street.micro_grid_codes[k], ",", street.micro_grid_codes[k] / 1000, ",,",
                    holder < 0 ? "" : StewardId(holder), "\n");
  }
  return csv;
}

absl::Status Write(const std::filesystem::path& path, absl::string_view content) {
  absl::StatusOr<lianhu::io::AtomicFile> file = lianhu::io::AtomicFile::Create(path.string());
  if (!file.ok()) return file.status();
  if (auto status = file->Write(content); !status.ok()) return status;
  return file->Commit();
}

absl::Status Run(const std::filesystem::path& out) {
  const jili::Street street = jili::MakeStreet(kSeed);
  if (auto status = ShowHierarchy(street); !status.ok()) return status;

  const lianhu::io::Street files = AsFiles(street);
  lianhu::RunContext context;
  const absl::StatusOr<Plan> plan = lianhu::assignment::Solve(files.View(), {}, context);
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

  const absl::StatusOr<std::string> merchants = ShowMerchants(street, context);
  if (!merchants.ok()) return merchants.status();

  const lianhu::report::MapInput input{.household_ids = files.households.ids,
                                       .households = files.households.positions,
                                       .household_units = files.households.units,
                                       .steward_ids = files.stewards.ids,
                                       .stewards = files.stewards.positions,
                                       .steward_units = files.stewards.units,
                                       .unit_names = files.unit_names,
                                       .plan = &*plan};
  const absl::StatusOr<std::string> map =
      lianhu::report::RenderMap(input, {.title = "集里街道 · 红管事联户图", .language = Language::kChinese});
  if (!map.ok()) return map.status();

  std::error_code error;
  std::filesystem::create_directories(out, error);
  if (error) return absl::UnavailableError(absl::StrCat(out.string(), ": ", error.message()));
  for (const auto& [name, content] : std::vector<std::pair<const char*, std::string>>{
           {"households.csv", PositionsCsv(files, files.households)},
           {"stewards.csv", PositionsCsv(files, files.stewards)},
           {"units.csv", UnitsCsv(street)},
           {"shops.csv", PointsCsv('M', street.shops)},
           {"merchant_stewards.csv", PointsCsv('T', street.merchant_stewards)},
           {"merchants.txt", *merchants},
           {"plan.csv", lianhu::io::FormatPlanCsv(files, *plan)},
           {"prices.csv", lianhu::io::FormatPricesCsv(files, *plan)},
           {"summary.json", lianhu::io::FormatSummaryJson(files, *plan)},
           {"map.html", *map}}) {
    if (auto status = Write(out / name, content); !status.ok()) return status;
  }
  absl::PrintF("\nWritten to %s; open %s in a browser.\n", out.string(), (out / "map.html").string());
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && (arguments.size() != 2 || arguments[0] != "--out")) {
    std::fprintf(stderr, "usage: jili_street [--out DIR]\n");
    return 2;
  }
  const absl::Status status = Run(arguments.empty() ? "out/jili" : arguments[1]);
  if (status.ok()) return 0;
  std::fprintf(stderr, "jili_street: %s\n", std::string(status.message()).c_str());
  return 1;
}
