// Numbers (DMN 1.5, 10.3.4.5), and boolean negation.
#include "routing/builtins.h"

namespace lianhu::routing {
namespace {

using Rounding = Decimal::Rounding;

Value RoundTo(Arguments arguments, Rounding rounding) {
  const Decimal* number = arguments[0].number();
  if (number == nullptr) return {};
  int64_t scale = 0;
  if (arguments.size() > 1) {
    if (arguments[1].number() == nullptr) return {};
    const std::optional<Decimal> whole = arguments[1].number()->Round(0, Rounding::kDown);
    const std::optional<int64_t> given = whole.has_value() ? whole->ToInt64() : std::nullopt;
    if (!given.has_value()) return {};
    scale = *given;
  }
  return Value::Of(number->Round(scale, rounding));
}

Builtin Rounder(std::string name, Rounding rounding, size_t least) {
  return {std::move(name), {"n", "scale"}, least, [rounding](Evaluator&, Arguments arguments) {
            return RoundTo(arguments, rounding);
          }};
}

Builtin Unary(std::string name, std::optional<Decimal> (*function)(const Decimal&)) {
  return {std::move(name), {"number"}, 1, [function](Evaluator&, Arguments arguments) {
            const Decimal* number = arguments[0].number();
            return number != nullptr ? Value::Of(function(*number)) : Value();
          }};
}

Builtin Parity(std::string name, bool odd) {
  return {std::move(name), {"number"}, 1, [odd](Evaluator&, Arguments arguments) -> Value {
            const Decimal* number = arguments[0].number();
            if (number == nullptr) return {};
            const std::optional<Decimal> rest = Decimal::Modulo(*number, Decimal(2));
            if (!rest.has_value() || !number->IsInteger()) return false;
            return rest->IsZero() != odd;
          }};
}

}  // namespace

std::vector<Builtin> NumberBuiltins() {
  return {
      Rounder("decimal", Rounding::kHalfEven, 2),
      Rounder("floor", Rounding::kFloor, 1),
      Rounder("ceiling", Rounding::kCeiling, 1),
      Rounder("round up", Rounding::kUp, 2),
      Rounder("round down", Rounding::kDown, 2),
      Rounder("round half up", Rounding::kHalfUp, 2),
      Rounder("round half down", Rounding::kHalfDown, 2),
      {"abs",
       {"n"},
       1,
       [](Evaluator&, Arguments arguments) -> Value {
         const Value& value = arguments[0];
         if (value.number() != nullptr) return value.number()->Abs();
         if (value.day_time() != nullptr) {
           return DayTimeDuration{value.day_time()->nanos < 0 ? -value.day_time()->nanos : value.day_time()->nanos};
         }
         if (value.year_month() != nullptr) return YearMonthDuration{std::abs(value.year_month()->months)};
         return {};
       }},
      {"modulo",
       {"dividend", "divisor"},
       2,
       [](Evaluator&, Arguments arguments) {
         const Decimal* a = arguments[0].number();
         const Decimal* b = arguments[1].number();
         return a != nullptr && b != nullptr ? Value::Of(Decimal::Modulo(*a, *b)) : Value();
       }},
      Unary("sqrt", &Decimal::SquareRoot),
      Unary("log", &Decimal::Logarithm),
      Unary("exp", &Decimal::Exponential),
      Parity("odd", true),
      Parity("even", false),
      {"not",
       {"negand"},
       1,
       [](Evaluator&, Arguments arguments) {
         return arguments[0].boolean() != nullptr ? Value(!*arguments[0].boolean()) : Value();
       }},
  };
}

}  // namespace lianhu::routing
