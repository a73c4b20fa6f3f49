// A few neighbouring clusters taken out of a plan, to be put together anew.
//
// Everything is local: households 0..size()-1, clusters 0..clusters()-1, one distance for each pair. Steps keep
// capacities; what cannot be placed makes Assign fail.
#ifndef LIANHU_SRC_DISTRICTING_REGION_H_
#define LIANHU_SRC_DISTRICTING_REGION_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "districting/search_problem.h"

namespace lianhu::districting::internal {

// Candidates that may become the centre of a cluster are those attached to its households (each to the nearest).
struct Attached {
  std::vector<int32_t> begin;      // n + 1
  std::vector<int32_t> candidate;  // m, by household
};

class Region {
 public:
  // `taken` tells by candidate who is a centre elsewhere and not to be had; all are viewed.
  Region(const SearchProblem& problem, const Attached& attached, const std::vector<uint8_t>& taken)
      : problem_(problem), attached_(attached), taken_(taken) {}

  // Begins anew with these households and centres.
  void Load(const std::vector<int32_t>& households, const std::vector<int32_t>& centres);

  int32_t size() const { return static_cast<int32_t>(households_.size()); }
  int32_t clusters() const { return static_cast<int32_t>(centres_.size()); }
  int32_t household(int32_t a) const { return households_[a]; }
  int32_t centre(int32_t k) const { return centres_[k]; }
  int32_t cluster_of(int32_t a) const { return cluster_of_[a]; }

  // Puts another candidate in the place of a centre; false when it is taken, here or elsewhere.
  bool Replace(int32_t cluster, int32_t candidate);

  // Another centre beside the present ones; false when the candidate is taken. All households lose their clusters.
  bool Add(int32_t candidate);
  // One centre less; the last one takes its number. All households lose their clusters.
  void Remove(int32_t cluster);

  // Gives every household a cluster. Demands of 1: at the least cost, within least loads as well. Others: those with
  // most to lose first, each to the nearest with room; then by chains of two for those without. False when some
  // household finds no place.
  bool Assign();

  // Shifts, swaps and chains of two over the present centres until none is a gain (nothing to do for demands of 1),
  // then the best centre of each cluster, and again while centres change.
  void Improve();

  // Distances, and what the centres cost.
  double Cost() const;

  // Pairs of household and cluster or centre looked at since the last call: the work done.
  int64_t TakePairs() { return std::exchange(pairs_, 0); }

 private:
  double& distance(int32_t a, int32_t k) { return distances_[static_cast<size_t>(a) * centres_.size() + k]; }
  double distance(int32_t a, int32_t k) const { return distances_[static_cast<size_t>(a) * centres_.size() + k]; }
  bool Fits(int32_t cluster, int64_t added) const { return load_[cluster] + added <= capacity_[cluster]; }
  void MoveTo(int32_t a, int32_t cluster);
  void LoadCentre(int32_t cluster);
  bool AssignInOrder();
  bool PlaceByChain(int32_t a);
  // region_transport.cc
  bool Transport();
  void CheapestMoves(int32_t cluster);
  bool Augment(int32_t from, int32_t to);
  bool Shift();
  bool Exchange();
  bool ExchangeFor(int32_t a, int32_t wanted);
  bool Free(int32_t candidate) const;
  bool Recentre();
  void ListMembers();

  const SearchProblem& problem_;
  const Attached& attached_;
  const std::vector<uint8_t>& taken_;
  std::vector<int32_t> households_;
  std::vector<int32_t> demand_;
  std::vector<int32_t> centres_;
  std::vector<int32_t> cluster_of_;  // -1: none yet
  std::vector<int64_t> load_;
  std::vector<int64_t> capacity_;
  std::vector<int64_t> least_;
  std::vector<double> distances_;
  std::vector<std::vector<int32_t>> members_;  // as ListMembers left them
  struct Regret {
    double loss;
    int32_t household;
  };
  std::vector<Regret> order_;
  struct Move {
    double cost;
    int32_t household;
  };
  std::vector<Move> moves_;  // the cheapest from cluster to cluster
  std::vector<double> reach_;
  std::vector<int32_t> before_;
  int64_t pairs_ = 0;
};

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_REGION_H_
