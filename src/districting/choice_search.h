// The search for a good choice of stewards: a region search in every community (region_search.h), and stewards who move
// from one community to another where that pays.
#ifndef LIANHU_SRC_DISTRICTING_CHOICE_SEARCH_H_
#define LIANHU_SRC_DISTRICTING_CHOICE_SEARCH_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "districting/community.h"
#include "districting/pace.h"
#include "districting/region_search.h"

namespace lianhu::districting::internal {

class ChoiceSearch {
 public:
  // Views `communities`, whose least and most counts hold. `fixed`: every community keeps its count. Otherwise stewards
  // come and go: in equal numbers where `exchange`, else as they pay (their cost is in Community::opening).
  ChoiceSearch(const std::vector<Community>& communities, uint64_t seed, int threads, bool fixed, bool exchange)
      : communities_(communities), seed_(seed), threads_(threads), fixed_(fixed), exchange_(exchange) {}

  // A first choice of so many in each community, by chance; the community where none was found, or -1.
  int64_t Start(const std::vector<int64_t>& counts);
  // The same, of those with the greatest weight; communities where that finds none keep what they had.
  void StartFrom(const std::vector<int64_t>& counts, const std::function<double(size_t, size_t)>& weight);

  // Works for `work` units (pairs of household and candidate looked at), which are `share` of all the work, `before` of
  // which is done.
  void Run(int64_t work, double before, double share, Pace& pace);

  std::vector<int32_t> Chosen() const;                    // candidates of the problem, ascending
  double cost() const;                                    // cm
  std::vector<double> ServedAt(size_t households) const;  // the distance of each household of the problem, cm
  int64_t regions() const;

 private:
  using Change = RegionSearch::Change;

  // The search of one community; without households there is none, and the cheapest who ask for nobody are chosen.
  struct Local {
    Local(const Community& own, int64_t count, uint64_t seed);
    Change BestRemoval(const std::function<bool()>& stop);
    Change BestAddition(const std::function<bool()>& stop);
    void Apply(const Change& change);
    int64_t count() const { return static_cast<int64_t>(search ? search->centres().size() : chosen.size()); }

    const Community& community;
    SearchProblem problem;
    std::unique_ptr<RegionSearch> search;
    std::vector<int32_t> chosen;  // without a search
  };

  void Trade(const std::function<bool()>& stop);

  const std::vector<Community>& communities_;
  uint64_t seed_;
  int threads_;
  bool fixed_;
  bool exchange_;
  std::vector<std::unique_ptr<Local>> locals_;
};

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_CHOICE_SEARCH_H_
