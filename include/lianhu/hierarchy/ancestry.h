// Ancestors, lowest common ancestors and sub-trees.
//
// No index is kept for these: units in level order have smaller numbers than their descendants, and the tree of a
// country is seven edges deep, so that walking up costs less than any table of jumps would. Arguments are units of the
// hierarchy, 0..size()-1.
#ifndef LIANHU_HIERARCHY_ANCESTRY_H_
#define LIANHU_HIERARCHY_ANCESTRY_H_

#include <cstdint>
#include <vector>

#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu {

// The unit on `level` among `unit` and its ancestors, or kNoUnit when that level is below the unit or left out above
// it. O(depth).
inline Unit AncestorAtLevel(const Hierarchy& hierarchy, Unit unit, int32_t level) {
  while (unit != kNoUnit && hierarchy.level(unit) > level) unit = hierarchy.parent(unit);
  return unit != kNoUnit && hierarchy.level(unit) == level ? unit : kNoUnit;
}

// The ancestors of `unit` from its parent up to the root; empty for the root. O(depth).
inline std::vector<Unit> Ancestors(const Hierarchy& hierarchy, Unit unit) {
  std::vector<Unit> ancestors;
  for (Unit up = hierarchy.parent(unit); up != kNoUnit; up = hierarchy.parent(up)) ancestors.push_back(up);
  return ancestors;
}

// The deepest unit that has both a and b in its sub-tree; a itself when b lies below it. O(depth of a + depth of b).
inline Unit LowestCommonAncestor(const Hierarchy& hierarchy, Unit a, Unit b) {
  while (a != b) {
    if (a > b) {
      a = hierarchy.parent(a);
    } else {
      b = hierarchy.parent(b);
    }
  }
  return a;
}

// Whether `unit` lies in the sub-tree of `ancestor`; true for a unit and itself. O(depth of unit).
inline bool IsAncestor(const Hierarchy& hierarchy, Unit ancestor, Unit unit) {
  while (unit > ancestor) unit = hierarchy.parent(unit);
  return unit == ancestor;
}

// The sub-tree of `unit` as one run of units per depth, the unit itself first. O(height of the sub-tree).
inline std::vector<UnitRange> SubtreeRuns(const Hierarchy& hierarchy, Unit unit) {
  const auto first_children = hierarchy.view().first_children;
  std::vector<UnitRange> runs;
  for (Unit begin = unit, end = unit + 1; begin < end; begin = first_children[begin], end = first_children[end]) {
    runs.emplace_back(begin, end);
  }
  return runs;
}

// Number of units in the sub-tree of `unit`, itself included. O(height of the sub-tree).
inline int32_t SubtreeSize(const Hierarchy& hierarchy, Unit unit) {
  const auto first_children = hierarchy.view().first_children;
  int32_t size = 0;
  for (Unit begin = unit, end = unit + 1; begin < end; begin = first_children[begin], end = first_children[end]) {
    size += end - begin;
  }
  return size;
}

}  // namespace lianhu

#endif  // LIANHU_HIERARCHY_ANCESTRY_H_
