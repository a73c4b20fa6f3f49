// The exact assignment to chosen stewards, and what one more of them would save.
#ifndef LIANHU_SRC_DISTRICTING_NEXT_CANDIDATES_H_
#define LIANHU_SRC_DISTRICTING_NEXT_CANDIDATES_H_

#include <cstdint>
#include <vector>

#include "districting/community.h"

namespace lianhu::districting::internal {

// The assignment problem of the chosen candidates. Views the problem and itself.
class ChosenStewards {
 public:
  ChosenStewards(const CandidateProblem& problem, const std::vector<int32_t>& chosen);

  assignment::Problem View() const;

 private:
  const CandidateProblem& problem_;
  std::vector<Point> places_;
  std::vector<int32_t> units_;
  std::vector<int32_t> least_;
  std::vector<int32_t> most_;
};

// The `count` candidates who by the prices of the plan may save most, each solved exactly in its own jurisdiction; the
// one that saves most first. Stops early when cancelled.
std::vector<NextCandidate> FindNextCandidates(const CandidateProblem& problem,
                                              const std::vector<Community>& communities, const StewardChoice& choice,
                                              int32_t count, RunContext& context);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_NEXT_CANDIDATES_H_
