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

struct Case {
  const char* expression;
  const char* value;
};

class ExpressionTest : public testing::TestWithParam<Case> {};

TEST_P(ExpressionTest, HasTheValueOfTheStandard) {
  EXPECT_EQ(Eval(GetParam().expression), GetParam().value) << GetParam().expression;
}

INSTANTIATE_TEST_SUITE_P(
    Types, ExpressionTest,
    testing::Values(Case{"{a: 1, b: \"x\"} instance of context<a: number>", "true"},
                    Case{"{a: 1} instance of context<a: string>", "false"},
                    Case{"{a: 1} instance of context<b: number>", "false"},
                    Case{"{a: [1]} instance of context<a: list<number>>", "true"},
                    Case{"[[1], [2]] instance of list<list<number>>", "true"},
                    Case{"[1..2] instance of range<number>", "true"}, Case{"(function(v: number) v)(\"x\")", "null"},
                    Case{"(function(v: number) v)(1)", "1"},
                    Case{"{fac: function(k) if k = 0 then 1 else k * fac(k - 1), r: fac(5)}.r", "120"},
                    Case{"range(\"[1..3)\")", "[1..3)"}, Case{"range(\"[3..1]\")", "null"},
                    Case{"range(\"[@\\\"2020-01-01\\\"..@\\\"2020-02-01\\\"]\").end", "date(\"2020-02-01\")"},
                    Case{"range(\"[1..1 + 2]\")", "null"}, Case{"list[\"x\"]", "null"}, Case{"list[null]", "[]"},
                    Case{"for i in (1..2) return i", "[]"}, Case{"sort([2, 1], 3)", "null"}));

INSTANTIATE_TEST_SUITE_P(Arithmetic, ExpressionTest,
                         testing::Values(Case{"1 + 2 * 3", "7"}, Case{"(1 + 2) * 3", "9"}, Case{"2 ** 3 ** 2", "64"},
                                         Case{"-2 ** 2", "4"}, Case{"10 / 4", "2.5"}, Case{"0.1 + 0.2", "0.3"},
                                         Case{"1 / 0", "null"}, Case{"1 + \"a\"", "null"},
                                         Case{"\"a\" + \"b\"", "\"ab\""}, Case{"a-b", "100"}, Case{"a - b", "3"},
                                         Case{"Years of Service + 1", "13"}, Case{"Years  of\tService*2", "24"},
                                         Case{"1 // comment\n + 1", "2"}, Case{"1 /* x */ + 1", "2"}));

INSTANTIATE_TEST_SUITE_P(
    Logic, ExpressionTest,
    testing::Values(Case{"true and null", "null"}, Case{"false and null", "false"}, Case{"true or null", "true"},
                    Case{"null or false", "null"}, Case{"not(true)", "false"}, Case{"not(null)", "null"},
                    Case{"1 < 2 and 2 < 3", "true"}, Case{"1 = 1.0", "true"}, Case{"1 = \"1\"", "null"},
                    Case{"null = null", "true"}, Case{"if 1 > 2 then 3 else 4", "4"},
                    Case{"if null then 3 else 4", "4"}, Case{"5 between 1 and 5", "true"}, Case{"5 in (1..5]", "true"},
                    Case{"5 in [1..5)", "false"}, Case{"5 in (< 3, > 4)", "true"}, Case{"5 in ]1..5[", "false"},
                    Case{"2 in list", "true"}, Case{"\"b\" in (\"a\", \"b\")", "true"},
                    Case{"1 instance of number", "true"}, Case{"list instance of list<number>", "true"},
                    Case{"some x in list satisfies x > 2", "true"}, Case{"every x in list satisfies x > 2", "false"}));

INSTANTIATE_TEST_SUITE_P(Structure, ExpressionTest,
                         testing::Values(Case{"Applicant.Age", "41"}, Case{"Applicant.first name", "\"Li\""},
                                         Case{"{a: 1, b: a + 1}.b", "2"}, Case{"list[1]", "1"}, Case{"list[-1]", "3"},
                                         Case{"list[item > 1]", "[2, 3]"}, Case{"people[age > 30].n", "[\"y\"]"},
                                         Case{"for x in list return x * x", "[1, 4, 9]"},
                                         Case{"for x in 1..3, y in [10, 20] return x + y", "[11, 21, 12, 22, 13, 23]"},
                                         Case{"for i in 1..3 return if i = 1 then 1 else i * partial[-1]", "[1, 2, 6]"},
                                         Case{"(function(x, y) x - y)(5, 3)", "2"},
                                         Case{"{f: function(x) x + 1, r: f(2)}.r", "3"}, Case{"[1, 2, 3]", "[1, 2, 3]"},
                                         Case{"[]", "[]"}, Case{"{}", "{}"},
                                         Case{"sort([3,1,2], function(x,y) x < y)", "[1, 2, 3]"}));

INSTANTIATE_TEST_SUITE_P(
    Builtins, ExpressionTest,
    testing::Values(Case{"sum(list)", "6"}, Case{"max(1, 5, 3)", "5"}, Case{"min([\"b\", \"a\"])", "\"a\""},
                    Case{"mean(list)", "2"}, Case{"count(list)", "3"}, Case{"median(4, 1, 3)", "3"},
                    Case{"string length(\"户籍\")", "2"}, Case{"substring(\"foobar\", 3)", "\"obar\""},
                    Case{"substring(\"foobar\", -2, 1)", "\"a\""},
                    Case{"substring(string: \"foobar\", start position: 3)", "\"obar\""},
                    Case{"upper case(\"aBc\")", "\"ABC\""}, Case{"substring before(\"foobar\", \"bar\")", "\"foo\""},
                    Case{"contains(\"foobar\", \"ob\")", "true"}, Case{"upper case([\"a\"])", "\"A\""},
                    Case{"string join(\"a\", \"-\")", "\"a\""}, Case{"upper case([\"a\", \"b\"])", "null"},
                    Case{"replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")", "\"[1=ab][2=]cd\""},
                    Case{"matches(\"foobar\", \"^fo*b\")", "true"},
                    Case{"split(\"a;b;;c\", \";\")", "[\"a\", \"b\", \"\", \"c\"]"}, Case{"decimal(1/3, 2)", "0.33"},
                    Case{"floor(-1.5)", "-2"}, Case{"modulo(-12, 5)", "3"}, Case{"sqrt(16)", "4"},
                    Case{"round half up(5.5, 0)", "6"}, Case{"number(\"1 000,5\", \" \", \",\")", "1000.5"},
                    Case{"append([1], 2, 3)", "[1, 2, 3]"}, Case{"distinct values([1, 2, 1])", "[1, 2]"},
                    Case{"flatten([[1], [2, [3]]])", "[1, 2, 3]"}, Case{"index of([1, 2, 1], 1)", "[1, 3]"},
                    Case{"get value({k: 3}, \"k\")", "3"}, Case{"overlaps([1..5], [5..8])", "true"},
                    Case{"before(1, [2..3])", "true"}, Case{"string(1.50)", "\"1.5\""}));

INSTANTIATE_TEST_SUITE_P(
    Temporal, ExpressionTest,
    testing::Values(
        Case{"date(\"2026-02-30\")", "null"}, Case{"date(2026, 2, 28) + duration(\"P1D\")", "date(\"2026-03-01\")"},
        Case{"@\"2026-01-31\" + @\"P1M\"", "date(\"2026-02-28\")"}, Case{"date(\"2026-01-31\").weekday", "6"},
        Case{"date and time(\"2026-01-01T10:00:00+08:00\") = date and time(\"2026-01-01T02:00:00Z\")", "true"},
        Case{"date and time(\"2026-01-01T10:00:00\").hour", "10"}, Case{"duration(\"P1Y2M\").months", "2"},
        Case{"@\"PT25H\"", "duration(\"P1DT1H\")"},
        Case{"date(\"2026-03-01\") - date(\"2026-02-01\")", "duration(\"P28D\")"},
        Case{"years and months duration(date(\"2011-12-22\"), date(\"2013-08-24\"))", "duration(\"P1Y8M\")"},
        Case{"day of week(date(\"2019-09-17\"))", "\"Tuesday\""}, Case{"week of year(date(\"2005-01-01\"))", "53"},
        Case{"time(\"23:59:00\") + duration(\"PT2M\")", "time(\"00:01:00\")"},
        Case{"duration(\"P2D\") / 4", "duration(\"PT12H\")"},
        Case{"date(\"2012-12-25\") > date(\"2012-12-24\")", "true"}));

INSTANTIATE_TEST_SUITE_P(Refused, ExpressionTest,
                         testing::Values(Case{"1 +", "error at character 4: an expression expected"},
                                         Case{"(1", "error at character 3: ')' expected"},
                                         Case{"\"open", "error at character 1: the string is not closed"},
                                         Case{"1 2", "error at character 3: the expression should end here"},
                                         Case{"if 1 then 2", "error at character 12: 'else' expected"},
                                         Case{"squar(2)", "error at character 6: function 'squar' is not known"},
                                         Case{
                                             "today() = date(\"2026-01-01\")",
                                             "error at character 6: function 'today' is not supported: a decision must "
                                             "not depend on when it is asked"},
                                         Case{"@\"nonsense\"", "error at character 1: no date, time or duration"}));

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
