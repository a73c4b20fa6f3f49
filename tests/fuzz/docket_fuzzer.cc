// Any bytes as the files of a town's routing: units, posts, issues, events, absences, holidays, and one of the routing
// tables. A NUL byte ends each file. What is refused says why in one line; what is read can be routed and replayed, and
// the cases written come back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "io/temporary_directory.h"
#include "lianhu/io/absences.h"
#include "lianhu/io/calendar_files.h"
#include "lianhu/io/docket_events.h"
#include "lianhu/io/docket_files.h"
#include "lianhu/io/issues.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/routing_files.h"
#include "lianhu/io/units.h"

namespace lianhu::io {
namespace {

// The fuzzer counts an abort as a finding.
void Require(bool condition) {
  if (!condition) std::abort();
}

bool Refused(const absl::Status& status) {
  if (status.ok()) return false;
  Require(!status.message().empty() && !absl::StrContains(status.message(), "\n"));
  return true;
}

struct Files {
  TemporaryDirectory directory;
  std::string units = directory.File("units.csv");
  std::string posts = directory.File("posts.csv");
  std::string issues = directory.File("issues.csv");
  std::string events = directory.File("events.csv");
  std::string absences = directory.File("absences.csv");
  std::string holidays = directory.File("holidays.csv");
  std::string cases = directory.File("cases.csv");
};

struct Town {
  const routing::Router& router;
  const UnitTable& units;
  const PostTable& posts;
  const std::vector<uint8_t>& absent;
};

void TryIssues(const Files& files, const Town& town) {
  const absl::StatusOr<IssueTable> issues =
      ReadIssues(files.issues, town.router.taxonomy(), town.units, town.router.calendar());
  if (Refused(issues.status())) return;
  std::vector<routing::IssueDecision> decisions;
  for (const routing::Issue& issue : issues->issues) {
    const absl::StatusOr<routing::IssueDecision> decision =
        town.router.Route(issue, {&town.units.hierarchy, &town.posts.posts, town.absent});
    Require(decision.ok() && decision->outcome == routing::RouteOutcome::kRouted);
    Require(decision->resolve_by >= issue.time && decision->respond_by <= decision->resolve_by);
    decisions.push_back(*decision);
  }
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    Require(!FormatDecisionsCsv({town.router, town.units, town.posts.people}, *issues, decisions, language).empty());
  }
}

void TryEvents(const Files& files, const Town& town) {
  const absl::StatusOr<DocketEvents> events =
      ReadDocketEvents(files.events, town.router, town.units, town.posts, town.absent);
  if (Refused(events.status())) return;
  std::vector<Absence> absences;
  if (absl::StatusOr<std::vector<Absence>> read = ReadAbsences(files.absences, town.posts, town.router.calendar());
      !Refused(read.status())) {
    absences = *read;
  }
  absl::StatusOr<routing::Docket> docket = routing::Docket::Create(
      town.units.hierarchy, town.posts.posts, town.router.calendar(), town.router.escalation(), town.absent);
  Require(docket.ok());
  const routing::Instant until = events->events.empty() ? routing::kMinInstant : events->events.back().at;
  const absl::StatusOr<Replay> replay = ReplayEvents(WithAbsences(*events, absences), until, *docket);
  if (Refused(replay.status())) return;
  const DocketNames names{town.router.taxonomy(), town.units, town.posts.people, events->case_ids};
  WriteFile(files.cases, FormatCasesCsv(names, *docket));
  const absl::StatusOr<std::vector<CaseRecord>> again = ReadCases(files.cases);
  Require(again.ok() && static_cast<int32_t>(again->size()) == docket->size());
  Require(!FormatActionsCsv(names, *docket, replay->actions).empty() && !FormatFiguresCsv(names, *docket).empty() &&
          !FormatDocketSummaryJson(names, *docket).empty());
}

void TryHolidays(const Files& files) {
  const absl::StatusOr<routing::HolidayTable> holidays = ReadHolidays(files.holidays);
  if (Refused(holidays.status())) return;
  const absl::StatusOr<routing::WorkCalendar> calendar = routing::WorkCalendar::Create(*holidays);
  Require(calendar.ok());
  for (const routing::HolidayEntry& entry : holidays->entries) {
    const routing::Instant start = calendar->StartOf(entry.first);
    const routing::Instant due = calendar->Add(start, {3, routing::Clock::kWorkingDays});
    Require(due > start && calendar->Between(routing::Clock::kWorkingDays, start, due) == 3);
  }
}

// The bytes in place of one of the default tables.
void TryTables(const std::string& text) {
  static TemporaryDirectory folder;
  const std::string source = std::string(LIANHU_DATA_FOLDER) + "/routing/";
  for (const char* const changed : {"categories.csv", "words.csv", "t3.csv"}) {
    for (const char* const name : {"categories.csv", "words.csv", "t1.csv", "t2.csv", "t3.csv"}) {
      WriteFile(folder.File(name), name == std::string(changed) ? text : ReadFile(source + name));
    }
    const absl::StatusOr<routing::RoutingTables> tables = ReadRoutingTables(folder.path().string());
    if (Refused(tables.status())) continue;
    Refused(routing::Router::Create(*tables, routing::WorkCalendar::China()).status());
  }
}

}  // namespace
}  // namespace lianhu::io

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lianhu::io;
  static Files files;
  static const auto* const router = new lianhu::routing::Router(
      lianhu::routing::Router::Create(DefaultRoutingTables().value(), lianhu::routing::WorkCalendar::China()).value());
  std::vector<std::string> texts =
      absl::StrSplit(absl::string_view(reinterpret_cast<const char*>(data), size), absl::MaxSplits('\0', 6));
  texts.resize(7);
  const std::string* const paths[] = {&files.units,  &files.posts,    &files.issues,
                                      &files.events, &files.absences, &files.holidays};
  for (size_t i = 0; i < 6; ++i) WriteFile(*paths[i], texts[i]);
  TryHolidays(files);
  TryTables(texts[6]);
  const absl::StatusOr<UnitTable> units = ReadUnits({.units = files.units});
  if (Refused(units.status())) return 0;
  const absl::StatusOr<PostTable> posts = ReadPosts(files.posts, *units);
  if (Refused(posts.status())) return 0;
  const absl::StatusOr<std::vector<uint8_t>> absent = ReadAbsentColumn(files.posts, *units, *posts);
  if (Refused(absent.status())) return 0;
  const Town town{*router, *units, *posts, *absent};
  TryIssues(files, town);
  TryEvents(files, town);
  return 0;
}
