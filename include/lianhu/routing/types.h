// Types of inputs and outputs: FEEL's own, and item definitions built from them (DMN 1.5, 7.3.2).
#ifndef LIANHU_ROUTING_TYPES_H_
#define LIANHU_ROUTING_TYPES_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
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
  std::string type;             // of what it is made; empty when it has components
  std::string allowed_values;   // unary tests, of each item of a collection; empty: all
  std::string function_output;  // of a type of functions: the type of their results; empty: any
  std::string constraint;       // unary tests of the value as a whole (DMN 1.5, typeConstraint); empty: all
  bool is_collection = false;
  std::vector<ItemDefinition> components;
  int line = 0;  // in the file it came from, for errors
};

class Types {
 public:
  // Errors: a name that is there twice or is FEEL's own, allowed values that cannot be read.
  absl::Status Add(ItemDefinition definition, const Names& names);
  // After all are added: every type that a definition names must exist, and none may contain itself. Those that break
  // this are taken out, and those that need them; why, one message each.
  std::vector<std::string> RemoveBroken();

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
  // gives a date and time at midnight UTC; anything else null (DMN 1.5, 10.3.2.9.4). A context must have all components
  // of its type, unless it `may_lack` some: those become null.
  Value Coerce(const Value& value, absl::string_view type, bool may_lack = false) const;
  // What functions of this type give: `name` itself unless it is a type of functions.
  absl::string_view ResultOf(absl::string_view name) const;
  // `instance of`: the value as it is, without the conversions of Coerce. `name` is defined here.
  bool IsInstance(const Value& value, absl::string_view name) const;

 private:
  struct Coercion {
    bool may_lack = false;
    bool ignore_collection = false;
    int depth = 0;
  };
  Value CoerceTo(const Value& value, const ItemDefinition& definition, Coercion how) const;
  bool IsInstanceOf(const Value& value, const ItemDefinition& definition, bool ignore_collection, int depth) const;
  bool Allowed(const Value& value, const std::string& tests) const;
  absl::StatusOr<int> Height(const ItemDefinition& definition, std::map<std::string, int, std::less<>>& heights) const;
  absl::Status Prepare(const ItemDefinition& definition, const Names& names);

  std::map<std::string, ItemDefinition, std::less<>> definitions_;
  std::map<std::string, UnaryTests, std::less<>> tests_;  // by the text of the tests
};

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_TYPES_H_
