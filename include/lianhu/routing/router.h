// The router: help where you can, mediate where you may, report where you must; and then who, where and by when.
//
// Three decision tables (table.h) decide, and a town edits all of them:
//   T1  kind, severity, spread, power, attempts -> mode, level, department: whether the steward helps or mediates, or
//       to whom the issue is reported. One row must match.
//   T2  the same and mode -> action, group, department: what goes with it, a row for each. COLLECT or RULE ORDER.
//   T3  share of the time gone in per cent, breaches so far -> action, up: warnings, escalation, supervision.
// The taxonomy gives each category its kind, departments and limits. Route() walks the tree from the place of the issue
// up to the level that T1 names, takes the post that acts there, and turns limits into instants by the work calendar.
//
// An issue is a code, four small numbers, a unit and an instant: no text and no person.
#ifndef LIANHU_ROUTING_ROUTER_H_
#define LIANHU_ROUTING_ROUTER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/posts.h"
#include "lianhu/routing/case.h"
#include "lianhu/routing/escalation.h"
#include "lianhu/routing/office.h"
#include "lianhu/routing/table.h"
#include "lianhu/routing/taxonomy.h"
#include "lianhu/routing/work_calendar.h"

namespace lianhu::routing {

enum class Mode : uint8_t { kHelp = 0, kMediate = 1, kReport = 2 };
// "mediate" / "劝".
absl::string_view ModeName(Mode mode);
absl::string_view ModeNameChinese(Mode mode);

struct RoutingTables {
  Taxonomy taxonomy;
  DecisionTable modes;           // T1
  DecisionTable accompaniments;  // T2
  DecisionTable escalation;      // T3
};

struct Issue {
  int32_t category = 0;  // an index of Taxonomy::categories
  int32_t kind = 0;      // an index of Category::kinds
  int32_t severity = 1;  // 1..4; 4: life or limb
  int32_t spread = 1;    // 1 a household, 2 a micro-grid, 3 a grid, 4 a community or more
  bool power = false;    // needs statutory power, a permit or budget
  int32_t attempts = 0;  // failed attempts so far, >= 0
  Unit place = kNoUnit;  // the household, or whatever unit it happened in
  Instant time = 0;      // when it was reported
};

// One row of T2: indices of the taxonomy's words, -1 where the row has none.
struct Accompaniment {
  int32_t action = -1;
  int32_t group = -1;
  int32_t department = -1;
  int32_t rule = 0;  // of T2
  friend bool operator==(const Accompaniment&, const Accompaniment&) = default;
};

enum class RouteOutcome : int32_t {
  kRouted = 0,
  kNoRule = 1,     // no row of T1 matches
  kViolation = 2,  // rows of T1 that must not match together do
};

struct IssueDecision {
  RouteOutcome outcome = RouteOutcome::kRouted;
  std::vector<int32_t> rules;  // of T1: the row that decided, or those that violate the policy

  Mode mode = Mode::kHelp;
  int32_t level = 0;       // an AdministrativeLevel, as T1 names it
  Unit unit = kNoUnit;     // on that level, or the next above where the tree leaves it out
  Post post = {};          // who acts for the unit: {kVacant, kNoUnit} when nobody up to the root does
  int32_t department = 0;  // T1's, else the category's lead, or what follows it after two failed attempts
  FirstAsked first = FirstAsked::kPlace;
  std::vector<int32_t> joins;  // departments beside it, the category's and T2's, each once
  std::vector<Accompaniment> accompaniments;

  TimeBudget respond;
  TimeBudget resolve;
  std::optional<TimeBudget> stop;
  Instant respond_by = 0;  // at most resolve_by
  Instant resolve_by = 0;
  Instant stop_by = kNoInstant;
  bool settled = true;  // false: a limit ends beyond the calendar's lists of holidays
};

class Router {
 public:
  // Errors name the table and the rule, or the list and the entry: a table that Table::Make refuses; an input or output
  // that is not one of those above; a mode, level, department, group or action that does not exist; T1 without UNIQUE,
  // ANY, FIRST or PRIORITY; T3 that leaves a share without a row.
  static absl::StatusOr<Router> Create(const RoutingTables& tables, const WorkCalendar& calendar);

  // Errors name the field of the issue: out of range, a place that is not a unit of the hierarchy. That no row of T1
  // matches, or too many do, is an outcome. The calendar's cost and O(depth) beside two decisions.
  absl::StatusOr<IssueDecision> Route(const Issue& issue, const Offices& offices) const;

  // What the issue, its category being one of the taxonomy's, answers to an input of T1: kind, category, severity,
  // spread, power or attempts; nullopt for another name.
  static std::optional<Value> AnswerOf(const Issue& issue, const Taxonomy& taxonomy, absl::string_view input);

  const Taxonomy& taxonomy() const { return taxonomy_; }
  // T3 as the docket wants it.
  const EscalationPolicy& escalation() const { return escalation_; }
  const WorkCalendar& calendar() const { return calendar_; }
  const Table& modes() const { return *modes_; }
  const Table& accompaniments() const { return *accompaniments_; }

 private:
  // A row of T1.
  struct Start {
    Mode mode;
    int32_t level;
    int32_t department;  // -1: the category's
  };
  // What the columns of a table ask of an issue.
  enum class Asked { kKind, kCategory, kSeverity, kSpread, kPower, kAttempts, kMode };

  Router(Taxonomy taxonomy, const WorkCalendar& calendar) : taxonomy_(std::move(taxonomy)), calendar_(calendar) {}

  absl::Status ReadModes(const DecisionTable& definition);
  absl::Status ReadAccompaniments(const DecisionTable& definition);
  absl::Status ReadEscalation(const DecisionTable& definition);
  static std::optional<Asked> QuestionOf(absl::string_view input);
  static Value Answer(Asked question, const Issue& issue, const Category& category, Mode mode);
  absl::Status FindColumns(const DecisionTable& definition, std::vector<Asked>& asked) const;
  std::vector<Value> Answers(const std::vector<Asked>& asked, const Issue& issue, Mode mode) const;
  absl::Status Check(const Issue& issue, const Offices& offices) const;

  Taxonomy taxonomy_;
  WorkCalendar calendar_;
  EscalationPolicy escalation_;
  std::unique_ptr<const Table> modes_;
  std::vector<Asked> modes_ask_;
  std::vector<Start> starts_;  // by rule of T1
  std::unique_ptr<const Table> accompaniments_;
  std::vector<Asked> accompaniments_ask_;
  std::vector<Accompaniment> accompaniment_rows_;  // by rule of T2
};

// A decision as the docket registers it. `decision` must be kRouted.
Registration RegistrationOf(const Issue& issue, const IssueDecision& decision);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_ROUTER_H_
