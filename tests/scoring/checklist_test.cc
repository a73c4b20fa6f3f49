#include "lianhu/scoring/checklist.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::scoring {
namespace {

TEST(ChecklistTest, TheFoundingChecklistIsTheOneOfTheField) {
  const Checklist checklist = FoundingChecklist();
  ASSERT_TRUE(Validate(checklist).ok()) << Validate(checklist);
  std::string ids;
  std::string weights;
  for (const Group& group : checklist.groups) {
    for (const Indicator& indicator : group.indicators) {
      ids += indicator.id + " ";
      weights += FormatDecimal(indicator.weight) + " ";
    }
  }
  EXPECT_EQ(ids, "A1 A2 A3 B1 B2 B3 B4 C1 C2 C3 C4 C5 ");
  EXPECT_EQ(weights, "8 8 8 10 10 10 10 6 8 8 6 8 ");
}

// One change to the founding checklist, and what is said of it.
struct Fault {
  const char* name;
  std::function<void(Checklist&)> change;
  const char* message;
};

TEST(ChecklistTest, EveryFaultIsNamed) {
  const Fault faults[] = {
      {"weights", [](Checklist& c) { c.groups[0].indicators[0].weight = Decimal::Of(9); },
       "weights: sum to 101, not to the full marks 100"},
      {"no weight", [](Checklist& c) { c.groups[0].indicators[1].weight = {}; },
       "indicators[1]: A2: weight 0 is out of range, above 0 to 1000000"},
      {"term weights", [](Checklist& c) { c.groups[1].indicators[3].terms[0].weight = {200000}; },
       "indicators[6]: B4: the weights of its terms do not sum to 1"},
      {"hole", [](Checklist& c) { c.bands[2].from = Decimal::Of(70); },
       "bands: no grade for totals from 60.000 to 69.999"},
      {"whole numbers",
       [](Checklist& c) {
         c.bands[2].to = Decimal::Of(79);
         c.bands[2].to_included = true;
       },
       "bands: no grade for totals from 79.001 to 79.999"},
      {"hole at the top", [](Checklist& c) { c.bands[0].to_included = false; },
       "bands: no grade for totals from 100.000"},
      {"hole at the bottom",
       [](Checklist& c) {
         c.bands.pop_back();
         c.vetoes.clear();
         c.facts.erase(c.facts.end() - 2, c.facts.end());
       },
       "bands: no grade for totals from 0.000 to 59.999"},
      {"overlap", [](Checklist& c) { c.bands[3].to = Decimal::Of(65); },
       "bands[3]: two grades, pass and fail, for totals from 60.000 to 64.999"},
      {"shared limit", [](Checklist& c) { c.bands[3].to_included = true; },
       "bands[3]: two grades, pass and fail, for totals from 60.000"},
      {"no bands", [](Checklist& c) { c.bands.clear(); }, "bands: there are none"},
      {"turned band", [](Checklist& c) { c.bands[2].to = Decimal::Of(50); },
       "bands[2]: pass: need 0 <= from < to <= 100, got 60 to 50"},
      {"fine band", [](Checklist& c) { c.bands[2].from = {59'999'900}; },
       "bands[2]: pass: limits have at most three decimals, as totals do"},
      {"unused fact", [](Checklist& c) { c.facts.push_back({.name = "steps_walked"}); },
       "facts[31]: 'steps_walked' is used by no formula, rule or veto"},
      {"unused derived",
       [](Checklist& c) {
         c.derived.push_back({.name = "all", .terms = {{1, "late_reports"}}});
       },
       "derived[0]: 'all' is used by no formula, rule or veto"},
      {"unknown fact", [](Checklist& c) { c.groups[0].indicators[0].terms[0].numerator = "hearsay"; },
       "indicators[0]: A1: 'hearsay' is no fact"},
      {"doubled fact", [](Checklist& c) { c.facts[1].name = c.facts[0].name; },
       "facts[1]: 'households_assigned' is there twice"},
      {"circle",
       [](Checklist& c) {
         c.derived = {{.name = "a", .terms = {{1, "b"}}},
                      {.name = "b", .terms = {{2, "c"}}},
                      {.name = "c", .terms = {{1, "b"}}}};
       },
       "derived[1]: in a circle: b -> c -> b"},
      {"itself",
       [](Checklist& c) {
         c.derived = {{.name = "a", .terms = {{1, "a"}}}};
       },
       "derived[0]: in a circle: a -> a"},
      {"goalposts", [](Checklist& c) { c.groups[0].indicators[0].low = Decimal::Of(1); },
       "indicators[0]: A1: goalposts need low < high, got 1 and 1"},
      {"cap", [](Checklist& c) { c.groups[0].indicators[0].cap = Decimal::Of(9); },
       "indicators[0]: A1: cap 9 is not within 0 and its weight 8"},
      {"column", [](Checklist& c) { c.groups[0].indicators[0].id = "total"; },
       "indicators[0]: 'total' is the name of another column"},
      {"fact column", [](Checklist& c) { c.facts[0].name = "period"; },
       "facts[0]: 'period' is the name of another column"},
      {"doubled indicator", [](Checklist& c) { c.groups[2].indicators[0].id = "A1"; },
       "indicators[7]: 'A1' is there twice"},
      {"comma", [](Checklist& c) { c.groups[0].indicators[0].id = "A,1"; }, "indicators[0]: a comma or quote in 'A,1'"},
      {"control character", [](Checklist& c) { c.facts[2].name += "\n"; },
       "facts[2]: its id has a control character or is not UTF-8"},
      {"half a character", [](Checklist& c) { c.vetoes[1].title.title_zh = "\xe7\x9e"; },
       "vetoes[1]: its title has a control character or is not UTF-8"},
      {"overlong", [](Checklist& c) { c.title.title = "\xc0\xaf"; },
       "title: its title has a control character or is not UTF-8"},
      {"surrogate", [](Checklist& c) { c.id = "\xed\xa0\x80"; }, "id: has a control character or is not UTF-8"},
      {"empty group", [](Checklist& c) { c.groups.push_back({.id = "D"}); }, "groups[3]: D: has no indicators"},
      {"no formula", [](Checklist& c) { c.groups[0].indicators[0].terms.clear(); },
       "indicators[0]: A1: has no formula"},
      {"veto", [](Checklist& c) { c.vetoes[0].grade = "dismissed"; },
       "vetoes[0]: fabrication: 'dismissed' is no grade"},
      {"coverage", [](Checklist& c) { c.coverage_numerator = 4; },
       "coverage: need 0 <= numerator <= denominator, got 4/3"},
      {"points each", [](Checklist& c) { c.deductions[0].points_each = {}; },
       "deductions[0]: late: points each and cap are out of range: 0, 0"},
  };
  for (const Fault& fault : faults) {
    Checklist checklist = FoundingChecklist();
    fault.change(checklist);
    EXPECT_EQ(Validate(checklist).message(), fault.message) << fault.name;
  }
}

TEST(ChecklistTest, ALongChainOfDerivedFactsIsNoCircle) {
  Checklist checklist = FoundingChecklist();
  for (int i = 0; i < 1000; ++i) {
    checklist.derived.push_back(
        {.name = absl::StrCat("d", i), .terms = {{1, i == 999 ? "households_verified" : absl::StrCat("d", i + 1)}}});
  }
  checklist.groups[0].indicators[0].terms[0].numerator = "d0";
  EXPECT_TRUE(Validate(checklist).ok()) << Validate(checklist);
}

}  // namespace
}  // namespace lianhu::scoring
