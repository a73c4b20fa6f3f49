#include "lianhu/scoring/counted_facts.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::scoring {
namespace {

constexpr int64_t kSecondsPerDay = 86400;
constexpr int64_t kSettledSeconds = 30 * kSecondsPerDay;

enum CountedFact : int32_t {
  kHouseholdsAssigned,
  kHouseholdsVerified,
  kLivelihoodCurrent,
  kHouseholdsSampled,
  kHouseholdsHeard,
  kDisputesReceived,
  kDisputesSettled,
  kHardshipListed,
  kHardshipContacted,
  kRequestsReceived,
  kRequestsInTime,
  kRequestsResolved,
  kRequestsRated,
  kRequestsSatisfied,
  kHelpAccepted,
  kHelpInTime,
  kCountedFacts,
};

constexpr std::array<CountedFactName, kCountedFacts> kNames = {{
    {"households_assigned", FactSource::kLinks},
    {"households_verified", FactSource::kVisits},
    {"livelihood_current", FactSource::kVisits},
    {"households_sampled", FactSource::kSample},
    {"households_heard", FactSource::kSample},
    {"disputes_received", FactSource::kCases},
    {"disputes_settled", FactSource::kCases},
    {"hardship_listed", FactSource::kHardship},
    {"hardship_contacted", FactSource::kHardship},
    {"requests_received", FactSource::kCases},
    {"requests_in_time", FactSource::kCases},
    {"requests_resolved", FactSource::kCases},
    {"requests_rated", FactSource::kCases},
    {"requests_satisfied", FactSource::kCases},
    {"help_accepted", FactSource::kCases},
    {"help_in_time", FactSource::kCases},
}};

absl::Status CheckHousehold(const FactEvents& events, absl::string_view field, size_t row, int32_t household) {
  if (household >= 0 && static_cast<size_t>(household) < events.steward_of.size()) return absl::OkStatus();
  return InvalidField(field, static_cast<int64_t>(row), absl::StrCat("no such household: ", household));
}

absl::Status CheckSteward(const FactEvents& events, absl::string_view field, size_t row, int32_t steward) {
  if (steward >= -1 && steward < events.stewards) return absl::OkStatus();
  return InvalidField(field, static_cast<int64_t>(row), absl::StrCat("no such steward: ", steward));
}

// Households of a list that has each of them once.
template <typename Entry>
absl::Status CheckOnce(const FactEvents& events, absl::string_view field, absl::Span<const Entry> entries) {
  std::vector<bool> seen(events.steward_of.size(), false);
  for (size_t row = 0; row < entries.size(); ++row) {
    const int32_t household = entries[row].household;
    if (auto status = CheckHousehold(events, field, row, household); !status.ok()) return status;
    if (seen[household]) {
      return InvalidField(field, static_cast<int64_t>(row), absl::StrCat("household ", household, " is there twice"));
    }
    seen[household] = true;
  }
  return absl::OkStatus();
}

absl::Status CheckEvents(const FactEvents& events) {
  if (events.stewards < 0) return InvalidField("stewards", -1, absl::StrCat("is negative: ", events.stewards));
  if (events.from >= events.to) return InvalidField("to", -1, "the period must begin before it ends");
  for (size_t h = 0; h < events.steward_of.size(); ++h) {
    if (auto status = CheckSteward(events, "steward_of", h, events.steward_of[h]); !status.ok()) return status;
  }
  for (size_t row = 0; row < events.visits.size(); ++row) {
    if (auto s = CheckHousehold(events, "visits.household", row, events.visits[row].household); !s.ok()) return s;
  }
  if (auto status = CheckOnce(events, "hardship.household", events.hardship); !status.ok()) return status;
  if (auto status = CheckOnce(events, "sample.household", events.sample); !status.ok()) return status;
  for (size_t row = 0; row < events.hardship.size(); ++row) {
    const int32_t due = events.hardship[row].contacts_due;
    if (due < 0) {
      return InvalidField("hardship.contacts_due", static_cast<int64_t>(row), absl::StrCat("is negative: ", due));
    }
  }
  for (size_t row = 0; row < events.cases.size(); ++row) {
    const StewardCase& one = events.cases[row];
    if (auto status = CheckSteward(events, "cases.steward", row, one.steward); !status.ok()) return status;
    if (one.breaches < 0) {
      return InvalidField("cases.breaches", static_cast<int64_t>(row), absl::StrCat("is negative: ", one.breaches));
    }
    if (one.shortest_stand < -1) {
      return InvalidField("cases.shortest_stand", static_cast<int64_t>(row),
                          absl::StrCat("is negative: ", one.shortest_stand));
    }
  }
  return absl::OkStatus();
}

class Counter {
 public:
  explicit Counter(const FactEvents& events)
      : events_(events), counts_(events.stewards), contacts_(events.steward_of.size(), 0) {}

  std::vector<std::array<int64_t, kCountedFacts>> Run() {
    for (const int32_t steward : events_.steward_of) Add(steward, kHouseholdsAssigned);
    CountVisits();
    for (const HardshipEntry& entry : events_.hardship) {
      const int32_t steward = events_.steward_of[entry.household];
      Add(steward, kHardshipListed);
      if (contacts_[entry.household] >= entry.contacts_due) Add(steward, kHardshipContacted);
    }
    for (const SampleAnswer& answer : events_.sample) {
      const int32_t steward = events_.steward_of[answer.household];
      Add(steward, kHouseholdsSampled);
      if (answer.knows_steward && contacts_[answer.household] > 0) Add(steward, kHouseholdsHeard);
    }
    for (const StewardCase& one : events_.cases) {
      if (InPeriod(one.registered) && (one.answered || one.breaches > 0)) CountCase(one);
    }
    return std::move(counts_);
  }

 private:
  void Add(int32_t steward, CountedFact fact, bool counts = true) {
    if (steward >= 0 && counts) ++counts_[steward][fact];
  }

  bool InPeriod(int64_t time) const { return events_.from <= time && time < events_.to; }

  void CountVisits() {
    std::vector<bool> verified(events_.steward_of.size(), false);
    std::vector<bool> current(events_.steward_of.size(), false);
    for (const Visit& visit : events_.visits) {
      if (visit.kind == VisitKind::kLivelihood && visit.time < events_.to &&
          visit.time >= events_.to - kLivelihoodSeconds) {
        current[visit.household] = true;
      }
      if (!InPeriod(visit.time)) continue;
      ++contacts_[visit.household];
      if (visit.kind == VisitKind::kVerify) verified[visit.household] = true;
    }
    for (size_t h = 0; h < events_.steward_of.size(); ++h) {
      Add(events_.steward_of[h], kHouseholdsVerified, verified[h]);
      Add(events_.steward_of[h], kLivelihoodCurrent, current[h]);
    }
  }

  void CountCase(const StewardCase& one) {
    const bool resolved = one.resolved == Answer::kYes;
    const bool in_time = one.breaches == 0;
    if (one.kind == StewardCaseKind::kDispute) {
      const bool stood = one.shortest_stand < 0 || one.shortest_stand > kSettledSeconds;
      Add(one.steward, kDisputesReceived);
      Add(one.steward, kDisputesSettled, resolved && stood);
    } else if (one.kind == StewardCaseKind::kRequest) {
      Add(one.steward, kRequestsReceived);
      Add(one.steward, kRequestsInTime, in_time);
      Add(one.steward, kRequestsResolved, resolved);
      Add(one.steward, kRequestsRated, one.satisfied != Answer::kUnknown);
      Add(one.steward, kRequestsSatisfied, one.satisfied == Answer::kYes);
      Add(one.steward, kHelpAccepted, one.help);
      Add(one.steward, kHelpInTime, one.help && in_time);
    }
  }

  const FactEvents& events_;
  std::vector<std::array<int64_t, kCountedFacts>> counts_;  // by steward
  std::vector<int32_t> contacts_;                           // by household, in the period
};

}  // namespace

absl::Span<const CountedFactName> CountedFactNames() {
  return kNames;
}

absl::StatusOr<std::vector<int64_t>> CountFacts(const Checklist& checklist, const FactEvents& events) {
  if (auto status = CheckEvents(events); !status.ok()) return status;
  const std::vector<std::array<int64_t, kCountedFacts>> counts = Counter(events).Run();
  const size_t facts = checklist.facts.size();
  std::vector<int64_t> values(counts.size() * facts, 0);
  for (size_t f = 0; f < facts; ++f) {
    const auto* const found = std::find_if(kNames.begin(), kNames.end(), [&](const CountedFactName& counted) {
      return counted.name == checklist.facts[f].name;
    });
    if (found == kNames.end()) continue;  // counted elsewhere
    const auto counted = static_cast<size_t>(found - kNames.begin());
    for (size_t s = 0; s < counts.size(); ++s) values[s * facts + f] = counts[s][counted];
  }
  return values;
}

}  // namespace lianhu::scoring
