#include "lianhu/routing/expression.h"

#include <string>

#include "gtest/gtest.h"

namespace lianhu::routing {
namespace {

// The value of an expression over these inputs, as FEEL writes it; or the complaint of the parser.
std::string Eval(const std::string& text) {
  Scope scope;
  scope.Set("Age", 30);
  scope.Set("Years of Service", 12);
  scope.Set("a", 5);
  scope.Set("b", 2);
  scope.Set("a-b", 100);
  scope.Set("date", Value("shadow"));
  scope.Set("Applicant", Context{{"Age", Value(41)}, {"first name", Value("Li")}});
  scope.Set("list", List{Value(1), Value(2), Value(3)});
  scope.Set("people", List{Value(Context{{"n", Value("x")}, {"age", Value(20)}}),
                           Value(Context{{"n", Value("y")}, {"age", Value(50)}})});
  Names names;
  for (const char* name :
       {"Age", "Years of Service", "a", "b", "a-b", "date", "Applicant", "first name", "list", "people", "n", "age"}) {
    names.Add(name);
  }
  const absl::StatusOr<ExpressionPtr> expression = ParseExpression(text, names);
  if (!expression.ok()) return "error " + std::string(expression.status().message());
  Evaluator evaluator;
  return ToFeel(evaluator.Evaluate(**expression, scope));
}

struct Expected {
  const char* expression;
  const char* value;
};

class ExpressionTest : public testing::TestWithParam<Expected> {};

TEST_P(ExpressionTest, HasTheValueOfTheStandard) {
  EXPECT_EQ(Eval(GetParam().expression), GetParam().value) << GetParam().expression;
}

INSTANTIATE_TEST_SUITE_P(
    Types, ExpressionTest,
    testing::Values(Expected{"{a: 1, b: \"x\"} instance of context<a: number>", "true"},
                    Expected{"{a: 1} instance of context<a: string>", "false"},
                    Expected{"{a: 1} instance of context<b: number>", "false"},
                    Expected{"{a: [1]} instance of context<a: list<number>>", "true"},
                    Expected{"[[1], [2]] instance of list<list<number>>", "true"},
                    Expected{"[1..2] instance of range<number>", "true"},
                    Expected{"(function(v: number) v)(\"x\")", "null"}, Expected{"(function(v: number) v)(1)", "1"},
                    Expected{"{fac: function(k) if k = 0 then 1 else k * fac(k - 1), r: fac(5)}.r", "120"},
                    Expected{"range(\"[1..3)\")", "[1..3)"}, Expected{"range(\"[3..1]\")", "null"},
                    Expected{"range(\"[@\\\"2020-01-01\\\"..@\\\"2020-02-01\\\"]\").end", "date(\"2020-02-01\")"},
                    Expected{"range(\"[1..1 + 2]\")", "null"}, Expected{"list[\"x\"]", "null"},
                    Expected{"list[null]", "[]"}, Expected{"for i in (1..2) return i", "[]"},
                    Expected{"sort([2, 1], 3)", "null"}));

INSTANTIATE_TEST_SUITE_P(Arithmetic, ExpressionTest,
                         testing::Values(Expected{"1 + 2 * 3", "7"}, Expected{"(1 + 2) * 3", "9"},
                                         Expected{"2 ** 3 ** 2", "64"}, Expected{"-2 ** 2", "4"},
                                         Expected{"10 / 4", "2.5"}, Expected{"0.1 + 0.2", "0.3"},
                                         Expected{"1 / 0", "null"}, Expected{"1 + \"a\"", "null"},
                                         Expected{"\"a\" + \"b\"", "\"ab\""}, Expected{"a-b", "100"},
                                         Expected{"a - b", "3"}, Expected{"Years of Service + 1", "13"},
                                         Expected{"Years  of\tService*2", "24"}, Expected{"1 // comment\n + 1", "2"},
                                         Expected{"1 /* x */ + 1", "2"}));

INSTANTIATE_TEST_SUITE_P(Logic, ExpressionTest,
                         testing::Values(Expected{"true and null", "null"}, Expected{"false and null", "false"},
                                         Expected{"true or null", "true"}, Expected{"null or false", "null"},
                                         Expected{"not(true)", "false"}, Expected{"not(null)", "null"},
                                         Expected{"1 < 2 and 2 < 3", "true"}, Expected{"1 = 1.0", "true"},
                                         Expected{"1 = \"1\"", "null"}, Expected{"null = null", "true"},
                                         Expected{"if 1 > 2 then 3 else 4", "4"},
                                         Expected{"if null then 3 else 4", "4"}, Expected{"5 between 1 and 5", "true"},
                                         Expected{"5 in (1..5]", "true"}, Expected{"5 in [1..5)", "false"},
                                         Expected{"5 in (< 3, > 4)", "true"}, Expected{"5 in ]1..5[", "false"},
                                         Expected{"2 in list", "true"}, Expected{"\"b\" in (\"a\", \"b\")", "true"},
                                         Expected{"1 instance of number", "true"},
                                         Expected{"list instance of list<number>", "true"},
                                         Expected{"some x in list satisfies x > 2", "true"},
                                         Expected{"every x in list satisfies x > 2", "false"}));

INSTANTIATE_TEST_SUITE_P(
    Structure, ExpressionTest,
    testing::Values(Expected{"Applicant.Age", "41"}, Expected{"Applicant.first name", "\"Li\""},
                    Expected{"{a: 1, b: a + 1}.b", "2"}, Expected{"list[1]", "1"}, Expected{"list[-1]", "3"},
                    Expected{"list[item > 1]", "[2, 3]"}, Expected{"people[age > 30].n", "[\"y\"]"},
                    Expected{"for x in list return x * x", "[1, 4, 9]"},
                    Expected{"for x in 1..3, y in [10, 20] return x + y", "[11, 21, 12, 22, 13, 23]"},
                    Expected{"for i in 1..3 return if i = 1 then 1 else i * partial[-1]", "[1, 2, 6]"},
                    Expected{"(function(x, y) x - y)(5, 3)", "2"}, Expected{"{f: function(x) x + 1, r: f(2)}.r", "3"},
                    Expected{"[1, 2, 3]", "[1, 2, 3]"}, Expected{"[]", "[]"}, Expected{"{}", "{}"},
                    Expected{"sort([3,1,2], function(x,y) x < y)", "[1, 2, 3]"}));

INSTANTIATE_TEST_SUITE_P(
    Builtins, ExpressionTest,
    testing::Values(Expected{"sum(list)", "6"}, Expected{"max(1, 5, 3)", "5"}, Expected{"min([\"b\", \"a\"])", "\"a\""},
                    Expected{"mean(list)", "2"}, Expected{"count(list)", "3"}, Expected{"median(4, 1, 3)", "3"},
                    Expected{"string length(\"户籍\")", "2"}, Expected{"substring(\"foobar\", 3)", "\"obar\""},
                    Expected{"substring(\"foobar\", -2, 1)", "\"a\""},
                    Expected{"substring(string: \"foobar\", start position: 3)", "\"obar\""},
                    Expected{"upper case(\"aBc\")", "\"ABC\""},
                    Expected{"substring before(\"foobar\", \"bar\")", "\"foo\""},
                    Expected{"contains(\"foobar\", \"ob\")", "true"}, Expected{"upper case([\"a\"])", "\"A\""},
                    Expected{"string join(\"a\", \"-\")", "\"a\""}, Expected{"upper case([\"a\", \"b\"])", "null"},
                    Expected{"replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")", "\"[1=ab][2=]cd\""},
                    Expected{"matches(\"foobar\", \"^fo*b\")", "true"},
                    Expected{"split(\"a;b;;c\", \";\")", "[\"a\", \"b\", \"\", \"c\"]"},
                    Expected{"decimal(1/3, 2)", "0.33"}, Expected{"floor(-1.5)", "-2"}, Expected{"modulo(-12, 5)", "3"},
                    Expected{"sqrt(16)", "4"}, Expected{"round half up(5.5, 0)", "6"},
                    Expected{"number(\"1 000,5\", \" \", \",\")", "1000.5"}, Expected{"append([1], 2, 3)", "[1, 2, 3]"},
                    Expected{"distinct values([1, 2, 1])", "[1, 2]"}, Expected{"flatten([[1], [2, [3]]])", "[1, 2, 3]"},
                    Expected{"index of([1, 2, 1], 1)", "[1, 3]"}, Expected{"get value({k: 3}, \"k\")", "3"},
                    Expected{"overlaps([1..5], [5..8])", "true"}, Expected{"before(1, [2..3])", "true"},
                    Expected{"string(1.50)", "\"1.5\""}));

INSTANTIATE_TEST_SUITE_P(
    Temporal, ExpressionTest,
    testing::Values(
        Expected{"date(\"2026-02-30\")", "null"},
        Expected{"date(2026, 2, 28) + duration(\"P1D\")", "date(\"2026-03-01\")"},
        Expected{"@\"2026-01-31\" + @\"P1M\"", "date(\"2026-02-28\")"}, Expected{"date(\"2026-01-31\").weekday", "6"},
        Expected{"date and time(\"2026-01-01T10:00:00+08:00\") = date and time(\"2026-01-01T02:00:00Z\")", "true"},
        Expected{"date and time(\"2026-01-01T10:00:00\").hour", "10"}, Expected{"duration(\"P1Y2M\").months", "2"},
        Expected{"@\"PT25H\"", "duration(\"P1DT1H\")"},
        Expected{"date(\"2026-03-01\") - date(\"2026-02-01\")", "duration(\"P28D\")"},
        Expected{"years and months duration(date(\"2011-12-22\"), date(\"2013-08-24\"))", "duration(\"P1Y8M\")"},
        Expected{"day of week(date(\"2019-09-17\"))", "\"Tuesday\""},
        Expected{"week of year(date(\"2005-01-01\"))", "53"},
        Expected{"time(\"23:59:00\") + duration(\"PT2M\")", "time(\"00:01:00\")"},
        Expected{"duration(\"P2D\") / 4", "duration(\"PT12H\")"},
        Expected{"date(\"2012-12-25\") > date(\"2012-12-24\")", "true"}));

INSTANTIATE_TEST_SUITE_P(Refused, ExpressionTest,
                         testing::Values(Expected{"1 +", "error at character 4: an expression expected"},
                                         Expected{"(1", "error at character 3: ')' expected"},
                                         Expected{"\"open", "error at character 1: the string is not closed"},
                                         Expected{"1 2", "error at character 3: the expression should end here"},
                                         Expected{"if 1 then 2", "error at character 12: 'else' expected"},
                                         Expected{"squar(2)", "error at character 6: function 'squar' is not known"},
                                         Expected{
                                             "today() = date(\"2026-01-01\")",
                                             "error at character 6: function 'today' is not supported: a decision must "
                                             "not depend on when it is asked"},
                                         Expected{"@\"nonsense\"", "error at character 1: no date, time or duration"}));

TEST(ExpressionLimitsTest, NeitherNestingNorLengthNorLoopsRunAway) {
  EXPECT_EQ(Eval(std::string(5000, '(')).substr(0, 5), "error");
  std::string chain = "1";
  for (int i = 0; i < 20'000; ++i) chain += "+1";
  EXPECT_EQ(Eval(chain).substr(0, 5), "error");
  EXPECT_EQ(Eval("count(for i in 1..1000000000 return i)"), "null");
  EXPECT_EQ(Eval("{f: function(x) f(x), r: f(1)}.r"), "null");
  // Each level of a call is many of an expression: together they must not outgrow the stack.
  std::string deep = "f(x)";
  for (int i = 0; i < 60; ++i) deep = "1+(" + deep + ")";
  EXPECT_EQ(Eval("{f: function(x) " + deep + ", r: f(1)}.r"), "null");
  EXPECT_EQ(Eval("{f: function(x) if x = 0 then 0 else 1 + f(x - 1), r: f(150)}.r"), "150");
  EXPECT_EQ(Eval(std::string(100'000, ' ')).substr(0, 5), "error");
}

TEST(UnaryTestsTest, PassAsTheStandardSays) {
  const auto passes = [](const std::string& tests, const Value& input) {
    const absl::StatusOr<UnaryTests> parsed = ParseUnaryTests(tests, Names());
    EXPECT_TRUE(parsed.ok()) << tests << ": " << parsed.status();
    if (!parsed.ok()) return false;
    Evaluator evaluator;
    return evaluator.Passes(input, *parsed, Scope()).value_or(false);
  };
  EXPECT_TRUE(passes("-", Value()));
  EXPECT_TRUE(passes("", 3));
  EXPECT_TRUE(passes("< 5", 4));
  EXPECT_FALSE(passes("< 5", 5));
  EXPECT_FALSE(passes("< 5", Value()));
  EXPECT_TRUE(passes("<18, >=60", 60));
  EXPECT_TRUE(passes("[1..5)", 1));
  EXPECT_FALSE(passes("(1..5]", 1));
  EXPECT_TRUE(passes("]1..5]", 5));
  EXPECT_TRUE(passes("\"a\", \"b\"", "b"));
  EXPECT_FALSE(passes("not(\"a\", \"b\")", "b"));
  EXPECT_TRUE(passes("not(\"a\")", Value()));
  EXPECT_TRUE(passes("null", Value()));
  EXPECT_FALSE(passes("null", 0));
  EXPECT_FALSE(passes("not(null)", Value()));
  EXPECT_TRUE(passes("not(null)", 1));
  EXPECT_TRUE(passes("? > 3 and ? < 8", 5));
  EXPECT_TRUE(passes("-5", -5));
  EXPECT_TRUE(passes("true", true));
  EXPECT_FALSE(passes("true", false));
  EXPECT_TRUE(passes("date(\"2026-01-01\")", Date{20454}));
  EXPECT_TRUE(passes("[date(\"2026-01-01\")..date(\"2026-12-31\")]", Date{20500}));
}

}  // namespace
}  // namespace lianhu::routing
