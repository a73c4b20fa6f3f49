#include "lianhu/scoring/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "lianhu/base/parallel.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "scoring/rank_search.h"
#include "scoring/weight_space.h"

namespace lianhu::scoring {
namespace {

constexpr int64_t kMillion = Decimal::kOne;
// Boxes of weights for each end of each interval, so that the time for all is about the same: each takes as long as
// there are rivals, and for few the search ends before.
constexpr int64_t kMostBoxes = 200'000;
constexpr int64_t kBoxesForAll = 6'000'000'000;
constexpr int32_t kBoxesForOne = 2'000'000;

// Extremes of the unclipped points over the box, in thousandths, rounded outwards.
struct Reach {
  bool above_zero = false;  // the least rounds to more than 0 for certain
  bool below_full = false;  // the greatest rounds to less than the full marks for certain
  bool always_full = false;
  bool always_zero = false;
};

class Analysis {
 public:
  Analysis(const WeightSpace& space, const SensitivityOptions& options, RunContext& context)
      : space_(space),
        options_(options),
        context_(context),
        n_(space.size()),
        k_(space.indicators),
        boxes_(options.boxes >= 0
                   ? options.boxes
                   : static_cast<int32_t>(std::min(kBoxesForAll / std::max<int64_t>(int64_t{n_} * n_, 1), kMostBoxes))),
        range_(static_cast<double>(options.range.millionths) / static_cast<double>(kMillion)) {
    for (const int64_t w : space.weights) {
      low_.push_back(w * (kMillion - options.range.millionths));
      high_.push_back(w * (kMillion + options.range.millionths));
      middle_.push_back(w * kMillion);
    }
  }

  Sensitivity Run() {
    Prepare();
    const int64_t blocks = (n_ + 31) / 32;
    ParallelFor(context_.ThreadsFor(blocks), blocks, [&](int64_t block) {
      for (int32_t s = static_cast<int32_t>(block) * 32; s < std::min<int64_t>(n_, (block + 1) * 32); ++s) {
        if (context_.cancelled()) return;
        Narrow(s, Bound(s));
      }
      context_.Report(0.9 * static_cast<double>(block + 1) / static_cast<double>(blocks));
    });
    Sample();
    Influence();
    if (context_.cancelled()) {
      Sensitivity cancelled;
      cancelled.cancelled = true;
      return cancelled;
    }
    return std::move(result_);
  }

 private:
  using Weights = std::vector<int64_t>;

  int32_t Row(int32_t s) const { return space_.stewards[s]; }

  void Prepare() {
    const auto all = static_cast<size_t>(space_.scores.stewards);
    result_.rank = space_.scores.rank;
    for (auto* column : {&result_.best_rank, &result_.worst_rank, &result_.attained_best, &result_.attained_worst,
                         &result_.sampled_best, &result_.sampled_worst}) {
      *column = space_.scores.rank;
    }
    result_.swap.resize(all);
    BoundCredits();
    for (int32_t s = 0; s < n_; ++s) reach_.push_back(ReachOf(s));
  }

  // Of each steward under all weights, rounded outwards.
  void BoundCredits() {
    least_credits_ = greatest_credits_ = space_.credits;
    std::vector<double> low(k_);
    std::vector<double> high(k_);
    for (int32_t k = 0; k < k_; ++k) {
      low[k] = static_cast<double>(low_[k]);
      high[k] = static_cast<double>(high_[k]);
    }
    std::vector<double> least(k_);
    std::vector<double> greatest(k_);
    const auto scale = static_cast<double>(space_.unit);
    const double room = scale * 1e-9;
    for (int32_t s = 0; s < n_; ++s) {
      if (space_.complete[s] != 0) continue;
      space_.CreditRange(s, low.data(), high.data(), least.data(), greatest.data());
      for (int32_t k = 0; k < k_; ++k) {
        const size_t at = static_cast<size_t>(s) * k_ + k;
        if (space_.applies[at] != 0) continue;
        least_credits_[at] = static_cast<int64_t>(std::floor(least[k] * scale - room));
        greatest_credits_[at] = static_cast<int64_t>(std::ceil(greatest[k] * scale + room));
      }
    }
  }

  // The mean of the credits is greatest when the greatest of them have the high weights: try every cut.
  Reach ReachOf(int32_t s) const {
    std::vector<int32_t> order(k_);
    Points most = 0;
    Points least = space_.full;
    bool full = true;
    bool zero = true;
    for (const bool greatest : {true, false}) {
      const auto credits = greatest ? GreatestCredits(s) : LeastCredits(s);
      std::iota(order.begin(), order.end(), 0);
      std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) { return credits[a] > credits[b]; });
      for (int32_t cut = 0; cut <= k_; ++cut) {
        absl::int128 value = 0;
        absl::int128 sum = 0;
        for (int32_t p = 0; p < k_; ++p) {
          const int64_t u = (p < cut) == greatest ? high_[order[p]] : low_[order[p]];
          value += absl::int128(u) * credits[order[p]];
          sum += u;
        }
        const Points points = space_.Publish(value, sum);
        most = std::max(most, points);
        least = std::min(least, points);
        full = full && points >= space_.full;
        zero = zero && points <= 0;
      }
    }
    return {.above_zero = least > 0, .below_full = most < space_.full, .always_full = full, .always_zero = zero};
  }

  // Both extremes of points(j) - points(i) - epsilon, as sums of weight x credit in lowest whole numbers.
  struct Range {
    int64_t middle = 0;
    int64_t swing = 0;
  };
  Range Lead(absl::Span<const int64_t> j, absl::Span<const int64_t> i, int64_t epsilon) const {
    Range range;
    for (int32_t k = 0; k < k_; ++k) {
      const int64_t part = space_.weights[k] * (j[k] - i[k] - epsilon);
      range.middle += part;
      range.swing += part < 0 ? -part : part;
    }
    return range;
  }
  bool AtLeastZero(int64_t middle, int64_t swing) const {
    return absl::int128(middle) * kMillion - absl::int128(swing) * options_.range.millionths >= 0;
  }

  // What pairs alone decide about one steward.
  struct Pairs {
    int32_t surely = 0;                    // above him whatever the weights
    int32_t possibly = 0;                  // above him under some
    std::vector<int32_t> open = {};        // possibly, but not surely
    std::vector<int32_t> open_above = {};  // of these, above him for certain wherever they lead by a thousandth
  };

  Pairs Bound(int32_t s) {
    Pairs pairs;
    const auto mine = space_.Credits(s);
    const int64_t thousandth = space_.unit / 1000;
    // The nearest by change, as a fraction lead / swing.
    int32_t nearest = kNoIndex;
    Range least;
    const Points total = space_.scores.total[Row(s)];
    for (int32_t j = 0; j < n_; ++j) {
      if (j == s) continue;
      const auto other = space_.Credits(j);
      const Range lead = Lead(other, mine, 0);
      const bool counts = reach_[s].below_full && reach_[j].above_zero;
      const auto [can, surely] = Decide(s, j, lead, counts ? thousandth : kNoIndex);
      if (can && !reach_[s].always_full && !reach_[j].always_zero) {
        ++pairs.possibly;
        if (surely) {
          ++pairs.surely;
        } else {
          pairs.open.push_back(j);
          if (counts) pairs.open_above.push_back(j);
        }
      }
      if (space_.scores.total[Row(j)] == total) continue;
      const int64_t size = lead.middle < 0 ? -lead.middle : lead.middle;
      if (size == lead.swing) continue;
      if (nearest == kNoIndex || absl::int128(size) * least.swing < absl::int128(least.middle) * lead.swing) {
        nearest = j;
        least = {size, lead.swing};
      }
    }
    const int32_t row = Row(s);
    result_.best_rank[row] = std::min(result_.rank[row], 1 + pairs.surely);
    result_.worst_rank[row] = std::max(result_.rank[row], 1 + pairs.possibly);
    if (nearest != kNoIndex) result_.swap[row] = SwapOf(space_, s, nearest);
    return pairs;
  }

  // Whether j can be above s, and whether he is by a `step` whatever the weights (kNoIndex: never mind).
  std::pair<bool, bool> Decide(int32_t s, int32_t j, const Range& lead, int64_t step) const {
    if (space_.complete[s] != 0 && space_.complete[j] != 0) {
      const bool can = absl::int128(lead.middle) * kMillion + absl::int128(lead.swing) * options_.range.millionths > 0;
      if (!can || step == kNoIndex || lead.middle <= 0) return {can, false};
      const Range clear = Lead(space_.Credits(j), space_.Credits(s), step);
      return {can, AtLeastZero(clear.middle, clear.swing)};
    }
    if (space_.SameAnswers(s, j)) return {false, false};
    const Range most = Lead(GreatestCredits(j), LeastCredits(s), 0);
    const bool can = absl::int128(most.middle) * kMillion + absl::int128(most.swing) * options_.range.millionths > 0;
    if (!can || step == kNoIndex) return {can, false};
    const Range clear = Lead(LeastCredits(j), GreatestCredits(s), step);
    return {can, AtLeastZero(clear.middle, clear.swing)};
  }

  absl::Span<const int64_t> LeastCredits(int32_t s) const {
    return absl::MakeConstSpan(least_credits_).subspan(static_cast<size_t>(s) * k_, k_);
  }
  absl::Span<const int64_t> GreatestCredits(int32_t s) const {
    return absl::MakeConstSpan(greatest_credits_).subspan(static_cast<size_t>(s) * k_, k_);
  }

  int64_t Sum(const Weights& weights) const { return std::accumulate(weights.begin(), weights.end(), int64_t{0}); }

  // Rank of steward s as it would be published.
  int32_t RankWith(const Weights& weights, int32_t s) const {
    const int64_t sum = Sum(weights);
    const Points mine = space_.Publish(space_.Value(s, weights), sum);
    int32_t rank = 1;
    for (int32_t j = 0; j < n_; ++j) rank += space_.Publish(space_.Value(j, weights), sum) > mine ? 1 : 0;
    return rank;
  }

  // What pairs leave open is searched by boxes of weights: it narrows the proved interval from outside and widens the
  // attained one from inside.
  void Narrow(int32_t s, const Pairs& pairs) {
    const int32_t row = Row(s);
    for (const bool best : {true, false}) {
      int32_t& proved = best ? result_.best_rank[row] : result_.worst_rank[row];
      int32_t& attained = best ? result_.attained_best[row] : result_.attained_worst[row];
      if (attained == proved) continue;
      RankQuestion question{.steward = s, .best = best, .countable = best ? pairs.open_above : pairs.open};
      const int32_t boxes = row == options_.steward ? std::max(boxes_, kBoxesForOne) : boxes_;
      const RankAnswer answer = SearchRank(space_, question, range_, boxes);
      for (const RankCandidate& candidate : answer.candidates) {
        const int32_t hoped = best ? 1 + pairs.surely + candidate.count : 1 + pairs.possibly - candidate.count;
        if (best ? hoped >= attained : hoped <= attained) break;
        const int32_t rank = RankWith(WholeWeights(candidate.weights), s);
        attained = best ? std::min(attained, rank) : std::max(attained, rank);
      }
      proved = best ? std::min(attained, 1 + pairs.surely + answer.fewest)
                    : std::max(attained, 1 + pairs.possibly - answer.fewest);
    }
  }

  Weights WholeWeights(const std::vector<double>& parts) const {
    Weights weights(k_);
    for (int32_t k = 0; k < k_; ++k) {
      weights[k] =
          std::clamp(static_cast<int64_t>(std::llround(parts[k] * static_cast<double>(middle_[k]))), low_[k], high_[k]);
    }
    return weights;
  }

  // Ranks of all rated stewards.
  std::vector<int32_t> RanksWith(const Weights& weights) const {
    const int64_t sum = Sum(weights);
    std::vector<Points> points(n_);
    for (int32_t s = 0; s < n_; ++s) {
      points[s] = space_.Publish(space_.Value(s, weights), sum);
    }
    return RanksOf(points);
  }

  void Sample() {
    Random seeds(context_.seed);
    for (int32_t sample = 0; sample < options_.samples && !context_.cancelled(); ++sample) {
      Random random(seeds.Next());
      Weights weights(k_);
      for (int32_t k = 0; k < k_; ++k) weights[k] = low_[k] + random.Below(high_[k] - low_[k] + 1);
      const std::vector<int32_t> ranks = RanksWith(weights);
      for (int32_t s = 0; s < n_; ++s) {
        const int32_t row = Row(s);
        result_.sampled_best[row] = std::min(result_.sampled_best[row], ranks[s]);
        result_.sampled_worst[row] = std::max(result_.sampled_worst[row], ranks[s]);
      }
    }
    for (int32_t s = 0; s < n_; ++s) {
      const int32_t row = Row(s);
      result_.attained_best[row] = std::min(result_.attained_best[row], result_.sampled_best[row]);
      result_.attained_worst[row] = std::max(result_.attained_worst[row], result_.sampled_worst[row]);
    }
  }

  void Influence() {
    for (int32_t k = 0; k < k_; ++k) {
      int64_t sum = 0;
      int32_t greatest = 0;
      for (const int64_t end : {low_[k], high_[k]}) {
        Weights weights = middle_;
        weights[k] = end;
        const std::vector<int32_t> ranks = RanksWith(weights);
        for (int32_t s = 0; s < n_; ++s) {
          const int32_t row = Row(s);
          const int32_t shift = std::abs(ranks[s] - result_.rank[row]);
          sum += shift;
          greatest = std::max(greatest, shift);
          result_.attained_best[row] = std::min(result_.attained_best[row], ranks[s]);
          result_.attained_worst[row] = std::max(result_.attained_worst[row], ranks[s]);
        }
      }
      result_.mean_shift.push_back(n_ == 0 ? 0 : (sum * 1000 + n_) / (int64_t{2} * n_));
      result_.greatest_shift.push_back(greatest);
      result_.correlation.push_back(Correlation(k));
    }
  }

  int64_t Correlation(int32_t k) const {
    double mean_x = 0;
    double mean_y = 0;
    const auto x = [&](int32_t s) { return static_cast<double>(space_.Credits(s)[k]); };
    const auto y = [&](int32_t s) { return static_cast<double>(space_.scores.total[Row(s)]); };
    for (int32_t s = 0; s < n_; ++s) {
      mean_x += x(s) / n_;
      mean_y += y(s) / n_;
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int32_t s = 0; s < n_; ++s) {
      xx += (x(s) - mean_x) * (x(s) - mean_x);
      yy += (y(s) - mean_y) * (y(s) - mean_y);
      xy += (x(s) - mean_x) * (y(s) - mean_y);
    }
    return xx > 0 && yy > 0 ? std::llround(1e6 * xy / std::sqrt(xx * yy)) : 0;
  }

  const WeightSpace& space_;
  const SensitivityOptions& options_;
  RunContext& context_;
  int32_t n_;
  int32_t k_;
  Weights low_;
  Weights high_;
  Weights middle_;
  int32_t boxes_;
  double range_;
  std::vector<int64_t> least_credits_;  // rated stewards x indicators
  std::vector<int64_t> greatest_credits_;
  std::vector<Reach> reach_;
  Sensitivity result_;
};

}  // namespace

absl::StatusOr<Sensitivity> AnalyseSensitivity(const Checklist& checklist, const FactTable& facts,
                                               const SensitivityOptions& options, RunContext& context) {
  if (options.range < Decimal{} || options.range >= Decimal::Of(1)) {
    return InvalidField("range", -1, absl::StrCat(FormatDecimal(options.range), ", need 0 <= range < 1"));
  }
  if (options.boxes < -1 || options.boxes > 10'000'000) {
    return InvalidField("boxes", -1, absl::StrCat(options.boxes, ", need 0 to 10000000, or -1"));
  }
  if (options.samples < 0 || options.samples > 1'000'000) {
    return InvalidField("samples", -1, absl::StrCat(options.samples, ", need 0 to 1000000"));
  }
  if (options.steward < kNoIndex || options.steward >= facts.stewards) {
    return InvalidField("steward", -1, absl::StrCat(options.steward, ", need -1 to ", facts.stewards - 1));
  }
  const absl::StatusOr<WeightSpace> space = BuildWeightSpace(checklist, facts, context);
  if (!space.ok()) return space.status();
  if (space->scores.cancelled) {
    Sensitivity cancelled;
    cancelled.cancelled = true;
    return cancelled;
  }
  return Analysis(*space, options, context).Run();
}

absl::StatusOr<WeightSwap> SmallestSwap(const Checklist& checklist, const FactTable& facts, int32_t a, int32_t b) {
  RunContext context;
  const absl::StatusOr<WeightSpace> space = BuildWeightSpace(checklist, facts, context);
  if (!space.ok()) return space.status();
  int32_t found[2] = {kNoIndex, kNoIndex};
  const int32_t wanted[2] = {a, b};
  for (int side = 0; side < 2; ++side) {
    const auto at = std::lower_bound(space->stewards.begin(), space->stewards.end(), wanted[side]);
    if (at == space->stewards.end() || *at != wanted[side]) {
      return InvalidField("stewards", wanted[side], "is not there or not rated");
    }
    found[side] = static_cast<int32_t>(at - space->stewards.begin());
  }
  return SwapOf(*space, found[0], found[1]);
}

}  // namespace lianhu::scoring
