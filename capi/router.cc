#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "capi/columns.h"
#include "capi/docket.h"
#include "capi/guard.h"
#include "capi/posts.h"
#include "capi/structs.h"
#include "lianhu/io/routing_files.h"

namespace routing = lianhu::routing;

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;

namespace lianhu::capi {

absl::StatusOr<std::vector<uint8_t>> ReadAbsent(const Posts& posts, const int32_t* absent, int64_t count) {
  if (auto status = CheckArray(absent, count, "absent"); !status.ok()) return status;
  std::vector<uint8_t> marked;
  for (int64_t i = 0; i < count; ++i) {
    if (absent[i] < 0 || posts.PostsOf(absent[i]).empty()) {
      return InvalidField("absent", i, absl::StrCat("person ", absent[i], " holds no post"));
    }
    if (static_cast<size_t>(absent[i]) >= marked.size()) marked.resize(static_cast<size_t>(absent[i]) + 1, 0);
    marked[static_cast<size_t>(absent[i])] = 1;
  }
  return marked;
}

}  // namespace lianhu::capi

namespace {

absl::Status CheckIssues(const lianhu_issues& issues) {
  if (auto status = CheckArray(issues.categories, issues.count, "categories"); !status.ok()) return status;
  if (auto status = CheckArray(issues.severities, issues.count, "severities"); !status.ok()) return status;
  if (auto status = CheckArray(issues.places, issues.count, "places"); !status.ok()) return status;
  return CheckArray(issues.times, issues.count, "times");
}

routing::Issue IssueAt(const lianhu_issues& issues, int64_t i) {
  return {.category = issues.categories[i],
          .severity = issues.severities[i],
          .spread = issues.spreads == nullptr ? 1 : issues.spreads[i],
          .power = issues.powers != nullptr && issues.powers[i] != 0,
          .attempts = issues.attempts == nullptr ? 0 : issues.attempts[i],
          .place = issues.places[i],
          .time = issues.times[i]};
}

// The decision on one issue; a fault names the row.
absl::StatusOr<routing::IssueDecision> RouteOne(const routing::Router& router, const routing::Issue& issue, int64_t row,
                                                const routing::Offices& offices) {
  absl::StatusOr<routing::IssueDecision> decision = router.Route(issue, offices);
  if (!decision.ok()) {
    const lianhu::ErrorDetail detail = lianhu::GetErrorDetail(decision.status());
    const absl::string_view message = decision.status().message();
    return InvalidField(detail.field, row, message.substr(message.find(": ") + 2));
  }
  if (decision->outcome == routing::RouteOutcome::kRouted) return decision;
  const bool none = decision->outcome == routing::RouteOutcome::kNoRule;
  return InvalidField("issues", row,
                      none ? "no rule of the table of modes matches" : "several rules of the table of modes match");
}

template <typename T>
void Put(T* column, int64_t row, T value) {
  if (column != nullptr) column[row] = value;
}

void PutDecision(const lianhu_decisions& out, int64_t i, const routing::IssueDecision& decision) {
  const bool acts = decision.post.person != lianhu::kVacant;
  Put(out.modes, i, static_cast<int32_t>(decision.mode));
  Put(out.units, i, decision.unit);
  Put(out.people, i, decision.post.person);
  Put(out.post_units, i, decision.post.unit);
  Put(out.post_kinds, i, acts ? static_cast<int32_t>(decision.post.kind) : LIANHU_NONE);
  Put(out.departments, i, decision.department);
  Put(out.rules, i, decision.rules[0]);
  Put(out.respond_by, i, decision.respond_by);
  Put(out.resolve_by, i, decision.resolve_by);
  Put(out.stop_by, i, decision.stop_by);
  Put(out.firsts, i, static_cast<int32_t>(decision.first));
  Put(out.respond_amounts, i, decision.respond.amount);
  Put(out.respond_clocks, i, static_cast<int32_t>(decision.respond.clock));
  Put(out.resolve_amounts, i, decision.resolve.amount);
  Put(out.resolve_clocks, i, static_cast<int32_t>(decision.resolve.clock));
}

absl::Status CheckLists(const lianhu_decisions& out) {
  if (out.join_capacity < 0) return InvalidField("join_capacity", -1, "must not be negative");
  if (out.accompaniment_capacity < 0) return InvalidField("accompaniment_capacity", -1, "must not be negative");
  return absl::OkStatus();
}

// The lists of all issues, one behind the other, as far as they fit.
void PutLists(const lianhu_decisions& out, const std::vector<routing::IssueDecision>& routed) {
  int64_t joins = 0, accompaniments = 0;
  Put(out.join_offsets, 0, joins);
  Put(out.accompaniment_offsets, 0, accompaniments);
  for (size_t i = 0; i < routed.size(); ++i) {
    for (const int32_t department : routed[i].joins) {
      if (joins < out.join_capacity) Put(out.joins, joins, department);
      ++joins;
    }
    for (const routing::Accompaniment& row : routed[i].accompaniments) {
      if (accompaniments < out.accompaniment_capacity) {
        Put(out.accompaniment_actions, accompaniments, row.action);
        Put(out.accompaniment_groups, accompaniments, row.group);
        Put(out.accompaniment_departments, accompaniments, row.department);
        Put(out.accompaniment_rules, accompaniments, row.rule);
      }
      ++accompaniments;
    }
    Put(out.join_offsets, static_cast<int64_t>(i) + 1, joins);
    Put(out.accompaniment_offsets, static_cast<int64_t>(i) + 1, accompaniments);
  }
}

// The code at `index` of a list; null when there is none.
const std::string* CodeAt(const routing::Router& router, int32_t list, int32_t index) {
  const auto at = [index](const auto& entries) {
    return index < static_cast<int32_t>(entries.size()) ? &entries[index] : nullptr;
  };
  const auto code = [&](const auto& entries) {
    const auto* entry = at(entries);
    return entry == nullptr ? nullptr : &entry->code;
  };
  const auto id = [&](const routing::Table& table) {
    const auto* rule = at(table.definition().rules);
    return rule == nullptr ? nullptr : &rule->id;
  };
  switch (list) {
    case LIANHU_CODES_CATEGORY:
      return code(router.taxonomy().categories);
    case LIANHU_CODES_DEPARTMENT:
      return code(router.taxonomy().departments);
    case LIANHU_CODES_ACTION:
      return code(router.taxonomy().actions);
    case LIANHU_CODES_GROUP:
      return code(router.taxonomy().groups);
    case LIANHU_CODES_ACCOMPANIMENT:
      return id(router.accompaniments());
    default:
      return id(router.modes());
  }
}

}  // namespace

int32_t lianhu_router_create(const lianhu_calendar* calendar, const char* folder, lianhu_router** out,
                             lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(calendar, "calendar"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    auto tables = folder == nullptr ? lianhu::io::DefaultRoutingTables() : lianhu::io::ReadRoutingTables(folder);
    if (!tables.ok()) return tables.status();
    auto router = routing::Router::Create(*tables, calendar->calendar);
    if (!router.ok()) return router.status();
    *out = new lianhu_router{*std::move(router)};
    return absl::OkStatus();
  });
}

int32_t lianhu_router_code(const lianhu_router* router, int32_t list, int32_t index, char* out_text, int64_t capacity,
                           int64_t* out_size, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(router, "router"); !status.ok()) return status;
    if (list < LIANHU_CODES_CATEGORY || list > LIANHU_CODES_ACCOMPANIMENT) {
      return InvalidField("list", -1, absl::StrCat("is ", list, ": need LIANHU_CODES_..."));
    }
    if (index < 0) return InvalidField("index", -1, "must not be negative");
    if (auto status = CheckArray(out_text, capacity, "out_text"); !status.ok()) return status;
    if (auto status = CheckPointer(out_size, "out_size"); !status.ok()) return status;
    const std::string* code = CodeAt(router->router, list, index);
    *out_size = code == nullptr ? 0 : static_cast<int64_t>(code->size()) + 1;
    if (capacity == 0) return absl::OkStatus();
    const size_t length = code == nullptr ? 0 : std::min(code->size(), static_cast<size_t>(capacity) - 1);
    if (length > 0) code->copy(out_text, length);
    out_text[length] = '\0';
    return absl::OkStatus();
  });
}

int32_t lianhu_issues_init(lianhu_issues* issues, uint32_t struct_size) {
  return lianhu::capi::InitStruct(issues, struct_size, lianhu_issues{});
}

int32_t lianhu_decisions_init(lianhu_decisions* decisions, uint32_t struct_size) {
  return lianhu::capi::InitStruct(decisions, struct_size, lianhu_decisions{});
}

int32_t lianhu_router_route(const lianhu_router* router, const lianhu_posts* posts, const int32_t* absent,
                            int64_t absent_count, const lianhu_issues* issues, const lianhu_decisions* decisions,
                            lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(router, "router"); !status.ok()) return status;
    if (auto status = CheckPointer(posts, "posts"); !status.ok()) return status;
    if (auto status = CheckStruct(issues, "issues"); !status.ok()) return status;
    if (auto status = CheckStruct(decisions, "decisions"); !status.ok()) return status;
    const lianhu_issues given = lianhu::capi::ReadStruct(issues, lianhu_issues{});
    if (auto status = CheckIssues(given); !status.ok()) return status;
    const lianhu_decisions out = lianhu::capi::ReadStruct(decisions, lianhu_decisions{});
    if (auto status = CheckLists(out); !status.ok()) return status;
    const auto away = lianhu::capi::ReadAbsent(posts->posts, absent, absent_count);
    if (!away.ok()) return away.status();
    const routing::Offices offices{posts->tree.get(), &posts->posts, *away};
    std::vector<routing::IssueDecision> routed;
    for (int64_t i = 0; i < given.count; ++i) {
      auto decision = RouteOne(router->router, IssueAt(given, i), i, offices);
      if (!decision.ok()) return decision.status();
      routed.push_back(*std::move(decision));
    }
    PutLists(out, routed);
    for (int64_t i = 0; i < given.count; ++i) PutDecision(out, i, routed[static_cast<size_t>(i)]);
    return absl::OkStatus();
  });
}

void lianhu_router_free(lianhu_router* router) {
  delete router;
}
