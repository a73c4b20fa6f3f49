#include "lianhu/routing/router.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/ancestry.h"

namespace lianhu::routing {
namespace {

constexpr int32_t kAttemptsUntilNext = 2;

struct NamedMode {
  Mode mode;
  absl::string_view name;
  absl::string_view name_zh;
};
constexpr NamedMode kModes[] = {
    {Mode::kHelp, "help", "帮"}, {Mode::kMediate, "mediate", "劝"}, {Mode::kReport, "report", "报"}};

// The unit that answers on `level`: the lowest at or above `place` that is not below it.
Unit UnitAtLevel(const Hierarchy& hierarchy, Unit place, int32_t level) {
  Unit unit = place;
  while (unit != Hierarchy::kRoot && hierarchy.level(unit) > level) unit = hierarchy.parent(unit);
  return unit;
}

void AddOnce(std::vector<int32_t>& list, int32_t entry) {
  if (entry >= 0 && std::find(list.begin(), list.end(), entry) == list.end()) list.push_back(entry);
}

}  // namespace

absl::string_view ModeName(Mode mode) {
  return kModes[static_cast<size_t>(mode)].name;
}
absl::string_view ModeNameChinese(Mode mode) {
  return kModes[static_cast<size_t>(mode)].name_zh;
}

absl::StatusOr<Router> Router::Create(const RoutingTables& tables, const WorkCalendar& calendar) {
  if (absl::Status status = Validate(tables.taxonomy); !status.ok()) return status;
  Router router(tables.taxonomy, calendar);
  if (absl::Status status = router.ReadModes(tables.modes); !status.ok()) return status;
  if (absl::Status status = router.ReadAccompaniments(tables.accompaniments); !status.ok()) return status;
  if (absl::Status status = router.ReadEscalation(tables.escalation); !status.ok()) return status;
  return router;
}

Value Router::Answer(Asked question, const Issue& issue, const Category& category, Mode mode) {
  switch (question) {
    case Asked::kKind:
      return Value(category.kinds[issue.kind]);
    case Asked::kCategory:
      return Value(category.code);
    case Asked::kSeverity:
      return Value(issue.severity);
    case Asked::kSpread:
      return Value(issue.spread);
    case Asked::kPower:
      return Value(issue.power || category.needs_power);
    case Asked::kAttempts:
      return Value(issue.attempts);
    case Asked::kMode:
      return Value(ModeName(mode));
  }
  return Value();
}

std::vector<Value> Router::Answers(const std::vector<Asked>& asked, const Issue& issue, Mode mode) const {
  std::vector<Value> answers;
  answers.reserve(asked.size());
  for (const Asked question : asked) {
    answers.push_back(Answer(question, issue, taxonomy_.categories[issue.category], mode));
  }
  return answers;
}

std::optional<Value> Router::AnswerOf(const Issue& issue, const Taxonomy& taxonomy, absl::string_view input) {
  const std::optional<Asked> question = QuestionOf(input);
  if (!question.has_value() || question == Asked::kMode) return std::nullopt;
  return Answer(*question, issue, taxonomy.categories[issue.category], Mode::kHelp);
}

absl::Status Router::Check(const Issue& issue, const Offices& offices) const {
  if (issue.category < 0 || issue.category >= static_cast<int32_t>(taxonomy_.categories.size())) {
    return InvalidField("category", -1, absl::StrCat("no category ", issue.category));
  }
  const Category& category = taxonomy_.categories[issue.category];
  if (issue.kind < 0 || issue.kind >= static_cast<int32_t>(category.kinds.size())) {
    return InvalidField("kind", -1, absl::StrCat("category ", category.code, " has no kind ", issue.kind));
  }
  if (issue.severity < 1 || issue.severity > 4) return InvalidField("severity", -1, "need 1 to 4");
  if (issue.spread < 1 || issue.spread > 4) return InvalidField("spread", -1, "need 1 to 4");
  if (issue.attempts < 0) return InvalidField("attempts", -1, "must not be negative");
  if (issue.place < 0 || issue.place >= offices.hierarchy->size()) {
    return InvalidField("place", -1, "not a unit of the hierarchy");
  }
  if (issue.time < kMinInstant || issue.time >= kMaxInstant) {
    return InvalidField("time", -1, "out of range 2000 to 2199");
  }
  return absl::OkStatus();
}

absl::StatusOr<IssueDecision> Router::Route(const Issue& issue, const Offices& offices) const {
  if (absl::Status status = Check(issue, offices); !status.ok()) return status;
  absl::StatusOr<Outcome> mode = modes_->Decide(Answers(modes_ask_, issue, Mode::kHelp));
  if (!mode.ok()) return mode.status();
  IssueDecision decision;
  decision.rules = mode->rules;
  if (mode->kind != OutcomeKind::kResult) {
    decision.outcome = mode->kind == OutcomeKind::kNoMatch ? RouteOutcome::kNoRule : RouteOutcome::kViolation;
    return decision;
  }
  const Start& start = starts_[mode->rules[0]];
  const Category& category = taxonomy_.categories[issue.category];
  decision.mode = start.mode;
  decision.level = start.level;
  decision.unit = UnitAtLevel(*offices.hierarchy, issue.place, start.level);
  decision.post = ActingFor(offices, decision.unit);
  const bool lead_has_failed = category.then != -1 && issue.attempts >= kAttemptsUntilNext;
  decision.department = start.department != -1 ? start.department : lead_has_failed ? category.then : category.lead;
  decision.first = category.first;
  for (const int32_t department : category.joins) AddOnce(decision.joins, department);
  // Whoever would lead and does not, works beside whoever T1 names instead.
  if (decision.department != category.lead) AddOnce(decision.joins, category.lead);

  absl::StatusOr<Outcome> beside = accompaniments_->Decide(Answers(accompaniments_ask_, issue, decision.mode));
  if (!beside.ok()) return beside.status();
  for (const int32_t rule : beside->rules) {
    decision.accompaniments.push_back(accompaniment_rows_[rule]);
    AddOnce(decision.joins, accompaniment_rows_[rule].department);
  }
  std::erase(decision.joins, decision.department);

  decision.respond = category.respond[issue.severity - 1];
  decision.resolve = category.resolve[issue.severity - 1];
  decision.stop = category.stop;
  decision.resolve_by = calendar_.Add(issue.time, decision.resolve);
  decision.respond_by = std::min(calendar_.Add(issue.time, decision.respond), decision.resolve_by);
  if (decision.stop.has_value()) decision.stop_by = calendar_.Add(issue.time, *decision.stop);
  decision.settled = calendar_.Settled(issue.time) && calendar_.Settled(decision.resolve_by) &&
                     calendar_.Settled(decision.respond_by) &&
                     (!decision.stop.has_value() || calendar_.Settled(decision.stop_by));
  return decision;
}

Registration RegistrationOf(const Issue& issue, const IssueDecision& decision) {
  return {.place = issue.place,
          .office = decision.unit,
          .category = issue.category,
          .mode = static_cast<uint8_t>(decision.mode),
          .severity = static_cast<uint8_t>(issue.severity),
          .attempts = issue.attempts,
          .limit = decision.resolve,
          .respond = decision.respond};
}

}  // namespace lianhu::routing
