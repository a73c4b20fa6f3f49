// A recursive descent over the grammar of DMN 1.5, 10.3.1.2, on what scanner.h reads.
#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/routing/expression.h"
#include "routing/names.h"
#include "routing/scanner.h"

namespace lianhu::routing {
namespace {

constexpr std::array<absl::string_view, 19> kKeywords = {
    "if", "then", "else",  "for",  "in",      "return",   "some", "every",    "satisfies", "and",
    "or", "true", "false", "null", "between", "instance", "of",   "function", "external"};

class Parser : private Scanner {
 public:
  Parser(absl::string_view text, const Names& names) : Scanner(text, names) {}

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
    std::vector<ExpressionPtr> operands;
    operands.reserve(2);
    operands.push_back(left);
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
      return Literal(Value::Of(TakeNumber()));
    }
    if (c == '"') return Literal(TakeString());
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

  ExpressionPtr ParseAtLiteral() {
    const size_t start = at_;
    TakeSign("@");
    if (Rest().substr(0, 1) != "\"") {
      Fail("a string expected after @");
      return nullptr;
    }
    const std::string text = TakeString();
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
          names.push_back(TakeString());
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

  int depth_ = 0;
  bool range_end_ = false;  // reading the end of a range, where `[` closes it: ]1..5[
};

absl::Status CheckSize(absl::string_view text) {
  if (text.size() <= kMaxExpressionBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("is longer than ", kMaxExpressionBytes, " bytes"));
}

}  // namespace

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
