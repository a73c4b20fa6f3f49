#include "outreach.h"

#include <cmath>
#include <cstdio>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/base/random.h"
#include "lianhu/hierarchy/cascade.h"
#include "lianhu/io/cascade_files.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/group_files.h"
#include "lianhu/io/instant.h"
#include "lianhu/report/cards.h"

namespace jili {
namespace {

using lianhu::Cascade;
using lianhu::Unit;
using lianhu::io::LinkedUnits;

constexpr int64_t kSent = 1'791'768'600;  // 2026-10-12T09:30:00+08:00
constexpr char kDiaryVillage[] = "太平桥村";

// Each unit hears from the one above and passes it on after a while, if at all.
std::string DrawAcknowledgements(const LinkedUnits& tree, uint64_t seed) {
  // By level from the community on: how many pass it on, and after how many hours on average.
  struct Habit {
    double share;
    double hours;
  };
  constexpr Habit kHabits[] = {{1.0, 0.5}, {0.99, 2}, {0.97, 8}, {0.95, 16}};
  lianhu::Random random(seed);
  const lianhu::Hierarchy& units = tree.units.hierarchy;
  std::vector<int64_t> heard(static_cast<size_t>(units.size()), -1);
  heard[0] = kSent;
  std::string csv = "unit,time\n";
  for (Unit unit = 1; unit < units.size(); ++unit) {
    const Habit& habit = kHabits[units.level(unit) - lianhu::kCommunity];
    const double chance = random.Real();
    const double wait = -std::log(1 - random.Real()) * habit.hours;
    if (heard[units.parent(unit)] < 0 || chance > habit.share) continue;
    heard[unit] = heard[units.parent(unit)] + static_cast<int64_t>(3600 * wait);
    absl::StrAppend(&csv, tree.units.ids[unit], ",", lianhu::io::FormatInstant(heard[unit]), "\n");
  }
  return csv;
}

absl::Status PassNotice(const LinkedUnits& tree, uint64_t seed, const Folder& out, Outreach& result) {
  if (auto status = out.Write("acks.csv", DrawAcknowledgements(tree, seed)); !status.ok()) return status;
  const auto acks = lianhu::io::ReadAcknowledgements(out.File("acks.csv"), tree.units);
  if (!acks.ok()) return acks.status();
  absl::StatusOr<Cascade> cascade =
      Cascade::Create(tree.units.hierarchy, {.origin = 0, .sent = kSent, .target_level = lianhu::kHousehold});
  if (!cascade.ok()) return cascade.status();
  const auto counts = lianhu::io::ReplayAcknowledgements(*acks, tree.units, *cascade);
  if (!counts.ok()) return counts.status();
  const lianhu::io::CascadeReport report{
      .units = tree.units, .cascade = *cascade, .posts = &tree.posts, .counts = *counts};
  for (const auto& [name, content] :
       std::vector<std::pair<const char*, std::string>>{{"coverage.csv", FormatCoverageCsv(report)},
                                                        {"again.csv", FormatRetransmitCsv(report)},
                                                        {"notice.json", FormatCascadeSummaryJson(report)}}) {
    if (auto status = out.Write(name, content); !status.ok()) return status;
  }
  const lianhu::CascadeCounts& all = cascade->counts(0);
  result.households = all.targets;
  result.reached = all.reached;
  result.stops = static_cast<int64_t>(cascade->Retransmissions().size());
  const int32_t half[] = {50};
  result.hours_to_half = cascade->SecondsToReach(0, half)[0] / 3600;
  for (const Unit community : tree.units.hierarchy.children(0)) {
    const lianhu::CascadeCounts& c = cascade->counts(community);
    result.coverage.emplace_back(tree.units.names[community], static_cast<double>(c.reached) / c.targets);
  }
  for (Unit unit = 0; unit < tree.units.hierarchy.size(); ++unit) {
    const lianhu::CascadeCounts& c = cascade->counts(unit);
    if (tree.units.hierarchy.level(unit) != lianhu::kMicroGrid || c.targets == 0) continue;
    const std::string& steward = tree.posts.people[tree.posts.posts.holder(unit)];
    absl::StrAppend(&result.counts, steward, ",deliveries_due,", c.targets, "\n", steward, ",deliveries_acknowledged,",
                    c.reached, "\n");
  }
  absl::PrintF("\nA notice to all: %d of %d households acknowledged, half of them within %d hours; to send again: %d\n",
               result.reached, result.households, result.hours_to_half, result.stops);
  return absl::OkStatus();
}

absl::Status MakeGroups(const LinkedUnits& tree, const Folder& out, Outreach& result) {
  const auto groups = lianhu::io::MakeGroups(tree.units, tree.posts, nullptr);
  if (!groups.ok()) return groups.status();
  for (const int64_t count : groups->groups) result.groups += count;
  absl::PrintF("Contact groups: %d command, %d backbone, %d operating, %d household\n", groups->groups[0],
               groups->groups[1], groups->groups[2], groups->groups[3]);
  return out.Write("groups.csv", lianhu::io::FormatGroupsCsv(*groups));
}

// By steward, the grid of the micro-grid that he holds.
std::map<std::string, std::string> GridsOfStewards(const LinkedUnits& tree) {
  std::map<std::string, std::string> grids;
  const lianhu::Hierarchy& units = tree.units.hierarchy;
  for (const Unit unit : units.units()) {
    const lianhu::Person holder = units.level(unit) == lianhu::kMicroGrid ? tree.posts.posts.holder(unit) : -1;
    if (holder >= 0) grids[tree.posts.people[holder]] = tree.units.ids[units.parent(unit)];
  }
  return grids;
}

// Cards of all stewards, or the diaries of one village: ids, communities and grids, for nobody here has a name.
absl::StatusOr<int64_t> Print(const LinkedUnits& tree, const Folder& out, lianhu::report::CardKind kind,
                              const char* name, absl::string_view village, lianhu::RunContext& context) {
  const auto table = lianhu::io::CsvTable::Read(out.File("stewards.csv"));
  if (!table.ok()) return table.status();
  const auto links = lianhu::io::ReadHouseholdLinks(out.File("plan.csv"));
  if (!links.ok()) return links.status();
  std::vector<std::vector<size_t>> served(links->stewards.size());
  for (size_t h = 0; h < links->households.size(); ++h) {
    if (links->steward_of[h] >= 0) served[static_cast<size_t>(links->steward_of[h])].push_back(h);
  }
  const int id = table->FindColumn("id");
  const int community = table->FindColumn("community");
  std::vector<int64_t> rows;
  std::vector<int64_t> first{0};
  std::vector<std::string> households;
  std::vector<std::string> distances;
  for (int64_t row = 0; row < table->rows(); ++row) {
    if (!village.empty() && table->Field(row, community) != village) continue;
    rows.push_back(row);
    for (size_t j = 0; j < served.size(); ++j) {
      if (links->stewards[j] != table->Field(row, id)) continue;
      for (const size_t h : served[j]) {
        households.push_back(links->households[h]);
        distances.push_back(links->distances_m[h]);
      }
      break;
    }
    first.push_back(static_cast<int64_t>(households.size()));
  }
  const std::vector<std::string> columns = {"id", "community", "grid"};
  const std::map<std::string, std::string> grids = GridsOfStewards(tree);
  const auto field = [&](int64_t k, size_t column) -> absl::string_view {
    if (column < 2) return table->Field(rows[k], column == 0 ? id : community);
    const auto grid = grids.find(std::string(table->Field(rows[k], id)));
    return grid == grids.end() ? absl::string_view() : grid->second;
  };
  const lianhu::report::CardsInput input{.stewards = static_cast<int64_t>(rows.size()),
                                         .columns = columns,
                                         .field = field,
                                         .first_household = first,
                                         .households = households,
                                         .distances_m = distances};
  const auto cards = lianhu::report::CardTemplate::Parse(DefaultCardTemplate(kind, lianhu::Language::kChinese), name);
  if (!cards.ok()) return cards.status();
  absl::StatusOr<lianhu::io::AtomicFile> file = lianhu::io::AtomicFile::Create(out.File(name));
  if (!file.ok()) return file.status();
  const auto sink = [&](absl::string_view text) { return file->Write(text); };
  const auto result = lianhu::report::WriteCards(*cards, input, {.title = "集里街道"}, sink, context);
  if (!result.ok()) return result.status();
  if (auto status = file->Commit(); !status.ok()) return status;
  return result->cards;
}

}  // namespace

absl::StatusOr<Outreach> ReachOut(const LinkedUnits& tree, uint64_t seed, const Folder& out,
                                  lianhu::RunContext& context) {
  Outreach result;
  if (auto status = PassNotice(tree, seed, out, result); !status.ok()) return status;
  if (auto status = MakeGroups(tree, out, result); !status.ok()) return status;
  const auto cards = Print(tree, out, lianhu::report::CardKind::kCard, "cards.html", "", context);
  if (!cards.ok()) return cards.status();
  const auto diaries = Print(tree, out, lianhu::report::CardKind::kDiary, "diary.html", kDiaryVillage, context);
  if (!diaries.ok()) return diaries.status();
  result.cards = *cards;
  absl::PrintF("To print: %d contact cards on %d sheets, %d diary sheets of %s\n", *cards, (*cards + 7) / 8, *diaries,
               kDiaryVillage);
  return result;
}

}  // namespace jili
