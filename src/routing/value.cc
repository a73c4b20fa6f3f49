#include "lianhu/routing/value.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace lianhu::routing {
namespace {

int Sign(bool less, bool equal) {
  return less ? -1 : equal ? 0 : 1;
}

std::string QuoteString(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        quoted += c;
    }
  }
  return quoted + "\"";
}

bool PlainName(absl::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ' ' ||
                        (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80) != 0;
    if (!letter) return false;
  }
  return true;
}

}  // namespace

Value Value::Get(absl::string_view name) const {
  if (context() == nullptr) return {};
  for (const auto& [key, value] : *context()) {
    if (key == name) return value;
  }
  return {};
}

std::optional<int> Order(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case ValueKind::kNumber:
      return Decimal::Compare(*a.number(), *b.number());
    case ValueKind::kString: {
      const int order = a.string()->compare(*b.string());  // UTF-8 keeps the order of code points
      return Sign(order < 0, order == 0);
    }
    case ValueKind::kDate:
      return Sign(*a.date() < *b.date(), *a.date() == *b.date());
    case ValueKind::kTime:
      if (a.time()->offset_seconds.has_value() != b.time()->offset_seconds.has_value()) return std::nullopt;
      return Sign(a.time()->Comparable() < b.time()->Comparable(), a.time()->Comparable() == b.time()->Comparable());
    case ValueKind::kDateTime: {
      const Time& left = a.date_time()->time;
      const Time& right = b.date_time()->time;
      if (left.offset_seconds.has_value() != right.offset_seconds.has_value()) return std::nullopt;
      const absl::int128 x = a.date_time()->Comparable();
      const absl::int128 y = b.date_time()->Comparable();
      return Sign(x < y, x == y);
    }
    case ValueKind::kDayTimeDuration:
      return Sign(a.day_time()->nanos < b.day_time()->nanos, a.day_time()->nanos == b.day_time()->nanos);
    case ValueKind::kYearMonthDuration:
      return Sign(a.year_month()->months < b.year_month()->months, a.year_month()->months == b.year_month()->months);
    default:
      return std::nullopt;
  }
}

std::optional<bool> Equal(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case ValueKind::kBoolean:
      return *a.boolean() == *b.boolean();
    case ValueKind::kList: {
      if (a.list()->size() != b.list()->size()) return false;
      for (size_t i = 0; i < a.list()->size(); ++i) {
        const std::optional<bool> equal = Equal((*a.list())[i], (*b.list())[i]);
        if (!equal.value_or(false)) return false;
      }
      return true;
    }
    case ValueKind::kContext: {
      if (a.context()->size() != b.context()->size()) return false;
      for (const auto& [name, value] : *a.context()) {
        const Value* other = nullptr;
        for (const auto& [key, candidate] : *b.context()) {
          if (key == name) other = &candidate;
        }
        if (other == nullptr || !Equal(value, *other).value_or(false)) return false;
      }
      return true;
    }
    case ValueKind::kRange:
      return a.range()->low_closed == b.range()->low_closed && a.range()->high_closed == b.range()->high_closed &&
             Equal(a.range()->low, b.range()->low).value_or(false) &&
             Equal(a.range()->high, b.range()->high).value_or(false);
    case ValueKind::kFunction:
      return a.function() == b.function();
    case ValueKind::kTime:
    case ValueKind::kDateTime: {
      const std::optional<int> order = Order(a, b);
      return order.has_value() && *order == 0;
    }
    default:
      return Order(a, b) == 0;
  }
}

std::optional<bool> InRange(const Value& value, const Range& range) {
  bool inside = true;
  if (!range.low.is_null()) {
    const std::optional<int> order = Order(range.low, value);
    if (!order.has_value()) return std::nullopt;
    inside = inside && (*order < 0 || (*order == 0 && range.low_closed));
  }
  if (!range.high.is_null()) {
    const std::optional<int> order = Order(value, range.high);
    if (!order.has_value()) return std::nullopt;
    inside = inside && (*order < 0 || (*order == 0 && range.high_closed));
  }
  return inside;
}

std::string ToFeel(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kNull:
      return "null";
    case ValueKind::kBoolean:
      return *value.boolean() ? "true" : "false";
    case ValueKind::kNumber:
      return value.number()->ToString();
    case ValueKind::kString:
      return QuoteString(*value.string());
    case ValueKind::kDate:
      return absl::StrCat("date(\"", ToString(*value.date()), "\")");
    case ValueKind::kTime:
      return absl::StrCat("time(\"", ToString(*value.time()), "\")");
    case ValueKind::kDateTime:
      return absl::StrCat("date and time(\"", ToString(*value.date_time()), "\")");
    case ValueKind::kDayTimeDuration:
      return absl::StrCat("duration(\"", ToString(*value.day_time()), "\")");
    case ValueKind::kYearMonthDuration:
      return absl::StrCat("duration(\"", ToString(*value.year_month()), "\")");
    case ValueKind::kList:
      return absl::StrCat(
          "[", absl::StrJoin(*value.list(), ", ", [](std::string* out, const Value& item) { *out += ToFeel(item); }),
          "]");
    case ValueKind::kContext:
      return absl::StrCat("{",
                          absl::StrJoin(*value.context(), ", ",
                                        [](std::string* out, const auto& entry) {
                                          absl::StrAppend(
                                              out, PlainName(entry.first) ? entry.first : QuoteString(entry.first),
                                              ": ", ToFeel(entry.second));
                                        }),
                          "}");
    case ValueKind::kRange: {
      const Range& range = *value.range();
      if (range.low.is_null()) return absl::StrCat(range.high_closed ? "<=" : "<", ToFeel(range.high));
      if (range.high.is_null()) return absl::StrCat(range.low_closed ? ">=" : ">", ToFeel(range.low));
      return absl::StrCat(range.low_closed ? "[" : "(", ToFeel(range.low), "..", ToFeel(range.high),
                          range.high_closed ? "]" : ")");
    }
    case ValueKind::kFunction:
      return "function";
  }
  return "null";
}

std::string ToText(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kString:
      return *value.string();
    case ValueKind::kDate:
      return ToString(*value.date());
    case ValueKind::kTime:
      return ToString(*value.time());
    case ValueKind::kDateTime:
      return ToString(*value.date_time());
    case ValueKind::kDayTimeDuration:
      return ToString(*value.day_time());
    case ValueKind::kYearMonthDuration:
      return ToString(*value.year_month());
    default:
      return ToFeel(value);
  }
}

absl::string_view KindName(ValueKind kind) {
  switch (kind) {
    case ValueKind::kNull:
      return "null";
    case ValueKind::kBoolean:
      return "boolean";
    case ValueKind::kNumber:
      return "number";
    case ValueKind::kString:
      return "string";
    case ValueKind::kDate:
      return "date";
    case ValueKind::kTime:
      return "time";
    case ValueKind::kDateTime:
      return "date and time";
    case ValueKind::kDayTimeDuration:
      return "days and time duration";
    case ValueKind::kYearMonthDuration:
      return "years and months duration";
    case ValueKind::kList:
      return "list";
    case ValueKind::kContext:
      return "context";
    case ValueKind::kRange:
      return "range";
    case ValueKind::kFunction:
      return "function";
  }
  return "null";
}

}  // namespace lianhu::routing
