#include "lianhu/assignment/plan.h"

namespace lianhu::assignment {

const char* OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kOptimal:
      return "optimal";
    case Outcome::kInfeasible:
      return "infeasible";
    case Outcome::kBestEffort:
      return "best_effort";
    case Outcome::kCancelled:
      return "cancelled";
    case Outcome::kTimeLimit:
      return "time_limit";
  }
  return "unknown";
}

}  // namespace lianhu::assignment
