// Facts of the founding checklist, counted from what is kept anyway: who is linked to whom, a log of visits, a list of
// hardship, the answers of a sample, the docket of issues.
//
// The rules; the period is from `from` (included) to `to` (excluded).
//   links     households_assigned: the steward's households.
//   visits    households_verified: his households with a visit of kind kVerify in the period. livelihood_current: with
//             one of kind kLivelihood in the 90 days before `to`. Every visit in the period is a contact. Who made the
//             visit does not matter here: a stand-in's counts for the household's steward.
//   hardship  hardship_listed: his households on the list; hardship_contacted: those with as many contacts in the
//             period as are due.
//   sample    households_sampled: his households that were asked; households_heard: those that know their steward and
//             have a contact in the period.
//   cases     those registered in the period for which a steward is responsible and that are answered or have breached
//             a limit: who is still in time owes nothing yet. Disputes: disputes_received, and disputes_settled when
//             resolved and not reopened within 30 days of an answer or closing. Requests: requests_received,
//             requests_in_time (without a breach), requests_resolved, requests_rated when the resident has said,
//             requests_satisfied. Requests of mode help: help_accepted, help_in_time. Other cases count for nothing.
// Each household and each case counts once for each fact. What no rule here counts (sessions, patrols, tasks ...) is 0.
#ifndef LIANHU_SCORING_COUNTED_FACTS_H_
#define LIANHU_SCORING_COUNTED_FACTS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/scoring/checklist.h"

namespace lianhu::scoring {

// How old what is known of a livelihood may be at the end of the period.
inline constexpr int64_t kLivelihoodSeconds = int64_t{90} * 86400;

enum class VisitKind : int32_t { kContact = 0, kVerify = 1, kLivelihood = 2 };

struct Visit {
  int32_t household = 0;
  int64_t time = 0;  // UTC seconds, as all instants here
  VisitKind kind = VisitKind::kContact;
};

struct HardshipEntry {
  int32_t household = 0;  // each once
  int32_t contacts_due = 0;
};

struct SampleAnswer {
  int32_t household = 0;  // each once
  bool knows_steward = false;
};

enum class StewardCaseKind : int32_t { kRequest = 0, kDispute = 1, kOther = 2 };
enum class Answer : int32_t { kUnknown = -1, kNo = 0, kYes = 1 };

struct StewardCase {
  int32_t steward = 0;  // responsible; -1: an office above the stewards, the case counts for nobody
  StewardCaseKind kind = StewardCaseKind::kRequest;
  bool help = false;  // its mode is help
  int64_t registered = 0;
  bool answered = false;
  int32_t breaches = 0;
  Answer resolved = Answer::kUnknown;
  Answer satisfied = Answer::kUnknown;
  int64_t shortest_stand = -1;  // seconds from an answer or closing to the reopening, the least; -1: never reopened
};

// Views of the caller's arrays.
struct FactEvents {
  int32_t stewards = 0;
  absl::Span<const int32_t> steward_of = {};  // by household: 0..stewards-1, or -1: nobody's, counts for nobody
  absl::Span<const Visit> visits = {};
  absl::Span<const HardshipEntry> hardship = {};
  absl::Span<const SampleAnswer> sample = {};
  absl::Span<const StewardCase> cases = {};
  int64_t from = 0;
  int64_t to = 0;
};

enum class FactSource : int32_t { kLinks = 0, kVisits = 1, kHardship = 2, kSample = 3, kCases = 4 };

struct CountedFactName {
  absl::string_view name;
  FactSource source;
};

// The facts that are counted here, and from what.
absl::Span<const CountedFactName> CountedFactNames();

// values[steward * facts + fact], the facts in the order of the checklist: what Score takes. Errors name the field and
// the row: a period that ends before it begins, a household or steward that is not there, a household twice in the list
// of hardship or the sample, negative numbers. O(events + stewards * facts).
absl::StatusOr<std::vector<int64_t>> CountFacts(const Checklist& checklist, const FactEvents& events);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_COUNTED_FACTS_H_
