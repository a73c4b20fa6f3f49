// Conversions (DMN 1.5, 10.3.4.1), dates (10.3.4.9) and contexts (10.3.4.7).
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "routing/builtins.h"

namespace lianhu::routing {
namespace {

std::optional<int64_t> Whole(const Value& value) {
  return value.number() != nullptr ? value.number()->ToInt64() : std::nullopt;
}

Value MakeDate(Evaluator&, Arguments arguments) {
  const Value& from = arguments[0];
  if (arguments.size() == 3) {
    const auto year = Whole(arguments[0]), month = Whole(arguments[1]), day = Whole(arguments[2]);
    if (!year.has_value() || !month.has_value() || !day.has_value()) return {};
    return Value::Of(Date::Make(*year, *month, *day));
  }
  if (arguments.size() != 1) return {};
  if (from.string() != nullptr) return Value::Of(ParseDate(*from.string()));
  if (from.date() != nullptr) return from;
  if (from.date_time() != nullptr) return from.date_time()->date;
  return {};
}

Value MakeTime(Evaluator&, Arguments arguments) {
  const Value& from = arguments[0];
  if (arguments.size() == 1) {
    if (from.string() != nullptr) return Value::Of(ParseTime(*from.string()));
    if (from.time() != nullptr) return from;
    if (from.date_time() != nullptr) return from.date_time()->time;
    if (from.date() != nullptr) return Time{.nanos = 0, .offset_seconds = 0, .zone = {}};
    return {};
  }
  if (arguments.size() < 3) return {};
  const auto hour = Whole(arguments[0]), minute = Whole(arguments[1]);
  if (!hour.has_value() || !minute.has_value() || arguments[2].number() == nullptr) return {};
  const std::optional<Decimal> scaled = Decimal::Multiply(*arguments[2].number(), Decimal(kNanosPerSecond));
  const std::optional<Decimal> floor = scaled.has_value() ? scaled->Round(0, Decimal::Rounding::kFloor) : std::nullopt;
  const std::optional<int64_t> nanos = floor.has_value() ? floor->ToInt64() : std::nullopt;
  if (!nanos.has_value() || *nanos < 0 || *nanos >= 60 * kNanosPerSecond || *hour < 0 || *hour > 23 || *minute < 0 ||
      *minute > 59) {
    return {};
  }
  Time time;
  time.nanos = (*hour * 60 + *minute) * 60 * kNanosPerSecond + *nanos;
  if (const Value offset = At(arguments, 3); !offset.is_null()) {
    if (offset.day_time() == nullptr) return {};
    const absl::int128 seconds = offset.day_time()->nanos / kNanosPerSecond;
    if (seconds < -18 * 3600 || seconds > 18 * 3600) return {};
    time.offset_seconds = static_cast<int32_t>(static_cast<int64_t>(seconds));
  }
  return time;
}

Value MakeDateTime(Evaluator&, Arguments arguments) {
  if (arguments.size() == 1) {
    if (arguments[0].string() != nullptr) return Value::Of(ParseDateTime(*arguments[0].string()));
    if (arguments[0].date_time() != nullptr) return arguments[0];
    if (arguments[0].date() != nullptr) {
      return DateTime{.date = *arguments[0].date(), .time = {.nanos = 0, .offset_seconds = 0, .zone = {}}};
    }
    return {};
  }
  const Time* time = arguments[1].time();
  if (time == nullptr) return {};
  const Date* date = arguments[0].date();
  if (date == nullptr && arguments[0].date_time() != nullptr) date = &arguments[0].date_time()->date;
  if (date == nullptr) return {};
  return DateTime{.date = *date, .time = *time};
}

Value MakeDuration(Evaluator&, Arguments arguments) {
  const Value& from = arguments[0];
  if (from.day_time() != nullptr || from.year_month() != nullptr) return from;
  if (from.string() == nullptr) return {};
  if (const auto months = ParseYearMonthDuration(*from.string())) return *months;
  return Value::Of(ParseDayTimeDuration(*from.string()));
}

Value MonthsBetween(Evaluator&, Arguments arguments) {
  const auto date = [](const Value& value) -> std::optional<DateTime> {
    if (value.date_time() != nullptr) return *value.date_time();
    if (value.date() != nullptr) return DateTime{.date = *value.date(), .time = {}};
    return std::nullopt;
  };
  const std::optional<DateTime> from = date(arguments[0]), to = date(arguments[1]);
  if (!from.has_value() || !to.has_value()) return {};
  const CivilDay a = from->date.Civil(), b = to->date.Civil();
  int64_t months = (b.year - a.year) * 12 + b.month - a.month;
  const bool day_before = b.day < a.day || (b.day == a.day && to->time.nanos < from->time.nanos);
  const bool day_after = b.day > a.day || (b.day == a.day && to->time.nanos > from->time.nanos);
  if (months > 0 && day_before) --months;
  if (months < 0 && day_after) ++months;
  return YearMonthDuration{months};
}

Value MakeNumber(Evaluator&, Arguments arguments) {
  if (arguments[0].number() != nullptr && arguments.size() == 1) return arguments[0];
  if (arguments[0].string() == nullptr) return {};
  std::string text = *arguments[0].string();
  if (arguments.size() == 1) return Value::Of(Decimal::Parse(text));
  const Value grouping = At(arguments, 1), point = At(arguments, 2);
  if (!grouping.is_null()) {
    if (grouping.string() == nullptr ||
        (*grouping.string() != " " && *grouping.string() != "," && *grouping.string() != "."))
      return {};
    if (Same(grouping, point)) return {};
    text = absl::StrReplaceAll(text, {{*grouping.string(), ""}});
  }
  if (!point.is_null()) {
    if (point.string() == nullptr || (*point.string() != "." && *point.string() != ",")) return {};
    text = absl::StrReplaceAll(text, {{*point.string(), "."}});
  }
  return Value::Of(Decimal::Parse(text));
}

Value MakeString(Evaluator&, Arguments arguments) {
  if (arguments[0].is_null()) return {};
  return ToText(arguments[0]);
}

Value DatePart(Arguments arguments, Value (*part)(const Date&)) {
  if (arguments[0].date() != nullptr) return part(*arguments[0].date());
  if (arguments[0].date_time() != nullptr) return part(arguments[0].date_time()->date);
  return {};
}

Builtin OnDate(std::string name, Value (*part)(const Date&)) {
  return {std::move(name), {"date"}, 1, [part](Evaluator&, Arguments arguments) { return DatePart(arguments, part); }};
}

constexpr const char* kDays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};

Value GetEntries(Evaluator&, Arguments arguments) {
  if (arguments[0].context() == nullptr) return {};
  List entries;
  for (const auto& [key, value] : *arguments[0].context()) {
    entries.push_back(Context{{"key", Value(key)}, {"value", value}});
  }
  return entries;
}

Value PutPath(const Value& context, absl::Span<const Value> path, const Value& value) {
  if (path.empty()) return value;
  if (context.context() == nullptr || path[0].string() == nullptr) return {};
  Context changed = *context.context();
  for (auto& [key, held] : changed) {
    if (key == *path[0].string()) {
      held = path.size() == 1 ? value : PutPath(held, path.subspan(1), value);
      return changed;
    }
  }
  Value inner = path.size() == 1 ? value : PutPath(Value(Context{}), path.subspan(1), value);
  changed.emplace_back(*path[0].string(), std::move(inner));
  return changed;
}

Value ContextPut(Evaluator&, Arguments arguments) {
  if (arguments[1].list() != nullptr) {
    if (arguments[1].list()->empty() || arguments[1].list()->size() > 100) return {};
    return PutPath(arguments[0], *arguments[1].list(), arguments[2]);
  }
  return PutPath(arguments[0], arguments.subspan(1, 1), arguments[2]);
}

Value MergeContexts(Evaluator&, Arguments arguments) {
  const List single = {arguments[0]};
  const List& contexts = arguments[0].list() != nullptr ? *arguments[0].list() : single;
  Context merged;
  for (const Value& context : contexts) {
    if (context.context() == nullptr) return {};
    for (const auto& [key, value] : *context.context()) {
      Value changed = PutPath(Value(merged), std::vector<Value>{Value(key)}, value);
      merged = *changed.context();
    }
  }
  return merged;
}

Value MakeContext(Evaluator&, Arguments arguments) {
  const List single = {arguments[0]};
  Context made;
  for (const Value& entry : arguments[0].list() != nullptr ? *arguments[0].list() : single) {
    const Value key = entry.Get("key");
    if (key.string() == nullptr) return {};
    const Context& parts = *entry.context();
    if (std::none_of(parts.begin(), parts.end(), [](const auto& part) { return part.first == "value"; })) return {};
    for (const auto& [name, value] : made) {
      if (name == *key.string()) return {};
    }
    made.emplace_back(*key.string(), entry.Get("value"));
  }
  return made;
}

}  // namespace

std::vector<Builtin> ConversionBuiltins() {
  return {
      {"date", {"year", "month", "day"}, 1, MakeDate, false, {{"from"}}},
      {"time", {"hour", "minute", "second", "offset"}, 1, MakeTime, false, {{"from"}}},
      {"date and time", {"date", "time"}, 1, MakeDateTime, false, {{"from"}}},
      {"duration", {"from"}, 1, MakeDuration},
      {"years and months duration", {"from", "to"}, 2, MonthsBetween},
      {"number", {"from", "grouping separator", "decimal separator"}, 1, MakeNumber},
      {"string", {"from"}, 1, MakeString},
      {"context", {"entries"}, 1, MakeContext},
      OnDate("day of year", [](const Date& date) { return Value(date.DayOfYear()); }),
      OnDate("day of week", [](const Date& date) { return Value(kDays[date.Weekday() - 1]); }),
      OnDate("month of year", [](const Date& date) { return Value(kMonths[date.Civil().month - 1]); }),
      OnDate("week of year", [](const Date& date) { return Value(date.WeekOfYear()); }),
      {"get value",
       {"m", "key"},
       2,
       [](Evaluator&, Arguments arguments) {
         return arguments[1].string() != nullptr ? arguments[0].Get(*arguments[1].string()) : Value();
       },
       false,
       {{"context", "key"}}},
      {"get entries", {"m"}, 1, GetEntries, false, {{"context"}}},
      {"context put", {"context", "key", "value"}, 3, ContextPut, false, {{"context", "keys", "value"}}},
      {"context merge", {"contexts"}, 1, MergeContexts},
      {"is",
       {"value1", "value2"},
       2,
       [](Evaluator&, Arguments arguments) -> Value {
         if (arguments[0].kind() != arguments[1].kind()) return false;
         return ToFeel(arguments[0]) == ToFeel(arguments[1]) || Same(arguments[0], arguments[1]);
       }},
  };
}

}  // namespace lianhu::routing
