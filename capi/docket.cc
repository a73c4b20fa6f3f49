#include "lianhu/routing/docket.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "capi/columns.h"
#include "capi/docket.h"
#include "capi/guard.h"
#include "capi/posts.h"
#include "capi/structs.h"
#include "lianhu/routing/figures.h"

namespace routing = lianhu::routing;

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;

// What a docket_view shows; made anew when the docket has changed.
struct DocketColumns {
  std::vector<int32_t> states, units, people, asked, breaches, reopened, supervised, resolved, satisfied;
  std::vector<int64_t> dues, answered, closed, shortest_stand;
  std::vector<int32_t> action_kinds, action_cases, action_values, action_units, action_people;
  std::vector<int64_t> action_times;
};

struct lianhu_docket {
  std::shared_ptr<const lianhu::Hierarchy> tree;
  std::unique_ptr<const lianhu::Posts> posts;
  routing::Docket docket;
  std::vector<routing::Action> actions = {};
  DocketColumns columns = {};
  bool changed = true;
};

namespace {

// A status of one row: its own field where it has one.
absl::Status AtRow(const absl::Status& status, int64_t row) {
  const lianhu::ErrorDetail detail = lianhu::GetErrorDetail(status);
  if (detail.field.empty()) return InvalidField("events", row, status.message());
  return InvalidField(detail.field, row, status.message().substr(status.message().find(": ") + 2));
}

// Amount 0: no response limit.
absl::StatusOr<lianhu::routing::TimeBudget> ReadResponse(const lianhu_registrations& given, int64_t row) {
  if (given.respond_amounts == nullptr || given.respond_amounts[row] == 0) return routing::TimeBudget{};
  const int32_t clock = given.respond_clocks == nullptr ? given.clocks[row] : given.respond_clocks[row];
  auto budget = lianhu::capi::ReadBudget(given.respond_amounts[row], clock, row);
  if (!budget.ok()) {
    const lianhu::ErrorDetail detail = lianhu::GetErrorDetail(budget.status());
    const absl::string_view message = budget.status().message();
    return InvalidField(absl::StrCat("respond_", detail.field), row, message.substr(message.find(": ") + 2));
  }
  return budget;
}

void FillCases(const routing::Docket& docket, DocketColumns& columns) {
  columns.states.clear();
  for (std::vector<int32_t>* column : {&columns.units, &columns.people, &columns.asked, &columns.breaches,
                                       &columns.reopened, &columns.supervised, &columns.resolved, &columns.satisfied}) {
    column->clear();
  }
  for (std::vector<int64_t>* column : {&columns.dues, &columns.answered, &columns.closed, &columns.shortest_stand}) {
    column->clear();
  }
  for (const routing::Case& c : docket.cases()) {
    columns.states.push_back(static_cast<int32_t>(c.state));
    columns.units.push_back(c.responsible.unit);
    columns.people.push_back(c.responsible.person);
    columns.asked.push_back(c.asked.unit);
    columns.breaches.push_back(c.breaches);
    columns.reopened.push_back(c.reopened);
    columns.supervised.push_back(c.supervised ? 1 : 0);
    columns.resolved.push_back(static_cast<int32_t>(c.resolved));
    columns.satisfied.push_back(static_cast<int32_t>(c.satisfied));
    columns.dues.push_back(routing::IsRunning(c) ? c.due : routing::kNoInstant);
    columns.answered.push_back(c.answered);
    columns.closed.push_back(c.closed);
    columns.shortest_stand.push_back(c.shortest_stand);
  }
}

void PutFigures(const lianhu_figures& out, int64_t i, const routing::CaseFigures& figures) {
  const auto put = [i](int64_t* column, int64_t value) {
    if (column != nullptr) column[i] = value;
  };
  const auto put_rate = [&](int64_t* due, int64_t* met, const routing::Rate& rate) {
    put(due, rate.due);
    put(met, rate.met);
  };
  put(out.cases, figures.cases);
  put(out.open, figures.open);
  put(out.stopped, figures.stopped);
  put(out.overdue, figures.overdue);
  put(out.supervised, figures.supervised);
  put(out.reopened, figures.reopened);
  put_rate(out.response_due, out.response_met, figures.response);
  put_rate(out.resolution_due, out.resolution_met, figures.resolution);
  put_rate(out.satisfaction_due, out.satisfaction_met, figures.satisfaction);
  put_rate(out.in_time_due, out.in_time_met, figures.in_time);
  static_assert(routing::kAgeClasses == LIANHU_AGE_CLASSES);
  if (out.open_by_age == nullptr) return;
  std::copy(figures.open_by_age.begin(), figures.open_by_age.end(), out.open_by_age + i * LIANHU_AGE_CLASSES);
}

void FillActions(const std::vector<routing::Action>& actions, DocketColumns& columns) {
  for (size_t i = columns.action_kinds.size(); i < actions.size(); ++i) {
    columns.action_kinds.push_back(static_cast<int32_t>(actions[i].kind));
    columns.action_cases.push_back(actions[i].case_index);
    columns.action_values.push_back(actions[i].value);
    columns.action_units.push_back(actions[i].office.unit);
    columns.action_people.push_back(actions[i].office.person);
    columns.action_times.push_back(actions[i].at);
  }
}

}  // namespace

int32_t lianhu_docket_create(const lianhu_posts* posts, const lianhu_calendar* calendar, const lianhu_router* router,
                             const int32_t* absent, int64_t absent_count, lianhu_docket** out, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(posts, "posts"); !status.ok()) return status;
    if (auto status = CheckPointer(calendar, "calendar"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    const auto away = lianhu::capi::ReadAbsent(posts->posts, absent, absent_count);
    if (!away.ok()) return away.status();
    auto own_posts = std::make_unique<const lianhu::Posts>(posts->posts);
    const routing::EscalationPolicy policy =
        router == nullptr ? routing::EscalationPolicy{} : router->router.escalation();
    auto docket = routing::Docket::Create(*posts->tree, *own_posts, calendar->calendar, policy, *away);
    if (!docket.ok()) return docket.status();
    *out = new lianhu_docket{posts->tree, std::move(own_posts), *std::move(docket)};
    return absl::OkStatus();
  });
}

int32_t lianhu_registrations_init(lianhu_registrations* registrations, uint32_t struct_size) {
  return lianhu::capi::InitStruct(registrations, struct_size, lianhu_registrations{});
}

int32_t lianhu_docket_register(lianhu_docket* docket, const lianhu_registrations* registrations, int32_t* out_first,
                               lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(docket, "docket"); !status.ok()) return status;
    if (auto status = CheckStruct(registrations, "registrations"); !status.ok()) return status;
    const lianhu_registrations given = lianhu::capi::ReadStruct(registrations, lianhu_registrations{});
    if (auto status = CheckArray(given.places, given.count, "places"); !status.ok()) return status;
    if (auto status = CheckArray(given.offices, given.count, "offices"); !status.ok()) return status;
    if (auto status = CheckArray(given.amounts, given.count, "amounts"); !status.ok()) return status;
    if (auto status = CheckArray(given.clocks, given.count, "clocks"); !status.ok()) return status;
    if (auto status = CheckArray(given.times, given.count, "times"); !status.ok()) return status;
    const int32_t first = docket->docket.size();
    docket->changed = true;
    for (int64_t i = 0; i < given.count; ++i) {
      const auto limit = lianhu::capi::ReadBudget(given.amounts[i], given.clocks[i], i);
      if (!limit.ok()) return limit.status();
      const auto respond = ReadResponse(given, i);
      if (!respond.ok()) return respond.status();
      const int32_t severity = given.severities == nullptr ? 1 : given.severities[i];
      if (severity < 1 || severity > 4) return InvalidField("severity", i, "need 1 to 4");
      const auto number = docket->docket.Register({.place = given.places[i],
                                                   .office = given.offices[i],
                                                   .category = given.categories == nullptr ? 0 : given.categories[i],
                                                   .severity = static_cast<uint8_t>(severity),
                                                   .limit = *limit,
                                                   .respond = *respond},
                                                  given.times[i], docket->actions);
      if (!number.ok()) return AtRow(number.status(), i);
    }
    if (out_first != nullptr) *out_first = first;
    return absl::OkStatus();
  });
}

int32_t lianhu_case_events_init(lianhu_case_events* events, uint32_t struct_size) {
  return lianhu::capi::InitStruct(events, struct_size, lianhu_case_events{});
}

int32_t lianhu_docket_apply(lianhu_docket* docket, const lianhu_case_events* events, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(docket, "docket"); !status.ok()) return status;
    if (auto status = CheckStruct(events, "events"); !status.ok()) return status;
    const lianhu_case_events given = lianhu::capi::ReadStruct(events, lianhu_case_events{});
    if (auto status = CheckArray(given.cases, given.count, "cases"); !status.ok()) return status;
    if (auto status = CheckArray(given.kinds, given.count, "kinds"); !status.ok()) return status;
    if (auto status = CheckArray(given.times, given.count, "times"); !status.ok()) return status;
    docket->changed = true;
    for (int64_t i = 0; i < given.count; ++i) {
      if (given.kinds[i] < LIANHU_EVENT_ACCEPT || given.kinds[i] > LIANHU_EVENT_REOPEN) {
        return InvalidField("kinds", i, absl::StrCat("is ", given.kinds[i], ": need LIANHU_EVENT_..."));
      }
      if (given.cases[i] < 0 || given.cases[i] >= docket->docket.size()) {
        return InvalidField("cases", i, absl::StrCat("no case ", given.cases[i]));
      }
      const routing::Event event{
          .kind = static_cast<routing::EventKind>(given.kinds[i]),
          .unit = given.units == nullptr ? lianhu::kNoUnit : given.units[i],
          .budget = {given.amounts == nullptr ? 0 : given.amounts[i], docket->docket[given.cases[i]].limit.clock},
          .good = given.good == nullptr || given.good[i] != 0};
      const absl::Status status = docket->docket.Apply(given.cases[i], event, given.times[i], docket->actions);
      if (!status.ok()) return AtRow(status, i);
    }
    return absl::OkStatus();
  });
}

int32_t lianhu_docket_advance(lianhu_docket* docket, int64_t at, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(docket, "docket"); !status.ok()) return status;
    docket->changed = true;
    return docket->docket.AdvanceTo(at, docket->actions);
  });
}

int32_t lianhu_docket_set_absent(lianhu_docket* docket, int32_t person, int32_t absent, int64_t at,
                                 lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(docket, "docket"); !status.ok()) return status;
    docket->changed = true;
    return docket->docket.SetAbsent(person, absent != 0, at, docket->actions);
  });
}

int32_t lianhu_docket_due(const lianhu_docket* docket, int64_t at, int32_t* out_cases, int64_t capacity,
                          int64_t* out_count, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(docket, "docket"); !status.ok()) return status;
    if (auto status = CheckArray(out_cases, capacity, "out_cases"); !status.ok()) return status;
    if (auto status = CheckPointer(out_count, "out_count"); !status.ok()) return status;
    const std::vector<int32_t> due = docket->docket.DueBy(at);
    std::copy_n(due.begin(), std::min<int64_t>(capacity, static_cast<int64_t>(due.size())), out_cases);
    *out_count = static_cast<int64_t>(due.size());
    return absl::OkStatus();
  });
}

int32_t lianhu_docket_view_init(lianhu_docket_view* view, uint32_t struct_size) {
  return lianhu::capi::InitStruct(view, struct_size, lianhu_docket_view{});
}

int32_t lianhu_docket_get(lianhu_docket* docket, lianhu_docket_view* out, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(docket, "docket"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    DocketColumns& columns = docket->columns;
    if (docket->changed) {
      FillCases(docket->docket, columns);
      FillActions(docket->actions, columns);
      docket->changed = false;
    }
    lianhu::capi::WriteStruct(lianhu_docket_view{.open = docket->docket.open(),
                                                 .now = docket->docket.now(),
                                                 .case_count = docket->docket.size(),
                                                 .states = columns.states.data(),
                                                 .units = columns.units.data(),
                                                 .people = columns.people.data(),
                                                 .asked = columns.asked.data(),
                                                 .breaches = columns.breaches.data(),
                                                 .reopened = columns.reopened.data(),
                                                 .supervised = columns.supervised.data(),
                                                 .resolved = columns.resolved.data(),
                                                 .satisfied = columns.satisfied.data(),
                                                 .dues = columns.dues.data(),
                                                 .answered = columns.answered.data(),
                                                 .closed = columns.closed.data(),
                                                 .action_count = static_cast<int64_t>(columns.action_kinds.size()),
                                                 .action_kinds = columns.action_kinds.data(),
                                                 .action_cases = columns.action_cases.data(),
                                                 .action_values = columns.action_values.data(),
                                                 .action_units = columns.action_units.data(),
                                                 .action_people = columns.action_people.data(),
                                                 .action_times = columns.action_times.data(),
                                                 .shortest_stand = columns.shortest_stand.data()},
                              out);
    return absl::OkStatus();
  });
}

int32_t lianhu_docket_revise(lianhu_docket* docket, const lianhu_calendar* calendar, int64_t at, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(docket, "docket"); !status.ok()) return status;
    if (auto status = CheckPointer(calendar, "calendar"); !status.ok()) return status;
    docket->changed = true;
    return docket->docket.Revise(calendar->calendar, at, docket->actions);
  });
}

int32_t lianhu_figures_init(lianhu_figures* figures, uint32_t struct_size) {
  return lianhu::capi::InitStruct(figures, struct_size, lianhu_figures{});
}

int32_t lianhu_docket_figures(const lianhu_docket* docket, int32_t by, const lianhu_figures* figures,
                              int64_t* out_count, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(docket, "docket"); !status.ok()) return status;
    if (by < LIANHU_FIGURES_BY_PLACE || by > LIANHU_FIGURES_BY_LEVEL) {
      return InvalidField("by", -1, absl::StrCat("is ", by, ": need LIANHU_FIGURES_..."));
    }
    if (auto status = CheckStruct(figures, "figures"); !status.ok()) return status;
    if (auto status = CheckPointer(out_count, "out_count"); !status.ok()) return status;
    const lianhu_figures out = lianhu::capi::ReadStruct(figures, lianhu_figures{});
    if (out.capacity < 0) return InvalidField("capacity", -1, "must not be negative");
    const routing::Docket& kept = docket->docket;
    const std::vector<routing::CaseFigures> found =
        by == LIANHU_FIGURES_BY_LEVEL
            ? routing::FiguresByLevel(kept.hierarchy(), kept.cases(), kept.now())
            : routing::FiguresByUnit(kept.hierarchy(), kept.cases(), kept.now(), static_cast<routing::CountedFor>(by));
    *out_count = static_cast<int64_t>(found.size());
    for (int64_t i = 0; i < std::min(*out_count, out.capacity); ++i) PutFigures(out, i, found[static_cast<size_t>(i)]);
    return absl::OkStatus();
  });
}

void lianhu_docket_free(lianhu_docket* docket) {
  delete docket;
}
