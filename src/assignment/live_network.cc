#include "assignment/live_network.h"

#include <algorithm>
#include <utility>

#include "absl/numeric/int128.h"
#include "base/infinity.h"

namespace lianhu::assignment::internal {
int32_t LiveNetwork::UnitOf(int32_t value) {
  const auto [place, fresh] = unit_of_value_.try_emplace(value, units());
  if (fresh) {
    units_.emplace_back(value, &steward_places_, &household_places_);
    units_.back().pool.unit = place->second;
  }
  return place->second;
}

int32_t LiveNetwork::FindUnit(int32_t value) const {
  const auto found = unit_of_value_.find(value);
  return found == unit_of_value_.end() ? -1 : found->second;
}

void LiveNetwork::Load(const Problem& problem, absl::Span<const int32_t> steward_of, absl::Span<const int64_t> price_cm,
                       absl::Span<const int32_t> current) {
  const size_t n = problem.households.size();
  const size_t m = problem.stewards.size();
  households_.resize(n);
  household_places_.resize(n);
  stewards_.resize(m);
  steward_places_.resize(m);
  const auto unit_of = [&](absl::Span<const int32_t> column, size_t row) {
    return UnitOf(column.empty() ? -1 : column[row]);
  };
  for (size_t j = 0; j < m; ++j) {
    Holder& steward = stewards_[j];
    steward.point = problem.stewards[j];
    steward.price = price_cm[j];
    steward.bounds = steward.own = problem.BoundsOf(static_cast<int64_t>(j));
    steward.unit = unit_of(problem.steward_units, j);
    steward.present = true;
    Unit& unit = units_[steward.unit];
    unit.capacity += steward.own.max;
    unit.required += steward.own.min;
    unit.members.push_back(static_cast<int32_t>(j));
  }
  for (size_t h = 0; h < n; ++h) {
    households_[h].point = problem.households[h];
    households_[h].unit = unit_of(problem.household_units, h);
    ++units_[households_[h].unit].count;
    if (!current.empty() && current[h] >= 0 && stewards_[current[h]].unit == households_[h].unit) {
      Name(static_cast<int32_t>(h), current[h]);
    }
  }
  std::vector<std::vector<LiveTree::Item>> items(units_.size());
  for (size_t j = 0; j < m; ++j) {
    items[stewards_[j].unit].push_back({stewards_[j].point, stewards_[j].price, static_cast<int32_t>(j)});
  }
  for (size_t u = 0; u < units_.size(); ++u) {
    units_[u].stewards.Build(std::exchange(items[u], {}));
    Balance(static_cast<int32_t>(u));
  }
  // A pool's price lies between the values of the served, which are at most it, and of the unserved, at least.
  for (Unit& unit : units_) unit.pool.price = kInfiniteCost;
  for (size_t h = 0; h < n; ++h) {
    Holder& pool = units_[households_[h].unit].pool;
    if (steward_of[h] < 0 && pool.present) {
      pool.price = std::min(pool.price, BestHolder(static_cast<int32_t>(h)).value);
    }
  }
  price_sum_ = 0;
  for (Unit& unit : units_) {
    if (unit.pool.price == kInfiniteCost) unit.pool.price = 0;
    Account(unit.pool, 1);
  }
  for (const Holder& steward : stewards_) Account(steward, 1);
  for (size_t h = 0; h < n; ++h) {
    const auto id = static_cast<int32_t>(h);
    const int32_t i = steward_of[h] >= 0 ? steward_of[h] : ~households_[h].unit;
    Place(id, i);
    households_[h].value = Cost(id, i) + holder(i).price;
    value_sum_ += households_[h].value;
    items[households_[h].unit].push_back({households_[h].point, KeyOf(id), id});
  }
  for (size_t u = 0; u < units_.size(); ++u) units_[u].households.Build(std::move(items[u]));
}

LiveNetwork::Best LiveNetwork::BestHolder(int32_t h, int64_t limit) const {
  const Household& household = households_[h];
  const Unit& unit = units_[household.unit];
  Best best{.holder = ~household.unit, .value = limit};
  if (unit.pool.present) best.value = std::min(limit, unit.pool.price);
  if (const int32_t j = household.current; j >= 0 && stewards_[j].present) {
    const int64_t value = Cost(h, j) + stewards_[j].price;
    if (value <= best.value) best = {j, value};
  }
  return BestSteward(h, best);
}

// The steward of least value if that is below `best`, or equal and he comes first.
LiveNetwork::Best LiveNetwork::BestSteward(int32_t h, Best best) const {
  const Household& household = households_[h];
  const int64_t charge = ChargeOf(h);
  const LiveTree& tree = units_[household.unit].stewards;
  if (tree.size() == 0) return best;
  struct Visit {
    int64_t bound;
    int32_t node;
  };
  const Box at{household.point, household.point};
  const auto bound_of = [&](int32_t v) {
    const LiveTree::Node& node = tree.node(v);
    return node.count == 0 ? kInfiniteCost : Floor(SquaredDistance(at, node.box)) + charge + node.least_key;
  };
  std::vector<Visit> stack{{std::numeric_limits<int64_t>::min(), tree.root()}};
  while (!stack.empty()) {
    const Visit visit = stack.back();
    stack.pop_back();
    if (visit.bound > best.value) continue;
    if (tree.IsLeaf(visit.node)) {
      for (const LiveTree::Item& item : tree.items(visit.node)) {
        const int64_t value = scale_ * FastPairCost(household.point, item.point) + charge + item.key;
        const bool first = best.holder >= 0 && best.holder != household.current && item.id < best.holder;
        if (value < best.value || (value == best.value && first)) best = {item.id, value};
      }
      continue;
    }
    Visit near{bound_of(tree.node(visit.node).child[0]), tree.node(visit.node).child[0]};
    Visit far{bound_of(tree.node(visit.node).child[1]), tree.node(visit.node).child[1]};
    if (far.bound < near.bound) std::swap(near, far);
    if (far.bound <= best.value && far.bound < kInfiniteCost) stack.push_back(far);
    if (near.bound <= best.value && near.bound < kInfiniteCost) stack.push_back(near);
  }
  return best;
}

void LiveNetwork::MarkDirty(int32_t i) {
  Holder& marked = holder(i);
  if (std::exchange(marked.dirty, true)) return;
  dirty_.push_back(i);
}

void LiveNetwork::BeginChange() {
  ++change_;
  moved_.clear();
}

void LiveNetwork::Touch(int32_t h) {
  Household& household = households_[h];
  if (household.moved_in == change_) return;
  household.moved_in = change_;
  household.before = household.slot < 0 ? kNowhere : household.holder;
  moved_.push_back(h);
}

void LiveNetwork::Place(int32_t h, int32_t i) {
  Household& household = households_[h];
  Holder& taker = holder(i);
  household.holder = i;
  household.slot = static_cast<int32_t>(taker.held.size());
  taker.held.push_back(h);
  if (i >= 0) {
    total_cost_cm_ += FastPairCost(household.point, taker.point);
    changed_ += household.current >= 0 && household.current != i;
  } else {
    ++unserved_;
  }
  MarkDirty(i);
}

void LiveNetwork::Displace(int32_t h) {
  Household& household = households_[h];
  const int32_t i = household.holder;
  Holder& giver = holder(i);
  const int32_t last = giver.held.back();
  giver.held[household.slot] = last;
  households_[last].slot = household.slot;
  giver.held.pop_back();
  household.slot = -1;
  if (i >= 0) {
    total_cost_cm_ -= FastPairCost(household.point, giver.point);
    changed_ -= household.current >= 0 && household.current != i;
  } else {
    --unserved_;
  }
  MarkDirty(i);
}

void LiveNetwork::SetValue(int32_t h, int64_t value) {
  value_sum_ += value - std::exchange(households_[h].value, value);
  units_[households_[h].unit].households.SetKey(h, KeyOf(h));
}

void LiveNetwork::SetPrice(int32_t i, int64_t price) {
  Holder& changed = holder(i);
  const int64_t rise = price - changed.price;
  if (rise == 0) return;
  Account(changed, -1);
  changed.price = price;
  Account(changed, 1);
  if (i >= 0) units_[changed.unit].stewards.SetKey(i, price);
  for (const int32_t h : changed.held) SetValue(h, households_[h].value + rise);
}

void LiveNetwork::Move(int32_t h, int32_t to) {
  Touch(h);
  Displace(h);
  Place(h, to);
  SetValue(h, Cost(h, to) + holder(to).price);
}

void LiveNetwork::PlaceAtBest(int32_t h) {
  const Best best = BestHolder(h);
  Place(h, best.holder);
  households_[h].value = best.value;
  value_sum_ += best.value;
  units_[households_[h].unit].households.Insert({households_[h].point, KeyOf(h), h});
}

void LiveNetwork::Name(int32_t h, int32_t current) {
  Household& household = households_[h];
  household.current = current;
  household.current_slot = static_cast<int32_t>(stewards_[current].named.size());
  stewards_[current].named.push_back(h);
  if (household.slot >= 0 && household.holder >= 0) changed_ += household.holder != current;
}

void LiveNetwork::Unname(int32_t h) {
  Household& household = households_[h];
  const int32_t current = std::exchange(household.current, -1);
  if (current < 0) return;
  std::vector<int32_t>& named = stewards_[current].named;
  named[household.current_slot] = named.back();
  households_[named.back()].current_slot = household.current_slot;
  named.pop_back();
  if (household.slot >= 0 && household.holder >= 0) changed_ -= household.holder != current;
}

void LiveNetwork::UnnameAll(int32_t j) {
  while (!stewards_[j].named.empty()) {
    const int32_t h = stewards_[j].named.back();
    Unname(h);
    // Every steward is cheaper for it now by the charge, but the pool is not.
    const int32_t i = households_[h].holder;
    if (i >= 0) {
      SetValue(h, households_[h].value - charge_);
    } else {
      SetValue(h, households_[h].value);
      Move(h, BestHolder(h).holder);
    }
  }
}

void LiveNetwork::Account(const Holder& i, int sign) {
  if (i.present) price_sum_ += sign * absl::int128(i.price) * (i.price > 0 ? i.bounds.max : i.bounds.min);
}

void LiveNetwork::SetBoundsInForce(int32_t j) {
  Holder& steward = stewards_[j];
  Account(steward, -1);
  steward.bounds = {.min = units_[steward.unit].minima_aside ? 0 : steward.own.min, .max = steward.own.max};
  Account(steward, 1);
  MarkDirty(j);
}

void LiveNetwork::Balance(int32_t u) {
  Unit& unit = units_[u];
  const auto shortage = static_cast<int32_t>(std::max<int64_t>(0, unit.count - unit.capacity));
  if (shortage > 0) OpenPool(u);
  if (unit.pool.present) {
    Account(unit.pool, -1);
    unit.pool.bounds = {.min = shortage, .max = shortage};
    Account(unit.pool, 1);
    MarkDirty(~u);
  }
  const bool aside = unit.required > unit.count;
  if (std::exchange(unit.minima_aside, aside) == aside) return;
  for (const int32_t j : unit.members) {
    if (stewards_[j].present && stewards_[j].unit == u) SetBoundsInForce(j);
  }
}

void LiveNetwork::OpenPool(int32_t u) {
  Unit& unit = units_[u];
  if (unit.pool.present) return;
  unit.pool.present = true;
  unit.pool.bounds = {.min = 0, .max = 0};
  unit.pool.price = unit.households.size() == 0 ? 0 : charge_ - unit.households.LeastKey();
}

void LiveNetwork::RetirePool(int32_t u) {
  Holder& pool = units_[u].pool;
  if (pool.present && pool.bounds.max == 0 && pool.held.empty()) pool.present = false;
}

int32_t LiveNetwork::AddHousehold(Point point, int32_t unit, int32_t current) {
  const int32_t h = households();
  households_.push_back({.point = point, .unit = unit});
  household_places_.emplace_back();
  if (current >= 0 && stewards_[current].present && stewards_[current].unit == unit) Name(h, current);
  Touch(h);
  ++units_[unit].count;
  Balance(unit);
  PlaceAtBest(h);
  return h;
}

void LiveNetwork::RemoveHousehold(int32_t h) {
  Touch(h);
  const int32_t u = households_[h].unit;
  units_[u].households.Erase(h);
  value_sum_ -= households_[h].value;
  Displace(h);
  Unname(h);
  --units_[u].count;
  Balance(u);
}

void LiveNetwork::MoveHousehold(int32_t h, Point point, int32_t unit) {
  Touch(h);
  const int32_t old = households_[h].unit;
  units_[old].households.Erase(h);
  value_sum_ -= households_[h].value;
  Displace(h);
  households_[h].point = point;
  if (old != unit) {
    Unname(h);
    households_[h].unit = unit;
    --units_[old].count;
    ++units_[unit].count;
    Balance(old);
    Balance(unit);
  }
  PlaceAtBest(h);
}

int32_t LiveNetwork::AddSteward(Point point, int32_t unit, LoadBounds bounds) {
  const int32_t j = stewards();
  stewards_.emplace_back();
  steward_places_.emplace_back();
  stewards_[j].own = bounds;
  EnterUnit(j, point, unit);
  return j;
}

void LiveNetwork::RemoveSteward(int32_t j) {
  LeaveUnit(j);
  UnnameAll(j);
}

void LiveNetwork::MoveSteward(int32_t j, Point point, int32_t unit) {
  const bool elsewhere = stewards_[j].unit != unit;
  LeaveUnit(j);
  if (elsewhere) UnnameAll(j);
  EnterUnit(j, point, unit);
}

void LiveNetwork::SetBounds(int32_t j, LoadBounds bounds) {
  Holder& steward = stewards_[j];
  Unit& unit = units_[steward.unit];
  unit.capacity += bounds.max - steward.own.max;
  unit.required += bounds.min - steward.own.min;
  steward.own = bounds;
  SetBoundsInForce(j);
  Balance(steward.unit);
}

// His households go to the next best.
void LiveNetwork::LeaveUnit(int32_t j) {
  Holder& steward = stewards_[j];
  Unit& unit = units_[steward.unit];
  Account(steward, -1);
  steward.present = false;
  unit.stewards.Erase(j);
  unit.capacity -= steward.own.max;
  unit.required -= steward.own.min;
  Balance(steward.unit);
  while (!steward.held.empty()) {
    const int32_t h = steward.held.back();
    Move(h, BestHolder(h).holder);
  }
}

// He starts at the least price at which no more than his maximum would rather be with him, and takes them.
void LiveNetwork::EnterUnit(int32_t j, Point point, int32_t u) {
  Holder& steward = stewards_[j];
  Unit& unit = units_[u];
  steward.point = point;
  steward.price = 0;
  steward.present = true;
  if (steward.unit != u || std::find(unit.members.begin(), unit.members.end(), j) == unit.members.end()) {
    steward.unit = u;
    unit.members.push_back(j);
  }
  unit.capacity += steward.own.max;
  unit.required += steward.own.min;
  Balance(u);
  SetBoundsInForce(j);

  // What a household would pay to come to him: its value less the cost of the pair.
  struct Bid {
    int64_t gain;
    int32_t household;
  };
  std::vector<Bid> bids;
  for (const int32_t h : steward.named) {
    if (const int64_t gain = households_[h].value - Cost(h, j); gain > 0) bids.push_back({gain, h});
  }
  const auto max = static_cast<size_t>(steward.own.max);
  const size_t enough = bids.size() + max + 1;
  NearestWalk walk(unit.households, point, scale_);
  for (auto next = walk.Next(); next.id >= 0 && next.value < 0 && bids.size() < enough; next = walk.Next()) {
    if (households_[next.id].current != j) bids.push_back({-next.value, next.id});
  }
  std::sort(bids.begin(), bids.end(),
            [](const Bid& a, const Bid& b) { return a.gain != b.gain ? a.gain > b.gain : a.household < b.household; });
  Account(steward, -1);
  steward.price = bids.size() > max ? bids[max].gain : 0;
  Account(steward, 1);
  unit.stewards.Insert({point, steward.price, j});
  for (size_t k = 0; k < std::min(max, bids.size()); ++k) Move(bids[k].household, j);
}

void LiveNetwork::AdoptAsCurrent() {
  for (int32_t h = 0; h < households(); ++h) {
    const int32_t i = households_[h].holder;
    if (households_[h].slot < 0 || i < 0 || households_[h].current == i) continue;
    Unname(h);
    Name(h, i);
    SetValue(h, Cost(h, i) + stewards_[i].price);
  }
}

void LiveNetwork::SetCosts(int64_t scale, int64_t charge) {
  if (scale == scale_) {
    SetCharge(charge);
    return;
  }
  const auto rescale = [&](Holder& i) {
    Account(i, -1);
    i.price = static_cast<int64_t>(absl::int128(i.price) * scale / scale_);
    Account(i, 1);
  };
  for (int32_t j = 0; j < stewards(); ++j) {
    if (!stewards_[j].present) continue;
    rescale(stewards_[j]);
    units_[stewards_[j].unit].stewards.SetKey(j, stewards_[j].price);
    MarkDirty(j);
  }
  for (int32_t u = 0; u < units(); ++u) {
    rescale(units_[u].pool);
    if (units_[u].pool.present) MarkDirty(~u);
  }
  scale_ = scale;
  charge_ = charge;
  for (int32_t h = 0; h < households(); ++h) {
    if (households_[h].slot < 0) continue;
    const int32_t i = households_[h].holder;
    const int64_t value = Cost(h, i) + holder(i).price;
    if (BestHolder(h, value).value == value) {
      SetValue(h, value);
    } else {
      Move(h, BestHolder(h).holder);
    }
  }
}

// Only households away from their current steward change in value, by as much as every other steward but the current
// one changes in cost to them. So what may be violated is: to those away, the current steward and the pool, when the
// charge rises; to those at home and the unserved, all others, when it falls.
void LiveNetwork::SetCharge(int64_t charge) {
  const int64_t rise = charge - std::exchange(charge_, charge);
  if (rise == 0) return;
  std::vector<int32_t> violated;
  for (int32_t h = 0; h < households(); ++h) {
    Household& household = households_[h];
    if (household.slot < 0 || household.current < 0 || household.holder < 0) continue;
    if (household.holder == household.current) continue;
    household.value += rise;
    value_sum_ += rise;
    const Holder& current = stewards_[household.current];
    const Holder& pool = units_[household.unit].pool;
    if ((current.present && Cost(h, household.current) + current.price < household.value) ||
        (pool.present && pool.price < household.value)) {
      violated.push_back(h);
    }
  }
  for (Unit& unit : units_) {
    unit.households.SetKeys([this](int32_t h) { return KeyOf(h); });
    if (rise < 0) CollectViolated(unit, violated);
  }
  for (const int32_t h : violated) Move(h, BestHolder(h).holder);
}

void LiveNetwork::CollectViolated(const Unit& unit, std::vector<int32_t>& violated) const {
  const LiveTree& stewards = unit.stewards;
  const LiveTree& households = unit.households;
  if (stewards.size() == 0 || households.size() == 0) return;
  const size_t first = violated.size();
  struct Visit {
    int32_t steward;
    int32_t household;
  };
  std::vector<Visit> stack{{stewards.root(), households.root()}};
  while (!stack.empty()) {
    const Visit visit = stack.back();
    stack.pop_back();
    const LiveTree::Node& a = stewards.node(visit.steward);
    const LiveTree::Node& b = households.node(visit.household);
    if (a.count == 0 || b.count == 0) continue;
    if (Floor(SquaredDistance(a.box, b.box)) + a.least_key + b.least_key >= 0) continue;
    const bool a_leaf = stewards.IsLeaf(visit.steward);
    const bool b_leaf = households.IsLeaf(visit.household);
    if (a_leaf && b_leaf) {
      for (const LiveTree::Item& h : households.items(visit.household)) {
        if (Floor(SquaredDistance(a.box, {h.point, h.point})) + a.least_key + h.key >= 0) continue;
        for (const LiveTree::Item& j : stewards.items(visit.steward)) {
          if (scale_ * FastPairCost(h.point, j.point) + j.key + h.key >= 0) continue;
          if (households_[h.id].current == j.id) continue;  // he is cheaper still, and was seen to
          violated.push_back(h.id);
          break;
        }
      }
    } else if (b_leaf || (!a_leaf && a.count >= b.count)) {
      for (const int32_t child : a.child) stack.push_back({child, visit.household});
    } else {
      for (const int32_t child : b.child) stack.push_back({visit.steward, child});
    }
  }
  std::sort(violated.begin() + static_cast<std::ptrdiff_t>(first), violated.end());
  violated.erase(std::unique(violated.begin() + static_cast<std::ptrdiff_t>(first), violated.end()), violated.end());
}

absl::int128 LiveNetwork::PrimalValue() const {
  return absl::int128(scale_) * total_cost_cm_ + absl::int128(charge_) * changed_;
}

NearestWalk::NearestWalk(const LiveTree& tree, Point from, int64_t scale) : tree_(tree), from_(from), scale_(scale) {
  if (tree.root() >= 0) PushNode(tree.root());
}

inline bool NearestWalk::Later::operator()(const Entry& a, const Entry& b) const {
  if (a.value != b.value) return a.value > b.value;
  // Nodes first: all of equal value must be known before the first of them is handed out.
  if ((a.id < 0) != (b.id < 0)) return b.id < 0;
  return a.id != b.id ? a.id > b.id : a.node > b.node;
}

void NearestWalk::PushNode(int32_t v) {
  const LiveTree::Node& node = tree_.node(v);
  if (node.count == 0) return;
  const double squared = SquaredDistance({from_, from_}, node.box);
  const int64_t floor = scale_ * (static_cast<int64_t>(100.0 * std::sqrt(squared)) - 1);
  heap_.push_back({floor + node.least_key, -1, v});
  std::push_heap(heap_.begin(), heap_.end(), Later());
}

NearestWalk::Item NearestWalk::Next() {
  while (!heap_.empty()) {
    const Entry top = heap_.front();
    std::pop_heap(heap_.begin(), heap_.end(), Later());
    heap_.pop_back();
    if (top.id >= 0) return {top.id, top.value};
    if (!tree_.IsLeaf(top.node)) {
      for (const int32_t child : tree_.node(top.node).child) PushNode(child);
      continue;
    }
    for (const LiveTree::Item& item : tree_.items(top.node)) {
      heap_.push_back({scale_ * FastPairCost(from_, item.point) + item.key, item.id, -1});
      std::push_heap(heap_.begin(), heap_.end(), Later());
    }
  }
  return {};
}

}  // namespace lianhu::assignment::internal
