// Moves and exchanges between two parts: of atoms of any weight to fixed centres, and with means that move along.
#include <algorithm>
#include <cmath>
#include <limits>

#include "districting/part_region.h"

namespace lianhu::districting::internal {
namespace {

// Of a greater part only so many atoms are looked at, those that go for least.
constexpr size_t kMostTried = 32;
constexpr int kMostSweeps = 50;
// The means move between sweeps: pairs are taken with a margin.
constexpr double kReach = 1.5;

}  // namespace

bool PartRegion::ExchangeWeighted(const std::function<bool()>& stop) {
  const auto q = static_cast<int32_t>(parts_.size());
  bool changed = false;
  for (int sweep = 0; sweep < kMostSweeps && !stop(); ++sweep) {
    bool improved = false;
    for (int32_t a = 0; a < q; ++a) {
      for (int32_t b = 0; b < a; ++b) {
        while (TryPair(a, b)) improved = true;
      }
    }
    if (!improved) return changed;
    changed = true;
  }
  return changed;
}

// The best move or exchange between two parts, centres fixed.
bool PartRegion::TryPair(int32_t a, int32_t b) {
  const auto q = static_cast<int64_t>(parts_.size());
  Part& first = parts_[a];
  Part& second = parts_[b];
  moves_.resize(std::max<size_t>(moves_.size(), 2));
  const auto list = [&](const Part& part, int32_t from, int32_t to, std::vector<Arc>& moves) {
    moves.clear();
    for (const int32_t i : part.members) moves.push_back({cost_[i * q + to] - cost_[i * q + from], i});
    if (moves.size() <= 2 * kMostTried) return;
    std::partial_sort(moves.begin(), moves.begin() + 2 * kMostTried, moves.end(),
                      [](const Arc& x, const Arc& y) { return x.cost != y.cost ? x.cost < y.cost : x.atom < y.atom; });
    moves.resize(2 * kMostTried);
  };
  list(first, a, b, moves_[0]);
  list(second, b, a, moves_[1]);
  work_ += static_cast<int64_t>(moves_[0].size() * moves_[1].size()) / 4 + 1;
  double best = -least_gain_;
  int32_t give = -1;
  int32_t take = -1;
  const auto steps = [&](double change) { return PenaltyStep(first.load, change) + PenaltyStep(second.load, -change); };
  for (const Arc& x : moves_[0]) {
    const double w = atoms_[x.atom].weight;
    if (first.members.size() > 1 && x.cost + steps(-w) < best) {
      best = x.cost + steps(-w);
      give = x.atom;
      take = -1;
    }
    for (const Arc& y : moves_[1]) {
      const double sum = x.cost + y.cost;
      if (sum >= best && Violation(first.load) + Violation(second.load) == 0) continue;
      const double change = sum + steps(atoms_[y.atom].weight - w);
      if (change >= best) continue;
      best = change;
      give = x.atom;
      take = y.atom;
    }
  }
  for (const Arc& y : moves_[1]) {
    if (second.members.size() <= 1) break;
    const double change = y.cost + steps(atoms_[y.atom].weight);
    if (change >= best) continue;
    best = change;
    give = -1;
    take = y.atom;
  }
  if (give < 0 && take < 0) return false;
  if (give >= 0) MoveAtom(give, b);
  if (take >= 0) MoveAtom(take, a);
  return true;
}

// Pairs of parts between which an exchange may gain: what the means' moving can save is at most the pull of the two
// parts times the square of the distance between the atoms, and that is compared with the cheapest moves.
std::vector<std::pair<int32_t, int32_t>> PartRegion::PairsInReach() {
  const auto q = static_cast<int32_t>(parts_.size());
  BuildCosts();
  arc_.resize(static_cast<size_t>(q + 1) * (q + 1));
  std::vector<double> reach(q, 0);
  for (int32_t p = 0; p < q; ++p) {
    FillRow(p);
    for (const int32_t i : parts_[p].members) {
      reach[p] = std::max(reach[p], std::hypot(atoms_[i].x - parts_[p].x, atoms_[i].y - parts_[p].y));
    }
  }
  std::vector<std::pair<int32_t, int32_t>> pairs;
  for (int32_t a = 0; a < q; ++a) {
    for (int32_t b = 0; b < a; ++b) {
      const Part& first = parts_[a];
      const Part& second = parts_[b];
      const double apart = std::hypot(first.x - second.x, first.y - second.y) + reach[a] + reach[b];
      const double pull = 1 / first.load + 1 / second.load;
      // A move alone needs a part with room; it is no cheaper than the cheapest of either way.
      const double there = arc_[a * (q + 1) + b].cost;
      const double back = arc_[b * (q + 1) + a].cost;
      const double least = low_ < high_ ? std::min({there, back, there + back}) : there + back;
      if (least < kReach * pull * apart * apart) pairs.emplace_back(a, b);
    }
  }
  return pairs;
}

bool PartRegion::ExchangeMeans(const std::function<bool()>& stop) {
  bool changed = false;
  const std::vector<std::pair<int32_t, int32_t>> pairs = PairsInReach();
  for (int sweep = 0; sweep < kMostSweeps && !stop(); ++sweep) {
    bool improved = false;
    for (const auto& [a, b] : pairs) {
      while (TryMeans(a, b)) improved = true;
    }
    if (!improved) return changed;
    changed = true;
  }
  return changed;
}

// The change of -|sum|^2 / load of a part when its sum and load change; the centre is the mean.
double PartRegion::MeansChange(const Part& part, double dx, double dy, double dw) const {
  const double sx = part.x * part.load;
  const double sy = part.y * part.load;
  const double x = sx + dx;
  const double y = sy + dy;
  return (sx * sx + sy * sy) / part.load - (x * x + y * y) / (part.load + dw);
}

bool PartRegion::TryMeans(int32_t a, int32_t b) {
  Part& first = parts_[a];
  Part& second = parts_[b];
  const auto list = [&](const Part& from, const Part& to, std::vector<Arc>& moves) {
    moves.clear();
    for (const int32_t i : from.members) moves.push_back({CostAt(atoms_[i], to) - CostAt(atoms_[i], from), i});
    if (moves.size() <= kMostTried) return;
    std::partial_sort(moves.begin(), moves.begin() + kMostTried, moves.end(),
                      [](const Arc& x, const Arc& y) { return x.cost != y.cost ? x.cost < y.cost : x.atom < y.atom; });
    moves.resize(kMostTried);
  };
  moves_.resize(std::max<size_t>(moves_.size(), 2));
  list(first, second, moves_[0]);
  list(second, first, moves_[1]);
  work_ += static_cast<int64_t>(moves_[0].size() * moves_[1].size()) / 4 + 1;

  double best = -least_gain_;
  int32_t give = -1;
  int32_t take = -1;
  const auto change_of = [&](const Atom* x, const Atom* y) {
    double dx = 0;
    double dy = 0;
    double dw = 0;
    double price = 0;
    if (x != nullptr) {
      dx -= x->weight * x->x;
      dy -= x->weight * x->y;
      dw -= x->weight;
      price += MovePrice(*x, second) - MovePrice(*x, first);
    }
    if (y != nullptr) {
      dx += y->weight * y->x;
      dy += y->weight * y->y;
      dw += y->weight;
      price += MovePrice(*y, first) - MovePrice(*y, second);
    }
    return MeansChange(first, dx, dy, dw) + MeansChange(second, -dx, -dy, -dw) + price + PenaltyStep(first.load, dw) +
           PenaltyStep(second.load, -dw);
  };
  const auto try_one = [&](int32_t x, int32_t y) {
    const double change = change_of(x < 0 ? nullptr : &atoms_[x], y < 0 ? nullptr : &atoms_[y]);
    if (change >= best) return;
    best = change;
    give = x;
    take = y;
  };
  const double pull = 1 / first.load + 1 / second.load;
  for (const Arc& x : moves_[0]) {
    if (first.members.size() > 1) try_one(x.atom, -1);
    const Atom& from = atoms_[x.atom];
    for (const Arc& y : moves_[1]) {
      const Atom& to = atoms_[y.atom];
      if (unit_weights_) {
        const double dx = from.x - to.x;
        const double dy = from.y - to.y;
        if (x.cost + y.cost - pull * (dx * dx + dy * dy) >= best) continue;
      }
      try_one(x.atom, y.atom);
    }
  }
  for (const Arc& y : moves_[1]) {
    if (second.members.size() > 1) try_one(-1, y.atom);
  }
  if (give < 0 && take < 0) return false;
  if (give >= 0) MoveAtom(give, b);
  if (take >= 0) MoveAtom(take, a);
  UpdateCentre(first);
  UpdateCentre(second);
  return true;
}

}  // namespace lianhu::districting::internal
