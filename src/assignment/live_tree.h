// A spatial tree over points that come and go, each with a key: what a live plan searches by distance plus key.
//
// A binary tree with up to sixteen points a leaf. Every node knows the box of its points and their least key, so
// that
//
//   scale x (100 x distance(from, box) - 1) + least key
//
// is a lower bound of scale x PairCost + key for everything below it: traversals in the order of that bound find all
// points, near or far, in the order of their values. A subtree is built anew once as many of its points have changed as
// it had when it was built, which keeps the depth logarithmic; an insertion, a removal or a change of key costs O(log
// n) amortised. Deterministic: the shape follows from the sequence of calls.
#ifndef LIANHU_SRC_ASSIGNMENT_LIVE_TREE_H_
#define LIANHU_SRC_ASSIGNMENT_LIVE_TREE_H_

#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"
#include "assignment/price_tree.h"
#include "lianhu/base/point.h"

namespace lianhu::assignment::internal {

class LiveTree {
 public:
  struct Item {
    Point point;
    int64_t key;
    int32_t id;
  };
  // Where an item is; kept by the owner of the items so that several trees share one array.
  struct Place {
    int32_t leaf = -1;
    int32_t slot = -1;
  };
  struct Node {
    Box box;
    int64_t least_key = std::numeric_limits<int64_t>::max();
    int32_t parent = -1;
    int32_t child[2] = {-1, -1};  // child[0] < 0: a leaf
    int32_t bucket = -1;          // of a leaf
    int32_t count = 0;
    int32_t built = 0;    // count when the subtree was last built
    int32_t changed = 0;  // insertions and removals since
    int32_t axis = 0;     // an inner node sends x (0) or y (1) below `split` to child[0]
    double split = 0;
  };

  // `places` is indexed by item id, outlives the tree and must have room for every id that is inserted.
  explicit LiveTree(std::vector<Place>* places) : places_(places) {}

  // Replaces the contents.
  void Build(std::vector<Item> items);
  void Insert(const Item& item);
  void Erase(int32_t id);
  void SetKey(int32_t id, int64_t key);
  // All keys anew: key_of(id). O(n).
  template <typename KeyOf>
  void SetKeys(const KeyOf& key_of) {
    for (std::vector<Item>& bucket : buckets_) {
      for (Item& item : bucket) item.key = key_of(item.id);
    }
    if (root_ >= 0) PullAll(root_);
  }

  int32_t size() const { return root_ < 0 ? 0 : nodes_[root_].count; }
  int32_t root() const { return root_; }  // -1 before the first item
  const Node& node(int32_t v) const { return nodes_[v]; }
  bool IsLeaf(int32_t v) const { return nodes_[v].child[0] < 0; }
  absl::Span<const Item> items(int32_t leaf) const { return buckets_[nodes_[leaf].bucket]; }
  int64_t LeastKey() const { return root_ < 0 ? std::numeric_limits<int64_t>::max() : nodes_[root_].least_key; }

 private:
  static constexpr size_t kLeaf = 16;

  int32_t NewNode(int32_t parent);
  // Makes `v` the root of a balanced subtree over items[begin, end).
  void BuildAt(int32_t v, absl::Span<Item> items);
  void Rebuild(int32_t v);
  void Release(int32_t v, std::vector<Item>& items);
  void Pull(int32_t v);
  void PullAll(int32_t v);

  std::vector<Place>* places_;
  std::vector<Node> nodes_;
  std::vector<std::vector<Item>> buckets_;
  std::vector<int32_t> free_nodes_;
  std::vector<int32_t> free_buckets_;
  int32_t root_ = -1;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_LIVE_TREE_H_
