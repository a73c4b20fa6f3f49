// The search for a good plan: simulated annealing whose move takes a few neighbouring clusters apart and puts them
// together anew (region.h).
#ifndef LIANHU_SRC_DISTRICTING_REGION_SEARCH_H_
#define LIANHU_SRC_DISTRICTING_REGION_SEARCH_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "districting/region.h"
#include "lianhu/base/random.h"
#include "lianhu/districting/selection.h"

namespace lianhu::districting::internal {

// Work units (pairs looked at) that a core of 2020 does in a second, with a margin; and the most of a search.
inline constexpr double kWorkPerSecond = 3e8;
inline constexpr double kMostWork = 1e15;

class RegionSearch {
 public:
  // Views the problem, which must outlive the search.
  RegionSearch(const SearchProblem& problem, uint64_t seed);

  // A first plan: centres drawn with a chance that grows with the distance to those drawn already (k-means++), then
  // the exact assignment for demands of 1, Region::Assign over the whole for others. Tries again with other centres,
  // the last times with those of largest capacity and the largest demands first. False when every try fails.
  bool Start();
  // The same from centres of the caller's, as many as wanted, who may be changed where they cannot take everybody.
  bool StartFrom(std::vector<int32_t> centres);

  // Is told what share of its work an annealing has done, and says how far it is: as far, or farther where the clock is
  // ahead of the work; 1 ends it.
  using Pace = std::function<double(double share)>;
  // Anneals for `work` units (pairs of household and cluster or centre looked at), from a temperature of so many mean
  // distances down. The best plan of all calls is kept, and the next call goes on from it.
  void Anneal(int64_t work, double first_temperature, const Pace& pace);

  // What the best plan would cost more or less (below 0) with one centre less or more, put in order about the place
  // only; `place` is the centre or candidate. Not there: kNoChange.
  struct Change {
    double cost = kNoChange;
    int32_t place = -1;
  };
  static constexpr double kNoChange = 1e300;
  // Ended by `stop`: of those looked at.
  Change BestRemoval(const std::function<bool()>& stop);
  Change BestAddition(const std::function<bool()>& stop);
  // Makes the change to the best plan, whatever it costs.
  void Apply(const Change& removal_or_addition);

  // Takes a centre away and puts another in anywhere else, the least removal and the least addition together, while
  // that is a gain, so many times at most, and `stop` does not say so. Annealing alone seldom moves a centre far.
  void Relocate(int64_t times, const std::function<bool()>& stop);

  // Gives the best plan's centres their households by the exact assignment and moves centres, while that is a gain
  // (demands of 1 only).
  void Polish();

  // Of the best plan: centres by cluster, the cluster of each household, its cost.
  const std::vector<int32_t>& centres() const { return best_centres_; }
  const std::vector<int32_t>& cluster_of() const { return best_cluster_of_; }
  double cost() const { return best_cost_; }
  int64_t regions() const { return regions_; }

 private:
  std::vector<int32_t> DrawCentres();
  bool Adopt(const std::vector<int32_t>& centres, bool largest_first);
  bool AssignExactly(const std::vector<int32_t>& centres);
  bool FitBounds(std::vector<int32_t>& centres) const;
  int32_t clusters() const { return static_cast<int32_t>(centres_.size()); }
  void PickClusters(int32_t household, int32_t count, Random& random);
  double LoadPicked();
  void LeavePicked();
  void CommitPicked(double change);
  void RemoveCluster(int32_t cluster);
  double TryWithout(int32_t cluster);
  double TryWith(int32_t candidate);
  void Perturb();
  void KeepBest();
  void RestoreBest();
  void Fill(int32_t household, int32_t cluster);

  const SearchProblem& problem_;
  Random random_;
  std::vector<int32_t> nearest_;  // household of each candidate
  Attached attached_;
  std::vector<int32_t> nearby_;  // of each household, `nearby_count_` others, nearest first
  int32_t nearby_count_ = 0;
  Region region_;

  std::vector<int32_t> centres_;
  std::vector<uint8_t> is_centre_;
  std::vector<int32_t> cluster_of_;
  std::vector<std::vector<int32_t>> members_;
  double cost_ = 0;

  std::vector<int32_t> best_centres_;
  std::vector<int32_t> best_cluster_of_;
  double best_cost_ = 0;
  int64_t regions_ = 0;

  std::vector<int32_t> picked_;
  std::vector<int32_t> loaded_households_;
  std::vector<int32_t> loaded_centres_;
  std::vector<int64_t> picked_in_;  // by cluster: the pick that last took it
  int64_t pick_ = 0;
};

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_REGION_SEARCH_H_
