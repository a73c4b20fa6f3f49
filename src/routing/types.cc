#include "lianhu/routing/types.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lianhu/base/status.h"

namespace lianhu::routing {
namespace {

constexpr int kMaxTypeDepth = 50;

absl::string_view WithoutPrefix(absl::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == absl::string_view::npos ? name : name.substr(colon + 1);
}

bool Has(const Context& context, absl::string_view name) {
  return std::any_of(context.begin(), context.end(), [&](const auto& entry) { return entry.first == name; });
}

}  // namespace

std::optional<BaseType> FindBaseType(absl::string_view name) {
  const absl::string_view plain = WithoutPrefix(name);
  static constexpr std::pair<absl::string_view, BaseType> kTypes[] = {
      {"", BaseType::kAny},
      {"Any", BaseType::kAny},
      {"any", BaseType::kAny},
      {"string", BaseType::kString},
      {"number", BaseType::kNumber},
      {"double", BaseType::kNumber},
      {"integer", BaseType::kInteger},
      {"long", BaseType::kInteger},
      {"boolean", BaseType::kBoolean},
      {"date", BaseType::kDate},
      {"time", BaseType::kTime},
      {"dateTime", BaseType::kDateTime},
      {"date and time", BaseType::kDateTime},
      {"dayTimeDuration", BaseType::kDayTimeDuration},
      {"days and time duration", BaseType::kDayTimeDuration},
      {"yearMonthDuration", BaseType::kYearMonthDuration},
      {"years and months duration", BaseType::kYearMonthDuration},
  };
  for (const auto& [known, type] : kTypes) {
    if (plain == known) return type;
  }
  return std::nullopt;
}

ValueKind KindOf(BaseType type) {
  switch (type) {
    case BaseType::kString:
      return ValueKind::kString;
    case BaseType::kNumber:
    case BaseType::kInteger:
      return ValueKind::kNumber;
    case BaseType::kBoolean:
      return ValueKind::kBoolean;
    case BaseType::kDate:
      return ValueKind::kDate;
    case BaseType::kTime:
      return ValueKind::kTime;
    case BaseType::kDateTime:
      return ValueKind::kDateTime;
    case BaseType::kDayTimeDuration:
      return ValueKind::kDayTimeDuration;
    case BaseType::kYearMonthDuration:
      return ValueKind::kYearMonthDuration;
    case BaseType::kAny:
      break;
  }
  return ValueKind::kNull;
}

absl::string_view BaseTypeName(BaseType type) {
  if (type == BaseType::kAny) return "Any";
  return type == BaseType::kInteger ? "integer" : KindName(KindOf(type));
}

absl::Status Types::Prepare(const ItemDefinition& definition, const Names& names) {
  for (const std::string* text : {&definition.allowed_values, &definition.constraint}) {
    if (text->empty()) continue;
    absl::StatusOr<UnaryTests> tests = ParseUnaryTests(*text, names);
    if (!tests.ok()) {
      return InvalidField("itemDefinition", -1,
                          absl::StrCat("'", definition.name, "' (line ", definition.line,
                                       "): ", text == &definition.constraint ? "typeConstraint" : "allowedValues", " '",
                                       *text, "': ", tests.status().message()));
    }
    tests_.emplace(*text, *std::move(tests));
  }
  for (const ItemDefinition& component : definition.components) {
    if (absl::Status status = Prepare(component, names); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Types::Add(ItemDefinition definition, const Names& names) {
  if (absl::Status status = Prepare(definition, names); !status.ok()) return status;
  const int line = definition.line;
  std::string name = definition.name;
  if (!definitions_.emplace(name, std::move(definition)).second) {
    return InvalidField("itemDefinition", -1, absl::StrCat("'", name, "' (line ", line, "): is there twice"));
  }
  return absl::OkStatus();
}

const ItemDefinition* Types::Find(absl::string_view name) const {
  auto found = definitions_.find(name);
  if (found == definitions_.end()) found = definitions_.find(WithoutPrefix(name));
  return found == definitions_.end() ? nullptr : &found->second;
}

// 1 more than the height of what it is made of. `heights` holds those known so far; 0: being worked out, -1: broken.
absl::StatusOr<int> Types::Height(const ItemDefinition& definition,
                                  std::map<std::string, int, std::less<>>& heights) const {
  const auto complain = [&](absl::string_view message) {
    return InvalidField("itemDefinition", -1,
                        absl::StrCat("'", definition.name, "' (line ", definition.line, "): ", message));
  };
  if (!Knows(definition.function_output))
    return complain(absl::StrCat("type '", definition.function_output, "' is not defined"));
  int height = 0;
  for (const ItemDefinition& component : definition.components) {
    absl::StatusOr<int> inner = Height(component, heights);
    if (!inner.ok()) return inner;
    height = std::max(height, *inner);
  }
  if (!definition.type.empty() && !FindBaseType(definition.type).has_value()) {
    const ItemDefinition* base = Find(definition.type);
    if (base == nullptr) return complain(absl::StrCat("type '", definition.type, "' is not defined"));
    const auto [known, is_new] = heights.emplace(base->name, 0);
    if (is_new) {
      absl::StatusOr<int> inner = Height(*base, heights);
      heights[base->name] = inner.ok() ? *inner : -1;
      if (!inner.ok()) return inner;
      height = std::max(height, *inner);
    } else {
      if (known->second == 0) return complain(absl::StrCat("type '", definition.type, "' contains itself"));
      if (known->second < 0) return complain(absl::StrCat("type '", definition.type, "' cannot be used"));
      height = std::max(height, known->second);
    }
  }
  if (height >= kMaxTypeDepth) return complain(absl::StrCat("nests more than ", kMaxTypeDepth, " deep"));
  return height + 1;
}

std::vector<std::string> Types::RemoveBroken() {
  std::map<std::string, int, std::less<>> heights;
  std::vector<std::string> broken, names;
  for (const auto& [name, definition] : definitions_) {
    const auto [known, is_new] = heights.emplace(name, 0);
    if (!is_new && known->second > 0) continue;
    const absl::StatusOr<int> height = Height(definition, heights);
    heights[name] = height.ok() ? *height : -1;
    if (height.ok()) continue;
    broken.emplace_back(height.status().message());
    names.push_back(name);
  }
  for (const std::string& name : names) definitions_.erase(name);
  return broken;
}

std::optional<Types::Resolved> Types::Resolve(absl::string_view name) const {
  Resolved resolved;
  for (int depth = 0; depth < kMaxTypeDepth; ++depth) {
    const ItemDefinition* definition = Find(name);
    if (definition == nullptr) {
      const std::optional<BaseType> base = FindBaseType(name);
      if (!base.has_value()) return std::nullopt;
      resolved.base = *base;
      return resolved;
    }
    if (definition->is_collection || !definition->components.empty()) return Resolved{};
    if (resolved.allowed_values.empty()) resolved.allowed_values = definition->allowed_values;
    name = definition->type;
  }
  return std::nullopt;
}

bool Types::Allowed(const Value& value, const std::string& text) const {
  if (text.empty()) return true;
  const auto tests = tests_.find(text);
  if (tests == tests_.end()) return true;
  Evaluator evaluator({}, this);
  return evaluator.Passes(value, tests->second, Scope()).value_or(false);
}

Value Types::CoerceTo(const Value& value, const ItemDefinition& definition, Coercion how) const {
  if (value.is_null() || how.depth > kMaxTypeDepth) return {};
  const Coercion deeper{.may_lack = how.may_lack, .ignore_collection = false, .depth = how.depth + 1};
  if (definition.is_collection && !how.ignore_collection) {
    Coercion item_how = deeper;
    item_how.ignore_collection = true;
    const List single = {value};
    List items;
    for (const Value& item : value.list() != nullptr ? *value.list() : single) {
      Value coerced = CoerceTo(item, definition, item_how);
      if (coerced.is_null() && !item.is_null()) return {};
      items.push_back(std::move(coerced));
    }
    Value made(std::move(items));
    return Allowed(made, definition.constraint) ? made : Value();
  }
  Value made = value;
  if (value.list() != nullptr && value.list()->size() == 1 && !definition.type.empty()) {
    const ItemDefinition* base = Find(definition.type);
    if (base == nullptr && FindBaseType(definition.type) != BaseType::kAny) made = (*value.list())[0];
  }
  if (!definition.components.empty()) {
    if (value.list() != nullptr && value.list()->size() == 1) made = (*value.list())[0];
    if (made.context() == nullptr) return {};
    Context context;
    for (const ItemDefinition& component : definition.components) {
      const Value held = made.Get(component.name);
      if (held.is_null() && !how.may_lack && !Has(*made.context(), component.name)) return {};
      Value coerced = CoerceTo(held, component, deeper);
      if (coerced.is_null() && !held.is_null()) return {};
      context.emplace_back(component.name, std::move(coerced));
    }
    for (const auto& [name, held] : *made.context()) {
      if (!Has(context, name)) context.emplace_back(name, held);
    }
    made = std::move(context);
  } else if (!definition.type.empty()) {
    const ItemDefinition* base = Find(definition.type);
    if (base != nullptr) {
      made = CoerceTo(made, *base, deeper);
    } else {
      const BaseType type = FindBaseType(definition.type).value_or(BaseType::kAny);
      if (type == BaseType::kDateTime && made.date() != nullptr) {
        made = DateTime{.date = *made.date(), .time = {.nanos = 0, .offset_seconds = 0, .zone = {}}};
      }
      if (type != BaseType::kAny && made.kind() != KindOf(type)) return {};
      if (type == BaseType::kInteger && !made.number()->IsInteger()) return {};
    }
  }
  if (made.is_null() || !Allowed(made, definition.allowed_values)) return {};
  return definition.is_collection || Allowed(made, definition.constraint) ? made : Value();
}

bool Types::IsInstanceOf(const Value& value, const ItemDefinition& definition, bool ignore_collection,
                         int depth) const {
  if (value.is_null() || depth > kMaxTypeDepth) return false;
  if (definition.is_collection && !ignore_collection) {
    const auto fits = [&](const Value& item) { return IsInstanceOf(item, definition, true, depth + 1); };
    return value.list() != nullptr && std::all_of(value.list()->begin(), value.list()->end(), fits) &&
           Allowed(value, definition.constraint);
  }
  if (!definition.components.empty()) {
    if (value.context() == nullptr) return false;
    return std::all_of(definition.components.begin(), definition.components.end(),
                       [&](const ItemDefinition& component) {
                         const Value held = value.Get(component.name);
                         return held.is_null() ? Has(*value.context(), component.name)
                                               : IsInstanceOf(held, component, false, depth + 1);
                       });
  }
  if (const ItemDefinition* base = Find(definition.type)) {
    if (!IsInstanceOf(value, *base, false, depth + 1)) return false;
  } else {
    const BaseType type = FindBaseType(definition.type).value_or(BaseType::kAny);
    if (type != BaseType::kAny && value.kind() != KindOf(type)) return false;
    if (type == BaseType::kInteger && !value.number()->IsInteger()) return false;
  }
  return Allowed(value, definition.allowed_values) &&
         (definition.is_collection || Allowed(value, definition.constraint));
}

bool Types::IsInstance(const Value& value, absl::string_view name) const {
  const ItemDefinition* definition = Find(name);
  return definition != nullptr && IsInstanceOf(value, *definition, false, 0);
}

Value Types::Coerce(const Value& value, absl::string_view type, bool may_lack) const {
  if (type.empty()) return value;
  const Coercion how{.may_lack = may_lack};
  if (const ItemDefinition* definition = Find(type)) return CoerceTo(value, *definition, how);
  ItemDefinition plain;
  plain.type = std::string(type);
  return CoerceTo(value, plain, how);
}

absl::string_view Types::ResultOf(absl::string_view name) const {
  const ItemDefinition* definition = Find(name);
  return definition != nullptr && !definition->function_output.empty() ? definition->function_output : name;
}

}  // namespace lianhu::routing
