#include "assignment/augmentation.h"

#include <algorithm>

#include "base/infinity.h"
#include "lianhu/base/parallel.h"

namespace lianhu::assignment::internal {
// One search after another, of all stewards or of those who keep to a block.
class AugmentingSearch::Searcher {
 public:
  // Labels of searches up to `search` are stale.
  Searcher(Network& network, std::vector<Label>& labels, uint32_t search)
      : network_(network), labels_(labels), search_(search) {}
  Searcher(Network& network, std::vector<Label>& labels, uint32_t search, const Blocks& blocks, int32_t block)
      : network_(network), labels_(labels), search_(search), blocks_(&blocks), block_(block) {}

  // Resolves the excess of `source` a step further.
  Result Augment(int32_t source) {
    return network_.Excess(source) > 0 ? Augment<Direction::kForward>(source) : Augment<Direction::kBackward>(source);
  }
  const std::vector<int32_t>& settled() const { return settled_; }  // by the last search
  uint32_t search() const { return search_; }

 private:
  template <Direction direction>
  Result Augment(int32_t source);
  template <Direction direction>
  void Scan(const Node& node, int64_t limit);
  template <Direction direction>
  void Push(int32_t source, int32_t target, bool elsewhere);

  void Reach(int32_t j, int64_t distance, int32_t site, int32_t from);
  Node Pop();

  Network& network_;
  std::vector<Label>& labels_;
  uint32_t search_;
  const Blocks* blocks_ = nullptr;
  int32_t block_ = 0;
  std::vector<Node> heap_;
  std::vector<int32_t> settled_;
};

AugmentingSearch::AugmentingSearch(Network& network, CandidateFinder& finder, const StopSignal& stop)
    : network_(network), finder_(finder), stop_(stop), labels_(network.stewards()) {}

void AugmentingSearch::RunInBlocks(Blocks::Cut cut, int64_t budget, int threads) {
  const Blocks blocks(network_, cut, threads);
  if (blocks.count() == 1) return;
  std::vector<uint32_t> last(blocks.count(), search_);
  ParallelFor(threads, blocks.count(), [&](int64_t k) {
    const auto block = static_cast<int32_t>(k);
    Searcher searcher(network_, labels_, search_, blocks, block);
    int64_t left = budget * static_cast<int64_t>(blocks.stewards(block).size());
    for (const int32_t j : blocks.stewards(block)) {
      while (network_.Excess(j) != 0 && left > 0 && !stop_.stopped()) {
        const Result result = searcher.Augment(j);
        left -= static_cast<int64_t>(searcher.settled().size());
        if (result != Result::kDone) break;
      }
    }
    last[k] = searcher.search();
  });
  search_ = *std::max_element(last.begin(), last.end());
}

bool AugmentingSearch::Run(int64_t budget) {
  Searcher searcher(network_, labels_, search_);
  for (bool changed = true; changed;) {
    changed = false;
    for (int32_t j = 0; j < network_.stewards(); ++j) {
      for (int32_t excess = network_.Excess(j); excess != 0; excess = network_.Excess(j)) {
        if (budget < 0 || stop_.stopped()) return false;
        changed = true;
        if (searcher.Augment(j) == Result::kStuck) {
          if (excess > 0) {
            finder_.AddArcsOutOf(searcher.settled());
          } else {
            finder_.AddArcsInto(searcher.settled());
          }
        }
        budget -= static_cast<int64_t>(searcher.settled().size());
      }
    }
    search_ = searcher.search();
  }
  return true;
}

void AugmentingSearch::Searcher::Reach(int32_t j, int64_t distance, int32_t site, int32_t from) {
  Label& label = labels_[j];
  if (label.search == search_ && label.distance <= distance) return;
  label = {.distance = distance, .via_site = site, .via_steward = from, .search = search_};
  heap_.push_back({distance, j});
  std::push_heap(heap_.begin(), heap_.end(), [](const Node& a, const Node& b) {
    return a.distance != b.distance ? a.distance > b.distance : a.steward > b.steward;
  });
}

AugmentingSearch::Node AugmentingSearch::Searcher::Pop() {
  const Node top = heap_.front();
  std::pop_heap(heap_.begin(), heap_.end(), [](const Node& a, const Node& b) {
    return a.distance != b.distance ? a.distance > b.distance : a.steward > b.steward;
  });
  heap_.pop_back();
  return top;
}

// Relaxes the edges of a settled steward that end nearer than `limit`.
template <AugmentingSearch::Direction direction>
void AugmentingSearch::Searcher::Scan(const Node& node, int64_t limit) {
  if constexpr (direction == Direction::kForward) {
    for (const Network::Link& link : network_.holdings(node.steward)) {
      const int64_t base = node.distance - (link.cost + network_.price[node.steward]);
      const Network::List& list = network_.list(link.site);
      for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
        const int64_t distance = base + network_.Value(a);
        if (distance < limit) Reach(network_.arc(a).steward, distance, link.site, node.steward);
      }
    }
  } else {
    for (const Network::Link& link : network_.links(node.steward)) {
      const int64_t distance = node.distance + link.cost + network_.price[node.steward] - network_.SiteValue(link.site);
      if (distance >= limit) continue;
      const Network::List& list = network_.list(link.site);
      const int32_t held = list.begin + list.held;
      if (network_.flow(held) == network_.supply[link.site]) {
        Reach(network_.arc(held).steward, distance, link.site, node.steward);
        continue;
      }
      for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
        if (network_.flow(a) > 0) Reach(network_.arc(a).steward, distance, link.site, node.steward);
      }
    }
  }
}

template <AugmentingSearch::Direction direction>
AugmentingSearch::Result AugmentingSearch::Searcher::Augment(int32_t source) {
  constexpr bool kForward = direction == Direction::kForward;
  constexpr int64_t kSign = kForward ? 1 : -1;
  ++search_;
  heap_.clear();
  settled_.clear();
  int64_t length = kInfiniteCost;
  int32_t target = -1;
  bool elsewhere = false;
  Reach(source, 0, -1, -1);
  while (!heap_.empty()) {
    const Node node = Pop();
    if (node.distance >= length) break;
    const int32_t j = node.steward;
    if (node.distance != labels_[j].distance) continue;
    settled_.push_back(j);
    // Who takes what is moved need not keep to the block; whose price or edges count must.
    if (kSign * network_.Excess(j) < 0) {
      length = node.distance;
      target = j;
      elsewhere = false;
      break;
    }
    if (blocks_ != nullptr && !blocks_->Keeps(j, block_)) return Result::kCut;
    const int32_t required = network_.RequiredLoad(j);
    if (kForward ? required < network_.bounds[j].max : required > network_.bounds[j].min) {
      if (const int64_t through = node.distance - kSign * network_.price[j]; through < length) {
        length = through;
        target = j;
        elsewhere = true;
      }
    }
    Scan<direction>(node, length);
  }
  if (target < 0) return Result::kStuck;
  for (const int32_t j : settled_) {
    if (labels_[j].distance < length) network_.price[j] += kSign * (length - labels_[j].distance);
  }
  Push<direction>(source, target, elsewhere);
  return Result::kDone;
}

// Sends as many units as all edges of the path carry, at least one; none when the path is only source -> T.
template <AugmentingSearch::Direction direction>
void AugmentingSearch::Searcher::Push(int32_t source, int32_t target, bool elsewhere) {
  constexpr bool kForward = direction == Direction::kForward;
  if (source == target) return;
  const LoadBounds bounds = network_.bounds[target];
  const int32_t load = network_.load(target);
  int32_t units = std::abs(network_.Excess(source));
  if (!elsewhere) {
    units = std::min(units, std::abs(network_.Excess(target)));
  } else if (network_.price[target] == 0) {
    units = std::min(units, std::max(1, kForward ? bounds.max - load : load - bounds.min));
  }
  for (int32_t j = target; j != source; j = labels_[j].via_steward) {
    const int32_t giver = kForward ? labels_[j].via_steward : j;
    units = std::min(units, network_.flow(network_.FindArc(labels_[j].via_site, giver)));
  }
  for (int32_t j = target; j != source; j = labels_[j].via_steward) {
    const int32_t s = labels_[j].via_site;
    const int32_t giver = kForward ? labels_[j].via_steward : j;
    const int32_t taker = kForward ? j : labels_[j].via_steward;
    network_.Move(s, network_.FindArc(s, giver), network_.FindArc(s, taker), units);
  }
}

}  // namespace lianhu::assignment::internal
