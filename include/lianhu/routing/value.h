// Values of FEEL, the expression language of decision tables (DMN 1.5, chapter 10).
#ifndef LIANHU_ROUTING_VALUE_H_
#define LIANHU_ROUTING_VALUE_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "lianhu/routing/decimal.h"
#include "lianhu/routing/temporal.h"

namespace lianhu::routing {

class Value;
struct Range;
struct Function;

using List = std::vector<Value>;
// Entries keep their order; names are unique.
using Context = std::vector<std::pair<std::string, Value>>;

enum class ValueKind {
  kNull,
  kBoolean,
  kNumber,
  kString,
  kDate,
  kTime,
  kDateTime,
  kDayTimeDuration,
  kYearMonthDuration,
  kList,
  kContext,
  kRange,
  kFunction,
};

// Immutable; lists, contexts, ranges and functions are shared when copied.
class Value {
 public:
  Value() = default;                                                            // null
  Value(bool value) : held_(value) {}                                           // NOLINT(google-explicit-constructor)
  Value(Decimal value) : held_(value) {}                                        // NOLINT(google-explicit-constructor)
  Value(int value) : held_(Decimal(value)) {}                                   // NOLINT(google-explicit-constructor)
  Value(int64_t value) : held_(Decimal(value)) {}                               // NOLINT(google-explicit-constructor)
  Value(std::string value) : held_(std::move(value)) {}                         // NOLINT(google-explicit-constructor)
  Value(absl::string_view value) : held_(std::string(value)) {}                 // NOLINT(google-explicit-constructor)
  Value(const char* value) : held_(std::string(value)) {}                       // NOLINT(google-explicit-constructor)
  Value(Date value) : held_(value) {}                                           // NOLINT(google-explicit-constructor)
  Value(Time value) : held_(std::move(value)) {}                                // NOLINT(google-explicit-constructor)
  Value(DateTime value) : held_(std::move(value)) {}                            // NOLINT(google-explicit-constructor)
  Value(DayTimeDuration value) : held_(value) {}                                // NOLINT(google-explicit-constructor)
  Value(YearMonthDuration value) : held_(value) {}                              // NOLINT(google-explicit-constructor)
  Value(List value) : held_(std::make_shared<const List>(std::move(value))) {}  // NOLINT
  Value(Context value) : held_(std::make_shared<const Context>(std::move(value))) {}  // NOLINT
  Value(std::shared_ptr<const Range> value) : held_(std::move(value)) {}              // NOLINT
  Value(std::shared_ptr<const Function> value) : held_(std::move(value)) {}           // NOLINT

  // null for an absent number: how FEEL takes an overflow or a division by zero.
  template <typename T>
  static Value Of(const std::optional<T>& value) {
    return value.has_value() ? Value(*value) : Value();
  }

  ValueKind kind() const { return static_cast<ValueKind>(held_.index()); }
  bool is_null() const { return kind() == ValueKind::kNull; }
  bool IsTrue() const { return boolean() != nullptr && *boolean(); }
  bool IsFalse() const { return boolean() != nullptr && !*boolean(); }

  // Null pointers when the value is of another kind.
  const bool* boolean() const { return std::get_if<bool>(&held_); }
  const Decimal* number() const { return std::get_if<Decimal>(&held_); }
  const std::string* string() const { return std::get_if<std::string>(&held_); }
  const Date* date() const { return std::get_if<Date>(&held_); }
  const Time* time() const { return std::get_if<Time>(&held_); }
  const DateTime* date_time() const { return std::get_if<DateTime>(&held_); }
  const DayTimeDuration* day_time() const { return std::get_if<DayTimeDuration>(&held_); }
  const YearMonthDuration* year_month() const { return std::get_if<YearMonthDuration>(&held_); }
  const List* list() const { return Shared<List>(); }
  const Context* context() const { return Shared<Context>(); }
  const Range* range() const { return Shared<Range>(); }
  const Function* function() const { return Shared<Function>(); }
  std::shared_ptr<const Function> shared_function() const {
    const auto* held = std::get_if<std::shared_ptr<const Function>>(&held_);
    return held != nullptr ? *held : nullptr;
  }

  // The entry of a context; null when there is none.
  Value Get(absl::string_view name) const;

 private:
  template <typename T>
  const T* Shared() const {
    const auto* held = std::get_if<std::shared_ptr<const T>>(&held_);
    return held != nullptr ? held->get() : nullptr;
  }

  std::variant<std::monostate, bool, Decimal, std::string, Date, Time, DateTime, DayTimeDuration, YearMonthDuration,
               std::shared_ptr<const List>, std::shared_ptr<const Context>, std::shared_ptr<const Range>,
               std::shared_ptr<const Function>>
      held_;
};

// A bound that is null is absent.
struct Range {
  Value low;
  Value high;
  bool low_closed = false;
  bool high_closed = false;
};

// FEEL's "=": false or true, or nullopt between kinds that cannot be compared. null equals only null.
std::optional<bool> Equal(const Value& a, const Value& b);
// Equal, or the same kind of nothing: for comparing results. Numbers by value, contexts whatever the order of entries.
inline bool Same(const Value& a, const Value& b) {
  return Equal(a, b).value_or(false);
}

// Negative, zero or positive; nullopt unless both are of one ordered kind (number, string, date, time, date and time,
// durations). Strings compare by code point.
std::optional<int> Order(const Value& a, const Value& b);

// FEEL's "in" for one value: inside the range.
std::optional<bool> InRange(const Value& value, const Range& range);

// As FEEL would write it: strings in quotes, lists in brackets, dates as date("2026-01-01").
std::string ToFeel(const Value& value);
// As a person reads it: a string without quotes, a date without its constructor.
std::string ToText(const Value& value);
// The name of its type: "string", "date and time".
absl::string_view KindName(ValueKind kind);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_VALUE_H_
