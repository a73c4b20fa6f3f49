#include "lianhu/io/docket_events.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/unit_code.h"
#include "lianhu/io/calendar_files.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/issues.h"

namespace lianhu::io {
namespace {

using routing::EventKind;
using What = DocketEvent::What;

struct EventWord {
  absl::string_view english;
  absl::string_view chinese;
  What what;
  EventKind kind;
};
constexpr EventWord kEventWords[] = {{"register", "登记", What::kRegister, EventKind::kAccept},
                                     {"accept", "受理", What::kCaseEvent, EventKind::kAccept},
                                     {"assign", "交办", What::kCaseEvent, EventKind::kAssign},
                                     {"take", "办理", What::kCaseEvent, EventKind::kTake},
                                     {"answer", "答复", What::kCaseEvent, EventKind::kAnswer},
                                     {"close", "办结", What::kCaseEvent, EventKind::kClose},
                                     {"rate", "评价", What::kCaseEvent, EventKind::kRate},
                                     {"return", "退回", What::kCaseEvent, EventKind::kReturn},
                                     {"extend", "延期", What::kCaseEvent, EventKind::kExtend},
                                     {"defer", "挂账", What::kCaseEvent, EventKind::kDefer},
                                     {"suspend", "暂停", What::kCaseEvent, EventKind::kSuspend},
                                     {"resume", "恢复", What::kCaseEvent, EventKind::kResume},
                                     {"reopen", "重办", What::kCaseEvent, EventKind::kReopen},
                                     {"absent", "离岗", What::kAbsent, EventKind::kAccept},
                                     {"present", "返岗", What::kPresent, EventKind::kAccept}};

const EventWord* FindEventWord(absl::string_view text) {
  for (const EventWord& word : kEventWords) {
    if (text == word.english || text == word.chinese) return &word;
  }
  return nullptr;
}

class DocketEventReader {
 public:
  DocketEventReader(const CsvTable& table, const routing::Router& router, const UnitTable& units,
                    const PostTable& posts, absl::Span<const uint8_t> absent)
      : table_(table),
        router_(router),
        units_(units),
        offices_{.hierarchy = &units.hierarchy, .posts = &posts.posts, .absent = absent} {
    for (size_t i = 0; i < posts.people.size(); ++i) people_.emplace(posts.people[i], static_cast<Person>(i));
  }

  absl::StatusOr<DocketEvents> Read() {
    for (const auto& [column, name] : {std::pair{&time_, "time"}, {&event_, "event"}, {&case_, "case"}}) {
      const absl::StatusOr<int> found = table_.RequireColumn(name);
      if (!found.ok()) return found.status();
      *column = *found;
    }
    unit_ = table_.FindColumn("unit");
    value_ = table_.FindColumn("value");
    person_ = table_.FindColumn("person");

    std::vector<std::pair<routing::Instant, int64_t>> order;
    for (int64_t row = 0; row < table_.rows(); ++row) {
      const std::optional<routing::Instant> at = ParseInstantIn(router_.calendar(), table_.Field(row, time_));
      if (!at) return table_.Complain(row, time_, "not a time such as 2026-03-02T10:00:00+08:00 or 2026-03-02 10:00");
      order.emplace_back(*at, row);
    }
    std::sort(order.begin(), order.end());
    events_.file = table_.name();
    for (const auto& [at, row] : order) {
      if (absl::Status status = ReadRow(at, row); !status.ok()) return status;
    }
    return std::move(events_);
  }

 private:
  absl::Status ReadRow(routing::Instant at, int64_t row) {
    const EventWord* word = FindEventWord(table_.Field(row, event_));
    if (word == nullptr) {
      return table_.Complain(row, event_,
                             "no such event; there are register, accept, assign, take, answer, close, rate, "
                             "return, extend, defer, suspend, resume, reopen, absent, present");
    }
    DocketEvent event{.what = word->what, .at = at, .row_number = table_.RowNumber(row)};
    absl::Status status;
    switch (word->what) {
      case What::kRegister:
        status = ReadRegistration(row, event);
        break;
      case What::kCaseEvent:
        event.event.kind = word->kind;
        status = ReadCaseEvent(row, event);
        break;
      case What::kAbsent:
      case What::kPresent:
        status = ReadPerson(row, event);
        break;
    }
    if (status.ok()) events_.events.push_back(event);
    return status;
  }

  // The text of an optional column; empty where there is no such column.
  absl::string_view Text(int64_t row, int column) const { return column < 0 ? "" : table_.Field(row, column); }

  absl::Status ReadUnit(int64_t row, Unit& unit) const {
    const absl::string_view id = Text(row, unit_);
    if (id.empty()) return absl::OkStatus();
    unit = units_.Find(id);
    return unit != kNoUnit ? absl::OkStatus() : table_.Complain(row, unit_, absl::StrCat("not in ", units_.file));
  }

  absl::Status ReadPerson(int64_t row, DocketEvent& event) const {
    if (person_ < 0) return table_.RequireColumn("person").status();
    const auto found = people_.find(table_.Field(row, person_));
    if (found == people_.end()) return table_.Complain(row, person_, "holds no post");
    event.person = found->second;
    return absl::OkStatus();
  }

  absl::Status ReadRegistration(int64_t row, DocketEvent& event) {
    const absl::string_view id = table_.Field(row, case_);
    if (id.empty()) return table_.Complain(row, case_, "value missing");
    const auto [known, fresh] = cases_.try_emplace(id, static_cast<int32_t>(events_.case_ids.size()));
    if (!fresh) return table_.Complain(row, case_, "is registered already");
    event.case_index = known->second;
    events_.case_ids.emplace_back(id);

    if (!issue_columns_.has_value()) {
      absl::StatusOr<IssueColumns> columns = IssueColumns::Find(table_);
      if (!columns.ok()) return columns.status();
      issue_columns_ = *columns;
    }
    absl::StatusOr<routing::Issue> issue = ReadIssue(table_, row, *issue_columns_, router_.taxonomy(), units_);
    if (!issue.ok()) return issue.status();
    issue->time = event.at;
    const absl::StatusOr<routing::IssueDecision> decision = router_.Route(*issue, offices_);
    if (!decision.ok()) return table_.Complain(row, case_, decision.status().message());
    if (decision->outcome != routing::RouteOutcome::kRouted) {
      return table_.Complain(row, case_, "the table of modes does not route it: none or several of its rules match");
    }
    event.registration = routing::RegistrationOf(*issue, *decision);
    // `unit` may serve as the place already.
    if (issue_columns_->place != unit_) {
      if (absl::Status status = ReadUnit(row, event.registration.office); !status.ok()) return status;
    }
    return Text(row, value_).empty() ? absl::OkStatus() : ReadBudget(row, event.registration.limit);
  }

  absl::Status ReadBudget(int64_t row, routing::TimeBudget& budget) const {
    const absl::StatusOr<routing::TimeBudget> read = routing::ParseBudget(Text(row, value_));
    if (!read.ok()) return table_.Complain(row, value_, read.status().message().substr(8));  // without "budget: "
    budget = *read;
    return absl::OkStatus();
  }

  absl::Status ReadCaseEvent(int64_t row, DocketEvent& event) {
    const auto known = cases_.find(table_.Field(row, case_));
    if (known == cases_.end()) return table_.Complain(row, case_, "has not been registered by then");
    event.case_index = known->second;
    const EventKind kind = event.event.kind;
    if (kind == EventKind::kAssign || kind == EventKind::kAccept || kind == EventKind::kTake ||
        kind == EventKind::kReturn) {
      if (absl::Status status = ReadUnit(row, event.event.unit); !status.ok()) return status;
    }
    if (kind == EventKind::kAssign && event.event.unit == kNoUnit) {
      return unit_ < 0 ? table_.RequireColumn("unit").status() : table_.Complain(row, unit_, "value missing");
    }
    if (kind == EventKind::kExtend || kind == EventKind::kRate) {
      if (value_ < 0) return table_.RequireColumn("value").status();
      if (Text(row, value_).empty()) return table_.Complain(row, value_, "value missing");
    }
    if (kind == EventKind::kExtend) return ReadBudget(row, event.event.budget);
    if ((kind == EventKind::kClose || kind == EventKind::kRate) && !Text(row, value_).empty()) {
      const std::optional<bool> good = ParseYesNo(Text(row, value_));
      if (!good) return table_.Complain(row, value_, "neither yes nor no");
      event.event.good = *good;
    }
    return absl::OkStatus();
  }

  const CsvTable& table_;
  const routing::Router& router_;
  const UnitTable& units_;
  const routing::Offices offices_;
  int time_ = -1;
  int event_ = -1;
  int case_ = -1;
  int unit_ = -1;
  int value_ = -1;
  int person_ = -1;
  std::optional<IssueColumns> issue_columns_;
  absl::flat_hash_map<std::string, int32_t> cases_;
  absl::flat_hash_map<std::string, Person> people_;
  DocketEvents events_;
};

}  // namespace

absl::StatusOr<DocketEvents> ReadDocketEvents(const std::string& path, const routing::Router& router,
                                              const UnitTable& units, const PostTable& posts,
                                              absl::Span<const uint8_t> absent) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  return DocketEventReader(*table, router, units, posts, absent).Read();
}

DocketEvents WithAbsences(const DocketEvents& events, const std::vector<Absence>& absences) {
  DocketEvents all = events;
  all.events.clear();
  for (const Absence& absence : absences) {
    all.events.push_back({.what = What::kAbsent, .at = absence.from, .person = absence.person});
    if (absence.until >= routing::kMaxInstant) continue;
    all.events.push_back({.what = What::kPresent, .at = absence.until + 1, .person = absence.person});
  }
  all.events.insert(all.events.end(), events.events.begin(), events.events.end());
  std::stable_sort(all.events.begin(), all.events.end(),
                   [](const DocketEvent& a, const DocketEvent& b) { return a.at < b.at; });
  return all;
}

absl::StatusOr<UnitTable> UnitsOfEvents(const std::string& path) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  std::set<int64_t> codes;
  for (const absl::string_view name : {"unit", "household", "place"}) {
    const int column = table->FindColumn(name);
    if (column < 0) continue;
    for (int64_t row = 0; row < table->rows(); ++row) {
      if (table->Field(row, column).empty()) continue;
      const absl::StatusOr<int64_t> code = ParseUnitCode(table->Field(row, column));
      if (!code.ok()) return table->Complain(row, column, "not a statistical code: say --hierarchy, the tree it is in");
      codes.insert(*code);
    }
  }
  std::set<int64_t> counties;
  for (const int64_t code : codes) {
    int64_t county = code;
    while (LevelOfCode(county) > kCounty) county = ParentCode(county);
    counties.insert(county);
  }
  const bool one_county = counties.size() == 1 && LevelOfCode(*counties.begin()) == kCounty;
  const std::vector<int64_t> list(codes.begin(), codes.end());
  absl::StatusOr<Hierarchy> hierarchy = Hierarchy::FromCodes(list, {.root = one_county ? *counties.begin() : 0});
  if (!hierarchy.ok()) return hierarchy.status();
  UnitTable units{.file = path, .hierarchy = *std::move(hierarchy)};
  for (const Unit unit : units.hierarchy.units()) {
    units.ids.push_back(absl::StrCat(units.hierarchy.code(unit)));
    units.by_id.push_back(unit);
  }
  units.names.resize(units.ids.size());
  units.row_numbers.resize(units.ids.size());
  std::sort(units.by_id.begin(), units.by_id.end(), [&](Unit a, Unit b) { return units.ids[a] < units.ids[b]; });
  return units;
}

absl::StatusOr<Replay> ReplayEvents(const DocketEvents& events, routing::Instant until, routing::Docket& docket) {
  Replay replay;
  // Cases are read in the order in which they are registered, so that their numbers are the docket's; a registration
  // that fails ends the replay.
  for (const DocketEvent& event : events.events) {
    if (event.at > until) break;
    absl::Status status;
    switch (event.what) {
      case What::kRegister:
        status = docket.Register(event.registration, event.at, replay.actions).status();
        break;
      case What::kCaseEvent:
        status = docket.Apply(event.case_index, event.event, event.at, replay.actions);
        break;
      case What::kAbsent:
      case What::kPresent:
        status = docket.SetAbsent(event.person, event.what == What::kAbsent, event.at, replay.actions);
        break;
    }
    if (status.ok()) {
      ++replay.applied;
      continue;
    }
    const std::string complaint = absl::StrCat(
        events.file, ": row ", event.row_number, ", column event",
        event.case_index >= 0 ? absl::StrCat(", case '", ShownValue(events.case_ids[event.case_index]), "'") : "", ": ",
        status.message());
    if (event.what == What::kRegister) return absl::InvalidArgumentError(complaint);
    replay.refused.push_back(complaint);
  }
  if (absl::Status status = docket.AdvanceTo(std::max(until, docket.now()), replay.actions); !status.ok())
    return status;
  return replay;
}

}  // namespace lianhu::io
