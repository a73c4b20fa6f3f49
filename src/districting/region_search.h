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

class RegionSearch {
 public:
  RegionSearch(const SelectionProblem& problem, uint64_t seed);

  // A first plan: centres drawn with a chance that grows with the distance to those drawn already (k-means++), then
  // Region::Assign over the whole. Tries again with other centres, the last times with those of largest capacity and
  // the largest demands first. False when every try fails.
  bool Start();

  // Anneals for `work` units (pairs of household and cluster looked at); `stop` is asked now and then. The best plan
  // of all calls is kept, and the next call goes on from it.
  void Anneal(int64_t work, const std::function<bool(double fraction)>& stop);

  // Of the best plan: centres by cluster, the cluster of each household, its cost.
  const std::vector<int32_t>& centres() const { return best_centres_; }
  const std::vector<int32_t>& cluster_of() const { return best_cluster_of_; }
  double cost() const { return best_cost_; }
  int64_t regions() const { return regions_; }

 private:
  std::vector<int32_t> DrawCentres();
  bool Adopt(const std::vector<int32_t>& centres, bool largest_first);
  void PickClusters(int32_t household, int32_t count);
  void Perturb();
  void KeepBest();
  void RestoreBest();
  void Fill(int32_t household, int32_t cluster);

  const SelectionProblem& problem_;
  Random random_;
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
  std::vector<int64_t> picked_in_;  // by cluster: the pick that last took it
  int64_t pick_ = 0;
};

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_REGION_SEARCH_H_
