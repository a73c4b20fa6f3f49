// Candidate arcs: short price-aware lists to work on, and the pricing of all pairs that makes the result exact.
#ifndef LIANHU_SRC_ASSIGNMENT_CANDIDATES_H_
#define LIANHU_SRC_ASSIGNMENT_CANDIDATES_H_

#include <cstdint>
#include <vector>

#include "assignment/network.h"
#include "assignment/price_tree.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

// Finds candidate arcs for a network by the prices it has at the time. Sites are taken in groups that are neighbours on
// the map; a group is compared with a superset of the stewards that can matter to any of its sites. The groups are cut
// the same way for any number of threads, so the arcs are, too.
class CandidateFinder {
 public:
  // `threads` workers at most. The network must stay where it is.
  CandidateFinder(Network& network, int threads, RunContext& context);

  // Gives every site a list of about `per_site` stewards of least cost plus price, at least one, keeping those that
  // hold flow. Stops early when the context is cancelled: the network is then of no more use.
  void RebuildLists(int32_t per_site);

  // Compares all pairs: adds every arc whose cost plus price is less than the value its site is served at, and restores
  // the site condition there. Returns the number of sites that changed: 0 proves that the prices are dual feasible over
  // all pairs of the jurisdiction.
  int64_t PriceOut();

  // Compares pairs from site `cursor` on, round and round, and adds each site's best arc where it is less than the
  // value the site is served at, until `enough` are added or all sites have been seen. Leaves the flow where it is.
  // Moves the cursor; returns how many it added: 0 only when no pair of any site is less.
  int64_t AddBestArcs(int32_t& cursor, int64_t enough);

  // The dual value of the prices over all pairs: no plan costs less, whatever the prices and the flow. For a network
  // without offsets.
  int64_t DualBound();

  // For a search that cannot leave a set of stewards on the candidate arcs: adds, for each site held in the set, its
  // best arc out of it; returns how many were added.
  int64_t AddArcsOutOf(const std::vector<int32_t>& stewards);

  // The reverse: for each steward of the set, its best arcs from sites that are held outside.
  int64_t AddArcsInto(const std::vector<int32_t>& stewards);

 private:
  static constexpr int32_t kGroup = 16;    // sites a group
  static constexpr int32_t kChunk = 1024;  // groups a task
  static constexpr int32_t kBatch = 32;    // groups a task of AddBestArcs

  struct Scratch;
  struct NewArc {
    int32_t site;
    Network::Arc arc;
  };

  int32_t Groups() const { return (network_.sites() + kGroup - 1) / kGroup; }
  void LoadStewards(Scratch& scratch) const;
  Box GroupBox(int32_t group) const;
  Network::Candidates BuildChunk(int32_t chunk, int32_t per_site) const;
  std::vector<NewArc> PriceChunk(int32_t chunk) const;
  void PriceRuledSite(int32_t s, int64_t value, Scratch& scratch, std::vector<NewArc>& fresh) const;
  std::vector<NewArc> BestOfBatch(int32_t batch) const;
  void KeepBest(size_t start, std::vector<NewArc>& arcs) const;
  int32_t CostOf(int32_t s, int32_t j) const;
  void RefreshTree();

  // The candidates of a site with pair conditions, or that only some stewards may serve.
  void AddCandidates(int32_t s, int32_t per_site, int64_t margin, Scratch& scratch,
                     std::vector<Network::Arc>& arcs) const;
  void AddListedCandidates(int32_t s, int32_t per_site, std::vector<Network::Arc>& arcs) const;

  // The unlisted steward, or listed one, of least cost plus price with !skip(steward); -1 when there is none.
  template <typename Skip>
  Network::Arc FindBest(int32_t s, const Skip& skip) const;

  // The least cost plus price of all pairs of a site with pair conditions, but for the left over.
  int64_t LeastValue(int32_t s) const;

  // By steward, the sites that list him, without the forbidden; built when first needed.
  void IndexListedSites();

  // The `count` best arcs to a steward from sites that list him and are not `held_inside`.
  template <typename Held>
  void AddListedArcsInto(int32_t steward, size_t count, const Held& held_inside, std::vector<int32_t>& touched);

  Network& network_;
  const int threads_;
  RunContext& context_;
  const bool ruled_;                  // pair conditions or offsets: not every pair is allowed at its distance
  const bool unlisted_;               // network.HasUnlistedPairs()
  std::vector<int64_t> shown_price_;  // price plus offset, when there are offsets
  PriceTree tree_;
  std::vector<int64_t> listed_begin_;
  std::vector<Network::Link> listed_sites_;
  std::vector<int64_t> negated_site_values_;
  PriceTree site_tree_;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_CANDIDATES_H_
