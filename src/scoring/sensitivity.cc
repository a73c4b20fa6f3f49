#include "lianhu/scoring/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "lianhu/base/parallel.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "scoring/weight_space.h"

namespace lianhu::scoring {
namespace {

constexpr int64_t kMillion = Decimal::kOne;
constexpr int kSweeps = 4;  // of the search for weights that give an extreme rank

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
      : space_(space), options_(options), context_(context), n_(space.size()), k_(space.indicators) {
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
        Bound(s);
        Search(s);
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
    columns_.resize(space_.credits.size());
    for (int32_t s = 0; s < n_; ++s) {
      for (int32_t k = 0; k < k_; ++k) columns_[static_cast<size_t>(k) * n_ + s] = space_.Credits(s)[k];
    }
    for (int32_t s = 0; s < n_; ++s) reach_.push_back(ReachOf(s));
  }

  // The mean of the credits is greatest when the greatest of them have the high weights: try every cut.
  Reach ReachOf(int32_t s) const {
    const auto credits = space_.Credits(s);
    std::vector<int32_t> order(k_);
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) { return credits[a] > credits[b]; });
    Points most = 0;
    Points least = space_.full;
    bool full = true;
    bool zero = true;
    for (const bool greatest : {true, false}) {
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

  void Bound(int32_t s) {
    const auto mine = space_.Credits(s);
    const int64_t thousandth = space_.unit / 1000;
    int32_t surely = 0;
    int32_t possibly = 0;
    // The nearest by change, as a fraction lead / swing.
    int32_t nearest = kNone;
    Range least;
    const Points total = space_.scores.total[Row(s)];
    for (int32_t j = 0; j < n_; ++j) {
      if (j == s) continue;
      const auto other = space_.Credits(j);
      const Range lead = Lead(other, mine, 0);
      const bool can = absl::int128(lead.middle) * kMillion + absl::int128(lead.swing) * options_.range.millionths > 0;
      if (can && !reach_[s].always_full && !reach_[j].always_zero) ++possibly;
      if (lead.middle > 0 && reach_[s].below_full && reach_[j].above_zero) {
        const Range clear = Lead(other, mine, thousandth);
        if (AtLeastZero(clear.middle, clear.swing)) ++surely;
      }
      if (space_.scores.total[Row(j)] == total) continue;
      const int64_t size = lead.middle < 0 ? -lead.middle : lead.middle;
      if (size == lead.swing) continue;
      if (nearest == kNone || absl::int128(size) * least.swing < absl::int128(least.middle) * lead.swing) {
        nearest = j;
        least = {size, lead.swing};
      }
    }
    const int32_t row = Row(s);
    result_.best_rank[row] = std::min(result_.rank[row], 1 + surely);
    result_.worst_rank[row] = std::max(result_.rank[row], 1 + possibly);
    if (nearest != kNone) result_.swap[row] = SwapOf(space_, s, nearest);
  }

  int64_t Sum(const Weights& weights) const { return std::accumulate(weights.begin(), weights.end(), int64_t{0}); }

  // Rank of steward s as it would be published.
  int32_t RankWith(const Weights& weights, int32_t s) const {
    const int64_t sum = Sum(weights);
    const auto points = [&](int32_t j) {
      absl::int128 value = 0;
      const auto credits = space_.Credits(j);
      for (int32_t k = 0; k < k_; ++k) value += absl::int128(weights[k]) * credits[k];
      return space_.Publish(value, sum);
    };
    const Points mine = points(s);
    int32_t rank = 1;
    for (int32_t j = 0; j < n_; ++j) rank += points(j) > mine ? 1 : 0;
    return rank;
  }

  // Flips one weight at a time between its ends while that brings the rank further; from the end that favours s most.
  void Search(int32_t s) {
    const int32_t row = Row(s);
    for (const bool best : {true, false}) {
      int32_t& attained = best ? result_.attained_best[row] : result_.attained_worst[row];
      if (attained == (best ? result_.best_rank[row] : result_.worst_rank[row])) continue;
      const Weights found = SearchFrom(s, best);
      const int32_t rank = RankWith(found, s);
      attained = best ? std::min(attained, rank) : std::max(attained, rank);
    }
  }

  Weights SearchFrom(int32_t s, bool best) const {
    const auto mine = space_.Credits(s);
    // Against those whose order with s is open: the others hang on nothing.
    std::vector<int32_t> rivals;
    std::vector<double> lead(k_, 0);
    for (int32_t j = 0; j < n_; ++j) {
      const Range range = Lead(space_.Credits(j), mine, 0);
      const absl::int128 swing = absl::int128(range.swing) * options_.range.millionths;
      const absl::int128 middle = absl::int128(range.middle) * kMillion;
      if (j == s || middle > swing || -middle > swing) continue;
      rivals.push_back(j);
      // Nearer ones weigh more: they are the ones that can be passed.
      const double weight =
          1.0 / (1.0 + std::fabs(static_cast<double>(range.middle)) / static_cast<double>(range.swing + 1) * 10);
      for (int32_t k = 0; k < k_; ++k) lead[k] += weight * static_cast<double>(mine[k] - space_.Credits(j)[k]);
    }
    Weights weights(k_);
    for (int32_t k = 0; k < k_; ++k) weights[k] = (lead[k] > 0) == best ? high_[k] : low_[k];
    // How far each rival is above s, in units of doubled precision lost: only a guide, the rank is recomputed exactly.
    std::vector<double> above(rivals.size(), 0);
    for (size_t r = 0; r < rivals.size(); ++r) {
      const auto other = space_.Credits(rivals[r]);
      for (int32_t k = 0; k < k_; ++k)
        above[r] += static_cast<double>(weights[k]) * static_cast<double>(other[k] - mine[k]);
    }
    const auto count = [](double value) { return value > 0 ? 1 : 0; };
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      bool changed = false;
      for (int32_t k = 0; k < k_; ++k) {
        const int64_t flipped = weights[k] == high_[k] ? low_[k] : high_[k];
        const auto step = static_cast<double>(flipped - weights[k]);
        const int64_t* column = columns_.data() + static_cast<size_t>(k) * n_;
        int32_t gain = 0;  // of rivals above
        for (size_t r = 0; r < rivals.size(); ++r) {
          gain += count(above[r] + step * static_cast<double>(column[rivals[r]] - mine[k])) - count(above[r]);
        }
        if (best ? gain >= 0 : gain <= 0) continue;
        for (size_t r = 0; r < rivals.size(); ++r) above[r] += step * static_cast<double>(column[rivals[r]] - mine[k]);
        weights[k] = flipped;
        changed = true;
      }
      if (!changed) break;
    }
    return weights;
  }

  // Ranks of all rated stewards.
  std::vector<int32_t> RanksWith(const Weights& weights) const {
    const int64_t sum = Sum(weights);
    std::vector<Points> points(n_);
    for (int32_t s = 0; s < n_; ++s) {
      absl::int128 value = 0;
      const auto credits = space_.Credits(s);
      for (int32_t k = 0; k < k_; ++k) value += absl::int128(weights[k]) * credits[k];
      points[s] = space_.Publish(value, sum);
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
  std::vector<int64_t> columns_;  // credits by indicator
  std::vector<Reach> reach_;
  Sensitivity result_;
};

}  // namespace

absl::StatusOr<Sensitivity> AnalyseSensitivity(const Checklist& checklist, const FactTable& facts,
                                               const SensitivityOptions& options, RunContext& context) {
  if (options.range < Decimal{} || options.range >= Decimal::Of(1)) {
    return InvalidField("range", -1, absl::StrCat(FormatDecimal(options.range), ", need 0 <= range < 1"));
  }
  if (options.samples < 0 || options.samples > 1'000'000) {
    return InvalidField("samples", -1, absl::StrCat(options.samples, ", need 0 to 1000000"));
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
  int32_t found[2] = {kNone, kNone};
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
