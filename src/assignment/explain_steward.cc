// What a bound of one more or one less is worth. Each is one unit more or less at the steward, sent around the residual
// graph: the prices say only that a place more saves at most p_j and a place less costs at least p_j.
#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "assignment/explain_state.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using internal::ResidualGraph;
using Path = std::optional<ResidualGraph::Path>;

}  // namespace

absl::StatusOr<StewardExplanation> Explainer::ExplainSteward(int32_t steward, RunContext& context) {
  State& state = *state_;
  if (steward < 0 || steward >= static_cast<int64_t>(state.problem.stewards.size())) {
    return InvalidField("steward", -1, absl::StrCat("no such steward: ", steward));
  }
  const State::Place place = state.steward_place[steward];
  State::Jurisdiction& jurisdiction = state.JurisdictionAt(place.jurisdiction);
  ResidualGraph& graph = jurisdiction.graph;
  StewardExplanation result{.steward = steward,
                            .load = state.load[steward],
                            .bounds = state.problem.BoundsOf(steward),
                            .price_cm = state.price[steward],
                            .max_more = {},
                            .max_less = {},
                            .min_more = {},
                            .min_less = {}};
  const LoadBounds bounds = graph.input().bounds[place.index];  // in force
  const bool at_max = result.load == bounds.max;
  const bool at_min = result.load == bounds.min && !jurisdiction.minima_aside;

  // One household more, from whom: the pool or elsewhere. One fewer, to whom.
  std::vector<Path> in(2);
  std::vector<Path> out(2);
  if (at_max || at_min) {
    const int32_t ends[] = {graph.pool(), graph.elsewhere()};
    in = graph.PathsTo(place.index, ends, context);
    out = graph.PathsFrom(place.index, ends, context);
    if (context.cancelled()) return absl::CancelledError("cancelled");
    if (graph.LeftOver() == 0) in[0].reset();
  }
  const Path& from_pool = in[0];
  const Path& from_elsewhere = in[1];
  const Path& to_pool = out[0];
  const Path& to_elsewhere = out[1];
  const int64_t marginal_more = graph.MarginalLoadCost(result.load + 1);
  const int64_t marginal_less = -graph.MarginalLoadCost(result.load);
  const auto take = [&](const ResidualGraph::Path& path, int64_t marginal, int64_t unserved, BoundChange& change) {
    change.possible = unserved <= 0;
    change.cost_change_cm = path.cost_cm + marginal;
    change.unserved_change = unserved;
    state.AppendSteps(place.jurisdiction, path.steps, change.transfers);
  };
  const auto nothing = [](BoundChange& change) { change.applies = change.possible = true; };

  nothing(result.max_more);
  if (at_max) {
    if (from_pool.has_value()) {
      take(*from_pool, marginal_more, -1, result.max_more);
    } else if (from_elsewhere.has_value() && from_elsewhere->cost_cm + marginal_more < 0) {
      take(*from_elsewhere, marginal_more, 0, result.max_more);
    }
  }

  if (bounds.max > bounds.min) {
    nothing(result.max_less);
    if (at_max) {
      result.max_less.possible = false;
      if (to_elsewhere.has_value()) {
        take(*to_elsewhere, marginal_less, 0, result.max_less);
      } else if (to_pool.has_value()) {
        take(*to_pool, marginal_less, 1, result.max_less);
      }
    }
  }

  if (jurisdiction.minima_aside) return result;
  if (bounds.max > bounds.min) {
    nothing(result.min_more);
    if (at_min) {
      result.min_more.possible = false;
      if (from_elsewhere.has_value()) take(*from_elsewhere, marginal_more, 0, result.min_more);
    }
  }
  if (bounds.min > 0) {
    nothing(result.min_less);
    if (at_min && to_elsewhere.has_value() && to_elsewhere->cost_cm + marginal_less < 0) {
      take(*to_elsewhere, marginal_less, 0, result.min_less);
    }
  }
  return result;
}

}  // namespace lianhu::assignment
