// Allen's relations between points and ranges (DMN 1.5, 10.3.4.10).
#include "routing/builtins.h"

namespace lianhu::routing {
namespace {

struct Span {
  Value low, high;
  bool low_closed = true, high_closed = true;
  bool point = false;
};

std::optional<Span> AsSpan(const Value& value) {
  if (const Range* range = value.range()) {
    if (range->low.is_null() || range->high.is_null()) return std::nullopt;
    return Span{range->low, range->high, range->low_closed, range->high_closed, false};
  }
  if (!Order(value, value).has_value()) return std::nullopt;
  return Span{value, value, true, true, true};
}

using SpanRelation = bool (*)(const Span& a, const Span& b);

// Where two bounds of comparable spans stand to each other.
int Compared(const Value& a, const Value& b) {
  return Order(a, b).value_or(0);
}

bool Before(const Span& a, const Span& b) {
  const int order = Compared(a.high, b.low);
  return order < 0 || (order == 0 && (!a.high_closed || !b.low_closed));
}
bool Meets(const Span& a, const Span& b) {
  return Compared(a.high, b.low) == 0 && a.high_closed && b.low_closed;
}
bool Overlaps(const Span& a, const Span& b) {
  return !Before(a, b) && !Before(b, a);
}
// a begins no later than b does
bool BeginsFirst(const Span& a, const Span& b) {
  const int order = Compared(a.low, b.low);
  return order < 0 || (order == 0 && (a.low_closed || !b.low_closed));
}
bool EndsLast(const Span& a, const Span& b) {
  const int order = Compared(a.high, b.high);
  return order > 0 || (order == 0 && (a.high_closed || !b.high_closed));
}
bool SameStart(const Span& a, const Span& b) {
  return Compared(a.low, b.low) == 0 && a.low_closed == b.low_closed;
}
bool SameEnd(const Span& a, const Span& b) {
  return Compared(a.high, b.high) == 0 && a.high_closed == b.high_closed;
}
bool Includes(const Span& a, const Span& b) {
  return BeginsFirst(a, b) && EndsLast(a, b);
}
bool OverlapsBefore(const Span& a, const Span& b) {
  return Overlaps(a, b) && BeginsFirst(a, b) && !SameStart(a, b) && EndsLast(b, a);
}
bool OverlapsAfter(const Span& a, const Span& b) {
  return Overlaps(a, b) && BeginsFirst(b, a) && EndsLast(a, b) && !SameEnd(a, b);
}
bool Finishes(const Span& a, const Span& b) {
  return a.point ? b.high_closed && Compared(a.low, b.high) == 0 : SameEnd(a, b) && BeginsFirst(b, a);
}
bool Starts(const Span& a, const Span& b) {
  return a.point ? b.low_closed && Compared(a.low, b.low) == 0 : SameStart(a, b) && EndsLast(b, a);
}
bool Coincides(const Span& a, const Span& b) {
  return SameStart(a, b) && SameEnd(a, b);
}

// A bound of range("..."): a number, a string, or a date, time or duration; nothing that would have to be worked out.
bool IsBound(const Expression& bound) {
  if (bound.operation == Operation::kNegate) return IsBound(*bound.operands[0]);
  if (bound.operation == Operation::kLiteral) return !bound.literal.is_null() && bound.literal.boolean() == nullptr;
  return bound.operation == Operation::kCall && IsConstant(bound);
}

Value RangeFromText(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].string() == nullptr) return {};
  const absl::StatusOr<ExpressionPtr> parsed = ParseExpression(*arguments[0].string(), Names());
  if (!parsed.ok() || (*parsed)->operation != Operation::kRange) return {};
  const Expression& range = **parsed;
  if (!IsBound(*range.operands[0]) || !IsBound(*range.operands[1])) return {};
  Value value = evaluator.Evaluate(range, Scope());
  if (value.range() == nullptr || Order(value.range()->low, value.range()->high).value_or(1) > 0) return {};
  return value;
}

Builtin Make(std::string name, SpanRelation relation, bool swapped = false) {
  return {std::move(name),
          {"range1", "range2"},
          2,
          [relation, swapped](Evaluator&, Arguments arguments) -> Value {
            const std::optional<Span> a = AsSpan(arguments[swapped ? 1 : 0]);
            const std::optional<Span> b = AsSpan(arguments[swapped ? 0 : 1]);
            if (!a.has_value() || !b.has_value() || !Order(a->low, b->low).has_value()) return {};
            return relation(*a, *b);
          },
          false,
          {{"point", "range"}, {"range", "point"}, {"point1", "point2"}}};
}

}  // namespace

std::vector<Builtin> RangeBuiltins() {
  return {
      Make("before", Before),
      Make("after", Before, true),
      Make("meets", Meets),
      Make("met by", Meets, true),
      Make("overlaps", Overlaps),
      Make("overlaps before", OverlapsBefore),
      Make("overlaps after", OverlapsAfter),
      Make("finishes", Finishes),
      Make("finished by", Finishes, true),
      Make("includes", Includes),
      Make("during", Includes, true),
      Make("starts", Starts),
      Make("started by", Starts, true),
      Make("coincides", Coincides),
      {"range", {"from"}, 1, RangeFromText},
  };
}

}  // namespace lianhu::routing
