#include "scoring/weight_space.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <tuple>

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

// The greatest weighted mean of values under weights low <= u <= high: those above it have their high weights and the
// others their low ones. `at(i)` is the place of the i-th value from the greatest, value(place) it.
template <typename At, typename Value>
double GreatestMean(int32_t count, const double* low, const double* high, const At& at, const Value& value) {
  double total = 0;
  double sum = 0;
  for (int32_t i = 0; i < count; ++i) {
    total += low[at(i)] * value(at(i));
    sum += low[at(i)];
  }
  for (int32_t i = 0; i < count && value(at(i)) * sum > total; ++i) {
    const double more = high[at(i)] - low[at(i)];
    total += more * value(at(i));
    sum += more;
  }
  return total / sum;
}

// The mean of equal credits is the same under all weights: what gets it is as good as applying.
void FillIn(absl::Span<const int32_t> group_of, absl::Span<const int64_t> credits, std::vector<bool>& applies) {
  const auto fill = [&](size_t first, size_t end) {
    size_t applying = end;
    for (size_t k = first; k < end; ++k) {
      if (!applies[k]) continue;
      if (applying != end && credits[k] != credits[applying]) return;
      applying = k;
    }
    if (applying == end) return;
    for (size_t k = first; k < end; ++k) applies[k] = true;
  };
  for (size_t first = 0, end = 0; first < group_of.size(); first = end) {
    while (end < group_of.size() && group_of[end] == group_of[first]) ++end;
    fill(first, end);
  }
  fill(0, group_of.size());
}

// Half up; `divisor` > 0.
absl::int128 RoundedQuotient(absl::int128 value, absl::int128 divisor) {
  const absl::int128 twice = value * 2 + divisor;
  const absl::int128 quotient = twice / (divisor * 2);
  return twice < 0 && quotient * divisor * 2 != twice ? quotient - 1 : quotient;
}

}  // namespace

Points WeightSpace::Publish(absl::int128 value, absl::int128 sum) const {
  const absl::int128 whole = sum * unit;
  if (value <= 0) return 0;
  const absl::int128 twice = value * 2000 + whole;
  return static_cast<Points>(std::min<absl::int128>(twice / (whole * 2), full));
}

bool WeightSpace::SameAnswers(int32_t a, int32_t b) const {
  const auto applies_to = [&](int32_t s) {
    return absl::MakeConstSpan(applies).subspan(static_cast<size_t>(s) * indicators, indicators);
  };
  return Credits(a) == Credits(b) && applies_to(a) == applies_to(b);
}

absl::int128 WeightSpace::Value(int32_t s, absl::Span<const int64_t> u) const {
  const auto credits_of = Credits(s);
  absl::int128 value = 0;
  if (complete[s] != 0) {
    for (int32_t k = 0; k < indicators; ++k) value += absl::int128(u[k]) * credits_of[k];
    return value;
  }
  const uint8_t* applying = applies.data() + static_cast<size_t>(s) * indicators;
  absl::int128 means = 0;      // of groups, weighted by the whole group
  absl::int128 group_sum = 0;  // of the groups where something applies
  absl::int128 other_sum = 0;  // of the groups where nothing does
  for (int32_t first = 0, end = 0; first < indicators; first = end) {
    absl::int128 sum = 0;
    absl::int128 whole = 0;
    absl::int128 applying_sum = 0;
    for (end = first; end < indicators && group_of[end] == group_of[first]; ++end) {
      whole += u[end];
      if (applying[end] == 0) continue;
      sum += absl::int128(u[end]) * credits_of[end];
      applying_sum += u[end];
    }
    if (applying_sum == 0) {
      other_sum += whole;
      continue;
    }
    value += sum;
    const absl::int128 mean = RoundedQuotient(sum, applying_sum);
    value += mean * (whole - applying_sum);
    means += mean * whole;
    group_sum += whole;
  }
  return other_sum == 0 ? value : value + RoundedQuotient(means, group_sum) * other_sum;
}

void WeightSpace::CreditRange(int32_t s, const double* low, const double* high, double* least, double* greatest) const {
  const size_t row = static_cast<size_t>(s) * indicators;
  std::copy_n(points.data() + row, indicators, least);
  std::copy_n(points.data() + row, indicators, greatest);
  if (complete[s] != 0) return;
  const uint8_t* applying = applies.data() + row;
  const int32_t* sorted = order.data() + row;
  bool waiting = false;  // some group has nothing that applies
  for (int32_t first = 0, end = 0; first < indicators; first = end) {
    int32_t count = 0;
    for (end = first; end < indicators && group_of[end] == group_of[first]; ++end) count += applying[end];
    waiting = waiting || count == 0;
    if (count == 0 || count == end - first) continue;
    const double most = GreatestMean(
        count, low, high, [&](int32_t i) { return sorted[first + i]; }, [&](int32_t k) { return greatest[k]; });
    const double fewest = -GreatestMean(
        count, low, high, [&](int32_t i) { return sorted[first + count - 1 - i]; },
        [&](int32_t k) { return -least[k]; });
    for (int32_t k = first; k < end; ++k) {
      if (applying[k] != 0) continue;
      least[k] = fewest;
      greatest[k] = most;
    }
  }
  if (waiting) RangeOfWaiting(s, low, high, least, greatest);
}

// Where nothing of a group applies: between the means of the other groups, weighted by these.
void WeightSpace::RangeOfWaiting(int32_t s, const double* low, const double* high, double* least,
                                 double* greatest) const {
  struct Whole {
    double least;
    double greatest;
    double low;
    double high;
  };
  const uint8_t* applying = applies.data() + static_cast<size_t>(s) * indicators;
  std::vector<Whole> wholes;
  std::vector<int32_t> waiting;
  for (int32_t first = 0, end = 0; first < indicators; first = end) {
    int32_t count = 0;
    Whole whole{0, 0, 0, 0};
    for (end = first; end < indicators && group_of[end] == group_of[first]; ++end) {
      count += applying[end];
      whole.low += low[end];
      whole.high += high[end];
    }
    if (count == 0) {
      for (int32_t k = first; k < end; ++k) waiting.push_back(k);
      continue;
    }
    const int32_t* sorted = order.data() + static_cast<size_t>(s) * indicators + first;
    whole.greatest = GreatestMean(
        count, low, high, [&](int32_t i) { return sorted[i]; }, [&](int32_t k) { return greatest[k]; });
    whole.least = -GreatestMean(
        count, low, high, [&](int32_t i) { return sorted[count - 1 - i]; }, [&](int32_t k) { return -least[k]; });
    wholes.push_back(whole);
  }
  const auto mean = [&](int sign, const auto& value) {
    std::sort(wholes.begin(), wholes.end(),
              [&](const Whole& a, const Whole& b) { return sign * value(a) > sign * value(b); });
    std::vector<double> lows;
    std::vector<double> highs;
    for (const Whole& whole : wholes) {
      lows.push_back(whole.low);
      highs.push_back(whole.high);
    }
    return sign * GreatestMean(
                      static_cast<int32_t>(wholes.size()), lows.data(), highs.data(), [](int32_t i) { return i; },
                      [&](int32_t i) { return sign * value(wholes[i]); });
  };
  const double most = mean(1, [](const Whole& whole) { return whole.greatest; });
  const double fewest = mean(-1, [](const Whole& whole) { return whole.least; });
  for (const int32_t k : waiting) {
    least[k] = fewest;
    greatest[k] = most;
  }
}

// What CreditRange needs.
void WeightSpace::Arrange() {
  points.reserve(credits.size());
  order.reserve(credits.size());
  const int32_t columns = 1 + groups;
  for (int32_t s = 0; s < size(); ++s) {
    std::vector<int32_t> applying(groups, 0);
    std::vector<int32_t> all(groups, 0);
    for (int32_t k = 0; k < indicators; ++k) {
      ++all[group_of[k]];
      applying[group_of[k]] += applies[static_cast<size_t>(s) * indicators + k];
    }
    lacks.push_back(std::find(applying.begin(), applying.end(), 0) == applying.end() ? 0 : 1);
    for (int32_t g = 0; g < groups; ++g) lacks.push_back(applying[g] < all[g] ? 1 : 0);
  }
  std::vector<int32_t> sorted(size());
  std::iota(sorted.begin(), sorted.end(), 0);
  std::stable_sort(sorted.begin(), sorted.end(), [&](int32_t a, int32_t b) {
    const auto row = [&](int32_t s) { return lacks.begin() + int64_t{s} * columns; };
    return std::lexicographical_compare(row(a), row(a) + columns, row(b), row(b) + columns);
  });
  place.resize(size());
  for (int32_t at = 0; at < size(); ++at) place[sorted[at]] = at;
  for (const int64_t credit : credits) points.push_back(static_cast<double>(credit) / static_cast<double>(unit));
  for (int32_t s = 0; s < size(); ++s) {
    const size_t row = static_cast<size_t>(s) * indicators;
    for (int32_t k = 0; k < indicators; ++k) order.push_back(k);
    std::sort(order.begin() + static_cast<int64_t>(row), order.end(), [&](int32_t a, int32_t b) {
      if (group_of[a] != group_of[b]) return group_of[a] < group_of[b];
      if (applies[row + a] != applies[row + b]) return applies[row + a] > applies[row + b];
      return std::tie(credits[row + b], a) < std::tie(credits[row + a], b);
    });
  }
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
  space.groups = compiled.groups;
  for (const CompiledIndicator& indicator : compiled.indicators) space.group_of.push_back(indicator.group);
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
    FillIn(space.group_of, absl::MakeConstSpan(space.credits).last(n), applies);
    space.applies.insert(space.applies.end(), applies.begin(), applies.end());
    space.complete.push_back(std::find(applies.begin(), applies.end(), false) == applies.end() ? 1 : 0);
  }
  space.Arrange();
  return space;
}

WeightSwap SwapOf(const WeightSpace& space, int32_t a, int32_t b) {
  WeightSwap swap{.with = space.stewards[b], .change = {}, .indicator = kNoIndex, .indicator_change = {}};
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
    swap.with = kNoIndex;
    return swap;
  }
  swap.change.millionths = part_of(all);
  for (int32_t k = 0; k < space.indicators; ++k) {
    const absl::int128 part = absl::int128(space.weights[k]) * (x[k] - y[k]) * sign;
    if (part == 0 || (part > 0 && part <= lead)) continue;  // a weight cannot go to 0 or below
    const absl::int128 size = part < 0 ? -part : part;
    if (lead / size > 1'000'000) continue;
    const int64_t change = part_of(size);
    if (swap.indicator != kNoIndex && change >= std::abs(swap.indicator_change.millionths)) continue;
    swap.indicator = k;
    swap.indicator_change.millionths = part < 0 ? change : -change;
  }
  return swap;
}

}  // namespace lianhu::scoring
