#include "assignment/exchange.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace lianhu::assignment::internal {
namespace {

constexpr int64_t kMaxTableBits = int64_t{1} << 25;  // 4 MiB

}  // namespace

std::vector<Exchange> SplitDifference(absl::Span<const int32_t> from, absl::Span<const int32_t> to, int32_t holders) {
  std::vector<std::vector<int32_t>> leaving(holders);  // households by the holder they leave
  std::vector<int32_t> loss(holders, 0);
  for (size_t h = 0; h < from.size(); ++h) {
    if (from[h] == to[h]) continue;
    leaving[from[h]].push_back(static_cast<int32_t>(h));
    ++loss[from[h]];
    --loss[to[h]];
  }
  std::vector<Exchange> exchanges;
  std::vector<int32_t> place(holders, -1);  // of a holder on the walk: how many households were taken before him
  Exchange walk;
  const auto walk_from = [&](int32_t start) {
    place[start] = 0;
    int32_t i = start;
    while (!leaving[i].empty()) {
      const int32_t h = leaving[i].back();
      leaving[i].pop_back();
      walk.push_back(h);
      i = to[h];
      if (place[i] < 0) {
        place[i] = static_cast<int32_t>(walk.size());
        continue;
      }
      // Back at a holder: the ring since then is a piece of its own.
      const auto ring = walk.begin() + place[i];
      for (auto taken = ring; taken != walk.end(); ++taken) {
        if (to[*taken] != i) place[to[*taken]] = -1;
      }
      exchanges.emplace_back(ring, walk.end());
      walk.erase(ring, walk.end());
    }
    place[start] = -1;
    for (const int32_t h : walk) place[to[h]] = -1;
    if (!walk.empty()) exchanges.push_back(std::exchange(walk, {}));
  };
  // A chain ends where nobody leaves any more. Only a holder that gains can be such an end, and then a chain is whole:
  // a walk from a holder that loses never stops elsewhere, since everybody else lets go as many as come.
  for (int32_t i = 0; i < holders; ++i) {
    for (; loss[i] > 0; --loss[i]) walk_from(i);
  }
  for (int32_t i = 0; i < holders; ++i) {
    while (!leaving[i].empty()) walk_from(i);
  }
  return exchanges;
}

std::vector<int32_t> LargestSubset(const std::vector<int64_t>& sizes, int64_t limit) {
  std::vector<int32_t> chosen;
  const auto count = static_cast<int64_t>(sizes.size());
  const int64_t sum = std::accumulate(sizes.begin(), sizes.end(), int64_t{0});
  if (sum <= limit) {
    chosen.resize(count);
    std::iota(chosen.begin(), chosen.end(), 0);
    return chosen;
  }
  if (count * (limit + 1) <= kMaxTableBits) {
    // reach[k]: the sums of subsets of the first k sizes.
    std::vector<std::vector<bool>> reach(count + 1, std::vector<bool>(limit + 1, false));
    reach[0][0] = true;
    for (int64_t k = 0; k < count; ++k) {
      for (int64_t s = 0; s <= limit; ++s) {
        if (!reach[k][s]) continue;
        reach[k + 1][s] = true;
        if (s + sizes[k] <= limit) reach[k + 1][s + sizes[k]] = true;
      }
    }
    int64_t s = limit;
    while (!reach[count][s]) --s;
    for (int64_t k = count; k-- > 0;) {
      if (reach[k][s]) continue;
      chosen.push_back(static_cast<int32_t>(k));
      s -= sizes[k];
    }
  } else {
    std::vector<int32_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) { return sizes[a] > sizes[b]; });
    for (const int32_t k : order) {
      if (sizes[k] > limit) continue;
      chosen.push_back(k);
      limit -= sizes[k];
    }
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace lianhu::assignment::internal
