#include "lianhu/scoring/counted_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu::scoring {
namespace {

constexpr int64_t kDay = 86400;

// The facts of a steward by name.
std::map<std::string, int64_t> CountedOf(const FactEvents& events, int32_t steward) {
  const Checklist checklist = FoundingChecklist();
  const std::vector<int64_t> values = CountFacts(checklist, events).value();
  const size_t facts = checklist.facts.size();
  EXPECT_EQ(values.size(), facts * static_cast<size_t>(events.stewards));
  std::map<std::string, int64_t> named;
  for (size_t f = 0; f < facts; ++f) named[checklist.facts[f].name] = values[static_cast<size_t>(steward) * facts + f];
  return named;
}

TEST(CountedFactsTest, EveryNameIsAFactOfTheFoundingChecklist) {
  std::set<std::string> facts;
  for (const Fact& fact : FoundingChecklist().facts) facts.insert(fact.name);
  EXPECT_EQ(CountedFactNames().size(), 16);
  for (const auto& [name, source] : CountedFactNames()) EXPECT_EQ(facts.count(std::string(name)), 1U) << name;
}

TEST(CountedFactsTest, ADisputeThatCameBackWithinThirtyDaysIsNotSettled) {
  const std::vector<int32_t> steward_of = {0};
  const StewardCase settled = {.kind = StewardCaseKind::kDispute, .answered = true, .resolved = Answer::kYes};
  std::vector<StewardCase> cases(5, settled);
  cases[1].shortest_stand = 30 * kDay;
  cases[2].shortest_stand = 30 * kDay + 1;
  cases[3].resolved = Answer::kNo;
  cases[4].answered = false;  // nor has it breached a limit: nothing owed yet
  const auto facts = CountedOf({.stewards = 1, .steward_of = steward_of, .cases = cases, .to = 1}, 0);
  EXPECT_EQ(facts.at("disputes_received"), 4);
  EXPECT_EQ(facts.at("disputes_settled"), 2);
  EXPECT_EQ(facts.at("requests_received"), 0);
}

// The rules once more, household by household and case by case.
TEST(CountedFactsPropertyTest, AgreesWithTheRulesReadOneByOne) {
  std::map<std::string, int64_t> seen;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int64_t from = 100 * kDay;
    const int64_t to = from + random.Between(1, 120) * kDay;
    const int32_t stewards = random.Between(1, 4);
    std::vector<int32_t> steward_of;
    for (int h = 0; h < 30; ++h) steward_of.push_back(random.Between(-1, stewards - 1));
    std::vector<Visit> visits;
    for (int v = random.Between(0, 120); v > 0; --v) {
      visits.push_back({random.Between(0, 29), random.Between(0, 240) * kDay, static_cast<VisitKind>(random.Below(3))});
    }
    std::vector<HardshipEntry> hardship;
    std::vector<SampleAnswer> sample;
    for (int32_t h = 0; h < 30; ++h) {
      if (random.Below(3) == 0) hardship.push_back({h, random.Between(0, 3)});
      if (random.Below(2) == 0) sample.push_back({h, random.Below(4) > 0});
    }
    std::vector<StewardCase> cases;
    for (int c = random.Between(0, 40); c > 0; --c) {
      cases.push_back({.steward = random.Between(-1, stewards - 1),
                       .kind = static_cast<StewardCaseKind>(random.Below(3)),
                       .help = random.Below(2) == 0,
                       .registered = random.Between(90, 230) * kDay,
                       .answered = random.Below(3) > 0,
                       .breaches = random.Between(-2, 2) > 0 ? 1 : 0,
                       .resolved = static_cast<Answer>(random.Between(-1, 1)),
                       .satisfied = static_cast<Answer>(random.Between(-1, 1)),
                       .shortest_stand = random.Below(2) == 0 ? -1 : random.Between(0, 60) * kDay});
    }
    const FactEvents events = {stewards, steward_of, visits, hardship, sample, cases, from, to};
    for (int32_t s = 0; s < stewards; ++s) {
      std::map<std::string, int64_t> expected;
      for (const auto& [name, source] : CountedFactNames()) expected[std::string(name)] = 0;
      const auto visited = [&](int32_t h, int64_t after, auto&& wanted) {
        int64_t count = 0;
        for (const Visit& v : visits) count += v.household == h && v.time >= after && v.time < to && wanted(v.kind);
        return count;
      };
      const auto contacts = [&](int32_t h) { return visited(h, from, [](VisitKind) { return true; }); };
      for (int32_t h = 0; h < 30; ++h) {
        if (steward_of[h] != s) continue;
        ++expected["households_assigned"];
        expected["households_verified"] += visited(h, from, [](VisitKind k) { return k == VisitKind::kVerify; }) > 0;
        expected["livelihood_current"] +=
            visited(h, to - 90 * kDay, [](VisitKind k) { return k == VisitKind::kLivelihood; }) > 0;
      }
      for (const HardshipEntry& entry : hardship) {
        if (steward_of[entry.household] != s) continue;
        ++expected["hardship_listed"];
        expected["hardship_contacted"] += contacts(entry.household) >= entry.contacts_due;
      }
      for (const SampleAnswer& answer : sample) {
        if (steward_of[answer.household] != s) continue;
        ++expected["households_sampled"];
        expected["households_heard"] += answer.knows_steward && contacts(answer.household) > 0;
      }
      for (const StewardCase& one : cases) {
        if (one.steward != s || one.registered < from || one.registered >= to) continue;
        if (!one.answered && one.breaches == 0) continue;
        if (one.kind == StewardCaseKind::kDispute) {
          ++expected["disputes_received"];
          const bool came_back = one.shortest_stand >= 0 && one.shortest_stand <= 30 * kDay;
          expected["disputes_settled"] += one.resolved == Answer::kYes && !came_back;
        }
        if (one.kind != StewardCaseKind::kRequest) continue;
        ++expected["requests_received"];
        expected["requests_in_time"] += one.breaches == 0;
        expected["requests_resolved"] += one.resolved == Answer::kYes;
        expected["requests_rated"] += one.satisfied != Answer::kUnknown;
        expected["requests_satisfied"] += one.satisfied == Answer::kYes;
        expected["help_accepted"] += one.help;
        expected["help_in_time"] += one.help && one.breaches == 0;
      }
      const auto found = CountedOf(events, s);
      for (const auto& [name, count] : expected) {
        EXPECT_EQ(found.at(name), count) << name;
        seen[name] += count;
      }
      EXPECT_EQ(found.at("sessions_held"), 0);  // counted elsewhere
    }
  }
  for (const auto& [name, source] : CountedFactNames()) EXPECT_GT(seen[std::string(name)], 50) << name;
}

struct EventFault {
  FactEvents events;
  std::string field;
  int64_t row;
  std::string message;
};

TEST(CountedFactsTest, FaultsNameFieldAndRow) {
  const std::vector<int32_t> steward_of = {0, -1};
  const std::vector<int32_t> stranger = {0, 1};
  const std::vector<Visit> visits = {{.household = 0}, {.household = 2}};
  const std::vector<HardshipEntry> twice = {{.household = 1}, {.household = 1}};
  const std::vector<HardshipEntry> negative = {{.household = 1, .contacts_due = -3}};
  const std::vector<SampleAnswer> sample = {{.household = -1}};
  const std::vector<StewardCase> cases = {{.steward = 0}, {.steward = 5}};
  const std::vector<StewardCase> breaches = {{.steward = 0, .breaches = -1}};
  const std::vector<StewardCase> stand = {{.steward = 0, .shortest_stand = -2}};
  const FactEvents good = {.stewards = 1, .steward_of = steward_of, .to = 1};
  std::vector<EventFault> faults(9, EventFault{good, "", -1, ""});
  faults[0] = {good, "to", -1, "to: the period must begin before it ends"};
  faults[0].events.to = 0;
  faults[1] = {good, "steward_of", 1, "steward_of[1]: no such steward: 1"};
  faults[1].events.steward_of = stranger;
  faults[2] = {good, "visits.household", 1, "visits.household[1]: no such household: 2"};
  faults[2].events.visits = visits;
  faults[3] = {good, "hardship.household", 1, "hardship.household[1]: household 1 is there twice"};
  faults[3].events.hardship = twice;
  faults[4] = {good, "hardship.contacts_due", 0, "hardship.contacts_due[0]: is negative: -3"};
  faults[4].events.hardship = negative;
  faults[5] = {good, "sample.household", 0, "sample.household[0]: no such household: -1"};
  faults[5].events.sample = sample;
  faults[6] = {good, "cases.steward", 1, "cases.steward[1]: no such steward: 5"};
  faults[6].events.cases = cases;
  faults[7] = {good, "cases.breaches", 0, "cases.breaches[0]: is negative: -1"};
  faults[7].events.cases = breaches;
  faults[8] = {good, "cases.shortest_stand", 0, "cases.shortest_stand[0]: is negative: -2"};
  faults[8].events.cases = stand;
  for (const EventFault& fault : faults) {
    const absl::Status status = CountFacts(FoundingChecklist(), fault.events).status();
    EXPECT_EQ(status.message(), fault.message);
    EXPECT_EQ(GetErrorDetail(status).field, fault.field);
    EXPECT_EQ(GetErrorDetail(status).row, fault.row);
  }
  EXPECT_TRUE(CountFacts(FoundingChecklist(), good).ok());
  EXPECT_TRUE(CountFacts(FoundingChecklist(), {.to = 1}).value().empty());
}

}  // namespace
}  // namespace lianhu::scoring
