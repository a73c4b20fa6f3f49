#include "assignment/reach_check.h"

#include <algorithm>
#include <map>
#include <utility>

namespace lianhu::assignment::internal {

ReachCheck::ReachCheck(const PairBook& book, const std::vector<int32_t>& households,
                       const std::vector<int32_t>& stewards, absl::Span<const int32_t> steward_of, RunContext& context)
    : book_(book), households_(households), stewards_(stewards), steward_of_(steward_of), context_(context) {}

bool ReachCheck::CouldServeMore() const {
  std::map<int32_t, std::vector<int32_t>> served;
  std::vector<int32_t> queue;
  for (const int32_t h : households_) {
    if (steward_of_[h] < 0) {
      queue.push_back(h);
    } else {
      served[steward_of_[h]].push_back(h);
    }
  }
  std::vector<int32_t> unseen = stewards_;
  for (size_t head = 0; head < queue.size() && !context_.cancelled(); ++head) {
    for (size_t k = 0; k < unseen.size();) {
      const int32_t j = unseen[k];
      if (!book_.Allowed(queue[head], j)) {
        ++k;
        continue;
      }
      const std::vector<int32_t>& his = served[j];
      if (static_cast<int64_t>(his.size()) < book_.problem().BoundsOf(j).max) return true;
      queue.insert(queue.end(), his.begin(), his.end());
      unseen[k] = unseen.back();
      unseen.pop_back();
    }
  }
  return false;
}

bool ReachCheck::CouldFillMinima() const {
  std::map<int32_t, int32_t> steward_of;
  std::map<int32_t, int32_t> load;
  for (const int32_t h : households_) ++load[steward_of[h] = steward_of_[h]];
  const auto minimum = [&](int32_t j) { return book_.problem().BoundsOf(j).min; };
  // First the quick answer: somebody who may not have that many.
  for (const int32_t j : stewards_) {
    if (load[j] >= minimum(j)) continue;
    const auto allowed =
        std::count_if(households_.begin(), households_.end(), [&](int32_t h) { return book_.Allowed(h, j); });
    if (allowed < minimum(j)) return false;
  }
  std::map<int32_t, int32_t> taken_by;  // by household: the steward that it was reached from
  for (const int32_t needy : stewards_) {
    while (load[needy] < minimum(needy)) {
      if (context_.cancelled()) return false;
      taken_by.clear();
      std::vector<int32_t> queue{needy};
      std::vector<int32_t> unseen = households_;
      std::map<int32_t, int32_t> via{{needy, -1}};  // by steward: his household that was reached
      int32_t last = -1;                            // a household that can be spared where it is
      for (size_t head = 0; head < queue.size() && last < 0; ++head) {
        const int32_t j = queue[head];
        for (size_t k = 0; k < unseen.size() && last < 0;) {
          const int32_t h = unseen[k];
          if (!book_.Allowed(h, j)) {
            ++k;
            continue;
          }
          unseen[k] = unseen.back();
          unseen.pop_back();
          const int32_t giver = steward_of[h];
          if (giver == j) continue;
          taken_by[h] = j;
          if (giver < 0 || load[giver] > minimum(giver)) {
            last = h;
          } else if (via.emplace(giver, h).second) {
            queue.push_back(giver);
          }
        }
      }
      if (last < 0) return false;
      for (int32_t h = last; h >= 0;) {
        const int32_t j = taken_by[h];
        const int32_t giver = std::exchange(steward_of[h], j);
        if (giver >= 0) --load[giver];
        ++load[j];
        h = via[j];
      }
    }
  }
  return true;
}

}  // namespace lianhu::assignment::internal
