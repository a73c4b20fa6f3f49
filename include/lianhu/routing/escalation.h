// What happens as the time of a case runs out: warnings, and what a breach does.
#ifndef LIANHU_ROUTING_ESCALATION_H_
#define LIANHU_ROUTING_ESCALATION_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"

namespace lianhu::routing {

// A warning when `percent` (1..99) of the time allowed is gone, to the responsible office and, with `up` > 0, to the
// unit that many steps above it as well.
struct Warning {
  int32_t percent = 0;
  int32_t up = 0;
  friend bool operator==(const Warning&, const Warning&) = default;
};

// A breach: the unit `up` steps (0..16) above the office last asked is asked to take over, and the limit begins anew;
// `supervise` puts the case under supervision.
struct Breach {
  int32_t up = 1;
  bool supervise = false;
  friend bool operator==(const Breach&, const Breach&) = default;
};

// The default is table T3 (data/routing/t3.csv).
struct EscalationPolicy {
  std::vector<Warning> warnings = {{50, 0}, {80, 1}};  // ascending, at most 8
  // The first breach of a case, its second and so on, the last entry for all after it; at least one, at most 16. A case
  // whose breach finds it supervised and at the root is not timed any more: it stays overdue.
  std::vector<Breach> breaches = {{1, false}, {1, true}};
  int32_t extensions = 1;  // how many a case may be granted, 0..100
  friend bool operator==(const EscalationPolicy&, const EscalationPolicy&) = default;
};

// Errors name the field and the entry.
absl::Status Validate(const EscalationPolicy& policy);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_ESCALATION_H_
