#include "scoring/weight_space.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>

#include "scoring/compiled_checklist.h"

namespace lianhu::scoring {
namespace {

// Sums of weight x credit, with the range in millionths on top, stay in 63 bits; credits in 40 or so.
constexpr int64_t kMostSum = int64_t{1} << 61;
constexpr int64_t kFinestUnit = 1'000'000'000'000;
// Beyond this a bonus or a deduction decides alone; keeps the numbers small.
constexpr int64_t kMostPoints = 10'000'000;

std::vector<int64_t> LowestWeights(const CompiledChecklist& checklist) {
  int64_t divisor = 0;
  for (const CompiledIndicator& i : checklist.indicators) divisor = std::gcd(divisor, i.source->weight.millionths);
  std::vector<int64_t> weights;
  weights.reserve(checklist.indicators.size());
  for (const CompiledIndicator& i : checklist.indicators) weights.push_back(i.source->weight.millionths / divisor);
  return weights;
}

}  // namespace

Points WeightSpace::Publish(absl::int128 value, absl::int128 sum) const {
  const absl::int128 whole = sum * unit;
  if (value <= 0) return 0;
  const absl::int128 twice = value * 2000 + whole;
  return static_cast<Points>(std::min<absl::int128>(twice / (whole * 2), full));
}

absl::StatusOr<WeightSpace> BuildWeightSpace(const Checklist& checklist, const FactTable& facts, RunContext& context) {
  absl::StatusOr<Scores> scores = Score(checklist, facts, context);
  if (!scores.ok()) return scores.status();
  WeightSpace space;
  space.scores = *std::move(scores);
  if (space.scores.cancelled) return space;
  const CompiledChecklist compiled = Compile(checklist).value();
  const size_t n = compiled.indicators.size();
  space.indicators = static_cast<int32_t>(n);
  space.full = checklist.full_marks.millionths / 1000;
  space.weights = LowestWeights(compiled);
  const int64_t sum = std::accumulate(space.weights.begin(), space.weights.end(), int64_t{0});
  const int64_t most = 2 * (kMostPoints + checklist.full_marks.millionths / Decimal::kOne + 1);
  space.unit = kFinestUnit;
  while (space.unit > 1000 && sum > kMostSum / most / space.unit) space.unit /= 10;
  std::map<std::vector<bool>, std::vector<Rational>> handed_on;  // few patterns, many stewards
  std::vector<int64_t> values;
  for (int32_t s = 0; s < space.scores.stewards; ++s) {
    if (space.scores.status[s] != ScoreStatus::kRated) continue;
    const auto row = facts.values.subspan(s * compiled.facts(), compiled.facts());
    if (auto status = DeriveFacts(compiled, row, s, values); !status.ok()) return status;
    const ExactScore exact = ScoreExactly(compiled, values);
    std::vector<bool> applies;
    applies.reserve(n);
    for (const ExactIndicator& indicator : exact.indicators) applies.push_back(indicator.applies);
    auto& share_of = handed_on[applies];
    if (share_of.empty()) share_of = HandOn(compiled, applies);
    const Rational net = std::clamp<Rational>(exact.bonus - exact.deduction, -kMostPoints, kMostPoints);
    space.stewards.push_back(s);
    for (size_t k = 0; k < n; ++k) {
      Rational credit = 0;
      for (size_t i = 0; i < n; ++i) {
        if (applies[i] && share_of[i * n + k].numerator() != 0)
          credit += share_of[i * n + k] * exact.indicators[i].share;
      }
      credit = (credit * compiled.full_marks + net) * space.unit;
      space.credits.push_back(static_cast<int64_t>(Floor(credit + Rational(1, 2))));
    }
  }
  return space;
}

WeightSwap SwapOf(const WeightSpace& space, int32_t a, int32_t b) {
  WeightSwap swap{.with = space.stewards[b], .change = {}, .indicator = kNone, .indicator_change = {}};
  const auto x = space.Credits(a);
  const auto y = space.Credits(b);
  absl::int128 lead = 0;
  absl::int128 all = 0;
  for (int32_t k = 0; k < space.indicators; ++k) {
    const absl::int128 part = absl::int128(space.weights[k]) * (x[k] - y[k]);
    lead += part;
    all += part < 0 ? -part : part;
  }
  if (lead == 0) return swap;
  const int sign = lead < 0 ? -1 : 1;
  lead *= sign;
  const auto part_of = [&](absl::int128 whole) {  // lead / whole in millionths, rounded up
    return static_cast<int64_t>((lead * Decimal::kOne + whole - 1) / whole);
  };
  // All weights would have to go to 0: no swap.
  if (lead == all) {
    swap.with = kNone;
    return swap;
  }
  swap.change.millionths = part_of(all);
  for (int32_t k = 0; k < space.indicators; ++k) {
    const absl::int128 part = absl::int128(space.weights[k]) * (x[k] - y[k]) * sign;
    if (part == 0 || (part > 0 && part <= lead)) continue;  // a weight cannot go to 0 or below
    const absl::int128 size = part < 0 ? -part : part;
    if (lead / size > 1'000'000) continue;
    const int64_t change = part_of(size);
    if (swap.indicator != kNone && change >= std::abs(swap.indicator_change.millionths)) continue;
    swap.indicator = k;
    swap.indicator_change.millionths = part < 0 ? change : -change;
  }
  return swap;
}

}  // namespace lianhu::scoring
