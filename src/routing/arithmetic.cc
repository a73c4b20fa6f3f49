// FEEL's arithmetic (DMN 1.5, 10.3.2.5 and table 59): numbers, strings, durations, and moments with durations.
#include <string>
#include <utility>

#include "lianhu/routing/expression.h"

namespace lianhu::routing {
namespace {

constexpr size_t kMaxText = 1 << 20;  // of a string that an expression builds

absl::int128 Nanos(const DateTime& time) {
  return time.Comparable();
}

std::optional<DayTimeDuration> Between(const DateTime& a, const DateTime& b) {
  if (a.time.offset_seconds.has_value() != b.time.offset_seconds.has_value()) return std::nullopt;
  return DayTimeDuration{Nanos(a) - Nanos(b)};
}

DateTime Midnight(const Date& date, bool utc) {
  DateTime time{.date = date, .time = {}};
  if (utc) time.time.offset_seconds = 0;
  return time;
}

Value TimePlus(const Time& time, absl::int128 nanos) {
  Time moved = time;
  absl::int128 total = (absl::int128(time.nanos) + nanos) % kNanosPerDay;
  if (total < 0) total += kNanosPerDay;
  moved.nanos = static_cast<int64_t>(total);
  return moved;
}

// date, date and time, or time plus or minus a duration.
Value Moved(const Value& moment, const Value& duration, int sign) {
  if (duration.year_month() != nullptr) {
    const int64_t months = sign * duration.year_month()->months;
    if (moment.date() != nullptr) return Value::Of(AddMonths(*moment.date(), months));
    if (moment.date_time() != nullptr) {
      DateTime moved = *moment.date_time();
      const std::optional<Date> date = AddMonths(moved.date, months);
      if (!date.has_value()) return {};
      moved.date = *date;
      return moved;
    }
    return {};
  }
  const absl::int128 nanos = duration.day_time()->nanos * sign;
  if (moment.date() != nullptr) {
    const std::optional<DateTime> moved = AddNanos(Midnight(*moment.date(), false), nanos);
    return moved.has_value() ? Value(moved->date) : Value();
  }
  if (moment.date_time() != nullptr) return Value::Of(AddNanos(*moment.date_time(), nanos));
  return TimePlus(*moment.time(), nanos);
}

bool IsMoment(const Value& value) {
  return value.date() != nullptr || value.date_time() != nullptr || value.time() != nullptr;
}
bool IsDuration(const Value& value) {
  return value.day_time() != nullptr || value.year_month() != nullptr;
}

Value AddOrSubtract(const Value& a, const Value& b, bool subtract) {
  const int sign = subtract ? -1 : 1;
  if (a.number() != nullptr && b.number() != nullptr) {
    return Value::Of(subtract ? Decimal::Subtract(*a.number(), *b.number()) : Decimal::Add(*a.number(), *b.number()));
  }
  if (a.string() != nullptr && b.string() != nullptr && !subtract) {
    if (a.string()->size() + b.string()->size() > kMaxText) return {};
    return *a.string() + *b.string();
  }
  if (a.day_time() != nullptr && b.day_time() != nullptr) {
    return DayTimeDuration{a.day_time()->nanos + b.day_time()->nanos * sign};
  }
  if (a.year_month() != nullptr && b.year_month() != nullptr) {
    return YearMonthDuration{a.year_month()->months + b.year_month()->months * sign};
  }
  if (IsMoment(a) && IsDuration(b)) return Moved(a, b, sign);
  if (IsDuration(a) && IsMoment(b) && !subtract) return Moved(b, a, 1);
  if (!subtract || !IsMoment(a) || !IsMoment(b)) return {};
  if (a.time() != nullptr && b.time() != nullptr) {
    if (a.time()->offset_seconds.has_value() != b.time()->offset_seconds.has_value()) return {};
    return DayTimeDuration{absl::int128(a.time()->Comparable() - b.time()->Comparable())};
  }
  if (a.time() != nullptr || b.time() != nullptr) return {};
  const auto as_date_time = [](const Value& value, const Value& other) {
    if (value.date_time() != nullptr) return *value.date_time();
    const DateTime* beside = other.date_time();
    return Midnight(*value.date(), beside != nullptr && beside->time.offset_seconds.has_value());
  };
  return Value::Of(Between(as_date_time(a, b), as_date_time(b, a)));
}

std::optional<Decimal> NanosAsDecimal(absl::int128 nanos) {
  const bool negative = nanos < 0;
  return Decimal::Make(negative, absl::uint128(negative ? -nanos : nanos), -9);
}

std::optional<absl::int128> DecimalAsNanos(const Decimal& seconds) {
  const std::optional<Decimal> scaled = Decimal::Multiply(seconds, Decimal(kNanosPerSecond));
  if (!scaled.has_value()) return std::nullopt;
  const std::optional<Decimal> whole = scaled->Round(0, Decimal::Rounding::kDown);
  if (!whole.has_value()) return std::nullopt;
  // Beyond the range of 64-bit nanoseconds (292 years) keep whole seconds.
  if (const std::optional<int64_t> nanos = whole->ToInt64()) return absl::int128(*nanos);
  const std::optional<Decimal> rounded = seconds.Round(0, Decimal::Rounding::kDown);
  const std::optional<int64_t> plain = rounded.has_value() ? rounded->ToInt64() : std::nullopt;
  if (!plain.has_value()) return std::nullopt;
  return absl::int128(*plain) * kNanosPerSecond;
}

Value ScaleDuration(const Value& duration, const Decimal& factor, bool divide) {
  const auto apply = [&](const Decimal& amount) {
    return divide ? Decimal::Divide(amount, factor) : Decimal::Multiply(amount, factor);
  };
  if (duration.year_month() != nullptr) {
    const std::optional<Decimal> months = apply(Decimal(duration.year_month()->months));
    const std::optional<Decimal> whole = months.has_value() ? months->Round(0, Decimal::Rounding::kDown) : std::nullopt;
    const std::optional<int64_t> count = whole.has_value() ? whole->ToInt64() : std::nullopt;
    return count.has_value() ? Value(YearMonthDuration{*count}) : Value();
  }
  const std::optional<Decimal> seconds = NanosAsDecimal(duration.day_time()->nanos);
  const std::optional<Decimal> scaled = seconds.has_value() ? apply(*seconds) : std::nullopt;
  const std::optional<absl::int128> nanos = scaled.has_value() ? DecimalAsNanos(*scaled) : std::nullopt;
  return nanos.has_value() ? Value(DayTimeDuration{*nanos}) : Value();
}

Value MultiplyValues(const Value& a, const Value& b) {
  if (a.number() != nullptr && b.number() != nullptr) return Value::Of(Decimal::Multiply(*a.number(), *b.number()));
  if (IsDuration(a) && b.number() != nullptr) return ScaleDuration(a, *b.number(), false);
  if (IsDuration(b) && a.number() != nullptr) return ScaleDuration(b, *a.number(), false);
  return {};
}

Value DivideValues(const Value& a, const Value& b) {
  if (a.number() != nullptr && b.number() != nullptr) return Value::Of(Decimal::Divide(*a.number(), *b.number()));
  if (IsDuration(a) && b.number() != nullptr) return ScaleDuration(a, *b.number(), true);
  if (a.year_month() != nullptr && b.year_month() != nullptr) {
    return Value::Of(Decimal::Divide(Decimal(a.year_month()->months), Decimal(b.year_month()->months)));
  }
  if (a.day_time() != nullptr && b.day_time() != nullptr) {
    const std::optional<Decimal> top = NanosAsDecimal(a.day_time()->nanos);
    const std::optional<Decimal> bottom = NanosAsDecimal(b.day_time()->nanos);
    return top.has_value() && bottom.has_value() ? Value::Of(Decimal::Divide(*top, *bottom)) : Value();
  }
  return {};
}

}  // namespace

Value Arithmetic(Operation operation, const Value& a, const Value& b) {
  switch (operation) {
    case Operation::kAdd:
      return AddOrSubtract(a, b, false);
    case Operation::kSubtract:
      return AddOrSubtract(a, b, true);
    case Operation::kMultiply:
      return MultiplyValues(a, b);
    case Operation::kDivide:
      return DivideValues(a, b);
    case Operation::kPower:
      if (a.number() == nullptr || b.number() == nullptr) return {};
      return Value::Of(Decimal::Power(*a.number(), *b.number()));
    default:
      return {};
  }
}

}  // namespace lianhu::routing
