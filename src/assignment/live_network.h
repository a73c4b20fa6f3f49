// The state of a plan that lives on while households and stewards come, go and change.
//
// Every household is held by a steward of its unit or by the unit's *pool*, which stands for "unserved": a holder at
// cost 0 from everybody, who must hold exactly max(0, households - places). A unit whose minima cannot be filled sets
// them aside. With that the plan that Solve calls best effort (and, where it can be, the plain optimum) is always a
// flow, and the state is exactly its optimum whenever two conditions hold, which are those of network.h over all pairs:
//
//   household condition  v_h = Cost(h, holder) + price of the holder is the least over all holders of h's unit
//   holder condition     Excess(i) = 0: price > 0 only where full, < 0 only at the minimum
//
// Everything that changes the state here keeps the household condition and marks holders whose Excess may no longer be
// 0 as dirty; live_search.h makes it 0 again. Costs are 64-bit and may be scaled, so that a switch cost can be a
// fraction of a centimetre (frontier.cc): Cost = scale x PairCost, plus the `charge` where a household with a current
// steward is served by another.
//
// Ids: households and stewards are numbered as they come, numbers are not used again. A holder is a steward's number,
// or ~u (negative) for the pool of unit u. Memory: about 200 bytes a household and 400 a steward.
#ifndef LIANHU_SRC_ASSIGNMENT_LIVE_NETWORK_H_
#define LIANHU_SRC_ASSIGNMENT_LIVE_NETWORK_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/types/span.h"
#include "assignment/live_tree.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/point.h"

namespace lianhu::assignment::internal {

// PairCost without the call that llround costs on older processors; the same values.
inline int64_t FastPairCost(Point a, Point b) {
  const double dx = a.x - b.x;
  const double dy = a.y - b.y;
  const double cost = 100.0 * std::sqrt(dx * dx + dy * dy);
  const auto whole = static_cast<int64_t>(cost);
  return whole + static_cast<int64_t>(cost - static_cast<double>(whole) >= 0.5);
}

class LiveNetwork {
 public:
  static constexpr int32_t kNowhere = std::numeric_limits<int32_t>::min();

  struct Household {
    Point point;
    int64_t value = 0;         // v_h
    int32_t holder = 0;        //
    int32_t slot = -1;         // in the holder's list; -1: gone
    int32_t unit = 0;          // dense
    int32_t current = -1;      // the steward it had when switching began to count; -1: none
    int32_t current_slot = 0;  // in that steward's `named`
    int32_t before = -1;       // the holder before the present change, see Moved
    uint32_t moved_in = 0;     // the change that moved it last
  };
  struct Holder {
    Point point;
    int64_t price = 0;
    LoadBounds bounds;  // in force; `own` but for a pool and for minima set aside
    LoadBounds own;
    int32_t unit = 0;
    bool present = false;
    bool dirty = false;
    std::vector<int32_t> held;
    std::vector<int32_t> named;  // the households whose `current` he is
    // Of the search that reached him last (live_search.h).
    int64_t distance = 0;
    uint32_t reached_in = 0;
    uint32_t settled_in = 0;
    int32_t via_household = -1;
    int32_t via_holder = -1;
  };
  struct Unit {
    Unit(int32_t number, std::vector<LiveTree::Place>* steward_places, std::vector<LiveTree::Place>* household_places)
        : value(number), stewards(steward_places), households(household_places) {}
    int32_t value;         // the caller's
    LiveTree stewards;     // key: price
    LiveTree households;   // key: -v_h
    int64_t count = 0;     // households
    int64_t capacity = 0;  // sum of max
    int64_t required = 0;  // sum of min
    bool minima_aside = false;
    Holder pool;                   // present while there is, or was a moment ago, a shortage
    std::vector<int32_t> members;  // stewards that ever were in the unit
  };
  struct Best {
    int32_t holder;
    int64_t value;
  };

  LiveNetwork() = default;
  LiveNetwork(const LiveNetwork&) = delete;
  LiveNetwork& operator=(const LiveNetwork&) = delete;

  // Takes up an optimal plan: `problem` in planar metres, a steward or -1 for each household, the prices that prove it
  // without a charge and unscaled. `current` is empty or has n entries of stewards or -1.
  void Load(const Problem& problem, absl::Span<const int32_t> steward_of, absl::Span<const int64_t> price_cm,
            absl::Span<const int32_t> current);

  // Changes what costs are. With a new scale prices are carried over in proportion, every household looks for its best
  // holder and every holder is dirty, O(n log m). With another charge only, those households whose holder is no longer
  // the best are found by walking both trees at once, O(n) with a small constant.
  void SetCosts(int64_t scale, int64_t charge);
  int64_t scale() const { return scale_; }
  int64_t charge() const { return charge_; }

  // Structure. Each keeps the household condition.
  int32_t AddHousehold(Point point, int32_t unit, int32_t current);
  void RemoveHousehold(int32_t h);
  void MoveHousehold(int32_t h, Point point, int32_t unit);
  int32_t AddSteward(Point point, int32_t unit, LoadBounds bounds);
  void RemoveSteward(int32_t j);
  void MoveSteward(int32_t j, Point point, int32_t unit);
  void SetBounds(int32_t j, LoadBounds bounds);
  // Makes the present steward of every household its current one; prices and proof stay.
  void AdoptAsCurrent();

  int32_t UnitOf(int32_t value);          // dense number of the caller's unit, new if need be
  int32_t FindUnit(int32_t value) const;  // -1: none yet

  int32_t households() const { return static_cast<int32_t>(households_.size()); }
  int32_t stewards() const { return static_cast<int32_t>(stewards_.size()); }
  int32_t units() const { return static_cast<int32_t>(units_.size()); }
  const Household& household(int32_t h) const { return households_[h]; }
  bool HasHousehold(int32_t h) const { return h >= 0 && h < households() && households_[h].slot >= 0; }
  bool HasSteward(int32_t j) const { return j >= 0 && j < stewards() && stewards_[j].present; }
  const Unit& unit(int32_t u) const { return units_[u]; }
  Holder& holder(int32_t i) { return i >= 0 ? stewards_[i] : units_[~i].pool; }
  const Holder& holder(int32_t i) const { return i >= 0 ? stewards_[i] : units_[~i].pool; }

  int64_t Cost(int32_t h, int32_t i) const {
    if (i < 0) return 0;
    const int64_t cost = scale_ * FastPairCost(households_[h].point, stewards_[i].point);
    return households_[h].current == i ? cost : cost + ChargeOf(h);
  }
  // What serving h costs beyond the distance, but for its current steward.
  int64_t ChargeOf(int32_t h) const { return households_[h].current >= 0 ? charge_ : 0; }
  // A lower bound of the scaled cost of any pair that far apart.
  int64_t Floor(double squared_metres) const {
    return scale_ * (static_cast<int64_t>(100.0 * std::sqrt(squared_metres)) - 1);
  }

  int32_t RequiredLoad(const Holder& i) const {
    if (i.price > 0) return i.bounds.max;
    if (i.price < 0) return i.bounds.min;
    return std::clamp(static_cast<int32_t>(i.held.size()), i.bounds.min, i.bounds.max);
  }
  int32_t Excess(const Holder& i) const { return static_cast<int32_t>(i.held.size()) - RequiredLoad(i); }

  // The holder of least value for household h: its current steward first among equals, then the pool, then the first.
  // Only values below `limit` count, and the holder is of use only where there is one.
  Best BestHolder(int32_t h, int64_t limit = std::numeric_limits<int64_t>::max()) const;

  void SetPrice(int32_t i, int64_t price);
  // Hands a household over.
  void Move(int32_t h, int32_t to);
  void MarkDirty(int32_t i);
  // A pool of size 0 for a unit that has none; all its values are at most the pool's price.
  void OpenPool(int32_t u);
  // Ends a pool that is empty and need not hold anybody.
  void RetirePool(int32_t u);

  // Holders whose Excess may differ from 0, in the order they were marked; the taker clears `dirty`.
  std::vector<int32_t>& dirty() { return dirty_; }

  // Households that changed holder since BeginChange, with `before` as it was; some may be back.
  void BeginChange();
  absl::Span<const int32_t> Moved() const { return moved_; }

  int64_t total_cost_cm() const { return total_cost_cm_; }  // distances of the served
  int64_t changed() const { return changed_; }              // served, but not by their current steward
  int64_t unserved() const { return unserved_; }

  // The dual value of the prices, in scaled centimetres; with the household condition it is over all pairs. O(1).
  absl::int128 DualValue() const { return value_sum_ - price_sum_; }
  // total_cost_cm x scale + charge x changed. O(1).
  absl::int128 PrimalValue() const;

 private:
  Best BestSteward(int32_t h, Best best) const;
  void Place(int32_t h, int32_t i);     // into a holder's list, with value and sums; not the tree
  void Displace(int32_t h);             // out of it
  void Touch(int32_t h);                // remembers `before`
  void SetValue(int32_t h, int64_t v);  // and the tree's key
  int64_t KeyOf(int32_t h) const { return ChargeOf(h) - households_[h].value; }
  void PlaceAtBest(int32_t h);  // a household that is nowhere, into list and tree
  void Name(int32_t h, int32_t current);
  void Unname(int32_t h);
  void UnnameAll(int32_t j);  // and sees to it that the households are still at their best
  void SetBoundsInForce(int32_t j);
  // Adds or takes back what a holder's price times bound is in the dual value.
  void Account(const Holder& i, int sign);
  // After a change of households, capacity or minima of the unit: the shortage and whether minima are set aside.
  void Balance(int32_t u);
  void SetCharge(int64_t charge);
  // Households of the unit that would rather have another steward than their holder.
  void CollectViolated(const Unit& unit, std::vector<int32_t>& violated) const;
  void EnterUnit(int32_t j, Point point, int32_t u);
  void LeaveUnit(int32_t j);

  std::vector<Household> households_;
  std::vector<Holder> stewards_;
  std::vector<Unit> units_;
  std::vector<LiveTree::Place> household_places_;
  std::vector<LiveTree::Place> steward_places_;
  std::unordered_map<int32_t, int32_t> unit_of_value_;
  std::vector<int32_t> dirty_;
  std::vector<int32_t> moved_;
  uint32_t change_ = 0;
  int64_t scale_ = 1;
  int64_t charge_ = 0;
  int64_t total_cost_cm_ = 0;
  int64_t changed_ = 0;
  int64_t unserved_ = 0;
  absl::int128 value_sum_ = 0;  // of v_h
  absl::int128 price_sum_ = 0;  // of price x the bound that the price's sign asks for
};

// Walks the items of a tree by increasing scale x PairCost(from, item) + key, equal values by id.
class NearestWalk {
 public:
  struct Item {
    int32_t id = -1;  // -1: no more
    int64_t value = 0;
  };
  NearestWalk(const LiveTree& tree, Point from, int64_t scale);
  Item Next();

 private:
  struct Entry {
    int64_t value;
    int32_t id;    // of an item, or -1
    int32_t node;  //
  };
  struct Later {
    bool operator()(const Entry& a, const Entry& b) const;
  };
  void PushNode(int32_t node);

  const LiveTree& tree_;
  const Point from_;
  const int64_t scale_;
  std::vector<Entry> heap_;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_LIVE_NETWORK_H_
