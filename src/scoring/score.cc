#include "lianhu/scoring/score.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "lianhu/base/parallel.h"
#include "lianhu/base/status.h"
#include "scoring/compiled_checklist.h"

namespace lianhu::scoring {
namespace {

constexpr int32_t kBlock = 64;  // stewards a task

Scores Allocate(const CompiledChecklist& checklist, int32_t stewards) {
  Scores scores;
  scores.stewards = stewards;
  scores.indicators = static_cast<int32_t>(checklist.indicators.size());
  scores.groups = checklist.groups;
  const auto n = static_cast<size_t>(stewards);
  scores.points.assign(n * checklist.indicators.size(), kNotApplicable);
  scores.weights = scores.points;
  scores.group_points.assign(n * checklist.groups, kNotApplicable);
  scores.bonus.assign(n, 0);
  scores.deduction.assign(n, 0);
  scores.total.assign(n, kNotApplicable);
  scores.grade.assign(n, kNoIndex);
  scores.veto.assign(n, kNoIndex);
  scores.status.assign(n, ScoreStatus::kNotRated);
  scores.covered.assign(n, {});
  return scores;
}

// The grade with its vetoes: the lowest of the band and the caps.
void Grade(const CompiledChecklist& checklist, absl::Span<const int64_t> values, size_t s, Scores& scores) {
  const std::vector<Band>& bands = checklist.source->bands;
  scores.grade[s] = BandOf(checklist, scores.total[s]);
  for (size_t v = 0; v < checklist.vetoes.size(); ++v) {
    const CompiledVeto& veto = checklist.vetoes[v];
    if (values[veto.fact] == 0 || bands[veto.band].from >= bands[scores.grade[s]].from) continue;
    scores.grade[s] = veto.band;
    scores.veto[s] = static_cast<int32_t>(v);
  }
}

void Publish(const CompiledChecklist& checklist, const ExactScore& exact, absl::Span<const int64_t> values, size_t s,
             Scores& scores) {
  const size_t n = exact.indicators.size();
  for (size_t i = 0; i < n; ++i) {
    if (!exact.indicators[i].applies) continue;
    scores.points[s * n + i] = RoundPoints(exact.indicators[i].points);
    scores.weights[s * n + i] = RoundPoints(exact.indicators[i].weight);
    scores.covered[s].millionths += checklist.indicators[i].source->weight.millionths;
  }
  for (size_t g = 0; g < exact.group_points.size(); ++g) {
    if (exact.group_applies[g])
      scores.group_points[s * exact.group_points.size() + g] = RoundPoints(exact.group_points[g]);
  }
  scores.bonus[s] = RoundPoints(exact.bonus);
  scores.deduction[s] = RoundPoints(exact.deduction);
  if (!exact.rated) return;
  scores.status[s] = ScoreStatus::kRated;
  scores.total[s] = RoundPoints(exact.total);
  Grade(checklist, values, s, scores);
}

absl::Status CheckShape(const CompiledChecklist& checklist, const FactTable& facts) {
  const size_t columns = checklist.facts();
  if (facts.stewards >= 0 && facts.values.size() == static_cast<size_t>(facts.stewards) * columns) {
    return absl::OkStatus();
  }
  return InvalidField("values", -1,
                      absl::StrCat("has ", facts.values.size(), " entries, expected ", facts.stewards, " stewards x ",
                                   columns, " facts"));
}

}  // namespace

const char* StatusName(ScoreStatus status) {
  return status == ScoreStatus::kRated ? "rated" : "not rated";
}

absl::Status CheckFacts(const Checklist& checklist, const FactTable& facts) {
  const absl::StatusOr<CompiledChecklist> compiled = Compile(checklist);
  if (!compiled.ok()) return compiled.status();
  if (auto status = CheckShape(*compiled, facts); !status.ok()) return status;
  std::vector<int64_t> values;
  for (int64_t s = 0; s < facts.stewards; ++s) {
    const auto row = facts.values.subspan(s * compiled->facts(), compiled->facts());
    if (auto status = DeriveFacts(*compiled, row, s, values); !status.ok()) return status;
    if (auto status = CheckProportions(*compiled, values, s); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<Scores> Score(const Checklist& checklist, const FactTable& facts, RunContext& context) {
  const absl::StatusOr<CompiledChecklist> compiled = Compile(checklist);
  if (!compiled.ok()) return compiled.status();
  const size_t columns = compiled->facts();
  if (auto status = CheckShape(*compiled, facts); !status.ok()) return status;
  Scores scores = Allocate(*compiled, facts.stewards);
  const int64_t blocks = (int64_t{facts.stewards} + kBlock - 1) / kBlock;
  std::vector<absl::Status> statuses(blocks);
  ParallelFor(context.ThreadsFor(blocks), blocks, [&](int64_t block) {
    std::vector<int64_t> values;
    const auto end = std::min<int64_t>(facts.stewards, (block + 1) * kBlock);
    for (int64_t s = block * kBlock; s < end && !context.cancelled(); ++s) {
      absl::Status& status = statuses[block];
      status = DeriveFacts(*compiled, facts.values.subspan(s * columns, columns), s, values);
      if (status.ok()) status = CheckProportions(*compiled, values, s);
      if (!status.ok()) return;
      Publish(*compiled, ScoreExactly(*compiled, values), values, static_cast<size_t>(s), scores);
    }
    context.Report(static_cast<double>(block + 1) / static_cast<double>(blocks));
  });
  if (context.cancelled()) {
    Scores cancelled;
    cancelled.cancelled = true;
    return cancelled;
  }
  for (const absl::Status& status : statuses) {
    if (!status.ok()) return status;
  }
  scores.rank = RanksOf(scores.total);
  return scores;
}

std::vector<int32_t> RanksOf(absl::Span<const Points> values) {
  std::vector<int32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](int32_t a, int32_t b) { return values[a] != values[b] ? values[a] > values[b] : a < b; });
  std::vector<int32_t> ranks(values.size(), 0);
  for (size_t k = 0; k < order.size() && values[order[k]] >= 0; ++k) {
    const bool tied = k > 0 && values[order[k]] == values[order[k - 1]];
    ranks[order[k]] = tied ? ranks[order[k - 1]] : static_cast<int32_t>(k + 1);
  }
  return ranks;
}

}  // namespace lianhu::scoring
