#include "lianhu/routing/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "lianhu/io/routing_files.h"
#include "routing/town.h"

namespace lianhu::routing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A county town with households: 16 and 17 below micro-grids 8 and 9.
Hierarchy TreeWithHouseholds() {
  return Hierarchy::FromParents({.parents = {-1, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9},
                                 .levels = {3, 4, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 8, 8}})
      .value();
}

class RouterTest : public ::testing::Test {
 protected:
  IssueDecision Route(const Issue& issue) { return router_.Route(issue, offices_).value(); }
  Issue Make(absl::string_view category, int32_t severity, int32_t spread, int32_t attempts = 0) {
    return {.category = router_.taxonomy().FindCategory(category),
            .severity = severity,
            .spread = spread,
            .attempts = attempts,
            .place = 16,
            .time = At("2026-03-02 10:00")};
  }
  std::string Rule(const IssueDecision& decision) {
    return router_.modes().definition().rules[decision.rules.at(0)].id;
  }
  std::vector<std::string> Codes(const std::vector<int32_t>& departments) {
    std::vector<std::string> codes;
    for (const int32_t department : departments) codes.push_back(router_.taxonomy().departments[department].code);
    return codes;
  }
  std::set<std::string> Groups(const IssueDecision& decision) {
    std::set<std::string> groups;
    for (const Accompaniment& row : decision.accompaniments) {
      if (row.group >= 0) groups.insert(router_.taxonomy().groups[row.group].code);
    }
    return groups;
  }
  std::set<std::string> Acts(const IssueDecision& decision) {
    std::set<std::string> actions;
    for (const Accompaniment& row : decision.accompaniments) {
      if (row.action >= 0) actions.insert(router_.taxonomy().actions[row.action].code);
    }
    return actions;
  }

  const RoutingTables tables_ = io::DefaultRoutingTables().value();
  const Router router_ = Router::Create(tables_, WorkCalendar::China()).value();
  const Hierarchy tree_ = TreeWithHouseholds();
  const Posts posts_ = TownPosts(tree_);
  std::vector<uint8_t> absent_ = std::vector<uint8_t>(400);
  const Offices offices_{&tree_, &posts_, absent_};
};

// T1 again, as the town hall words it: the row, mode and level of an issue.
std::tuple<std::string, Mode, int32_t> Expected(const std::string& kind, int32_t s, int32_t p, bool w, int32_t f) {
  const bool event = kind == "help" || kind == "asset" || kind == "dispute" || kind == "order";
  if (s == 4) return {"1", Mode::kReport, kStreet};
  if (kind == "tip") return {"2", Mode::kReport, kStreet};
  if (s == 3) return {"3", Mode::kReport, kStreet};
  if (w) return p == 4 ? std::tuple{"5", Mode::kReport, kStreet} : std::tuple{"4", Mode::kReport, kCommunity};
  if (kind == "consult")
    return f <= 1 ? std::tuple{"6", Mode::kHelp, kMicroGrid} : std::tuple{"7", Mode::kReport, kGrid};
  if (kind == "hazard" && p >= 2) return {"13", Mode::kReport, kCommunity};
  if (kind == "hazard") {
    return f <= 1 ? std::tuple{"10", Mode::kMediate, kMicroGrid} : std::tuple{"12", Mode::kReport, kCommunity};
  }
  EXPECT_TRUE(event) << kind;
  if (p == 3) return {"14", Mode::kReport, kGrid};
  if (p == 4) return {"15", Mode::kReport, kCommunity};
  if (f >= 2) return {"11", Mode::kReport, kGrid};
  if (kind == "help" || kind == "asset") return {"8", Mode::kHelp, kMicroGrid};
  return {"9", Mode::kMediate, kMicroGrid};
}

TEST_F(RouterTest, All896CombinationsMatchExactlyOneRow) {
  // A taxonomy of one category with every kind reaches the combinations that the default one does not.
  RoutingTables tables = tables_;
  Category category = tables.taxonomy.categories[0];
  category.kinds = {"consult", "help", "dispute", "order", "asset", "hazard", "tip"};
  tables.taxonomy.categories = {category};
  const Router router = Router::Create(tables, WorkCalendar::China()).value();
  const Table& t1 = router.modes();
  ASSERT_EQ(t1.definition().rules.size(), 15u);
  std::set<std::string> used;
  int32_t combinations = 0;
  for (size_t kind = 0; kind < category.kinds.size(); ++kind) {
    for (int32_t s = 1; s <= 4; ++s) {
      for (int32_t p = 1; p <= 4; ++p) {
        for (const bool w : {false, true}) {
          for (int32_t f = 0; f <= 3; ++f) {
            ++combinations;
            // By the table itself, row by row: one and no other.
            const Value inputs[] = {category.kinds[kind], s, p, w, f};
            const Outcome outcome = t1.Decide(inputs).value();
            ASSERT_EQ(outcome.kind, OutcomeKind::kResult);
            ASSERT_EQ(outcome.rules.size(), 1u);
            const IssueDecision decision = router
                                               .Route({.kind = static_cast<int32_t>(kind),
                                                       .severity = s,
                                                       .spread = p,
                                                       .power = w,
                                                       .attempts = f,
                                                       .place = 16,
                                                       .time = At("2026-03-02 10:00")},
                                                      offices_)
                                               .value();
            ASSERT_EQ(decision.outcome, RouteOutcome::kRouted);
            const auto [row, mode, level] = Expected(category.kinds[kind], s, p, w, f);
            ASSERT_EQ(t1.definition().rules[decision.rules[0]].id, row) << category.kinds[kind] << s << p << w << f;
            ASSERT_EQ(decision.mode, mode);
            ASSERT_EQ(decision.level, level);
            ASSERT_EQ(tree_.level(decision.unit), level);
            used.insert(row);
          }
        }
      }
    }
  }
  EXPECT_EQ(combinations, 896);
  EXPECT_EQ(used.size(), 15u);
}

TEST_F(RouterTest, TheStories) {
  const IssueDecision jobs = Route(Make("02", 1, 1));
  EXPECT_EQ(Rule(jobs), "8");
  EXPECT_EQ(jobs.mode, Mode::kHelp);
  EXPECT_EQ(jobs.post, (Post{108, 8, PostKind::kHolder}));
  EXPECT_EQ(Shown(jobs.resolve_by), "2026-03-05 23:59:59");

  const IssueDecision well = Route(Make("08", 2, 2));
  EXPECT_EQ(Rule(well), "8");
  EXPECT_EQ(well.first, FirstAsked::kOwner);
  EXPECT_THAT(Codes({well.department}), ElementsAre("facility_owner"));
  EXPECT_EQ(Shown(well.resolve_by), "2026-03-09 17:30:00");

  const IssueDecision rooftop = Route(Make("05", 2, 3));
  EXPECT_EQ(Rule(rooftop), "14");
  EXPECT_EQ(rooftop.unit, kTownGrid);
  EXPECT_THAT(Codes(rooftop.joins), ElementsAre("owners_committee", "volunteers"));
  EXPECT_THAT(Groups(rooftop), ElementsAre("operating"));

  const IssueDecision illness = Route(Make("03", 3, 1));
  EXPECT_EQ(Rule(illness), "3");
  EXPECT_EQ(illness.unit, kTownStreet);
  EXPECT_THAT(Acts(illness), ElementsAre("appeal", "help_beside"));
  EXPECT_THAT(Groups(illness), ElementsAre("command", "household", "operating"));

  const IssueDecision strain = Route(Make("11", 1, 4));
  EXPECT_EQ(Rule(strain), "15");
  EXPECT_EQ(strain.unit, kTownCommunity);
}

TEST_F(RouterTest, LimitsOfEveryCategory) {
  // Severity 1 / 2 / 3 from Monday 2026-03-02 10:00; severity 4 within two hours whatever it is.
  const std::map<std::string, std::vector<std::string>> expected = {
      {"01", {"1W", "2W", "7D"}},   {"02", {"3D", "7D", "15D"}}, {"03", {"3D", "7D", "7D"}},
      {"04", {"3D", "15D", "30D"}}, {"05", {"3D", "7D", "15D"}}, {"06", {"4H", "1W", "2W"}},
      {"07", {"7W", "15W", "20W"}}, {"08", {"24U", "5W", "7D"}}, {"09", {"24U", "24U", "2U"}},
      {"10", {"24U", "24U", "2U"}}, {"11", {"3D", "7D", "15D"}}, {"12", {"7D", "7D", "15D"}}};
  ASSERT_EQ(router_.taxonomy().categories.size(), expected.size());
  for (const Category& category : router_.taxonomy().categories) {
    for (int32_t severity = 1; severity <= 3; ++severity) {
      const IssueDecision decision = Route(Make(category.code, severity, 1));
      EXPECT_EQ(FormatBudget(decision.resolve), expected.at(category.code)[severity - 1]) << category.code;
      EXPECT_EQ(decision.resolve_by, WorkCalendar::China().Add(At("2026-03-02 10:00"), decision.resolve));
      EXPECT_LE(decision.respond_by, decision.resolve_by);
      EXPECT_TRUE(decision.settled);
    }
    EXPECT_EQ(Shown(Route(Make(category.code, 4, 1)).resolve_by), "2026-03-02 12:00:00");
  }
}

TEST_F(RouterTest, IllegalBuildingIsStoppedFirstAndAlwaysNeedsPower) {
  const IssueDecision decision = Route(Make("07", 1, 1));
  EXPECT_EQ(Rule(decision), "4");
  EXPECT_EQ(Shown(decision.stop_by), "2026-03-02 16:00:00");
  EXPECT_THAT(Acts(decision), ElementsAre("stop_work"));
  EXPECT_EQ(decision.unit, kTownCommunity);
}

TEST_F(RouterTest, TheJusticeOfficeFollowsWhenMediationHasFailedTwice) {
  EXPECT_THAT(Codes({Route(Make("04", 1, 1, 1)).department}), ElementsAre("mediation_committee"));
  const IssueDecision decision = Route(Make("04", 1, 1, 2));
  EXPECT_EQ(Rule(decision), "11");
  EXPECT_THAT(Codes({decision.department}), ElementsAre("justice_office"));
  EXPECT_THAT(Codes(decision.joins), ElementsAre("mediation_committee"));
}

TEST_F(RouterTest, TipsTellNobody) {
  const IssueDecision decision = Route(Make("10", 3, 4));
  EXPECT_EQ(Rule(decision), "2");
  EXPECT_THAT(Codes({decision.department}), ElementsAre("police_station"));
  EXPECT_THAT(Groups(decision), IsEmpty());
  EXPECT_THAT(Acts(decision), ElementsAre("confidential"));
}

TEST_F(RouterTest, AShopMayAskForHelpOrBreakTheOrder) {
  Issue issue = Make("11", 1, 1);
  EXPECT_EQ(Route(issue).mode, Mode::kHelp);
  issue.kind = 1;
  EXPECT_EQ(Route(issue).mode, Mode::kMediate);
}

TEST_F(RouterTest, TheStandInAndThenTheUnitAboveWhenHoldersAreAway) {
  absent_[108] = 1;
  EXPECT_EQ(router_.Route(Make("02", 1, 1), {&tree_, &posts_, absent_}).value().post,
            (Post{208, 8, PostKind::kStandIn}));
  absent_[208] = 1;
  const IssueDecision decision = router_.Route(Make("02", 1, 1), {&tree_, &posts_, absent_}).value();
  EXPECT_EQ(decision.unit, kTownMicroGrid);
  EXPECT_EQ(decision.post, (Post{104, 4, PostKind::kHolder}));
  const Posts nobody = Posts::Create(tree_, std::vector<Person>(18, kVacant)).value();
  EXPECT_EQ(router_.Route(Make("02", 1, 1), {&tree_, &nobody, {}}).value().post.person, kVacant);
}

TEST_F(RouterTest, LevelsThatTheTreeLeavesOut) {
  // A village whose households lie directly below it, and which is itself the root.
  const Hierarchy tree = Hierarchy::FromParents({.parents = {-1, 0}, .levels = {5, 8}}).value();
  const Posts posts = Posts::Create(tree, {7, kVacant}).value();
  Issue issue = Make("02", 1, 1);
  issue.place = 1;
  EXPECT_EQ(router_.Route(issue, {&tree, &posts, {}}).value().unit, 0);
  issue.severity = 3;
  EXPECT_EQ(router_.Route(issue, {&tree, &posts, {}}).value().unit, 0);
}

TEST_F(RouterTest, BeyondTheListsOfHolidaysIsSaid) {
  Issue issue = Make("07", 3, 1);
  issue.time = At("2026-12-28 10:00");
  EXPECT_FALSE(Route(issue).settled);
}

TEST_F(RouterTest, TheEscalationTableIsTheDefaultPolicy) {
  EXPECT_EQ(router_.escalation(), EscalationPolicy{});
  RoutingTables tables = tables_;
  tables.escalation.rules[3].outputs[1] = "2";  // the first breach two levels up
  tables.escalation.rules[1].inputs[0] = "[60..80)";
  tables.escalation.rules[0].inputs[0] = "< 60";
  const EscalationPolicy policy = Router::Create(tables, WorkCalendar::China()).value().escalation();
  EXPECT_THAT(policy.warnings, ElementsAre(Warning{60, 0}, Warning{80, 1}));
  EXPECT_THAT(policy.breaches, ElementsAre(Breach{2, false}, Breach{1, true}));
}

TEST_F(RouterTest, OutcomesOfATableWithAGapOrAnOverlap) {
  RoutingTables tables = tables_;
  tables.modes.rules.pop_back();  // row 15
  const IssueDecision none =
      Router::Create(tables, WorkCalendar::China()).value().Route(Make("02", 1, 4), offices_).value();
  EXPECT_EQ(none.outcome, RouteOutcome::kNoRule);
  tables = tables_;
  tables.modes.rules[7].inputs[2] = "<= 4";  // row 8 overlaps rows 14 and 15
  const IssueDecision both =
      Router::Create(tables, WorkCalendar::China()).value().Route(Make("02", 1, 4), offices_).value();
  EXPECT_EQ(both.outcome, RouteOutcome::kViolation);
  EXPECT_THAT(both.rules, ElementsAre(7, 14));
}

TEST_F(RouterTest, FaultsOfTablesNameTheRule) {
  const auto fault = [&](auto&& change) {
    RoutingTables tables = tables_;
    change(tables);
    return std::string(Router::Create(tables, WorkCalendar::China()).status().message());
  };
  EXPECT_EQ(fault([](RoutingTables& t) { t.modes.rules[2].outputs[2] = "\"fire_brigade\""; }),
            "T1, rule 3: there is no department 'fire_brigade'");
  EXPECT_EQ(fault([](RoutingTables& t) { t.modes.rules[2].outputs[1] = "\"attic\""; }),
            "T1, rule 3: level must be \"micro-grid\", \"grid\", \"community\", \"street\", \"county\" ...");
  EXPECT_THAT(fault([](RoutingTables& t) { t.modes.rules[2].outputs[0] = "null"; }), HasSubstr("T1, rule 3"));
  EXPECT_THAT(fault([](RoutingTables& t) { t.modes.rules[2].inputs.pop_back(); }), HasSubstr("3"));
  EXPECT_THAT(fault([](RoutingTables& t) { t.modes.inputs[1].name = t.modes.inputs[1].expression = "colour"; }),
              HasSubstr("T1: does not know the input 'colour'"));
  EXPECT_THAT(fault([](RoutingTables& t) { t.modes.hit_policy = HitPolicy::kCollect; }), HasSubstr("gives one row"));
  EXPECT_EQ(fault([](RoutingTables& t) { t.accompaniments.rules[0].outputs[1] = "\"nobody\""; }),
            "T2, rule 1: there is no group 'nobody'");
  EXPECT_EQ(fault([](RoutingTables& t) { t.accompaniments.hit_policy = HitPolicy::kUnique; }),
            "T2: needs the hit policy COLLECT or RULE ORDER");
  EXPECT_EQ(fault([](RoutingTables& t) { t.escalation.rules.erase(t.escalation.rules.begin() + 1); }),
            "T3: share 50, breaches 0: no rule matches");
  EXPECT_EQ(fault([](RoutingTables& t) { t.escalation.rules[3].outputs[1] = "1.5"; }).substr(0, 11), "T3, rule b1");
  EXPECT_EQ(fault([](RoutingTables& t) { t.taxonomy.categories[3].lead = 99; }),
            "categories[3]: lead is not a department");
  EXPECT_EQ(fault([](RoutingTables& t) { t.taxonomy.categories[3].code = "01"; }),
            "categories[3]: code is there twice: '01'");
  EXPECT_EQ(fault([](RoutingTables& t) { t.taxonomy.categories.clear(); }), "categories: there is none");
}

TEST_F(RouterTest, FaultsOfIssuesNameTheField) {
  const auto fault = [&](auto&& change) {
    Issue issue = Make("02", 1, 1);
    change(issue);
    return std::string(router_.Route(issue, offices_).status().message());
  };
  EXPECT_EQ(fault([](Issue& i) { i.category = 12; }), "category: no category 12");
  EXPECT_EQ(fault([](Issue& i) { i.kind = 1; }), "kind: category 02 has no kind 1");
  EXPECT_EQ(fault([](Issue& i) { i.severity = 5; }), "severity: need 1 to 4");
  EXPECT_EQ(fault([](Issue& i) { i.spread = 0; }), "spread: need 1 to 4");
  EXPECT_EQ(fault([](Issue& i) { i.attempts = -1; }), "attempts: must not be negative");
  EXPECT_EQ(fault([](Issue& i) { i.place = 18; }), "place: not a unit of the hierarchy");
  EXPECT_EQ(fault([](Issue& i) { i.time = 0; }), "time: out of range 2000 to 2199");
}

}  // namespace
}  // namespace lianhu::routing
