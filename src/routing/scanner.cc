#include "routing/scanner.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "routing/names.h"
#include "routing/utf8.h"

namespace lianhu::routing {

void Scanner::Fail(absl::string_view message) {
  if (!status_.ok()) return;
  status_ = absl::InvalidArgumentError(
      absl::StrCat("at character ", CountCodePoints(text_.substr(0, std::min(at_, text_.size()))) + 1, ": ", message));
}

void Scanner::SkipBlanks() {
  while (at_ < text_.size()) {
    const absl::string_view rest = text_.substr(at_);
    if (const size_t blank = BlankSize(rest); blank > 0) {
      at_ += blank;
    } else if (rest.substr(0, 2) == "//") {
      const size_t end = rest.find('\n');
      at_ = end == absl::string_view::npos ? text_.size() : at_ + end + 1;
    } else if (rest.substr(0, 2) == "/*") {
      const size_t end = rest.find("*/", 2);
      if (end == absl::string_view::npos) {
        Fail("the comment is not closed");
        at_ = text_.size();
      } else {
        at_ += end + 2;
      }
    } else {
      return;
    }
  }
}

bool Scanner::AtEnd() {
  SkipBlanks();
  return at_ >= text_.size();
}

absl::string_view Scanner::Rest() {
  SkipBlanks();
  return text_.substr(std::min(at_, text_.size()));
}

bool Scanner::TakeSign(absl::string_view sign) {
  if (Rest().substr(0, sign.size()) != sign) return false;
  at_ += sign.size();
  return true;
}

bool Scanner::SeesWord(absl::string_view word) {
  const absl::string_view rest = Rest();
  return rest.substr(0, word.size()) == word && (rest.size() == word.size() || !IsNamePart(rest[word.size()]));
}

bool Scanner::TakeWord(absl::string_view word) {
  if (!SeesWord(word)) return false;
  at_ += word.size();
  return true;
}

void Scanner::Expect(absl::string_view sign) {
  if (!TakeSign(sign)) Fail(absl::StrCat("'", sign, "' expected"));
}

void Scanner::ExpectWord(absl::string_view word) {
  if (!TakeWord(word)) Fail(absl::StrCat("'", word, "' expected"));
}

size_t Scanner::KnownName(std::string* name) {
  const absl::string_view rest = Rest();
  size_t best = names_.LongestPrefix(rest, name);
  std::string other;
  for (const Names* more : {static_cast<const Names*>(&local_), &BuiltinNames()}) {
    if (const size_t size = more->LongestPrefix(rest, &other); size > best) {
      best = size;
      *name = other;
    }
  }
  return best;
}

size_t Scanner::Word(absl::string_view rest) const {
  if (rest.empty() || !IsNameStart(rest[0])) return 0;
  size_t size = 0;
  while (size < rest.size() && IsNamePart(rest[size]) && BlankSize(rest.substr(size)) == 0) ++size;
  return size;
}

std::string Scanner::TakeName() {
  std::string name;
  const size_t known = KnownName(&name);
  const absl::string_view rest = Rest();
  const size_t word = Word(rest);
  if (known >= word && known > 0) {
    at_ += known;
    return name;
  }
  if (word == 0) {
    Fail("a name expected");
    return "";
  }
  at_ += word;
  return std::string(rest.substr(0, word));
}

std::string Scanner::TakeNewName(absl::string_view stops, absl::string_view keyword) {
  SkipBlanks();
  const size_t start = at_;
  size_t end = at_;
  while (!AtEnd() && stops.find(text_[at_]) == absl::string_view::npos) {
    if (!keyword.empty() && at_ > start && SeesWord(keyword)) break;
    const size_t word = Word(text_.substr(at_));
    at_ += word > 0 ? word : 1;
    end = at_;
    if (end - start > 1000) break;
  }
  std::string name = NormalizeName(text_.substr(start, end - start));
  if (name.empty() || !IsNameStart(name[0])) Fail("a name expected");
  return name;
}

std::optional<Decimal> Scanner::TakeNumber() {
  const absl::string_view rest = Rest();
  size_t size = 0;
  const auto digit = [&](size_t i) {
    return i < rest.size() && absl::ascii_isdigit(static_cast<unsigned char>(rest[i]));
  };
  while (digit(size)) ++size;
  if (size < rest.size() && rest[size] == '.' && digit(size + 1)) {
    ++size;
    while (digit(size)) ++size;
  }
  if (size < rest.size() && (rest[size] == 'e' || rest[size] == 'E')) {
    const size_t sign = size + 1 < rest.size() && (rest[size + 1] == '+' || rest[size + 1] == '-') ? 2 : 1;
    if (digit(size + sign)) {
      size += sign;
      while (digit(size)) ++size;
    }
  }
  const std::optional<Decimal> number = Decimal::Parse(rest.substr(0, size));
  if (!number.has_value()) Fail("the number is too large");
  at_ += size;
  return number;
}

std::string Scanner::TakeString() {
  const size_t start = at_;
  ++at_;
  std::string value;
  while (at_ < text_.size() && text_[at_] != '"') {
    if (text_[at_] != '\\' || at_ + 1 >= text_.size()) {
      value += text_[at_++];
      continue;
    }
    const char escaped = text_[at_ + 1];
    at_ += 2;
    switch (escaped) {
      case 'n':
        value += '\n';
        break;
      case 't':
        value += '\t';
        break;
      case 'r':
        value += '\r';
        break;
      case '"':
      case '\'':
      case '\\':
        value += escaped;
        break;
      case 'u':
        AppendCodePoint(HexDigits(4), value);
        break;
      case 'U':
        AppendCodePoint(HexDigits(6), value);
        break;
      default:
        value += '\\';
        value += escaped;
    }
  }
  if (at_ >= text_.size()) {
    at_ = start;
    Fail("the string is not closed");
    return "";
  }
  ++at_;
  return value;
}

uint32_t Scanner::HexDigits(size_t count) {
  uint32_t code = 0;
  if (at_ + count > text_.size() || !absl::SimpleHexAtoi(text_.substr(at_, count), &code)) {
    Fail("hexadecimal digits expected");
    return 0;
  }
  at_ += count;
  if (count == 4 && code >= 0xD800 && code < 0xDC00 && text_.substr(at_, 2) == "\\u") {  // a surrogate pair
    uint32_t low = 0;
    if (at_ + 6 <= text_.size() && absl::SimpleHexAtoi(text_.substr(at_ + 2, 4), &low) && low >= 0xDC00 &&
        low < 0xE000) {
      at_ += 6;
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
  }
  return code;
}

}  // namespace lianhu::routing
