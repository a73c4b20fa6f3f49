// What an Explainer is made of; shared by the files that implement it.
#ifndef LIANHU_SRC_ASSIGNMENT_EXPLAIN_STATE_H_
#define LIANHU_SRC_ASSIGNMENT_EXPLAIN_STATE_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "assignment/members.h"
#include "assignment/pair_book.h"
#include "assignment/residual.h"
#include "lianhu/assignment/explain.h"

namespace lianhu::assignment {

struct Explainer::State {
  struct Jurisdiction {
    internal::ResidualGraph graph;
    bool minima_aside;  // best effort: some steward has fewer than his minimum
  };
  // Of a household or steward.
  struct Place {
    int32_t jurisdiction = -1;
    int32_t index = -1;
  };

  State(const Problem& given, absl::Span<const int32_t> steward_of, std::vector<int64_t> price_cm);
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // Built when first asked for.
  Jurisdiction& JurisdictionAt(int32_t u);
  void AppendSteps(int32_t u, const std::vector<internal::ResidualGraph::Step>& steps,
                   std::vector<Transfer>& transfers);

  void ForceWithin(int32_t h, std::vector<Alternative>& alternatives, RunContext& context);
  void ForceAcross(int32_t h, std::vector<Alternative>& alternatives, RunContext& context);
  WhyNot ReasonAgainst(const Alternative& a, int32_t own) const;
  JurisdictionState StateOf(int32_t u);

  const Problem problem;  // views of the caller's arrays
  const std::vector<int32_t> plan;
  const std::vector<int64_t> price;
  const internal::PairBook book;
  const std::vector<internal::Members> members;
  const internal::Common common;
  std::vector<int32_t> load;
  std::vector<std::unique_ptr<Jurisdiction>> jurisdictions;
  std::vector<Place> household_place;
  std::vector<Place> steward_place;
};

}  // namespace lianhu::assignment

#endif  // LIANHU_SRC_ASSIGNMENT_EXPLAIN_STATE_H_
