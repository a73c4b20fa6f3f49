#include "assignment/cohesion_search.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "assignment/price_tree.h"
#include "assignment/spatial_order.h"

namespace lianhu::assignment::internal {
namespace {

// Households handed back beyond what the bounds ask for, at most: they may bring other buildings together.
constexpr int32_t kMoreBack = 3;

constexpr int64_t kNever = std::numeric_limits<int64_t>::max() / 4;

}  // namespace

CohesionSearch::CohesionSearch(const Problem& problem, absl::Span<const Point> households,
                               absl::Span<const Point> stewards, absl::Span<const int32_t> buildings, int64_t price_cm,
                               std::vector<int32_t> steward_of, absl::Span<const int32_t> least_load)
    : problem_(problem),
      households_(households),
      stewards_(stewards),
      buildings_(buildings),
      price_(price_cm),
      steward_of_(std::move(steward_of)),
      least_load_(least_load) {
  const auto m = static_cast<int32_t>(stewards.size());
  int32_t most = -1;
  for (const int32_t b : buildings) most = std::max(most, b);
  stewards_in_.resize(most + 1);
  parts_.resize(m);
  load_.assign(m, 0);
  std::vector<int32_t> start = std::move(steward_of_);
  steward_of_.assign(start.size(), -1);
  for (size_t h = 0; h < start.size(); ++h) {
    if (start[h] >= 0) Move(static_cast<int32_t>(h), start[h]);
  }

  // The nearest others of each steward, by a tree for each jurisdiction.
  std::map<int32_t, std::vector<int32_t>> by_unit;
  for (int32_t j = 0; j < m; ++j) by_unit[problem.StewardUnit(j)].push_back(j);
  near_.resize(m);
  for (const auto& [unit, members] : by_unit) {
    std::vector<Point> points;
    points.reserve(members.size());
    for (const int32_t j : members) points.push_back(stewards[j]);
    const std::vector<int32_t> order = SpatialOrder(points, FrameOf(points, {}));
    std::vector<Point> ordered;
    ordered.reserve(order.size());
    for (const int32_t k : order) ordered.push_back(points[k]);
    const std::vector<int64_t> nothing(ordered.size(), 0);
    const PriceTree tree(ordered, nothing);
    for (const int32_t j : members) {
      std::vector<int32_t>& near = near_[j];
      const auto skip = [&](int32_t k) {
        const int32_t other = members[order[k]];
        return other == j || std::find(near.begin(), near.end(), other) != near.end();
      };
      while (static_cast<int32_t>(near.size()) < kNear) {
        const PriceTree::Nearest nearest = tree.FindNearest(stewards[j], skip);
        if (nearest.index < 0) break;
        near.push_back(members[order[nearest.index]]);
      }
    }
  }
}

bool CohesionSearch::Serves(int32_t j, int32_t building) const {
  if (building < 0) return false;
  const std::vector<int32_t>& there = stewards_in_[building];
  return std::binary_search(there.begin(), there.end(), j);
}

void CohesionSearch::Move(int32_t h, int32_t to) {
  const int32_t building = buildings_[h];
  const int32_t from = std::exchange(steward_of_[h], to);
  if (from >= 0) {
    std::vector<Part>& parts = parts_[from];
    const auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& p) {
      return p.building == building && std::find(p.households.begin(), p.households.end(), h) != p.households.end();
    });
    part->households.erase(std::find(part->households.begin(), part->households.end(), h));
    if (part->households.empty()) {
      parts.erase(part);
      if (building >= 0) {
        std::vector<int32_t>& there = stewards_in_[building];
        there.erase(std::lower_bound(there.begin(), there.end(), from));
      }
    }
    --load_[from];
  }
  ++load_[to];
  std::vector<Part>& parts = parts_[to];
  if (building >= 0) {
    for (Part& part : parts) {
      if (part.building != building) continue;
      part.households.push_back(h);
      return;
    }
    std::vector<int32_t>& there = stewards_in_[building];
    there.insert(std::lower_bound(there.begin(), there.end(), to), to);
  }
  parts.push_back({.building = building, .households = {h}});
}

// A dynamic program over the parts of `from`: least[c] is the least change for c households of the parts so far.
bool CohesionSearch::BestHandover(int32_t from, int32_t to, int32_t building, int32_t count, Handover& best) const {
  best.change = 0;
  best.households.clear();
  if (count == 0) return true;
  struct Choice {
    std::vector<std::pair<int64_t, int32_t>> order;  // change of distance and household, cheapest first
    std::vector<int32_t> taken;                      // by c: how many of this part
  };
  std::vector<Choice> choices;
  std::vector<int64_t> least(count + 1, kNever);
  least[0] = 0;
  for (const Part& part : parts_[from]) {
    if (part.building == building) continue;
    Choice choice;
    for (const int32_t h : part.households) choice.order.emplace_back(Cost(h, to) - Cost(h, from), h);
    std::sort(choice.order.begin(), choice.order.end());
    choice.taken.assign(count + 1, 0);
    const bool new_there = part.building >= 0 && !Serves(to, part.building);
    const auto size = static_cast<int32_t>(choice.order.size());
    std::vector<int64_t> next = least;
    int64_t distance = 0;
    for (int32_t x = 1; x <= std::min(size, count); ++x) {
      distance += choice.order[x - 1].first;
      const int64_t stewards = (new_there ? 1 : 0) - (x == size && part.building >= 0 ? 1 : 0);
      const int64_t change = distance + price_ * stewards;
      for (int32_t c = x; c <= count; ++c) {
        if (least[c - x] == kNever || least[c - x] + change >= next[c]) continue;
        next[c] = least[c - x] + change;
        choice.taken[c] = x;
      }
    }
    least = std::move(next);
    choices.push_back(std::move(choice));
  }
  if (least[count] == kNever) return false;
  best.change = least[count];
  int32_t c = count;
  for (size_t k = choices.size(); k-- > 0;) {
    const int32_t x = choices[k].taken[c];
    for (int32_t i = 0; i < x; ++i) best.households.push_back(choices[k].order[i].second);
    c -= x;
  }
  return true;
}

// Tries to take `from` out of the building: all he serves there goes to another who serves there, or to a neighbour
// whose own households come together by what he hands over.
bool CohesionSearch::TryGather(int32_t building, int32_t from) {
  std::vector<int32_t> moving;
  for (const Part& part : parts_[from]) {
    if (part.building == building) moving = part.households;
  }
  const auto size = static_cast<int32_t>(moving.size());
  int64_t best_change = 0;
  int32_t best_to = -1;
  int32_t best_third = -1;
  Handover best;
  Handover handover;
  std::vector<int32_t> targets = stewards_in_[building];
  for (const int32_t to : near_[from]) {
    if (!Serves(to, building)) targets.push_back(to);
  }
  for (const int32_t to : targets) {
    if (to == from || problem_.StewardUnit(to) != problem_.StewardUnit(from)) continue;
    int64_t gathered = Serves(to, building) ? -price_ : 0;
    for (const int32_t h : moving) gathered += Cost(h, to) - Cost(h, from);
    const int32_t most = problem_.BoundsOf(to).max;
    const int32_t over = std::max(0, Load(to) + size - most);
    const int32_t lack = std::max(0, least_load_[from] - (Load(from) - size));
    const auto consider = [&](int32_t third, int32_t count) {
      if (!BestHandover(to, third, building, count, handover)) return;
      if (gathered + handover.change >= best_change) return;
      best_change = gathered + handover.change;
      best_to = to;
      best_third = third;
      best = handover;
    };
    // Back to `from`, whose load then stays between his bounds: what he must get, or what `to` must give.
    const int32_t back = std::max(over, lack);
    for (int32_t count = back; count <= std::min(size, back + kMoreBack); ++count) consider(from, count);
    if (lack > 0 || over == 0) continue;
    for (const int32_t third : near_[to]) {
      if (third != from && Load(third) + over <= problem_.BoundsOf(third).max) consider(third, over);
    }
  }
  if (best_to < 0) return false;
  for (const int32_t h : moving) Move(h, best_to);
  for (const int32_t h : best.households) Move(h, best_third);
  return true;
}

bool CohesionSearch::Run(RunContext& context) {
  if (price_ == 0) return true;
  bool improved = true;
  while (improved) {
    improved = false;
    for (size_t b = 0; b < stewards_in_.size(); ++b) {
      if (stewards_in_[b].size() < 2) continue;
      if (context.cancelled()) return false;
      const std::vector<int32_t> there = stewards_in_[b];
      for (const int32_t j : there) {
        const auto building = static_cast<int32_t>(b);
        if (stewards_in_[b].size() < 2 || !Serves(j, building)) continue;
        improved = TryGather(building, j) || improved;
      }
    }
  }
  return true;
}

}  // namespace lianhu::assignment::internal
