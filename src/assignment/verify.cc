#include "lianhu/assignment/verify.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "assignment/pair_book.h"
#include "assignment/reach_check.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using internal::Objection;
using internal::PairBook;
using internal::ReachCheck;

constexpr int64_t kMaxPrice = int64_t{1} << 52;
constexpr size_t kMaxViolationsListed = 100;
constexpr size_t kBlock = 64;

// More than any value of a pair.
constexpr int64_t kNobody = std::numeric_limits<int64_t>::max();

// One jurisdiction by the caller's indices, and how best effort relaxes it.
struct Jurisdiction {
  std::vector<int32_t> households;
  std::vector<int32_t> stewards;
  bool no_minimum = false;
  int64_t left_over = 0;
};

// Stewards that lie near one another, with what is needed to pass them over together: their box and their least price.
struct Block {
  Point low;
  Point high;
  int64_t least_price = std::numeric_limits<int64_t>::max();
  std::vector<int32_t> stewards;
};

// Never above the cost of any pair with a steward of the block, rounding and all.
int64_t Nearest(const Block& block, Point household) {
  const double dx = std::max({block.low.x - household.x, household.x - block.high.x, 0.0});
  const double dy = std::max({block.low.y - household.y, household.y - block.high.y, 0.0});
  return static_cast<int64_t>(100.0 * std::sqrt(dx * dx + dy * dy)) - 1;
}

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
    if (b != start && Nearest(blocks[b], household) + blocks[b].least_price < least) scan(b);
  }
  return least;
}

// The same under pair conditions; kNobody when no steward of the jurisdiction is allowed.
int64_t LeastValueOfAllowed(const PairBook& book, int32_t h, const std::vector<Block>& blocks,
                            absl::Span<const int64_t> price_cm, size_t& hint) {
  const Problem& problem = book.problem();
  int64_t least = kNobody;
  const auto try_steward = [&](int32_t j) {
    if (book.Allowed(h, j)) least = std::min(least, book.Cost(h, j) + price_cm[j]);
  };
  if (book.FixedTo(h) >= 0) {
    try_steward(book.FixedTo(h));
    return least;
  }
  if (!problem.cost_begin.empty()) {
    for (int64_t k = problem.cost_begin[h]; k < problem.cost_begin[h + 1]; ++k) try_steward(problem.cost_stewards[k]);
    return least;
  }
  const int32_t current = problem.current.empty() ? -1 : problem.current[h];
  if (current >= 0) try_steward(current);
  // The least that any other pair costs more than its distance.
  const int64_t charge = book.LeastCharge(h) + (current >= 0 ? problem.switch_cost_cm : 0);
  const auto scan = [&](size_t b) {
    for (const int32_t j : blocks[b].stewards) {
      if (PairCost(book.household(h), book.steward(j)) + charge + price_cm[j] >= least) continue;
      const int64_t before = least;
      try_steward(j);
      if (least < before) hint = b;
    }
  };
  const size_t start = hint;
  if (start < blocks.size()) scan(start);
  for (size_t b = 0; b < blocks.size(); ++b) {
    if (b == start) continue;
    const int64_t nearest = Nearest(blocks[b], book.household(h));
    if (nearest <= book.max_cost() && nearest + charge + blocks[b].least_price < least) scan(b);
  }
  return least;
}

ViolationKind KindOf(Objection objection) {
  switch (objection) {
    case Objection::kKind:
      return ViolationKind::kOtherKind;
    case Objection::kFixedElsewhere:
      return ViolationKind::kFixedElsewhere;
    case Objection::kForbidden:
      return ViolationKind::kForbiddenPair;
    case Objection::kNoListedCost:
      return ViolationKind::kUnreachable;
    case Objection::kTooFar:
      return ViolationKind::kTooFar;
    default:
      return ViolationKind::kOtherJurisdiction;
  }
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
        book_(problem) {}

  Verification Run() {
    SplitByJurisdiction();
    CheckPairs();
    for (auto& [key, jurisdiction] : jurisdictions_) {
      Relax(jurisdiction);
      CheckLoads(jurisdiction);
    }
    result_.feasible = result_.violation_count == 0;
    if (!price_cm_.empty()) {
      for (auto& [key, jurisdiction] : jurisdictions_) AddBound(jurisdiction);
      // Hostile prices can push the bound beyond 64 bits, where it is no bound worth having: keep the sign, not the
      // figure.
      const absl::int128 limit = std::numeric_limits<int64_t>::max();
      result_.dual_bound_cm = static_cast<int64_t>(std::clamp(bound_, -limit, limit));
      result_.proved = result_.feasible && bound_ == result_.total_cost_cm;
    }
    result_.cancelled = context_.cancelled();
    return result_;
  }

 private:
  void SplitByJurisdiction() {
    for (size_t h = 0; h < problem_.households.size(); ++h) {
      const auto row = static_cast<int32_t>(h);
      jurisdictions_[{problem_.HouseholdUnit(row), problem_.HouseholdKind(row)}].households.push_back(row);
    }
    for (size_t j = 0; j < problem_.stewards.size(); ++j) {
      const auto row = static_cast<int32_t>(j);
      jurisdictions_[{problem_.StewardUnit(row), problem_.StewardKind(row)}].stewards.push_back(row);
    }
  }

  void Violate(ViolationKind kind, int64_t index, int64_t value) {
    ++result_.violation_count;
    if (result_.violations.size() < kMaxViolationsListed) result_.violations.push_back({kind, index, value});
  }

  void CheckPairs() {
    load_.assign(problem_.stewards.size(), 0);
    for (int32_t h = 0; h < static_cast<int32_t>(steward_of_.size()); ++h) {
      const int32_t j = steward_of_[h];
      if (j < 0) {
        ++result_.unserved;
        if (!best_effort_) Violate(ViolationKind::kUnserved, h, 0);
        continue;
      }
      if (const Objection objection = book_.ObjectionTo(h, j); objection != Objection::kNone) {
        Violate(KindOf(objection), h, j);
      }
      ++load_[j];
      const int64_t distance = std::max<int64_t>(0, book_.Distance(h, j));
      result_.distance_cm += distance;
      result_.total_cost_cm += distance + book_.Charge(h, j);
      result_.max_distance_cm = std::max(result_.max_distance_cm, distance);
      result_.switches += !problem_.current.empty() && problem_.current[h] >= 0 && problem_.current[h] != j;
    }
    for (const int32_t load : load_) result_.total_cost_cm += book_.LoadCost(load);
    if (!load_.empty()) {
      const auto [low, high] = std::minmax_element(load_.begin(), load_.end());
      result_.load_min = *low;
      result_.load_max = *high;
    }
  }

  // Says how many households best effort may leave over, and whether it may set the minimum aside. Under pair
  // conditions the plan itself shows whether it could have served more.
  void Relax(Jurisdiction& jurisdiction) const {
    if (!best_effort_) return;
    int64_t capacity = 0;
    int64_t required = 0;
    for (const int32_t j : jurisdiction.stewards) {
      capacity += problem_.BoundsOf(j).max;
      required += problem_.BoundsOf(j).min;
    }
    const auto count = static_cast<int64_t>(jurisdiction.households.size());
    jurisdiction.no_minimum = required > count;
    jurisdiction.left_over = std::max<int64_t>(0, count - capacity);
    if (!problem_.HasPairConditions()) return;
    const ReachCheck reach(book_, jurisdiction.households, jurisdiction.stewards, steward_of_, context_);
    if (!reach.CouldServeMore()) {
      jurisdiction.left_over = std::count_if(jurisdiction.households.begin(), jurisdiction.households.end(),
                                             [&](int32_t h) { return steward_of_[h] < 0; });
    }
    const auto below = [&](int32_t j) { return load_[j] < problem_.BoundsOf(j).min; };
    if (!jurisdiction.no_minimum && std::any_of(jurisdiction.stewards.begin(), jurisdiction.stewards.end(), below)) {
      jurisdiction.no_minimum = !reach.CouldFillMinima();
    }
  }

  void CheckLoads(const Jurisdiction& jurisdiction) {
    if (best_effort_) {
      int64_t unserved = 0;
      for (const int32_t h : jurisdiction.households) {
        if (steward_of_[h] < 0 && ++unserved > jurisdiction.left_over) Violate(ViolationKind::kUnserved, h, 0);
      }
    }
    for (const int32_t j : jurisdiction.stewards) {
      const LoadBounds bounds = problem_.BoundsOf(j);
      if (load_[j] > bounds.max) Violate(ViolationKind::kAboveMaximum, j, load_[j]);
      if (load_[j] < bounds.min && !jurisdiction.no_minimum) Violate(ViolationKind::kBelowMinimum, j, load_[j]);
    }
  }

  // min over loads L within the bounds of f(L) - price L; f is convex and bends at its steps.
  absl::int128 LeastLoadValue(int32_t j, bool no_minimum) const {
    const LoadBounds bounds = problem_.BoundsOf(j);
    const int64_t low = no_minimum ? 0 : bounds.min;
    const auto value = [&](int64_t load) {
      return absl::int128(book_.LoadCost(load)) - absl::int128(price_cm_[j]) * load;
    };
    absl::int128 least = std::min(value(low), value(bounds.max));
    for (const LoadCostStep& step : problem_.load_cost) {
      least = std::min(least, value(std::clamp<int64_t>(step.above, low, bounds.max)));
    }
    return least;
  }

  void AddBound(const Jurisdiction& jurisdiction) {
    for (const int32_t j : jurisdiction.stewards) bound_ += LeastLoadValue(j, jurisdiction.no_minimum);
    if (jurisdiction.stewards.empty()) return;
    const std::vector<Block> blocks = MakeBlocks(jurisdiction.stewards, book_.stewards(), price_cm_);
    std::vector<int64_t> values;
    values.reserve(jurisdiction.households.size());
    const bool conditions = problem_.HasPairConditions();
    size_t hint = 0;
    for (const int32_t h : jurisdiction.households) {
      values.push_back(conditions ? LeastValueOfAllowed(book_, h, blocks, price_cm_, hint)
                                  : LeastValue(book_.household(h), blocks, book_.stewards(), price_cm_, hint));
      if (values.size() % 1024 == 0 && context_.cancelled()) return;
    }
    // Any `left_over` households may go unserved: the bound counts the cheapest of the rest.
    const auto served = static_cast<std::ptrdiff_t>(values.size()) - jurisdiction.left_over;
    std::nth_element(values.begin(), values.begin() + served, values.end());
    bound_ = std::accumulate(values.begin(), values.begin() + served, bound_);
  }

  const Problem& problem_;
  const absl::Span<const int32_t> steward_of_;
  const absl::Span<const int64_t> price_cm_;
  const bool best_effort_;
  RunContext& context_;
  const PairBook book_;
  std::map<std::pair<int32_t, int32_t>, Jurisdiction> jurisdictions_;  // by unit and kind
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
