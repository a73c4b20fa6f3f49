#include "lianhu/routing/analysis.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lianhu/routing/diff.h"

namespace lianhu::routing {
namespace {

// Small random tables over integers 1..4, three words and a boolean: 24 cases to ask one by one.
DecisionTable RandomTable(std::mt19937_64& random, HitPolicy policy) {
  DecisionTable table;
  table.name = "random";
  table.hit_policy = policy;
  table.inputs = {{.name = "s", .expression = "s", .type = "integer", .allowed_values = "[1..4]"},
                  {.name = "k", .expression = "k", .type = "string", .allowed_values = "\"a\", \"b\", \"c\""},
                  {.name = "p", .expression = "p", .type = "boolean", .allowed_values = ""}};
  table.outputs = {{.name = "o", .type = "string", .allowed_values = "\"x\", \"y\", \"z\"", .default_entry = ""}};
  const auto pick = [&](std::vector<const char*> from) { return std::string(from[random() % from.size()]); };
  const size_t rules = 1 + random() % 7;
  for (size_t r = 0; r < rules; ++r) {
    table.rules.push_back(
        {.id = "r" + std::to_string(r + 1),
         .inputs = {pick({"-", "1", "< 3", "[2..3]", "> 1", "1, 4", "(1..4)", "not(2)", "> 3.5", "> 4"}),
                    pick({"-", "\"a\"", "\"a\", \"c\"", "not(\"b\")", "\"b\""}), pick({"-", "-", "true", "false"})},
         .outputs = {pick({"\"x\"", "\"y\"", "\"z\""})},
         .note = ""});
  }
  return table;
}

std::vector<std::vector<Value>> AllCases() {
  std::vector<std::vector<Value>> cases;
  for (int s = 1; s <= 4; ++s) {
    for (const char* k : {"a", "b", "c"}) {
      for (const bool p : {false, true}) cases.push_back({s, k, p});
    }
  }
  return cases;
}

std::vector<int32_t> Matching(const Table& table, const std::vector<Value>& inputs) {
  std::vector<int32_t> matching;
  Evaluator evaluator;
  for (size_t r = 0; r < table.definition().rules.size(); ++r) {
    bool all = true;
    for (size_t i = 0; i < inputs.size(); ++i)
      all = all && evaluator.Passes(inputs[i], table.cell(r, i), Scope()).value_or(false);
    if (all) matching.push_back(static_cast<int32_t>(r));
  }
  return matching;
}

bool InBox(const Table& table, const std::vector<SegmentSet>& box, const std::vector<Value>& inputs) {
  for (size_t i = 0; i < inputs.size(); ++i) {
    const int32_t segment = table.compiled()->domain(i).SegmentOf(inputs[i]);
    if (!Intersects(box[i], {{segment, segment + 1}})) return false;
  }
  return true;
}

constexpr HitPolicy kPolicies[] = {HitPolicy::kUnique,     HitPolicy::kAny,     HitPolicy::kFirst,
                                   HitPolicy::kPriority,   HitPolicy::kCollect, HitPolicy::kRuleOrder,
                                   HitPolicy::kOutputOrder};

TEST(AnalysisTest, AgreesWithAskingEveryCase) {
  constexpr uint64_t kSeed = 20261124;
  std::mt19937_64 random(kSeed);
  RunContext context;
  int gaps = 0, overlaps = 0, masked = 0, clean = 0;
  for (int round = 0; round < 1500; ++round) {
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", round " << round);
    const HitPolicy policy = kPolicies[round % 7];
    const DecisionTable definition = RandomTable(random, policy);
    const absl::StatusOr<Table> table = Table::Make(definition, InputNames(definition));
    ASSERT_TRUE(table.ok()) << table.status();
    ASSERT_NE(table->compiled(), nullptr) << table->not_compiled_because();
    const absl::StatusOr<Analysis> analysis = Analyze(*table, {}, context);
    ASSERT_TRUE(analysis.ok()) << analysis.status();
    EXPECT_TRUE(analysis->complete);
    clean += analysis->findings.empty() ? 1 : 0;

    std::set<int32_t> deciding;
    std::set<std::vector<int32_t>> pairs;
    for (const std::vector<Value>& inputs : AllCases()) {
      const std::vector<int32_t> matching = Matching(*table, inputs);
      int in_gaps = 0;
      for (const Finding& finding : analysis->findings) {
        if (finding.kind == FindingKind::kGap && InBox(*table, finding.box, inputs)) ++in_gaps;
        if (finding.kind == FindingKind::kOverlap && InBox(*table, finding.box, inputs)) {
          for (const int32_t rule : finding.rules)
            EXPECT_TRUE(std::count(matching.begin(), matching.end(), rule))
                << ToText(*table, finding, Language::kEnglish);
        }
      }
      // Every case without a rule lies in exactly one gap, and no other in any.
      EXPECT_EQ(in_gaps, policy != HitPolicy::kCollect && matching.empty() ? 1 : 0);
      const absl::StatusOr<Outcome> outcome = table->Decide(inputs);
      ASSERT_TRUE(outcome.ok()) << outcome.status();
      EXPECT_EQ(outcome->kind == OutcomeKind::kNoMatch, matching.empty());
      deciding.insert(outcome->rules.begin(), outcome->rules.end());
      for (size_t a = 0; a < matching.size(); ++a) {
        for (size_t b = a + 1; b < matching.size(); ++b) {
          const bool differ = definition.rules[matching[a]].outputs != definition.rules[matching[b]].outputs;
          if (policy == HitPolicy::kUnique || (policy == HitPolicy::kAny && differ))
            pairs.insert({matching[a], matching[b]});
        }
      }
      // Compiled and naive decisions agree.
      Evaluator evaluator;
      const absl::StatusOr<Outcome> naive = table->DecideByRules(inputs, Scope(), evaluator);
      ASSERT_TRUE(naive.ok());
      EXPECT_TRUE(SameOutcome(*outcome, *naive));
      EXPECT_EQ(outcome->rules, naive->rules);
    }
    std::set<std::vector<int32_t>> found;
    std::set<int32_t> found_masked;
    for (const Finding& finding : analysis->findings) {
      if (finding.kind == FindingKind::kOverlap) found.insert(finding.rules);
      if (finding.kind == FindingKind::kMasked) found_masked.insert(finding.rules[0]);
      gaps += finding.kind == FindingKind::kGap ? 1 : 0;
      if (finding.kind == FindingKind::kGap || finding.kind == FindingKind::kOverlap) {
        // The witness is in the box, and shows it.
        const std::vector<Value> witness = BoxWitness(*table, finding.box);
        EXPECT_TRUE(InBox(*table, finding.box, witness));
        EXPECT_EQ(Matching(*table, witness).empty(), finding.kind == FindingKind::kGap);
      }
      if (finding.kind == FindingKind::kSubsumed) {
        // Deleting the rule changes no outcome.
        DecisionTable less = definition;
        less.rules.erase(less.rules.begin() + finding.rules[0]);
        const absl::StatusOr<Table> shorter = Table::Make(less, InputNames(less));
        ASSERT_TRUE(shorter.ok());
        for (const std::vector<Value>& inputs : AllCases()) {
          const Outcome a = *table->Decide(inputs), b = *shorter->Decide(inputs);
          EXPECT_TRUE(a.kind == OutcomeKind::kViolation || SameOutcome(a, b))
              << ToText(*table, finding, Language::kEnglish);
        }
      }
    }
    EXPECT_EQ(found, pairs);
    if (policy == HitPolicy::kFirst || policy == HitPolicy::kPriority) {
      std::set<int32_t> never;
      for (size_t r = 0; r < definition.rules.size(); ++r) {
        if (deciding.find(static_cast<int32_t>(r)) == deciding.end()) never.insert(static_cast<int32_t>(r));
      }
      EXPECT_EQ(found_masked, never);
    }
    overlaps += static_cast<int>(found.size());
    masked += static_cast<int>(found_masked.size());
  }
  EXPECT_GT(gaps, 500);
  EXPECT_GT(overlaps, 300);
  EXPECT_GT(masked, 300);
  EXPECT_GT(clean, 5);
}

TEST(DiffTest, ListsEveryCaseThatChangesAndNoOther) {
  constexpr uint64_t kSeed = 7;
  std::mt19937_64 random(kSeed);
  RunContext context;
  int changed = 0, same = 0;
  for (int round = 0; round < 800; ++round) {
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", round " << round);
    const HitPolicy policy = kPolicies[round % 7];
    const DecisionTable first = RandomTable(random, policy);
    DecisionTable second = first;
    if (round % 3 == 0) second = RandomTable(random, policy);
    if (round % 3 == 1) second.rules[0].outputs = {"\"z\""};
    const absl::StatusOr<Table> before = Table::Make(first, InputNames(first)),
                                after = Table::Make(second, InputNames(second));
    ASSERT_TRUE(before.ok() && after.ok());
    const absl::StatusOr<TableDiff> diff = Diff(*before, *after, {}, context);
    ASSERT_TRUE(diff.ok()) << diff.status();
    for (const std::vector<Value>& inputs : AllCases()) {
      const Outcome a = *before->Decide(inputs), b = *after->Decide(inputs);
      int in_boxes = 0;
      Evaluator evaluator;
      for (const Change& change : diff->changes) {
        bool inside = true;
        for (size_t i = 0; i < inputs.size(); ++i) {
          const absl::StatusOr<UnaryTests> tests = ParseUnaryTests(change.box[i], Names());
          ASSERT_TRUE(tests.ok()) << change.box[i];
          inside = inside && evaluator.Passes(inputs[i], *tests, Scope()).value_or(false);
        }
        if (!inside) continue;
        ++in_boxes;
        EXPECT_TRUE(SameOutcome(change.before, a) && SameOutcome(change.after, b));
      }
      EXPECT_EQ(in_boxes, SameOutcome(a, b) ? 0 : 1);
      ++(SameOutcome(a, b) ? same : changed);
    }
  }
  EXPECT_GT(changed, 1000);
  EXPECT_GT(same, 1000);
}

TEST(AnalysisTest, SaysItInWords) {
  DecisionTable table;
  table.name = "t";
  table.inputs = {{.name = "age", .expression = "age", .type = "integer", .allowed_values = ""}};
  table.outputs = {{.name = "o", .type = "string", .allowed_values = "\"x\", \"y\", \"z\"", .default_entry = ""}};
  table.rules = {{.id = "r1", .inputs = {"< 18"}, .outputs = {"\"x\""}, .note = ""},
                 {.id = "r2", .inputs = {"[18..60]"}, .outputs = {"\"y\""}, .note = ""},
                 {.id = "r3", .inputs = {"> 61"}, .outputs = {"\"y\""}, .note = ""},
                 {.id = "r4", .inputs = {"60"}, .outputs = {"\"x\""}, .note = ""}};
  const absl::StatusOr<Table> made = Table::Make(table, InputNames(table));
  ASSERT_TRUE(made.ok());
  RunContext context;
  const absl::StatusOr<Analysis> analysis = Analyze(*made, {}, context);
  ASSERT_TRUE(analysis.ok());
  std::vector<std::string> sentences;
  for (const Finding& finding : analysis->findings) sentences.push_back(ToText(*made, finding, Language::kEnglish));
  EXPECT_EQ(sentences,
            (std::vector<std::string>{"gap: no rule matches age = 61", "overlap: rules r2 and r4 both match age = 60",
                                      "mergeable: rules r1 and r4 differ in 'age' only",
                                      "mergeable: rules r2 and r3 differ in 'age' only",
                                      "unreachable output: no rule gives 'o' = \"z\""}));
}

}  // namespace
}  // namespace lianhu::routing
