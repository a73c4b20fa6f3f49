// A few neighbouring parts improved together.
//
// Centres and assignment are improved in turn. For fixed centres the assignment is a transport problem: between any two
// parts stands the cheapest atom to move, and while there is a cycle of negative cost (through a node that lends and
// takes places, where bounds leave room) as many atoms go round it as gain. With atoms of weight 1 no assignment to
// these centres is better; others are moved and exchanged in pairs. Squared distances are then improved with means that
// move along (Hartigan's rule, and its like for exchanges). What is out of bounds counts before any distance.
#ifndef LIANHU_SRC_DISTRICTING_PART_REGION_H_
#define LIANHU_SRC_DISTRICTING_PART_REGION_H_

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "districting/part_search.h"
#include "lianhu/base/random.h"

namespace lianhu::districting::internal {

// Lower is better: first what is out of bounds, then cost.
struct PartScore {
  int64_t excess = 0;
  double cost = 0;
  bool BetterThan(const PartScore& other) const {
    if (excess != other.excess) return excess < other.excess;
    return cost < other.cost - 1e-9 * (other.cost < 0 ? -other.cost : other.cost) - 1e-9;
  }
};

class PartRegion {
 public:
  explicit PartRegion(const PartTask& task) : task_(task) {}

  // Atoms of the task, the region's part (0..parts-1) of each, and what each part goes on from (-1: nothing; empty for
  // all): every part has an atom.
  void Load(absl::Span<const int32_t> atoms, absl::Span<const int32_t> part_of, absl::Span<const int32_t> label,
            int32_t parts, WeightBounds bounds);

  // Improves the assignment from where it stands until nothing is gained, or `stop`.
  PartScore Improve(const std::function<bool()>& stop);

  // Moves centres and assigns anew; Improve goes on from there. Some of the centres, or all.
  void Perturb(Random& random);
  void Reseed(Random& random);

  // Starts from these centres, and prices of places with them.
  void StartAt(absl::Span<const Point> centres, absl::Span<const double> prices);

  const std::vector<int32_t>& part_of() const { return part_of_; }
  void SetPartOf(const std::vector<int32_t>& part_of);
  std::vector<Point> Centres() const;
  // Of a place in each part, after Improve: an atom has no part at which cost and price together are less.
  std::vector<double> Prices();
  // Looks at an atom and a part so far.
  int64_t work() const { return work_; }

 private:
  struct Atom {
    double x = 0;
    double y = 0;
    double weight = 1;
    int32_t current = -1;
  };
  struct Part {
    double x = 0;  // centre
    double y = 0;
    double load = 0;
    int32_t label = -1;
    std::vector<int32_t> members;
  };
  struct Arc {
    double cost = 0;
    int32_t atom = -1;
  };

  double CostAt(const Atom& atom, const Part& part) const;
  double Violation(double load) const;
  double PenaltyStep(double load, double change) const;
  void CollectMembers();
  void UpdateCentre(Part& part);
  void UpdateMedoid(Part& part);
  void UpdateCentres();
  void BuildCosts();
  PartScore Score() const;

  bool Transport(const std::function<bool()>& stop);
  void FillRow(int32_t from);
  bool FindCycle();
  bool GoRound();
  int64_t RoomOfCycle(int32_t giver, int32_t taker) const;
  void MoveAtom(int32_t atom, int32_t to);

  bool ExchangeWeighted(const std::function<bool()>& stop);
  bool TryPair(int32_t a, int32_t b);
  std::vector<std::pair<int32_t, int32_t>> PairsInReach();
  bool ExchangeMeans(const std::function<bool()>& stop);
  bool TryMeans(int32_t a, int32_t b);
  double MeansChange(const Part& part, double dx, double dy, double dw) const;
  double MovePrice(const Atom& atom, const Part& part) const;

  const PartTask& task_;
  bool unit_weights_ = true;
  double low_ = 0;
  double high_ = 0;
  Point origin_;
  std::vector<Atom> atoms_;
  std::vector<Part> parts_;
  std::vector<int32_t> part_of_;
  std::vector<double> cost_;  // atoms x parts
  std::vector<Arc> arc_;      // (parts + 1)^2: the cheapest move; the last row and column lend and take places
  std::vector<double> distance_;
  std::vector<int32_t> parent_;
  std::vector<int32_t> cycle_;  // parts in order, the one that follows takes from the one before
  std::vector<std::vector<Arc>> moves_;
  std::vector<int32_t> mark_;
  std::vector<double> sums_;
  double penalty_ = 1;
  double least_gain_ = 0;
  int64_t work_ = 0;
};

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_PART_REGION_H_
