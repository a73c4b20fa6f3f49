#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "districting/neighbours.h"
#include "districting/part_search.h"

namespace lianhu::districting::internal {
namespace {

struct Group {
  int32_t label = -1;
  int64_t weight = 0;
  std::vector<int32_t> atoms = {};
};

Point MeanOf(const PartTask& task, const std::vector<int32_t>& atoms) {
  Point mean;
  for (const int32_t a : atoms) {
    mean.x += task.at[a].x / static_cast<double>(atoms.size());
    mean.y += task.at[a].y / static_cast<double>(atoms.size());
  }
  return mean;
}

// Halves a group along the longer side of its box; returns the half that is new.
Group HalfOf(const PartTask& task, Group& group) {
  std::vector<Point> at;
  std::vector<int32_t> weight;
  for (const int32_t a : group.atoms) {
    at.push_back(task.at[a]);
    weight.push_back(task.weight[a]);
  }
  PartTask halves{.at = at, .weight = weight, .current = {}, .parts = 2, .bounds = {0, group.weight}};
  const std::vector<int32_t> side = HalveIntoParts(halves);
  Group half[2];
  int64_t own[2] = {0, 0};
  for (size_t i = 0; i < side.size(); ++i) {
    half[side[i]].atoms.push_back(group.atoms[i]);
    half[side[i]].weight += weight[i];
    if (task.current[group.atoms[i]] == group.label) own[side[i]] += weight[i];
  }
  const int stays = own[0] >= own[1] ? 0 : 1;  // where more of today's households are
  half[stays].label = group.label;
  group = std::move(half[stays]);
  return std::move(half[1 - stays]);
}

}  // namespace

std::vector<int32_t> ContinueParts(const PartTask& task, std::vector<int32_t>& label) {
  std::map<int32_t, Group> by_label;
  std::vector<int32_t> loose;
  for (int32_t a = 0; a < static_cast<int32_t>(task.at.size()); ++a) {
    if (task.current[a] < 0) {
      loose.push_back(a);
      continue;
    }
    Group& group = by_label[task.current[a]];
    group.label = task.current[a];
    group.atoms.push_back(a);
    group.weight += task.weight[a];
  }
  label.assign(task.parts, -1);
  if (by_label.empty()) return HalveIntoParts(task);
  std::vector<Group> groups;
  groups.reserve(by_label.size());
  for (auto& [own, group] : by_label) groups.push_back(std::move(group));
  const auto heavier = [](const Group& a, const Group& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.atoms[0] < b.atoms[0];
  };
  std::sort(groups.begin(), groups.end(), heavier);
  while (static_cast<int32_t>(groups.size()) > task.parts) {
    loose.insert(loose.end(), groups.back().atoms.begin(), groups.back().atoms.end());
    groups.pop_back();
  }
  const auto join = [&] {
    std::vector<Point> centres;
    centres.reserve(groups.size());
    for (const Group& group : groups) centres.push_back(MeanOf(task, group.atoms));
    const PointGrid grid(centres);
    std::vector<int32_t> near;
    for (const int32_t a : loose) {
      grid.Nearest(task.at[a], 1, near);
      groups[near[0]].atoms.push_back(a);
      groups[near[0]].weight += task.weight[a];
    }
    loose.clear();
  };
  join();
  while (static_cast<int32_t>(groups.size()) < task.parts) {
    // The heaviest that can be halved; there is one, since there are as many atoms as parts.
    auto at = groups.end();
    for (auto it = groups.begin(); it != groups.end(); ++it) {
      if (it->atoms.size() > 1 && (at == groups.end() || heavier(*it, *at))) at = it;
    }
    Group half = HalfOf(task, *at);
    groups.push_back(std::move(half));
  }
  std::vector<int32_t> part_of(task.at.size(), 0);
  for (size_t p = 0; p < groups.size(); ++p) {
    label[p] = groups[p].label;
    for (const int32_t a : groups[p].atoms) part_of[a] = static_cast<int32_t>(p);
  }
  return part_of;
}

}  // namespace lianhu::districting::internal
