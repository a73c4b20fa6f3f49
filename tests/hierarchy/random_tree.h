// Random trees whose rows are in no particular order.
#ifndef LIANHU_TESTS_HIERARCHY_RANDOM_TREE_H_
#define LIANHU_TESTS_HIERARCHY_RANDOM_TREE_H_

#include <numeric>
#include <utility>
#include <vector>

#include "lianhu/base/random.h"

namespace lianhu::testing {

// Parents by row. `reach` bounds how far back a parent may be: 1 gives a path, a large one a bush.
inline std::vector<int32_t> RandomParents(Random& random, int32_t size, int32_t reach) {
  std::vector<int32_t> shuffled(size);
  std::iota(shuffled.begin(), shuffled.end(), 0);
  for (int32_t i = size - 1; i > 0; --i) std::swap(shuffled[i], shuffled[random.Between(0, i)]);
  std::vector<int32_t> parents(size, -1);
  for (int32_t i = 1; i < size; ++i) {
    parents[shuffled[i]] = shuffled[random.Between(std::max(0, i - reach), i - 1)];
  }
  return parents;
}

}  // namespace lianhu::testing

#endif  // LIANHU_TESTS_HIERARCHY_RANDOM_TREE_H_
