// Strings (DMN 1.5, 10.3.4.3). Positions count code points. Regular expressions are RE2's: linear in time on any input;
// back-references, which would not be, give null.
#include <re2/re2.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "routing/builtins.h"
#include "routing/utf8.h"

namespace lianhu::routing {
namespace {

constexpr size_t kMaxPieces = 100'000;

Builtin OnText(std::string name, std::vector<std::string> parameters, Value (*function)(const std::string&)) {
  return {std::move(name), std::move(parameters), 1, [function](Evaluator&, Arguments arguments) {
            return arguments[0].string() != nullptr ? function(*arguments[0].string()) : Value();
          }};
}

Builtin OnTexts(std::string name, std::string second, Value (*function)(const std::string&, const std::string&)) {
  return {std::move(name), {"string", std::move(second)}, 2, [function](Evaluator&, Arguments arguments) {
            const std::string* a = arguments[0].string();
            const std::string* b = arguments[1].string();
            return a != nullptr && b != nullptr ? function(*a, *b) : Value();
          }};
}

// Upper and lower case of ASCII, Latin-1, Greek and Cyrillic, where the two differ by a fixed distance.
std::string ChangeCase(const std::string& text, bool upper) {
  std::string changed;
  for (size_t at = 0; at < text.size();) {
    const size_t size = CodePointSize(text, at);
    const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(text[at + i])); };
    if (size == 1) {
      changed += upper ? absl::ascii_toupper(static_cast<unsigned char>(text[at]))
                       : absl::ascii_tolower(static_cast<unsigned char>(text[at]));
    } else if (size == 2) {
      uint32_t code = ((byte(0) & 0x1F) << 6) | (byte(1) & 0x3F);
      const auto within = [&](uint32_t low, uint32_t high) { return code >= low && code <= high; };
      if (upper) {
        if ((within(0xE0, 0xFE) && code != 0xF7) || (within(0x3B1, 0x3C9) && code != 0x3C2) || within(0x430, 0x44F)) {
          code -= 32;
        } else if (within(0x450, 0x45F)) {
          code -= 80;
        }
      } else {
        if ((within(0xC0, 0xDE) && code != 0xD7) || within(0x391, 0x3A9) || within(0x410, 0x42F)) {
          code += 32;
        } else if (within(0x400, 0x40F)) {
          code += 80;
        }
      }
      AppendCodePoint(code, changed);
    } else {
      changed += text.substr(at, size);
    }
    at += size;
  }
  return changed;
}

Value Substring(Evaluator&, Arguments arguments) {
  const std::string* text = arguments[0].string();
  if (text == nullptr || arguments[1].number() == nullptr) return {};
  const std::optional<int64_t> start = arguments[1].number()->ToInt64();
  const auto size = static_cast<int64_t>(CountCodePoints(*text));
  if (!start.has_value() || *start == 0 || *start > size || *start < -size) return {};
  const int64_t first = *start > 0 ? *start - 1 : size + *start;
  int64_t length = size - first;
  if (arguments.size() > 2 && !arguments[2].is_null()) {
    if (arguments[2].number() == nullptr) return {};
    const std::optional<Decimal> whole = arguments[2].number()->Round(0, Decimal::Rounding::kDown);
    const std::optional<int64_t> given = whole.has_value() ? whole->ToInt64() : std::nullopt;
    if (!given.has_value() || *given < 1) return {};
    length = std::min(length, *given);
  }
  const size_t begin = CodePointOffset(*text, static_cast<size_t>(first));
  const size_t end = CodePointOffset(*text, static_cast<size_t>(first + length));
  return text->substr(begin, end - begin);
}

std::unique_ptr<RE2> Compile(const std::string& pattern, const Value& flags) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  std::string prefix;
  if (!flags.is_null()) {
    if (flags.string() == nullptr) return nullptr;
    for (const char flag : *flags.string()) {
      if (flag != 'i' && flag != 's' && flag != 'm' && flag != 'x') return nullptr;
      if (flag != 'x' && prefix.find(flag) == std::string::npos) prefix += flag;
    }
  }
  std::string text = pattern;
  if (flags.string() != nullptr && flags.string()->find('x') != std::string::npos) {
    text.erase(std::remove_if(text.begin(), text.end(),
                              [](char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }),
               text.end());
  }
  if (!prefix.empty()) text = absl::StrCat("(?", prefix, ")", text);
  auto made = std::make_unique<RE2>(text, options);
  return made->ok() ? std::move(made) : nullptr;
}

Value Matches(Evaluator&, Arguments arguments) {
  if (arguments[0].string() == nullptr || arguments[1].string() == nullptr) return {};
  const std::unique_ptr<RE2> pattern = Compile(*arguments[1].string(), At(arguments, 2));
  if (pattern == nullptr) return {};
  return RE2::PartialMatch(*arguments[0].string(), *pattern);
}

Value ReplaceMatches(Evaluator&, Arguments arguments) {
  const std::string* text = arguments[0].string();
  if (text == nullptr || arguments[1].string() == nullptr || arguments[2].string() == nullptr) return {};
  const std::unique_ptr<RE2> pattern = Compile(*arguments[1].string(), At(arguments, 3));
  if (pattern == nullptr) return {};
  std::string rewrite;  // $1 becomes \1
  const std::string& given = *arguments[2].string();
  for (size_t i = 0; i < given.size(); ++i) {
    if (given[i] == '\\' && i + 1 < given.size() && (given[i + 1] == '$' || given[i + 1] == '\\')) {
      rewrite += given[++i] == '\\' ? "\\\\" : "$";
    } else if (given[i] == '\\') {
      rewrite += "\\\\";
    } else if (given[i] == '$' && i + 1 < given.size() &&
               absl::ascii_isdigit(static_cast<unsigned char>(given[i + 1]))) {
      if (given[i + 1] - '0' <= pattern->NumberOfCapturingGroups())
        absl::StrAppend(&rewrite, "\\", given.substr(i + 1, 1));
      ++i;
    } else {
      rewrite += given[i];
    }
  }
  std::string replaced = *text;
  if (replaced.size() * (rewrite.size() + 1) > (size_t{16} << 20)) return {};
  RE2::GlobalReplace(&replaced, *pattern, rewrite);
  return replaced;
}

Value Split(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].string() == nullptr || arguments[1].string() == nullptr) return {};
  const std::unique_ptr<RE2> pattern = Compile(*arguments[1].string(), Value());
  if (pattern == nullptr || arguments[1].string()->empty()) return {};
  const re2::StringPiece whole(*arguments[0].string());
  List pieces;
  size_t start = 0;
  size_t from = 0;
  re2::StringPiece match;
  while (from <= whole.size() && pattern->Match(whole, from, whole.size(), RE2::UNANCHORED, &match, 1)) {
    if (!evaluator.Spend(1) || pieces.size() > kMaxPieces) return {};
    const auto begin = static_cast<size_t>(match.data() - whole.data());
    if (match.empty()) {
      from = begin + 1;
      continue;
    }
    pieces.emplace_back(std::string(whole.data() + start, begin - start));
    start = begin + match.size();
    from = start;
  }
  pieces.emplace_back(std::string(whole.data() + start, whole.size() - start));
  return pieces;
}

Value Join(Evaluator&, Arguments arguments) {
  if (arguments[0].is_null()) return {};
  const List single = {arguments[0]};
  std::string delimiter;
  if (const Value given = At(arguments, 1); !given.is_null()) {
    if (given.string() == nullptr) return {};
    delimiter = *given.string();
  }
  std::string joined;
  bool first = true;
  for (const Value& item : arguments[0].list() != nullptr ? *arguments[0].list() : single) {
    if (item.is_null()) continue;
    if (item.string() == nullptr || joined.size() + item.string()->size() > (1 << 20)) return {};
    if (!first) joined += delimiter;
    first = false;
    joined += *item.string();
  }
  return joined;
}

}  // namespace

std::vector<Builtin> StringBuiltins() {
  return {
      {"substring", {"string", "start position", "length"}, 2, Substring},
      OnText("string length", {"string"},
             [](const std::string& text) { return Value(static_cast<int64_t>(CountCodePoints(text))); }),
      OnText("upper case", {"string"}, [](const std::string& text) { return Value(ChangeCase(text, true)); }),
      OnText("lower case", {"string"}, [](const std::string& text) { return Value(ChangeCase(text, false)); }),
      OnTexts("substring before", "match",
              [](const std::string& text, const std::string& match) {
                const size_t at = text.find(match);
                return Value(at == std::string::npos ? std::string() : text.substr(0, at));
              }),
      OnTexts("substring after", "match",
              [](const std::string& text, const std::string& match) {
                const size_t at = text.find(match);
                return Value(at == std::string::npos ? std::string() : text.substr(at + match.size()));
              }),
      OnTexts("contains", "match",
              [](const std::string& text, const std::string& match) { return Value(absl::StrContains(text, match)); }),
      OnTexts("starts with", "match",
              [](const std::string& text, const std::string& match) { return Value(absl::StartsWith(text, match)); }),
      OnTexts("ends with", "match",
              [](const std::string& text, const std::string& match) { return Value(absl::EndsWith(text, match)); }),
      {"matches", {"input", "pattern", "flags"}, 2, Matches},
      {"replace", {"input", "pattern", "replacement", "flags"}, 3, ReplaceMatches},
      {"split", {"string", "delimiter"}, 2, Split},
      {"string join", {"list", "delimiter"}, 1, Join},
  };
}

}  // namespace lianhu::routing
