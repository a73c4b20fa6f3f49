// Types of inputs and outputs: FEEL's own, and item definitions built from them (DMN 1.5, 7.3.2).
#ifndef LIANHU_ROUTING_TYPES_H_
#define LIANHU_ROUTING_TYPES_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lianhu/routing/expression.h"
#include "lianhu/routing/value.h"

namespace lianhu::routing {

// FEEL's types that a column can have. kInteger is a number that is whole: Camunda's `integer` and `long`.
enum class BaseType {
  kAny,
  kString,
  kNumber,
  kInteger,
  kBoolean,
  kDate,
  kTime,
  kDateTime,
  kDayTimeDuration,
  kYearMonthDuration
};

// By its name, with or without a prefix ("feel:number"): string, number, boolean, date, time, dateTime or "date and
// time", dayTimeDuration or "days and time duration", yearMonthDuration or "years and months duration", Any; and
// Camunda's integer, long, double. An empty name is Any. nullopt for another name.
std::optional<BaseType> FindBaseType(absl::string_view name);

// The kind of the values of a base type; kNull for Any, which has values of every kind.
ValueKind KindOf(BaseType type);
// "number", "date and time"; "Any".
absl::string_view BaseTypeName(BaseType type);

struct ItemDefinition {
  std::string name;
  std::string type;            // of what it is made; empty when it has components
  std::string allowed_values;  // unary tests; empty: all
  bool is_collection = false;
  std::vector<ItemDefinition> components;
  int line = 0;  // in the file it came from, for errors
};

class Types {
 public:
  // Errors: a name that is there twice or is FEEL's own, allowed values that cannot be read.
  absl::Status Add(ItemDefinition definition, const Names& names);
  // After all are added: every type that a definition names must exist, and none may contain itself.
  absl::Status Check() const;

  // nullptr for a type that is not defined here.
  const ItemDefinition* Find(absl::string_view name) const;
  bool Knows(absl::string_view name) const { return FindBaseType(name).has_value() || Find(name) != nullptr; }
  // What it is in the end made of, and the innermost allowed values: for a column of that type.
  struct Resolved {
    BaseType base = BaseType::kAny;
    std::string allowed_values;
  };
  std::optional<Resolved> Resolve(absl::string_view name) const;

  // `value` if it is of the type; a list of one item for a type that is no list gives the item, and the reverse; a date
  // gives a date and time at midnight UTC; anything else null (DMN 1.5, 10.3.2.9.4).
  Value Coerce(const Value& value, absl::string_view type) const;
  // `instance of`: the value as it is, without the conversions of Coerce. `name` is defined here.
  bool IsInstance(const Value& value, absl::string_view name) const;

 private:
  Value CoerceTo(const Value& value, const ItemDefinition& definition, bool ignore_collection, int depth) const;
  bool IsInstanceOf(const Value& value, const ItemDefinition& definition, bool ignore_collection, int depth) const;
  bool Allowed(const Value& value, const ItemDefinition& definition) const;
  absl::Status CheckOne(const ItemDefinition& definition, int depth) const;
  absl::Status Prepare(const ItemDefinition& definition, const Names& names);

  std::map<std::string, ItemDefinition, std::less<>> definitions_;
  std::map<std::string, UnaryTests, std::less<>> tests_;  // by the text of the allowed values
};

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_TYPES_H_
