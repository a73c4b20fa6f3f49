// Reading the three tables into what Route() goes by.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/routing/router.h"

namespace lianhu::routing {
namespace {

struct NamedLevel {
  absl::string_view name;
  int32_t level;
};
constexpr NamedLevel kLevels[] = {{"steward", kMicroGrid},   {"micro-grid", kMicroGrid}, {"grid", kGrid},
                                  {"community", kCommunity}, {"street", kStreet},        {"county", kCounty},
                                  {"city", kCity},           {"province", kProvince},    {"country", kCountry}};

// "T1, rule r8: <message>".
absl::Status Fault(const DecisionTable& table, int64_t rule, absl::string_view message) {
  const std::string where = rule < 0 ? table.name : absl::StrCat(table.name, ", rule ", table.rules[rule].id);
  return WithErrorDetail(absl::InvalidArgumentError(absl::StrCat(where, ": ", message)),
                         {.field = table.name, .row = rule});
}

int32_t FindOutput(const DecisionTable& table, absl::string_view name) {
  for (size_t i = 0; i < table.outputs.size(); ++i) {
    if (table.outputs[i].name == name) return static_cast<int32_t>(i);
  }
  return -1;
}

// Every output must be one of `known`; those of `required` must be there.
absl::Status CheckOutputs(const DecisionTable& table, std::initializer_list<absl::string_view> known,
                          std::initializer_list<absl::string_view> required) {
  for (const OutputClause& output : table.outputs) {
    if (std::find(known.begin(), known.end(), output.name) == known.end()) {
      return Fault(table, -1, absl::StrCat("does not know the output '", output.name, "'"));
    }
  }
  for (const absl::string_view name : required) {
    if (FindOutput(table, name) < 0) return Fault(table, -1, absl::StrCat("has no output '", name, "'"));
  }
  return absl::OkStatus();
}

// A constant output of a rule: its text, or nullopt for null and for an output that the table does not have.
absl::StatusOr<std::optional<std::string>> Text(const Table& table, size_t rule, absl::string_view name) {
  const int32_t output = FindOutput(table.definition(), name);
  if (output < 0) return std::nullopt;
  const std::optional<Value> value = table.ConstantOutput(rule, output);
  if (!value.has_value()) {
    return Fault(table.definition(), static_cast<int64_t>(rule), absl::StrCat("output '", name, "' is not constant"));
  }
  if (value->is_null()) return std::nullopt;
  if (value->string() == nullptr) {
    return Fault(table.definition(), static_cast<int64_t>(rule), absl::StrCat("output '", name, "' is not a string"));
  }
  return *value->string();
}

// The index of the word that an output names, -1 for null.
absl::StatusOr<int32_t> WordOf(const Table& table, size_t rule, absl::string_view name,
                               const std::vector<Word>& words) {
  const absl::StatusOr<std::optional<std::string>> code = Text(table, rule, name);
  if (!code.ok()) return code.status();
  const std::optional<std::string>& text = *code;
  if (!text.has_value()) return -1;
  const int32_t word = FindWord(words, text.value());
  if (word >= 0) return word;
  return Fault(table.definition(), static_cast<int64_t>(rule),
               absl::StrCat("there is no ", name, " '", text.value(), "'"));
}

bool GivesOneRow(HitPolicy policy) {
  return policy == HitPolicy::kUnique || policy == HitPolicy::kAny || policy == HitPolicy::kFirst ||
         policy == HitPolicy::kPriority;
}

struct Fate {
  std::string action;
  int32_t up = 0;
  int32_t rule = 0;
};

}  // namespace

std::optional<Router::Asked> Router::QuestionOf(absl::string_view input) {
  constexpr std::pair<absl::string_view, Asked> kQuestions[] = {
      {"kind", Asked::kKind},     {"category", Asked::kCategory}, {"severity", Asked::kSeverity},
      {"spread", Asked::kSpread}, {"power", Asked::kPower},       {"attempts", Asked::kAttempts},
      {"mode", Asked::kMode}};
  const auto* found = std::find_if(std::begin(kQuestions), std::end(kQuestions),
                                   [&](const auto& question) { return question.first == input; });
  if (found == std::end(kQuestions)) return std::nullopt;
  return found->second;
}

absl::Status Router::FindColumns(const DecisionTable& definition, std::vector<Asked>& asked) const {
  for (const InputClause& input : definition.inputs) {
    const std::optional<Asked> question = QuestionOf(input.name);
    if (!question.has_value()) {
      return Fault(definition, -1, absl::StrCat("does not know the input '", input.name, "'"));
    }
    asked.push_back(*question);
  }
  return absl::OkStatus();
}

absl::Status Router::ReadModes(const DecisionTable& definition) {
  absl::StatusOr<Table> table = Table::Make(definition, InputNames(definition));
  if (!table.ok()) return table.status();
  if (!GivesOneRow(definition.hit_policy)) {
    return Fault(definition, -1, "needs a hit policy that gives one row: UNIQUE, ANY, FIRST or PRIORITY");
  }
  if (absl::Status status = FindColumns(definition, modes_ask_); !status.ok()) return status;
  if (std::find(modes_ask_.begin(), modes_ask_.end(), Asked::kMode) != modes_ask_.end()) {
    return Fault(definition, -1, "cannot have 'mode' as an input: it decides it");
  }
  absl::Status outputs = CheckOutputs(definition, {"mode", "level", "department"}, {"mode", "level"});
  if (!outputs.ok()) return outputs;
  for (size_t rule = 0; rule < definition.rules.size(); ++rule) {
    const auto row = static_cast<int64_t>(rule);
    const absl::StatusOr<std::optional<std::string>> mode = Text(*table, rule, "mode");
    if (!mode.ok()) return mode.status();
    const absl::StatusOr<std::optional<std::string>> level = Text(*table, rule, "level");
    if (!level.ok()) return level.status();
    const absl::StatusOr<int32_t> department = WordOf(*table, rule, "department", taxonomy_.departments);
    if (!department.ok()) return department.status();
    Start start{.mode = Mode::kHelp, .level = -1, .department = *department};
    bool known = false;
    for (const Mode candidate : {Mode::kHelp, Mode::kMediate, Mode::kReport}) {
      if (!mode->has_value() || **mode != ModeName(candidate)) continue;
      start.mode = candidate;
      known = true;
    }
    if (!known) return Fault(definition, row, "mode must be \"help\", \"mediate\" or \"report\"");
    for (const NamedLevel& candidate : kLevels) {
      if (level->has_value() && **level == candidate.name) start.level = candidate.level;
    }
    if (start.level < 0) {
      return Fault(definition, row,
                   "level must be \"micro-grid\", \"grid\", \"community\", \"street\", \"county\" ...");
    }
    starts_.push_back(start);
  }
  modes_ = std::make_unique<const Table>(*std::move(table));
  return absl::OkStatus();
}

absl::Status Router::ReadAccompaniments(const DecisionTable& definition) {
  absl::StatusOr<Table> table = Table::Make(definition, InputNames(definition));
  if (!table.ok()) return table.status();
  const bool gives_rows =
      definition.aggregation == Aggregation::kNone &&
      (definition.hit_policy == HitPolicy::kCollect || definition.hit_policy == HitPolicy::kRuleOrder);
  if (!gives_rows) return Fault(definition, -1, "needs the hit policy COLLECT or RULE ORDER");
  if (absl::Status status = FindColumns(definition, accompaniments_ask_); !status.ok()) return status;
  absl::Status outputs = CheckOutputs(definition, {"action", "group", "department"}, {"action"});
  if (!outputs.ok()) return outputs;
  for (size_t rule = 0; rule < definition.rules.size(); ++rule) {
    const absl::StatusOr<int32_t> action = WordOf(*table, rule, "action", taxonomy_.actions);
    if (!action.ok()) return action.status();
    const absl::StatusOr<int32_t> group = WordOf(*table, rule, "group", taxonomy_.groups);
    if (!group.ok()) return group.status();
    const absl::StatusOr<int32_t> department = WordOf(*table, rule, "department", taxonomy_.departments);
    if (!department.ok()) return department.status();
    if (*action < 0 && *group < 0 && *department < 0) {
      return Fault(definition, static_cast<int64_t>(rule), "says nothing: no action, group or department");
    }
    accompaniment_rows_.push_back({*action, *group, *department, static_cast<int32_t>(rule)});
  }
  accompaniments_ = std::make_unique<const Table>(*std::move(table));
  return absl::OkStatus();
}

// Asks T3 what happens at each whole per cent before a first breach, and at each of the first breaches.
absl::Status Router::ReadEscalation(const DecisionTable& definition) {
  const absl::StatusOr<Table> table = Table::Make(definition, InputNames(definition));
  if (!table.ok()) return table.status();
  if (!GivesOneRow(definition.hit_policy)) {
    return Fault(definition, -1, "needs a hit policy that gives one row: UNIQUE, ANY, FIRST or PRIORITY");
  }
  if (absl::Status status = CheckOutputs(definition, {"action", "up"}, {"action", "up"}); !status.ok()) return status;
  std::vector<bool> wants_share;
  for (const InputClause& input : definition.inputs) {
    if (input.name != "share" && input.name != "breaches") {
      return Fault(definition, -1, absl::StrCat("does not know the input '", input.name, "'"));
    }
    wants_share.push_back(input.name == "share");
  }
  const auto ask = [&](int32_t share, int32_t breaches) -> absl::StatusOr<Fate> {
    std::vector<Value> inputs;
    inputs.reserve(wants_share.size());
    for (const bool is_share : wants_share) inputs.emplace_back(is_share ? share : breaches);
    absl::StatusOr<Outcome> outcome = table->Decide(inputs);
    if (!outcome.ok()) return outcome.status();
    if (outcome->kind != OutcomeKind::kResult) {
      return Fault(definition, -1,
                   absl::StrCat("share ", share, ", breaches ", breaches, ": ",
                                outcome->kind == OutcomeKind::kNoMatch ? "no rule matches" : "several rules match"));
    }
    const int32_t rule = outcome->rules[0];
    const absl::StatusOr<std::optional<std::string>> action = Text(*table, rule, "action");
    if (!action.ok()) return action.status();
    const std::optional<Value> up = table->ConstantOutput(rule, FindOutput(definition, "up"));
    for (int32_t steps = 0; steps <= 16; ++steps) {
      if (!up.has_value() || up->number() == nullptr || !(*up->number() == Decimal(steps))) continue;
      return Fate{action->value_or("none"), steps, rule};
    }
    return Fault(definition, rule, "output 'up' must be a whole number 0 to 16");
  };

  escalation_.warnings.clear();
  escalation_.breaches.clear();
  int32_t last_rule = -1;
  for (int32_t share = 1; share < 100; ++share) {
    const absl::StatusOr<Fate> fate = ask(share, 0);
    if (!fate.ok()) return fate.status();
    if (fate->action != "none" && fate->action != "warn") {
      return Fault(definition, fate->rule, "before the time is over, the action must be \"none\" or \"warn\"");
    }
    if (fate->action == "warn" && fate->rule != last_rule) escalation_.warnings.push_back({share, fate->up});
    last_rule = fate->rule;
  }
  for (int32_t breaches = 0; breaches < 16; ++breaches) {
    const absl::StatusOr<Fate> fate = ask(100, breaches);
    if (!fate.ok()) return fate.status();
    if (fate->action != "escalate" && fate->action != "supervise") {
      return Fault(definition, fate->rule, "when the time is over, the action must be \"escalate\" or \"supervise\"");
    }
    escalation_.breaches.push_back({fate->up, fate->action == "supervise"});
  }
  while (escalation_.breaches.size() > 1 && escalation_.breaches.back() == *(escalation_.breaches.end() - 2)) {
    escalation_.breaches.pop_back();
  }
  if (absl::Status status = Validate(escalation_); !status.ok()) return Fault(definition, -1, status.message());
  return absl::OkStatus();
}

}  // namespace lianhu::routing
