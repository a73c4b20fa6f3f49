#include "lianhu/assignment/verify.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <numeric>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

constexpr int64_t kMaxPrice = int64_t{1} << 52;
constexpr size_t kMaxViolationsListed = 100;
constexpr size_t kBlock = 64;

// One jurisdiction by the caller's indices.
struct Jurisdiction {
  std::vector<int32_t> households;
  std::vector<int32_t> stewards;
};

// Stewards that lie near one another, with what is needed to pass them over together: their box and their least price.
struct Block {
  Point low;
  Point high;
  int64_t least_price = std::numeric_limits<int64_t>::max();
  std::vector<int32_t> stewards;
};

// Stripes by x, each cut into blocks by y.
std::vector<Block> MakeBlocks(std::vector<int32_t> stewards, absl::Span<const Point> points,
                              absl::Span<const int64_t> price_cm) {
  const auto stripe = static_cast<size_t>(std::sqrt(static_cast<double>(stewards.size()) * kBlock)) + 1;
  std::sort(stewards.begin(), stewards.end(), [&](int32_t a, int32_t b) { return points[a].x < points[b].x; });
  std::vector<Block> blocks;
  for (size_t begin = 0; begin < stewards.size(); begin += stripe) {
    const auto first = stewards.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = stewards.begin() + static_cast<std::ptrdiff_t>(std::min(begin + stripe, stewards.size()));
    std::sort(first, last, [&](int32_t a, int32_t b) { return points[a].y < points[b].y; });
    for (auto it = first; it != last; ++it) {
      if ((it - first) % kBlock == 0) blocks.push_back({.low = points[*it], .high = points[*it], .stewards = {}});
      Block& block = blocks.back();
      const Point p = points[*it];
      block.low = {std::min(block.low.x, p.x), std::min(block.low.y, p.y)};
      block.high = {std::max(block.high.x, p.x), std::max(block.high.y, p.y)};
      block.least_price = std::min(block.least_price, price_cm[*it]);
      block.stewards.push_back(*it);
    }
  }
  return blocks;
}

// min_j (c_hj + p_j) over the blocks' stewards. `hint` is the block to try first and becomes the block that won.
int64_t LeastValue(Point household, const std::vector<Block>& blocks, absl::Span<const Point> points,
                   absl::Span<const int64_t> price_cm, size_t& hint) {
  int64_t least = std::numeric_limits<int64_t>::max();
  const auto scan = [&](size_t b) {
    for (const int32_t j : blocks[b].stewards) {
      const int64_t value = PairCost(household, points[j]) + price_cm[j];
      if (value < least) {
        least = value;
        hint = b;
      }
    }
  };
  const size_t start = hint;
  scan(start);
  for (size_t b = 0; b < blocks.size(); ++b) {
    if (b == start) continue;
    const Block& block = blocks[b];
    const double dx = std::max({block.low.x - household.x, household.x - block.high.x, 0.0});
    const double dy = std::max({block.low.y - household.y, household.y - block.high.y, 0.0});
    const auto nearest = static_cast<int64_t>(100.0 * std::sqrt(dx * dx + dy * dy)) - 1;  // never above any pair's cost
    if (nearest + block.least_price < least) scan(b);
  }
  return least;
}

class Checker {
 public:
  Checker(const Problem& problem, absl::Span<const int32_t> steward_of, absl::Span<const int64_t> price_cm,
          bool best_effort, RunContext& context)
      : problem_(problem),
        steward_of_(steward_of),
        price_cm_(price_cm),
        best_effort_(best_effort),
        context_(context),
        households_(problem.households),
        stewards_(problem.stewards) {
    if (problem.datum == Datum::kWgs84Degrees) Project();
  }

  Verification Run() {
    SplitByUnit();
    CheckPairs();
    for (auto& [unit, jurisdiction] : jurisdictions_) CheckLoads(jurisdiction);
    result_.feasible = result_.violation_count == 0;
    if (price_cm_.empty()) return result_;
    for (auto& [unit, jurisdiction] : jurisdictions_) {
      AddBound(jurisdiction);
      if (context_.cancelled()) {
        result_.cancelled = true;
        return result_;
      }
    }
    // Hostile prices can push the bound beyond 64 bits, where it is no bound worth having: keep the sign, not the
    // figure.
    const absl::int128 limit = std::numeric_limits<int64_t>::max();
    result_.dual_bound_cm = static_cast<int64_t>(std::clamp(bound_, -limit, limit));
    result_.proved = result_.feasible && bound_ == result_.total_cost_cm;
    return result_;
  }

 private:
  void Project() {
    std::vector<Point> all(problem_.households.begin(), problem_.households.end());
    all.insert(all.end(), problem_.stewards.begin(), problem_.stewards.end());
    projected_ = ProjectWgs84(all, Middle(all));
    households_ = absl::MakeConstSpan(projected_).subspan(0, problem_.households.size());
    stewards_ = absl::MakeConstSpan(projected_).subspan(problem_.households.size());
  }

  int32_t HouseholdUnit(size_t h) const { return problem_.household_units.empty() ? 0 : problem_.household_units[h]; }
  int32_t StewardUnit(size_t j) const { return problem_.steward_units.empty() ? 0 : problem_.steward_units[j]; }

  void SplitByUnit() {
    for (size_t h = 0; h < households_.size(); ++h) {
      jurisdictions_[HouseholdUnit(h)].households.push_back(static_cast<int32_t>(h));
    }
    for (size_t j = 0; j < stewards_.size(); ++j) {
      jurisdictions_[StewardUnit(j)].stewards.push_back(static_cast<int32_t>(j));
    }
  }

  void Violate(ViolationKind kind, int64_t index, int64_t value) {
    ++result_.violation_count;
    if (result_.violations.size() < kMaxViolationsListed) result_.violations.push_back({kind, index, value});
  }

  void CheckPairs() {
    load_.assign(stewards_.size(), 0);
    for (size_t h = 0; h < households_.size(); ++h) {
      const int32_t j = steward_of_[h];
      if (j < 0) {
        ++result_.unserved;
        if (!best_effort_) Violate(ViolationKind::kUnserved, static_cast<int64_t>(h), 0);
        continue;
      }
      if (HouseholdUnit(h) != StewardUnit(j)) Violate(ViolationKind::kOtherJurisdiction, static_cast<int64_t>(h), j);
      ++load_[j];
      const int64_t cost = PairCost(households_[h], stewards_[j]);
      result_.total_cost_cm += cost;
      result_.max_distance_cm = std::max(result_.max_distance_cm, cost);
    }
    if (!load_.empty()) {
      const auto [low, high] = std::minmax_element(load_.begin(), load_.end());
      result_.load_min = *low;
      result_.load_max = *high;
    }
  }

  // Relaxes the jurisdiction's bounds as best effort does, and says how many households it may leave over.
  void Relax(const Jurisdiction& jurisdiction, bool& no_minimum, int64_t& left_over) const {
    int64_t capacity = 0;
    int64_t required = 0;
    for (const int32_t j : jurisdiction.stewards) {
      capacity += problem_.BoundsOf(j).max;
      required += problem_.BoundsOf(j).min;
    }
    const auto count = static_cast<int64_t>(jurisdiction.households.size());
    no_minimum = best_effort_ && required > count;
    left_over = best_effort_ ? std::max<int64_t>(0, count - capacity) : 0;
  }

  void CheckLoads(const Jurisdiction& jurisdiction) {
    bool no_minimum = false;
    int64_t left_over = 0;
    Relax(jurisdiction, no_minimum, left_over);
    if (best_effort_) {
      int64_t unserved = 0;
      for (const int32_t h : jurisdiction.households) {
        if (steward_of_[h] < 0 && ++unserved > left_over) Violate(ViolationKind::kUnserved, h, 0);
      }
    }
    for (const int32_t j : jurisdiction.stewards) {
      const LoadBounds bounds = problem_.BoundsOf(j);
      if (load_[j] > bounds.max) Violate(ViolationKind::kAboveMaximum, j, load_[j]);
      if (load_[j] < bounds.min && !no_minimum) Violate(ViolationKind::kBelowMinimum, j, load_[j]);
    }
  }

  void AddBound(const Jurisdiction& jurisdiction) {
    bool no_minimum = false;
    int64_t left_over = 0;
    Relax(jurisdiction, no_minimum, left_over);
    for (const int32_t j : jurisdiction.stewards) {
      const LoadBounds bounds = problem_.BoundsOf(j);
      const int64_t price = price_cm_[j];
      bound_ -= absl::int128(price) * (price > 0 ? bounds.max : no_minimum ? 0 : bounds.min);
    }
    if (jurisdiction.stewards.empty()) return;
    const std::vector<Block> blocks = MakeBlocks(jurisdiction.stewards, stewards_, price_cm_);
    std::vector<int64_t> values;
    values.reserve(jurisdiction.households.size());
    size_t hint = 0;
    for (const int32_t h : jurisdiction.households) {
      values.push_back(LeastValue(households_[h], blocks, stewards_, price_cm_, hint));
      if (values.size() % 1024 == 0 && context_.cancelled()) return;
    }
    // Any `left_over` households may go unserved: the bound counts the cheapest of the rest.
    const auto served = static_cast<std::ptrdiff_t>(values.size()) - left_over;
    std::nth_element(values.begin(), values.begin() + served, values.end());
    bound_ = std::accumulate(values.begin(), values.begin() + served, bound_);
  }

  const Problem& problem_;
  const absl::Span<const int32_t> steward_of_;
  const absl::Span<const int64_t> price_cm_;
  const bool best_effort_;
  RunContext& context_;
  absl::Span<const Point> households_;
  absl::Span<const Point> stewards_;
  std::vector<Point> projected_;
  std::map<int32_t, Jurisdiction> jurisdictions_;
  std::vector<int32_t> load_;
  absl::int128 bound_ = 0;
  Verification result_;
};

}  // namespace

absl::StatusOr<Verification> Verify(const Problem& problem, absl::Span<const int32_t> steward_of,
                                    absl::Span<const int64_t> price_cm, const VerifyOptions& options,
                                    RunContext& context) {
  if (auto status = Validate(problem); !status.ok()) return status;
  if (steward_of.size() != problem.households.size()) {
    return InvalidField("steward_of", -1,
                        absl::StrCat("has ", steward_of.size(), " entries, expected ", problem.households.size()));
  }
  if (!price_cm.empty() && price_cm.size() != problem.stewards.size()) {
    return InvalidField("price_cm", -1,
                        absl::StrCat("has ", price_cm.size(), " entries, expected ", problem.stewards.size()));
  }
  for (size_t h = 0; h < steward_of.size(); ++h) {
    if (steward_of[h] < -1 || steward_of[h] >= static_cast<int64_t>(problem.stewards.size())) {
      return InvalidField("steward_of", static_cast<int64_t>(h), absl::StrCat("no such steward: ", steward_of[h]));
    }
  }
  for (size_t j = 0; j < price_cm.size(); ++j) {
    if (price_cm[j] < -kMaxPrice || price_cm[j] > kMaxPrice) {
      return InvalidField("price_cm", static_cast<int64_t>(j), absl::StrCat("beyond +-2^52: ", price_cm[j]));
    }
  }
  return Checker(problem, steward_of, price_cm, options.best_effort, context).Run();
}

}  // namespace lianhu::assignment
