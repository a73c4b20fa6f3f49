// `instance of` (DMN 1.5, 10.3.2.9.2 and table 65): the types of FEEL, and those a model defines.
#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "lianhu/routing/types.h"

namespace lianhu::routing {
namespace {

// What stands between the angle brackets of "list<number>"; empty without them.
absl::string_view Inside(absl::string_view type) {
  const size_t open = type.find('<'), close = type.rfind('>');
  if (open == absl::string_view::npos || close == absl::string_view::npos || close < open) return {};
  return type.substr(open + 1, close - open - 1);
}

// "a: number, b: list<string>" as names and types; commas inside brackets part nothing.
std::vector<std::pair<absl::string_view, absl::string_view>> Members(absl::string_view text) {
  std::vector<std::pair<absl::string_view, absl::string_view>> members;
  int depth = 0;
  size_t start = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '<') ++depth;
    if (i < text.size() && text[i] == '>') --depth;
    if (i < text.size() && (text[i] != ',' || depth > 0)) continue;
    const absl::string_view member = text.substr(start, i - start);
    start = i + 1;
    const size_t colon = member.find(':');
    if (colon == absl::string_view::npos) continue;
    members.emplace_back(absl::StripAsciiWhitespace(member.substr(0, colon)),
                         absl::StripAsciiWhitespace(member.substr(colon + 1)));
  }
  return members;
}

bool IsContextOf(const Value& value, absl::string_view members, const Types* types) {
  if (value.context() == nullptr) return false;
  const auto wanted = Members(members);
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& member) {
    const auto& entries = *value.context();
    const auto held = std::find_if(entries.begin(), entries.end(),
                                   [&](const auto& entry) { return entry.first == NormalizeName(member.first); });
    return held != entries.end() && (held->second.is_null() || IsInstance(held->second, member.second, types));
  });
}

}  // namespace

bool IsInstance(const Value& value, absl::string_view type, const Types* types) {
  if (types != nullptr && types->Find(type) != nullptr) return types->IsInstance(value, type);
  if (value.is_null()) return type == "Null" || type == "null";
  if (type == "Any") return true;
  if (type == "list" || absl::StartsWith(type, "list<")) {
    if (value.list() == nullptr) return false;
    const absl::string_view item = Inside(type);
    return item.empty() || std::all_of(value.list()->begin(), value.list()->end(),
                                       [&](const Value& held) { return IsInstance(held, item, types); });
  }
  if (absl::StartsWith(type, "function")) return value.function() != nullptr;
  if (type == "range" || absl::StartsWith(type, "range<")) {
    if (value.range() == nullptr) return false;
    const absl::string_view item = Inside(type);
    const auto fits = [&](const Value& bound) { return bound.is_null() || IsInstance(bound, item, types); };
    return item.empty() || (fits(value.range()->low) && fits(value.range()->high));
  }
  if (type == "context" || absl::StartsWith(type, "context<")) return IsContextOf(value, Inside(type), types);
  if (type == "dayTimeDuration") return value.day_time() != nullptr;
  if (type == "yearMonthDuration") return value.year_month() != nullptr;
  if (type == "dateTime") return value.date_time() != nullptr;
  return type == KindName(value.kind());
}

}  // namespace lianhu::routing
