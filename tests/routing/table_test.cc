#include "lianhu/routing/table.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lianhu/base/status.h"
#include "lianhu/routing/compiled_table.h"

namespace lianhu::routing {
namespace {

DecisionTable Discounts(HitPolicy policy, Aggregation aggregation = Aggregation::kNone) {
  DecisionTable table;
  table.name = "discount";
  table.hit_policy = policy;
  table.aggregation = aggregation;
  table.inputs = {
      {.name = "customer", .expression = "customer", .type = "string", .allowed_values = "\"new\", \"old\""},
      {.name = "items", .expression = "items", .type = "number", .allowed_values = ""}};
  table.outputs = {{.name = "rate", .type = "number", .allowed_values = "20, 10, 5", .default_entry = ""}};
  const auto rule = [&](const char* customer, const char* items, const char* rate) {
    table.rules.push_back({.id = "r" + std::to_string(table.rules.size() + 1),
                           .inputs = {customer, items},
                           .outputs = {rate},
                           .note = ""});
  };
  rule("\"old\"", "-", "10");
  rule("-", ">= 10", "20");
  rule("\"new\"", "< 10", "5");
  return table;
}

Outcome Decide(const DecisionTable& definition, const Value& customer, const Value& items) {
  const absl::StatusOr<Table> table = Table::Make(definition, InputNames(definition));
  EXPECT_TRUE(table.ok()) << table.status();
  if (!table.ok()) return {};
  EXPECT_NE(table->compiled(), nullptr) << table->not_compiled_because();
  const std::vector<Value> inputs = {customer, items};
  absl::StatusOr<Outcome> outcome = table->Decide(inputs);
  EXPECT_TRUE(outcome.ok()) << outcome.status();
  return outcome.ok() ? *outcome : Outcome{};
}

std::string Show(const Outcome& outcome) {
  std::string text = outcome.kind == OutcomeKind::kResult    ? ToFeel(outcome.value)
                     : outcome.kind == OutcomeKind::kNoMatch ? "no match"
                                                             : "violation";
  for (const int32_t rule : outcome.rules) text += " r" + std::to_string(rule + 1);
  return text;
}

TEST(TableTest, WhatIsCollectedFromNoRuleIsEmpty) {
  const auto none = [](HitPolicy policy, Aggregation aggregation) {
    const Outcome outcome = Decide(Discounts(policy, aggregation), Value(), 3);
    EXPECT_EQ(outcome.kind, OutcomeKind::kNoMatch);
    return ToFeel(outcome.value);
  };
  EXPECT_EQ(none(HitPolicy::kCollect, Aggregation::kNone), "[]");
  EXPECT_EQ(none(HitPolicy::kRuleOrder, Aggregation::kNone), "[]");
  EXPECT_EQ(none(HitPolicy::kOutputOrder, Aggregation::kNone), "[]");
  EXPECT_EQ(none(HitPolicy::kCollect, Aggregation::kCount), "0");
  EXPECT_EQ(none(HitPolicy::kCollect, Aggregation::kSum), "null");
  EXPECT_EQ(none(HitPolicy::kUnique, Aggregation::kNone), "null");
}

TEST(TableTest, EveryHitPolicy) {
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kUnique), "new", 3)), "5 r3");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kUnique), "old", 12)), "violation r1 r2");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kUnique), Value(), 3)), "no match");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kAny), "old", 12)), "violation r1 r2");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kFirst), "old", 12)), "10 r1");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kPriority), "old", 12)), "20 r2");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kRuleOrder), "old", 12)), "[10, 20] r1 r2");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kOutputOrder), "old", 12)), "[20, 10] r2 r1");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kCollect), "old", 12)), "[10, 20] r1 r2");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kCollect, Aggregation::kSum), "old", 12)), "30 r1 r2");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kCollect, Aggregation::kMin), "old", 12)), "10 r1 r2");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kCollect, Aggregation::kMax), "old", 12)), "20 r1 r2");
  EXPECT_EQ(Show(Decide(Discounts(HitPolicy::kCollect, Aggregation::kCount), "old", 12)), "2 r1 r2");
}

TEST(TableTest, AnyAcceptsEqualOutputs) {
  DecisionTable table = Discounts(HitPolicy::kAny);
  table.rules[1].outputs = {"5 + 5"};
  EXPECT_EQ(Show(Decide(table, "old", 12)), "10 r1 r2");
}

TEST(TableTest, DefaultsAnswerWhereNothingMatches) {
  DecisionTable table = Discounts(HitPolicy::kUnique);
  table.outputs[0].default_entry = "0";
  const Outcome outcome = Decide(table, Value(), 3);
  EXPECT_EQ(Show(outcome), "0");
  EXPECT_TRUE(outcome.is_default);
}

TEST(TableTest, RefusesBadInput) {
  const DecisionTable definition = Discounts(HitPolicy::kUnique);
  const absl::StatusOr<Table> table = Table::Make(definition, InputNames(definition));
  ASSERT_TRUE(table.ok());
  const auto complaint = [&](const std::vector<Value>& inputs) {
    const absl::StatusOr<Outcome> outcome = table->Decide(inputs);
    return outcome.ok() ? "accepted" : std::string(outcome.status().message());
  };
  EXPECT_EQ(complaint({"never seen", 3}), "customer: \"never seen\" is not among the allowed values \"new\", \"old\"");
  EXPECT_EQ(complaint({"new", "3"}), "items: a number expected, not \"3\"");
  EXPECT_EQ(complaint({"new"}), "inputs: has 1 values, the table has 2 inputs");
}

TEST(TableTest, RefusesBadTables) {
  const auto complaint = [](void (*spoil)(DecisionTable&)) {
    DecisionTable table = Discounts(HitPolicy::kUnique);
    spoil(table);
    const absl::StatusOr<Table> made = Table::Make(table, InputNames(table));
    return made.ok() ? "accepted" : std::string(made.status().message());
  };
  EXPECT_EQ(complaint([](DecisionTable& t) { t.rules[1].inputs.pop_back(); }),
            "table 'discount', rule 2 (r2): has 1 input cells, the table has 2 inputs");
  EXPECT_EQ(complaint([](DecisionTable& t) { t.rules[1].outputs.clear(); }),
            "table 'discount', rule 2 (r2): has 0 output cells, the table has 1 outputs");
  EXPECT_EQ(complaint([](DecisionTable& t) { t.rules[1].id = "r1"; }),
            "table 'discount', rule 2 (r1): this id is there twice");
  EXPECT_EQ(complaint([](DecisionTable& t) { t.inputs[1].type = "numbr"; }),
            "table 'discount', input 'items': type 'numbr' is not known");
  EXPECT_EQ(complaint([](DecisionTable& t) { t.rules[2].inputs[1] = "< "; }),
            "table 'discount', rule 3 (r3), input 'items': '< ': at character 3: an expression expected");
  EXPECT_EQ(complaint([](DecisionTable& t) {
              t.hit_policy = HitPolicy::kPriority;
              t.outputs[0].allowed_values.clear();
            }),
            "table 'discount': hit policy PRIORITY needs the allowed values of an output, in order of priority");
  EXPECT_EQ(complaint([](DecisionTable& t) { t.outputs.clear(); }), "table 'discount': has no output");
}

TEST(TableTest, BatchesDecideLikeSingles) {
  const DecisionTable definition = Discounts(HitPolicy::kUnique);
  const absl::StatusOr<Table> table = Table::Make(definition, InputNames(definition));
  ASSERT_TRUE(table.ok());
  const CompiledTable& compiled = *table->compiled();
  const std::vector<int32_t> customers = {compiled.Code(0, "new"), compiled.Code(0, "old"), -1,
                                          compiled.Code(0, "old")};
  const std::vector<double> items = {9.5, 12, 3, 0};
  const std::vector<InputColumn> columns = {{.numbers = {}, .integers = {}, .codes = customers, .booleans = {}},
                                            {.numbers = items, .integers = {}, .codes = {}, .booleans = {}}};
  const absl::StatusOr<BatchResult> result = compiled.Decide(columns);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->outcomes, (std::vector<int32_t>{0, 2, 1, 0}));
  EXPECT_EQ(result->rules, (std::vector<int32_t>{2, 0, -1, 0}));
  EXPECT_EQ(result->matches, (std::vector<int32_t>{1, 2, 0, 1}));
  const std::vector<int32_t> strange = {0, compiled.Code(0, "strange"), 0, 0};
  const absl::Status status =
      compiled.Decide({{.numbers = {}, .integers = {}, .codes = strange, .booleans = {}}, columns[1]}).status();
  EXPECT_EQ(GetErrorDetail(status).field, "columns[0]");
  EXPECT_EQ(GetErrorDetail(status).row, 1);
}

}  // namespace
}  // namespace lianhu::routing
