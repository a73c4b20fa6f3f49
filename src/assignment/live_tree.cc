#include "assignment/live_tree.h"

#include <algorithm>
#include <utility>

namespace lianhu::assignment::internal {
namespace {

// Changes that every subtree may take before it is built anew, however small it was.
constexpr int32_t kSlack = 64;

double Coordinate(Point p, int32_t axis) {
  return axis == 0 ? p.x : p.y;
}

}  // namespace

int32_t LiveTree::NewNode(int32_t parent) {
  int32_t v;
  if (free_nodes_.empty()) {
    v = static_cast<int32_t>(nodes_.size());
    nodes_.emplace_back();
  } else {
    v = free_nodes_.back();
    free_nodes_.pop_back();
    nodes_[v] = {};
  }
  nodes_[v].parent = parent;
  return v;
}

void LiveTree::Build(std::vector<Item> items) {
  nodes_.clear();
  buckets_.clear();
  free_nodes_.clear();
  free_buckets_.clear();
  root_ = NewNode(-1);
  BuildAt(root_, absl::MakeSpan(items));
}

void LiveTree::BuildAt(int32_t v, absl::Span<Item> items) {
  Box box;
  for (const Item& item : items) box.Add(item.point);
  const int32_t axis = items.empty() || box.high.x - box.low.x >= box.high.y - box.low.y ? 0 : 1;
  nodes_[v].built = static_cast<int32_t>(items.size());
  nodes_[v].changed = 0;
  nodes_[v].count = static_cast<int32_t>(items.size());
  if (items.size() <= kLeaf || box.low == box.high) {
    if (free_buckets_.empty()) {
      nodes_[v].bucket = static_cast<int32_t>(buckets_.size());
      buckets_.emplace_back();
    } else {
      nodes_[v].bucket = free_buckets_.back();
      free_buckets_.pop_back();
    }
    buckets_[nodes_[v].bucket].assign(items.begin(), items.end());
    for (size_t slot = 0; slot < items.size(); ++slot) {
      (*places_)[items[slot].id] = {v, static_cast<int32_t>(slot)};
    }
    Pull(v);
    return;
  }
  // Below the median to one side; where equal coordinates leave that side empty, the least of them.
  const auto middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  std::nth_element(items.begin(), middle, items.end(), [axis](const Item& a, const Item& b) {
    const double x = Coordinate(a.point, axis);
    const double y = Coordinate(b.point, axis);
    return x != y ? x < y : a.id < b.id;
  });
  double split = Coordinate(middle->point, axis);
  if (split == Coordinate(box.low, axis)) {
    split = Coordinate(box.high, axis);
    for (const Item& item : items) {
      const double x = Coordinate(item.point, axis);
      if (x > Coordinate(box.low, axis)) split = std::min(split, x);
    }
  }
  const auto cut = std::partition(items.begin(), items.end(),
                                  [=](const Item& item) { return Coordinate(item.point, axis) < split; });
  const auto left = static_cast<size_t>(cut - items.begin());
  nodes_[v].axis = axis;
  nodes_[v].split = split;
  nodes_[v].bucket = -1;
  for (const int side : {0, 1}) {
    const int32_t child = NewNode(v);
    nodes_[v].child[side] = child;
    BuildAt(child, side == 0 ? items.subspan(0, left) : items.subspan(left));
  }
  Pull(v);
}

void LiveTree::Release(int32_t v, std::vector<Item>& items) {
  if (IsLeaf(v)) {
    std::vector<Item>& bucket = buckets_[nodes_[v].bucket];
    items.insert(items.end(), bucket.begin(), bucket.end());
    bucket.clear();
    free_buckets_.push_back(nodes_[v].bucket);
    return;
  }
  for (const int32_t child : nodes_[v].child) {
    Release(child, items);
    free_nodes_.push_back(child);
  }
}

void LiveTree::Rebuild(int32_t v) {
  std::vector<Item> items;
  items.reserve(nodes_[v].count);
  Release(v, items);
  nodes_[v].child[0] = nodes_[v].child[1] = -1;
  BuildAt(v, absl::MakeSpan(items));
}

// The box and the least key of a node from what is below it.
void LiveTree::Pull(int32_t v) {
  Node& node = nodes_[v];
  node.box = {};
  node.least_key = std::numeric_limits<int64_t>::max();
  if (node.child[0] < 0) {
    for (const Item& item : buckets_[node.bucket]) {
      node.box.Add(item.point);
      node.least_key = std::min(node.least_key, item.key);
    }
    return;
  }
  for (const int32_t child : node.child) {
    node.box.Add(nodes_[child].box);
    node.least_key = std::min(node.least_key, nodes_[child].least_key);
  }
}

void LiveTree::PullAll(int32_t v) {
  if (!IsLeaf(v)) {
    for (const int32_t child : nodes_[v].child) PullAll(child);
  }
  Pull(v);
}

void LiveTree::Insert(const Item& item) {
  if (root_ < 0) Build({});
  int32_t v = root_;
  int32_t stale = -1;  // the highest node that has changed too much
  while (true) {
    Node& node = nodes_[v];
    ++node.count;
    ++node.changed;
    node.box.Add(item.point);
    node.least_key = std::min(node.least_key, item.key);
    if (node.child[0] < 0) break;
    if (stale < 0 && node.changed > node.built + kSlack) stale = v;
    v = node.child[Coordinate(item.point, node.axis) < node.split ? 0 : 1];
  }
  std::vector<Item>& bucket = buckets_[nodes_[v].bucket];
  (*places_)[item.id] = {v, static_cast<int32_t>(bucket.size())};
  bucket.push_back(item);
  if (stale >= 0) {
    Rebuild(stale);
  } else if (bucket.size() > kLeaf && !(nodes_[v].box.low == nodes_[v].box.high)) {
    Rebuild(v);
  }
}

void LiveTree::Erase(int32_t id) {
  const Place place = std::exchange((*places_)[id], {});
  std::vector<Item>& bucket = buckets_[nodes_[place.leaf].bucket];
  if (place.slot + 1 < static_cast<int32_t>(bucket.size())) {
    bucket[place.slot] = bucket.back();
    (*places_)[bucket[place.slot].id].slot = place.slot;
  }
  bucket.pop_back();
  int32_t stale = -1;
  for (int32_t v = place.leaf; v >= 0; v = nodes_[v].parent) {
    --nodes_[v].count;
    ++nodes_[v].changed;
    Pull(v);
    if (!IsLeaf(v) && nodes_[v].changed > nodes_[v].built + kSlack) stale = v;
  }
  if (stale >= 0) Rebuild(stale);
}

void LiveTree::SetKey(int32_t id, int64_t key) {
  const Place place = (*places_)[id];
  Item& item = buckets_[nodes_[place.leaf].bucket][place.slot];
  const int64_t old = std::exchange(item.key, key);
  if (old == key) return;
  for (int32_t v = place.leaf; v >= 0; v = nodes_[v].parent) {
    Node& node = nodes_[v];
    int64_t least = node.least_key;
    if (key <= least) {
      least = key;
    } else if (old > least) {
      return;  // another item has the least key here and above
    } else if (v == place.leaf) {
      least = std::numeric_limits<int64_t>::max();
      for (const Item& other : buckets_[node.bucket]) least = std::min(least, other.key);
    } else {
      least = std::min(nodes_[node.child[0]].least_key, nodes_[node.child[1]].least_key);
    }
    if (least == node.least_key) return;
    node.least_key = least;
  }
}

}  // namespace lianhu::assignment::internal
