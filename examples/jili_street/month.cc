#include "month.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/base/random.h"
#include "lianhu/io/docket_events.h"
#include "lianhu/io/docket_files.h"
#include "lianhu/io/instant.h"
#include "lianhu/io/issues.h"
#include "lianhu/io/routing_files.h"
#include "lianhu/routing/docket.h"
#include "lianhu/routing/router.h"

namespace jili {
namespace {

using lianhu::Random;
using lianhu::Unit;
using lianhu::io::FormatInstant;
using lianhu::io::IssueTable;
using lianhu::io::LinkedUnits;
using lianhu::routing::IssueDecision;
using lianhu::routing::Router;

constexpr int64_t kHour = 3600;

// The k with cumulative weight above a draw.
template <size_t n>
int32_t Draw(Random& random, const int32_t (&weights)[n]) {
  int32_t sum = 0;
  for (const int32_t weight : weights) sum += weight;
  int64_t left = random.Below(sum);
  for (size_t k = 0; k < n; ++k) {
    if (left < weights[k]) return static_cast<int32_t>(k);
    left -= weights[k];
  }
  return 0;
}

// `id,category,severity,spread,power,attempts,household,time`, in order of time.
std::string DrawIssues(const LinkedUnits& tree, uint64_t seed) {
  constexpr int32_t kCategories[] = {15, 8, 6, 12, 14, 14, 3, 12, 5, 2, 4, 5};  // 01 .. 12
  constexpr int32_t kSeverities[] = {640, 310, 45, 5};
  constexpr int32_t kSpreads[] = {800, 140, 40, 20};
  constexpr int32_t kAttempts[] = {94, 5, 1};
  Random random(seed);
  std::vector<Unit> households;
  for (const Unit unit : tree.units.hierarchy.units()) {
    if (tree.units.hierarchy.level(unit) == lianhu::kHousehold) households.push_back(unit);
  }
  std::vector<int64_t> times(kIssues);
  for (int64_t& time : times) {
    time = kMonthBegin + 24 * kHour * random.Below(31) + 7 * kHour + 60 * random.Below(14 * 60LL);  // by day
  }
  std::sort(times.begin(), times.end());
  std::string csv = "id,category,severity,spread,power,attempts,household,time\n";
  for (int32_t k = 0; k < kIssues; ++k) {
    const int32_t category = Draw(random, kCategories) + 1;
    const bool power = category == 7 || random.Below(100) < 6;
    const Unit household = households[random.Below(static_cast<int64_t>(households.size()))];
    absl::StrAppendFormat(&csv, "I%05d,%02d,%d,%d,%s,%d,%s,%s\n", k + 1, category, Draw(random, kSeverities) + 1,
                          Draw(random, kSpreads) + 1, power ? "yes" : "no", Draw(random, kAttempts),
                          tree.units.ids[household], FormatInstant(times[static_cast<size_t>(k)]));
  }
  return csv;
}

// What became of each issue: accepted, answered at some share of its time, closed, rated, some reopened.
std::string DrawEvents(const LinkedUnits& tree, const Router& router, const IssueTable& issues,
                       const std::vector<IssueDecision>& decisions, uint64_t seed) {
  Random random(seed + 1);
  std::vector<std::pair<int64_t, std::string>> events;
  const auto add = [&](int64_t time, size_t k, const char* event, const std::string& rest) {
    if (time < kMonthEnd) {
      events.emplace_back(time, absl::StrCat(FormatInstant(time), ",", issues.ids[k], ",", event, ",", rest, "\n"));
    }
  };
  for (size_t k = 0; k < issues.issues.size(); ++k) {
    const lianhu::routing::Issue& issue = issues.issues[k];
    const auto allowed = static_cast<double>(decisions[k].resolve_by - issue.time);
    const auto to_respond = static_cast<double>(decisions[k].respond_by - issue.time);
    add(issue.time, k, "register",
        absl::StrCat(",", router.taxonomy().categories[issue.category].code, ",", issue.severity, ",", issue.spread,
                     ",", issue.power ? "yes" : "no", ",", issue.attempts, ",", tree.units.ids[issue.place]));
    // Most answer well within the limit, a few late; hard ones take longer.
    const double share = std::min(0.95, -std::log(1 - random.Real()) * (issue.severity > 1 ? 0.4 : 0.3));
    const bool late = random.Below(100) < 4;
    const int64_t accepted = issue.time + static_cast<int64_t>(to_respond * std::min(1.2, 0.1 + random.Real()));
    const int64_t answered =
        std::max(accepted + 60, issue.time + static_cast<int64_t>(allowed * (late ? 1.1 + random.Real() : share)));
    const int64_t closed = answered + kHour * random.Between(4, 48);
    add(accepted, k, "take", ",,,,,,");
    add(answered, k, "answer", ",,,,,,");
    add(closed, k, "close", random.Below(100) < 93 ? "yes,,,,,," : "no,,,,,,");
    if (random.Below(100) < 70) {
      add(closed + kHour * random.Between(2, 72), k, "rate", random.Below(100) < 91 ? "yes,,,,,," : "no,,,,,,");
    }
  }
  std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string csv = "time,case,event,value,category,severity,spread,power,attempts,household\n";
  for (const auto& [time, line] : events) csv += line;
  return csv;
}

absl::StatusOr<std::vector<IssueDecision>> RouteAll(const LinkedUnits& tree, const Router& router,
                                                    const IssueTable& issues, Month& month) {
  std::vector<IssueDecision> decisions;
  for (const lianhu::routing::Issue& issue : issues.issues) {
    absl::StatusOr<IssueDecision> decision = router.Route(issue, {&tree.units.hierarchy, &tree.posts.posts, {}});
    if (!decision.ok()) return decision.status();
    if (decision->outcome != lianhu::routing::RouteOutcome::kRouted) {
      return absl::InternalError("the default table should match every issue");
    }
    ++month.by_mode[static_cast<size_t>(decision->mode)];
    ++month.categories[static_cast<size_t>(issue.category)].issues;
    decisions.push_back(*std::move(decision));
  }
  return decisions;
}

absl::Status KeepDocket(const LinkedUnits& tree, const Router& router, const Folder& out, Month& month) {
  const auto events = lianhu::io::ReadDocketEvents(out.File("events.csv"), router, tree.units, tree.posts, {});
  if (!events.ok()) return events.status();
  auto docket =
      lianhu::routing::Docket::Create(tree.units.hierarchy, tree.posts.posts, router.calendar(), router.escalation());
  if (!docket.ok()) return docket.status();
  const auto replay = lianhu::io::ReplayEvents(*events, kMonthEnd, *docket);
  if (!replay.ok()) return replay.status();
  if (!replay->refused.empty()) return absl::InternalError(replay->refused.front());
  for (const lianhu::routing::Case& c : docket->cases()) month.figures += FiguresOf(c, docket->now());
  for (const lianhu::routing::Action& action : replay->actions) {
    month.warnings += action.kind == lianhu::routing::ActionKind::kWarn;
    month.escalations += action.kind == lianhu::routing::ActionKind::kEscalate;
  }
  const lianhu::io::DocketNames names{router.taxonomy(), tree.units, tree.posts.people, events->case_ids};
  if (auto status = out.Write("cases.csv", FormatCasesCsv(names, *docket)); !status.ok()) return status;
  return out.Write("docket.json", FormatDocketSummaryJson(names, *docket));
}

void Print(const Month& month) {
  const auto percent = [](const lianhu::routing::Rate& rate) { return absl::StrFormat("%.1f %%", 100 * rate.value()); };
  absl::PrintF("\nA month of issues: %d, help %d, mediate %d, report %d\n", kIssues, month.by_mode[0], month.by_mode[1],
               month.by_mode[2]);
  absl::PrintF("  docket: %d still open, %d overdue; %d warnings, %d escalations\n", month.figures.open,
               month.figures.overdue, month.warnings, month.escalations);
  absl::PrintF("  response %s, resolution %s, satisfaction %s, in time %s\n", percent(month.figures.response),
               percent(month.figures.resolution), percent(month.figures.satisfaction), percent(month.figures.in_time));
}

}  // namespace

absl::StatusOr<Month> RunMonth(const LinkedUnits& tree, uint64_t seed, const Folder& out) {
  const auto tables = lianhu::io::DefaultRoutingTables();
  if (!tables.ok()) return tables.status();
  const absl::StatusOr<Router> router = Router::Create(*tables, lianhu::routing::WorkCalendar::China());
  if (!router.ok()) return router.status();
  Month month;
  for (const lianhu::routing::Category& category : router->taxonomy().categories) {
    month.categories.push_back({category.name_zh, 0});
  }
  if (auto status = out.Write("issues.csv", DrawIssues(tree, seed)); !status.ok()) return status;
  const auto issues =
      lianhu::io::ReadIssues(out.File("issues.csv"), router->taxonomy(), tree.units, router->calendar());
  if (!issues.ok()) return issues.status();
  const auto decisions = RouteAll(tree, *router, *issues, month);
  if (!decisions.ok()) return decisions.status();
  const lianhu::io::DecisionNames names{*router, tree.units, tree.posts.people};
  const std::string csv = FormatDecisionsCsv(names, *issues, *decisions, lianhu::Language::kChinese);
  if (auto status = out.Write("decisions.csv", csv); !status.ok()) return status;
  if (auto status = out.Write("events.csv", DrawEvents(tree, *router, *issues, *decisions, seed)); !status.ok()) {
    return status;
  }
  if (auto status = KeepDocket(tree, *router, out, month); !status.ok()) return status;
  Print(month);
  return month;
}

}  // namespace jili
