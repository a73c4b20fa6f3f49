// A recursive descent over the grammar of DMN 1.5, 10.3.1.2. Names may hold blanks and signs, so there is no lexer
// before the parser: where a name may stand, the longest known one is taken.
#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/routing/expression.h"
#include "routing/utf8.h"

namespace lianhu::routing {
namespace {

constexpr std::array<absl::string_view, 19> kKeywords = {
    "if", "then", "else",  "for",  "in",      "return",   "some", "every",    "satisfies", "and",
    "or", "true", "false", "null", "between", "instance", "of",   "function", "external"};

bool IsNameStart(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0;
}
bool IsNamePart(char c) {
  return IsNameStart(c) || absl::ascii_isdigit(static_cast<unsigned char>(c));
}

// Bytes of blank at the front of `text`: ASCII, no-break, ideographic and the like.
size_t BlankSize(absl::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
  if (absl::ascii_isspace(byte(0))) return 1;
  if (byte(0) == 0xC2 && (byte(1) == 0xA0 || byte(1) == 0x85)) return 2;
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return 3;
  if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) <= 0x8A || byte(2) == 0xA8 || byte(2) == 0xA9)) return 3;
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;
  return 0;
}

class Parser {
 public:
  Parser(absl::string_view text, const Names& names) : text_(text), names_(names) {}

  absl::StatusOr<ExpressionPtr> Whole() {
    ExpressionPtr expression = ParseAny();
    if (status_.ok() && !AtEnd()) Fail("the expression should end here");
    if (!status_.ok()) return status_;
    return expression;
  }

  absl::StatusOr<UnaryTests> WholeTests() {
    UnaryTests result;
    if (AtEnd()) {
      result.any = true;
      return result;
    }
    const size_t start = at_;
    if (TakeSign("-") && AtEnd()) {
      result.any = true;
      return result;
    }
    at_ = start;
    if (TakeWord("not") && TakeSign("(")) {
      result.tests = TestList();
      if (status_.ok() && TakeSign(")") && AtEnd()) {
        result.negated = true;
        return result;
      }
      if (status_.ok()) result.tests.clear();
      status_ = absl::OkStatus();
    }
    at_ = start;
    result.tests = TestList();
    if (status_.ok() && !AtEnd()) Fail("the tests should end here");
    if (!status_.ok()) return status_;
    return result;
  }

 private:
  struct Nested {
    explicit Nested(Parser* owner) : parser(owner) {
      if (++parser->depth_ > kMaxNesting) parser->Fail(absl::StrCat("nests more than ", kMaxNesting, " deep"));
    }
    ~Nested() { --parser->depth_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;
    Parser* parser;
  };

  std::shared_ptr<Expression> Make(Operation operation, std::vector<ExpressionPtr> operands = {}) {
    auto made = std::make_shared<Expression>();
    made->operation = operation;
    for (const ExpressionPtr& operand : operands) {
      if (operand == nullptr) continue;
      made->uses_input = made->uses_input || operand->uses_input;
      made->height = std::max(made->height, operand->height + 1);
    }
    if (made->height > kMaxNesting) Fail(absl::StrCat("nests or chains more than ", kMaxNesting, " deep"));
    made->operands = std::move(operands);
    return made;
  }
  ExpressionPtr Literal(Value value) {
    auto made = Make(Operation::kLiteral);
    made->literal = std::move(value);
    return made;
  }

  void Fail(absl::string_view message) {
    if (!status_.ok()) return;
    status_ = absl::InvalidArgumentError(absl::StrCat(
        "at character ", CountCodePoints(text_.substr(0, std::min(at_, text_.size()))) + 1, ": ", message));
  }
  bool failed() const { return !status_.ok(); }

  void SkipBlanks() {
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
  bool AtEnd() {
    SkipBlanks();
    return at_ >= text_.size();
  }
  absl::string_view Rest() {
    SkipBlanks();
    return text_.substr(std::min(at_, text_.size()));
  }
  bool TakeSign(absl::string_view sign) {
    if (Rest().substr(0, sign.size()) != sign) return false;
    at_ += sign.size();
    return true;
  }
  bool SeesWord(absl::string_view word) {
    const absl::string_view rest = Rest();
    return rest.substr(0, word.size()) == word && (rest.size() == word.size() || !IsNamePart(rest[word.size()]));
  }
  bool TakeWord(absl::string_view word) {
    if (!SeesWord(word)) return false;
    at_ += word.size();
    return true;
  }
  void Expect(absl::string_view sign) {
    if (!TakeSign(sign)) Fail(absl::StrCat("'", sign, "' expected"));
  }
  void ExpectWord(absl::string_view word) {
    if (!TakeWord(word)) Fail(absl::StrCat("'", word, "' expected"));
  }

  // The longest name that is known here, or nothing.
  size_t KnownName(std::string* name) {
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
  // One word, when no known name fits.
  size_t Word(absl::string_view rest) const {
    if (rest.empty() || !IsNameStart(rest[0])) return 0;
    size_t size = 0;
    while (size < rest.size() && IsNamePart(rest[size]) && BlankSize(rest.substr(size)) == 0) ++size;
    return size;
  }
  std::string TakeName() {
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
  // A name that is being defined: words up to one of the signs, or up to `keyword`.
  std::string TakeNewName(absl::string_view stops, absl::string_view keyword) {
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

  ExpressionPtr ParseAny() {
    const Nested nested(this);
    if (failed()) return nullptr;
    std::string known;
    const size_t size = KnownName(&known);
    const auto keyword = [&](absl::string_view word) { return size <= word.size() && SeesWord(word); };
    if (keyword("if")) return ParseIf();
    if (keyword("for")) return ParseIteration(Operation::kFor, "for", "return");
    if (keyword("some")) return ParseIteration(Operation::kSome, "some", "satisfies");
    if (keyword("every")) return ParseIteration(Operation::kEvery, "every", "satisfies");
    if (keyword("function")) return ParseFunction();
    return ParseOr();
  }

  ExpressionPtr ParseIf() {
    TakeWord("if");
    ExpressionPtr condition = ParseAny();
    ExpectWord("then");
    ExpressionPtr yes = failed() ? nullptr : ParseAny();
    ExpectWord("else");
    ExpressionPtr no = failed() ? nullptr : ParseAny();
    return Make(Operation::kIf, {condition, yes, no});
  }

  ExpressionPtr ParseIteration(Operation operation, absl::string_view word, absl::string_view last) {
    TakeWord(word);
    std::vector<std::string> names;
    std::vector<ExpressionPtr> operands;
    const Names saved = local_;
    do {
      names.push_back(TakeNewName(",()[]{}\"", "in"));
      ExpectWord("in");
      if (failed()) return nullptr;
      operands.push_back(ParseAny());
      operands.push_back(TakeSign("..") ? ParseAny() : nullptr);
      local_.Add(names.back());
    } while (!failed() && TakeSign(","));
    ExpectWord(last);
    if (operation == Operation::kFor) local_.Add("partial");
    operands.push_back(failed() ? nullptr : ParseAny());
    local_ = saved;
    auto made = Make(operation, std::move(operands));
    made->names = std::move(names);
    return made;
  }

  ExpressionPtr ParseFunction() {
    TakeWord("function");
    Expect("(");
    std::vector<std::string> names;
    std::vector<std::string> types;
    const Names saved = local_;
    if (!TakeSign(")")) {
      do {
        names.push_back(TakeNewName(",):", ""));
        local_.Add(names.back());
        types.push_back(TakeSign(":") ? TypeName() : "");
      } while (!failed() && TakeSign(","));
      Expect(")");
    }
    if (TakeWord("external")) Fail("external functions are not supported");
    auto made = Make(Operation::kFunction, {failed() ? nullptr : ParseAny()});
    made->uses_input = false;
    made->names = std::move(names);
    made->types = std::move(types);
    local_ = saved;
    return made;
  }

  // list<number>, context<a: string>, function<number> -> string, date and time
  std::string TypeName() {
    std::string type;
    SkipBlanks();
    const size_t start = at_;
    static constexpr std::array<absl::string_view, 3> kLong = {"date and time", "days and time duration",
                                                               "years and months duration"};
    for (const absl::string_view known : kLong) {
      std::string name;
      Names one;
      one.Add(known);
      if (const size_t size = one.LongestPrefix(Rest(), &name); size > 0) {
        at_ += size;
        return name;
      }
    }
    std::string name = TakeName();
    type = name;
    if ((name == "list" || name == "range" || name == "function" || name == "context") && TakeSign("<")) {
      int open = 1;
      while (!AtEnd() && open > 0) {
        if (text_[at_] == '<') ++open;
        if (text_[at_] == '>' && (at_ == 0 || text_[at_ - 1] != '-')) --open;
        ++at_;
      }
      if (open > 0) Fail("'>' expected");
      if (name == "function" && TakeSign("->")) TypeName();
      type = NormalizeName(text_.substr(start, at_ - start));
    }
    return type;
  }

  ExpressionPtr ParseOr() {
    ExpressionPtr left = ParseAnd();
    while (!failed() && TakeWord("or")) left = Make(Operation::kOr, {left, ParseAnd()});
    return left;
  }

  ExpressionPtr ParseAnd() {
    ExpressionPtr left = ParseComparison();
    while (!failed() && TakeWord("and")) left = Make(Operation::kAnd, {left, ParseComparison()});
    return left;
  }

  bool TakeComparison(Operation* operation) {
    static constexpr std::array<std::pair<absl::string_view, Operation>, 6> kSigns = {{
        {"<=", Operation::kLessEqual},
        {">=", Operation::kGreaterEqual},
        {"!=", Operation::kNotEqual},
        {"<", Operation::kLess},
        {">", Operation::kGreater},
        {"=", Operation::kEqual},
    }};
    for (const auto& [sign, found] : kSigns) {
      if (TakeSign(sign)) {
        *operation = found;
        return true;
      }
    }
    return false;
  }

  ExpressionPtr ParseComparison() {
    const Nested nested(this);
    if (failed()) return nullptr;
    ExpressionPtr left = ParseSum();
    while (!failed()) {
      Operation operation;
      if (TakeWord("between")) {
        ExpressionPtr low = ParseSum();
        ExpectWord("and");
        ExpressionPtr high = failed() ? nullptr : ParseSum();
        left = Make(Operation::kBetween, {left, low, high});
      } else if (TakeWord("in")) {
        left = ParseIn(left);
      } else if (TakeComparison(&operation)) {
        left = Make(operation, {left, ParseSum()});
      } else {
        break;
      }
    }
    return left;
  }

  ExpressionPtr ParseIn(const ExpressionPtr& left) {
    std::vector<ExpressionPtr> operands = {left};
    if (TakeSign("(")) {  // a list of tests or an open range
      operands.push_back(Test());
      if (TakeSign("..")) {
        operands.back() = RestOfRange(operands.back(), false);
      } else {
        while (!failed() && TakeSign(",")) operands.push_back(Test());
        Expect(")");
      }
    } else {
      operands.push_back(Test());
    }
    auto made = Make(Operation::kIn, std::move(operands));
    made->uses_input = left && left->uses_input;
    return made;
  }

  std::vector<ExpressionPtr> TestList() {
    std::vector<ExpressionPtr> tests;
    do {
      tests.push_back(Test());
    } while (!failed() && TakeSign(","));
    return tests;
  }

  ExpressionPtr Test() {
    Operation operation;
    if (TakeComparison(&operation)) {
      auto made = Make(Operation::kTest, {ParseSum()});
      made->low_closed = operation == Operation::kGreaterEqual;
      made->high_closed = operation == Operation::kLessEqual;
      made->text = operation == Operation::kEqual                                        ? "="
                   : operation == Operation::kNotEqual                                   ? "!="
                   : operation == Operation::kLess || operation == Operation::kLessEqual ? "<"
                                                                                         : ">";
      return made;
    }
    return ParseAny();
  }

  ExpressionPtr ParseSum() {
    ExpressionPtr left = ParseProduct();
    while (!failed()) {
      if (TakeSign("+")) {
        left = Make(Operation::kAdd, {left, ParseProduct()});
      } else if (Rest().substr(0, 2) != "->" && TakeSign("-")) {
        left = Make(Operation::kSubtract, {left, ParseProduct()});
      } else {
        break;
      }
    }
    return left;
  }

  ExpressionPtr ParseProduct() {
    ExpressionPtr left = ParsePower();
    while (!failed()) {
      if (Rest().substr(0, 2) != "**" && TakeSign("*")) {
        left = Make(Operation::kMultiply, {left, ParsePower()});
      } else if (TakeSign("/")) {
        left = Make(Operation::kDivide, {left, ParsePower()});
      } else {
        break;
      }
    }
    return left;
  }

  ExpressionPtr ParsePower() {
    ExpressionPtr left = ParseNegation();
    while (!failed() && TakeSign("**")) left = Make(Operation::kPower, {left, ParseNegation()});
    return left;
  }

  ExpressionPtr ParseNegation() {
    const Nested nested(this);
    if (failed()) return nullptr;
    if (TakeSign("-")) return Make(Operation::kNegate, {ParseNegation()});
    ExpressionPtr value = ParsePostfix();
    while (!failed() && SeesWord("instance")) {
      TakeWord("instance");
      ExpectWord("of");
      auto made = Make(Operation::kInstanceOf, {value});
      made->text = failed() ? "" : TypeName();
      value = made;
    }
    return value;
  }

  ExpressionPtr ParsePostfix() {
    ExpressionPtr value = ParsePrimary();
    while (!failed()) {
      const absl::string_view rest = Rest();
      if (rest.empty()) break;
      if (rest[0] == '.' && rest.substr(0, 2) != "..") {
        TakeSign(".");
        auto made = Make(Operation::kPath, {value});
        made->text = TakeName();
        value = made;
      } else if (rest[0] == '[' && !range_end_) {
        TakeSign("[");
        const Names saved = local_;
        local_.Add("item");
        ExpressionPtr condition = ParseAny();
        local_ = saved;
        Expect("]");
        value = Make(Operation::kFilter, {value, condition});
      } else if (rest[0] == '(') {
        value = ParseCall(value);
      } else {
        break;
      }
    }
    return value;
  }

  // A function by its name must be one that is known: another would be null whatever its arguments.
  void CheckFunction(const ExpressionPtr& function) {
    if (failed() || function->operation != Operation::kName) return;
    const std::string& name = function->text;
    if (names_.Has(name) || local_.Has(name) || BuiltinNames().Has(name)) return;
    const bool clock = name == "now" || name == "today";
    Fail(absl::StrCat("function '", name,
                      clock ? "' is not supported: a decision must not depend on when it is asked" : "' is not known"));
  }

  ExpressionPtr ParseCall(const ExpressionPtr& function) {
    CheckFunction(function);
    Expect("(");
    std::vector<ExpressionPtr> operands = {function};
    std::vector<std::string> names;
    if (!TakeSign(")")) {
      do {
        if (std::string name = ArgumentName(); !name.empty()) names.push_back(std::move(name));
        operands.push_back(ParseAny());
      } while (!failed() && TakeSign(","));
      if (!names.empty() && names.size() + 1 != operands.size()) Fail("either every argument has a name or none");
      Expect(")");
    }
    auto made = Make(Operation::kCall, std::move(operands));
    made->names = std::move(names);
    return made;
  }

  // "name:" before an argument, or nothing.
  std::string ArgumentName() {
    SkipBlanks();
    size_t end = at_;
    while (end < text_.size() && (IsNamePart(text_[end]) || text_[end] == ' ' || text_[end] == '\'')) ++end;
    if (end >= text_.size() || text_[end] != ':' || end == at_ || !IsNameStart(text_[at_])) return "";
    std::string name = NormalizeName(text_.substr(at_, end - at_));
    at_ = end + 1;
    return name;
  }

  ExpressionPtr ParsePrimary() {
    const absl::string_view rest = Rest();
    if (rest.empty()) {
      Fail("an expression expected");
      return nullptr;
    }
    const char c = rest[0];
    if (absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
        (c == '.' && rest.size() > 1 && absl::ascii_isdigit(static_cast<unsigned char>(rest[1])))) {
      return ParseNumber(rest);
    }
    if (c == '"') return Literal(ParseString());
    if (c == '@') return ParseAtLiteral();
    if (c == '(' || c == '[' || c == ']') return ParseBracket(c);
    if (c == '{') return ParseContext();
    if (c == '?') {
      TakeSign("?");
      auto made = Make(Operation::kInput);
      made->uses_input = true;
      return made;
    }
    return ParseNameOrWord();
  }

  ExpressionPtr ParseNumber(absl::string_view rest) {
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
    return Literal(Value::Of(number));
  }

  std::string ParseString() {
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

  uint32_t HexDigits(size_t count) {
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

  ExpressionPtr ParseAtLiteral() {
    const size_t start = at_;
    TakeSign("@");
    if (Rest().substr(0, 1) != "\"") {
      Fail("a string expected after @");
      return nullptr;
    }
    const std::string text = ParseString();
    if (const auto date = ParseDate(text)) return Literal(Value(*date));
    if (const auto date_time = ParseDateTime(text)) return Literal(Value(*date_time));
    if (const auto time = ParseTime(text)) return Literal(Value(*time));
    if (const auto duration = ParseYearMonthDuration(text)) return Literal(Value(*duration));
    if (const auto duration = ParseDayTimeDuration(text)) return Literal(Value(*duration));
    at_ = start;
    Fail("no date, time or duration");
    return nullptr;
  }

  // (a), (a..b), [a..b), [a, b], ]a..b[, (< a)
  ExpressionPtr ParseBracket(char open) {
    const Nested nested(this);
    if (failed()) return nullptr;
    const bool saved = std::exchange(range_end_, false);
    ExpressionPtr value = InBracket(open);
    range_end_ = saved;
    return value;
  }

  ExpressionPtr InBracket(char open) {
    TakeSign(absl::string_view(&open, 1));
    Operation operation;
    if (open == '[' && TakeSign("]")) return Make(Operation::kList);
    if (open == '(') {
      const size_t start = at_;
      if (TakeComparison(&operation)) {
        at_ = start;
        ExpressionPtr test = Test();
        Expect(")");
        return test;
      }
    }
    ExpressionPtr first = ParseAny();
    if (failed()) return nullptr;
    if (TakeSign("..")) return RestOfRange(first, open == '[');
    if (open == '(') {
      Expect(")");
      return first;
    }
    if (open == ']') {
      Fail("'..' expected");
      return nullptr;
    }
    std::vector<ExpressionPtr> items = {first};
    while (!failed() && TakeSign(",")) items.push_back(Test());
    Expect("]");
    return Make(Operation::kList, std::move(items));
  }

  ExpressionPtr RestOfRange(const ExpressionPtr& first, bool low_closed) {
    const bool saved = std::exchange(range_end_, true);
    ExpressionPtr last = ParseAny();
    range_end_ = saved;
    auto made = Make(Operation::kRange, {first, last});
    made->low_closed = low_closed;
    if (TakeSign("]")) {
      made->high_closed = true;
    } else if (!TakeSign(")") && !TakeSign("[")) {
      Fail("']', ')' or '[' expected at the end of the range");
    }
    return made;
  }

  ExpressionPtr ParseContext() {
    const Nested nested(this);
    if (failed()) return nullptr;
    TakeSign("{");
    std::vector<std::string> names;
    std::vector<ExpressionPtr> operands;
    if (!TakeSign("}")) {
      do {
        if (Rest().substr(0, 1) == "\"") {
          names.push_back(ParseString());
        } else {
          names.push_back(TakeNewName(":}\"", ""));
        }
        Expect(":");
        if (failed()) return nullptr;
        if (std::count(names.begin(), names.end(), names.back()) > 1)
          Fail(absl::StrCat("'", names.back(), "' is there twice"));
        local_.Add(names.back());  // a function may call itself; stays known: the context may be asked for it by a path
        operands.push_back(ParseAny());
      } while (!failed() && TakeSign(","));
      Expect("}");
    }
    auto made = Make(Operation::kContext, std::move(operands));
    made->names = std::move(names);
    return made;
  }

  ExpressionPtr ParseNameOrWord() {
    std::string known;
    const size_t size = KnownName(&known);
    const absl::string_view rest = Rest();
    const absl::string_view word = rest.substr(0, Word(rest));
    if (size <= word.size()) {
      if (word == "true" || word == "false") {
        at_ += word.size();
        return Literal(Value(word == "true"));
      }
      if (word == "null") {
        at_ += word.size();
        return Literal(Value());
      }
      if (std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end()) {
        if (word == "if" || word == "for" || word == "some" || word == "every" || word == "function") return ParseAny();
        Fail(absl::StrCat("an expression expected, not '", word, "'"));
        return nullptr;
      }
    }
    if (size == 0 && word.empty()) {
      Fail("an expression expected");
      return nullptr;
    }
    auto made = Make(Operation::kName);
    made->text = TakeName();
    return made;
  }

  absl::string_view text_;
  const Names& names_;
  Names local_;
  size_t at_ = 0;
  int depth_ = 0;
  bool range_end_ = false;  // reading the end of a range, where `[` closes it: ]1..5[
  absl::Status status_;
};

absl::Status CheckSize(absl::string_view text) {
  if (text.size() <= kMaxExpressionBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("is longer than ", kMaxExpressionBytes, " bytes"));
}

}  // namespace

std::string NormalizeName(absl::string_view name) {
  std::string normal;
  bool pending = false;
  for (size_t at = 0; at < name.size();) {
    if (const size_t blank = BlankSize(name.substr(at)); blank > 0) {
      pending = !normal.empty();
      at += blank;
      continue;
    }
    if (pending) normal += ' ';
    pending = false;
    normal += name[at++];
  }
  return normal;
}

void Names::Add(absl::string_view name) {
  std::string normal = NormalizeName(name);
  if (normal.empty()) return;
  longest_ = std::max(longest_, normal.size());
  names_.insert(std::move(normal));
}

size_t Names::LongestPrefix(absl::string_view text, std::string* name) const {
  std::string normal;
  size_t best = 0;
  bool pending = false;
  for (size_t at = 0; at < text.size() && normal.size() <= longest_;) {
    if (const size_t blank = BlankSize(text.substr(at)); blank > 0) {
      if (normal.empty()) break;
      pending = true;
      at += blank;
      continue;
    }
    if (pending) normal += ' ';
    pending = false;
    const char c = text[at++];
    normal += c;
    if (IsNamePart(c) && at < text.size() && IsNamePart(text[at]) && BlankSize(text.substr(at)) == 0) continue;
    if (normal.size() <= longest_ && names_.find(normal) != names_.end()) {
      best = at;
      *name = normal;
    }
  }
  std::string other;
  if (outer_ == nullptr) return best;
  if (const size_t size = outer_->LongestPrefix(text, &other); size > best) {
    best = size;
    *name = other;
  }
  return best;
}

absl::StatusOr<ExpressionPtr> ParseExpression(absl::string_view text, const Names& names) {
  if (absl::Status status = CheckSize(text); !status.ok()) return status;
  return Parser(text, names).Whole();
}

absl::StatusOr<UnaryTests> ParseUnaryTests(absl::string_view text, const Names& names) {
  if (absl::Status status = CheckSize(text); !status.ok()) return status;
  return Parser(text, names).WholeTests();
}

bool IsConstant(const Expression& expression) {
  switch (expression.operation) {
    case Operation::kInput:
    case Operation::kFor:
    case Operation::kSome:
    case Operation::kEvery:
    case Operation::kFunction:
    case Operation::kFilter:
    case Operation::kContext:
    case Operation::kName:
      return false;
    case Operation::kCall:
      if (expression.operands[0]->operation != Operation::kName ||
          FindBuiltin(expression.operands[0]->text) == nullptr) {
        return false;
      }
      return std::all_of(expression.operands.begin() + 1, expression.operands.end(),
                         [](const ExpressionPtr& operand) { return IsConstant(*operand); });
    default:
      return std::all_of(expression.operands.begin(), expression.operands.end(),
                         [](const ExpressionPtr& operand) { return IsConstant(*operand); });
  }
}

}  // namespace lianhu::routing
