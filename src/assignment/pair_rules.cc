#include "assignment/pair_rules.h"

#include <algorithm>
#include <cmath>

namespace lianhu::assignment::internal {
namespace {

// Everything that the conditions say of one pair.
struct Remark {
  int32_t household;
  int32_t steward;
  int32_t charge;  // preference, less the switch cost that the current steward is spared
  bool forbidden;
  bool fixed;
};

std::vector<Remark> CollectRemarks(const Problem& problem) {
  std::vector<Remark> remarks;
  remarks.reserve(problem.forbidden.size() + problem.fixed.size() + problem.preferences.size() +
                  (problem.switch_cost_cm > 0 ? problem.current.size() : 0));
  for (const Pair& p : problem.forbidden) remarks.push_back({p.household, p.steward, 0, true, false});
  for (const Pair& p : problem.fixed) remarks.push_back({p.household, p.steward, 0, false, true});
  for (const PairPreference& p : problem.preferences) {
    remarks.push_back({p.household, p.steward, static_cast<int32_t>(p.cost_cm), false, false});
  }
  if (problem.switch_cost_cm > 0) {
    const auto spared = -static_cast<int32_t>(problem.switch_cost_cm);
    for (size_t h = 0; h < problem.current.size(); ++h) {
      if (problem.current[h] < 0) continue;
      remarks.push_back({static_cast<int32_t>(h), problem.current[h], spared, false, false});
    }
  }
  const auto before = [](const Remark& a, const Remark& b) {
    return a.household != b.household ? a.household < b.household : a.steward < b.steward;
  };
  std::sort(remarks.begin(), remarks.end(), before);
  // One remark a pair.
  size_t kept = 0;
  for (size_t i = 0; i < remarks.size(); ++i) {
    if (kept > 0 && !before(remarks[kept - 1], remarks[i])) {
      Remark& same = remarks[kept - 1];
      same.charge += remarks[i].charge;
      same.forbidden |= remarks[i].forbidden;
      same.fixed |= remarks[i].fixed;
    } else {
      remarks[kept++] = remarks[i];
    }
  }
  remarks.resize(kept);
  return remarks;
}

class Compiler {
 public:
  Compiler(const Problem& problem, absl::Span<const Point> households, absl::Span<const Point> stewards)
      : problem_(problem), households_(households), stewards_(stewards), remarks_(CollectRemarks(problem)) {}

  PairRules Run() {
    const auto n = static_cast<int32_t>(households_.size());
    if (problem_.max_distance < kMaxExtent * 2) rules_.max_cost = std::llround(100 * problem_.max_distance);
    if (problem_.switch_cost_cm > 0) {
      rules_.base.resize(n);
      for (int32_t h = 0; h < n; ++h) {
        rules_.base[h] = problem_.current[h] >= 0 ? static_cast<int32_t>(problem_.switch_cost_cm) : 0;
      }
    }
    const bool own_costs = !problem_.cost_begin.empty();
    if (remarks_.empty() && !own_costs) return std::move(rules_);
    rules_.listed.reserve(remarks_.size() + problem_.costs_cm.size());
    rules_.begin.reserve(n + 1);
    if (own_costs || !problem_.fixed.empty()) rules_.listed_only.assign(n, own_costs ? 1 : 0);
    size_t next = 0;
    for (int32_t h = 0; h < n; ++h) {
      rules_.begin.push_back(static_cast<int64_t>(rules_.listed.size()));
      const size_t first = next;
      while (next < remarks_.size() && remarks_[next].household == h) ++next;
      AddHousehold(h, absl::MakeConstSpan(remarks_).subspan(first, next - first));
    }
    rules_.begin.push_back(static_cast<int64_t>(rules_.listed.size()));
    return std::move(rules_);
  }

 private:
  void AddHousehold(int32_t h, absl::Span<const Remark> remarks) {
    const auto fixed = std::find_if(remarks.begin(), remarks.end(), [](const Remark& r) { return r.fixed; });
    const bool is_fixed = fixed != remarks.end();
    if (is_fixed) {
      rules_.listed_only[h] = 1;
      remarks = {&*fixed, 1};
    }
    if (problem_.cost_begin.empty()) {
      for (const Remark& remark : remarks) Add(PairCost(households_[h], stewards_[remark.steward]), remark);
      return;
    }
    // The caller's pairs and the remarks are both in order of steward; a remark on a pair without a cost says nothing.
    size_t r = 0;
    for (int64_t k = problem_.cost_begin[h]; k < problem_.cost_begin[h + 1]; ++k) {
      const int32_t j = problem_.cost_stewards[k];
      while (r < remarks.size() && remarks[r].steward < j) ++r;
      const bool remarked = r < remarks.size() && remarks[r].steward == j;
      if (remarked || !is_fixed) Add(problem_.costs_cm[k], remarked ? remarks[r] : Remark{h, j, 0, false, false});
    }
  }

  void Add(int64_t distance, const Remark& remark) {
    const bool allowed = !remark.forbidden && (remark.fixed || distance <= rules_.max_cost);
    rules_.listed.push_back(
        {remark.steward, allowed ? static_cast<int32_t>(distance) + remark.charge : PairRules::kForbidden});
  }

  const Problem& problem_;
  absl::Span<const Point> households_;
  absl::Span<const Point> stewards_;
  std::vector<Remark> remarks_;
  PairRules rules_;
};

}  // namespace

const PairRules::Listed* PairRules::Find(int64_t row, int32_t steward) const {
  const absl::Span<const Listed> entries = ListedOf(row);
  const auto found = std::lower_bound(entries.begin(), entries.end(), steward,
                                      [](const Listed& entry, int32_t j) { return entry.steward < j; });
  return found != entries.end() && found->steward == steward ? &*found : nullptr;
}

bool PairRules::SameRow(int64_t a, int64_t b) const {
  return ListedOnly(a) == ListedOnly(b) && Base(a) == Base(b) && ListedOf(a) == ListedOf(b);
}

PairRules CompileRules(const Problem& problem, absl::Span<const Point> households, absl::Span<const Point> stewards) {
  return Compiler(problem, households, stewards).Run();
}

int64_t PairDistance(const Problem& problem, absl::Span<const Point> households, absl::Span<const Point> stewards,
                     int32_t household, int32_t steward) {
  if (problem.cost_begin.empty()) return PairCost(households[household], stewards[steward]);
  const auto first = problem.cost_stewards.begin();
  const auto found =
      std::lower_bound(first + problem.cost_begin[household], first + problem.cost_begin[household + 1], steward);
  return problem.costs_cm[found - first];
}

PairRules SelectRules(const PairRules& rules, const std::vector<int32_t>& households,
                      const std::vector<int32_t>& stewards, const std::vector<int32_t>& place) {
  PairRules selected;
  selected.max_cost = rules.max_cost;
  if (!rules.base.empty()) {
    for (const int32_t h : households) selected.base.push_back(rules.base[h]);
  }
  if (!rules.listed_only.empty()) {
    for (const int32_t h : households) selected.listed_only.push_back(rules.listed_only[h]);
  }
  if (!rules.HasLists()) return selected;
  selected.begin.reserve(households.size() + 1);
  selected.begin.push_back(0);
  for (const int32_t h : households) {
    for (const PairRules::Listed& entry : rules.ListedOf(h)) {
      const int32_t k = place[entry.steward];
      if (k < static_cast<int32_t>(stewards.size()) && stewards[k] == entry.steward) {
        selected.listed.push_back({k, entry.cost});
      }
    }
    selected.begin.push_back(static_cast<int64_t>(selected.listed.size()));
  }
  return selected;
}

}  // namespace lianhu::assignment::internal
