#include "assignment/blocks.h"

#include <bit>
#include <numeric>

#include "assignment/spatial_order.h"
#include "lianhu/base/parallel.h"

namespace lianhu::assignment::internal {
namespace {

// Stewards of a block, at least. Larger ones have fewer edges; what smaller ones touch stays nearer to the processor.
constexpr int32_t kLeastSize = 2048;
constexpr int32_t kNone = -1;

int32_t CountOf(int32_t stewards) {
  return static_cast<int32_t>(std::bit_floor(static_cast<uint32_t>(std::max(1, stewards / kLeastSize))));
}

// The network's own order, or that of a curve through a larger square, which lies a third of a side off.
std::vector<int32_t> OrderOf(const Network& network, Blocks::Cut cut) {
  std::vector<int32_t> order;
  if (cut == Blocks::Cut::kSecond) {
    Frame frame = FrameOf(network.steward, {});
    frame.origin = {frame.origin.x - frame.side / 3, frame.origin.y - frame.side / 3};
    frame.side *= 4.0 / 3;
    order = SpatialOrder(network.steward, frame);
  }
  const auto placed = static_cast<int32_t>(order.size());
  order.resize(network.stewards());
  std::iota(order.begin() + placed, order.end(), placed);  // all, or the one who stands for those left over
  return order;
}

}  // namespace

Blocks::Blocks(const Network& network, Cut cut, int threads)
    : count_(CountOf(network.stewards())),
      size_((network.stewards() + count_ - 1) / count_),
      order_(OrderOf(network, count_ > 1 ? cut : Cut::kFirst)) {
  if (count_ == 1) return;
  std::vector<int32_t> block_of(network.stewards());
  for (size_t k = 0; k < order_.size(); ++k) block_of[order_[k]] = static_cast<int32_t>(k) / size_;
  std::vector<int32_t> site_in(network.sites());  // the block of all candidates of a site, or kNone
  const auto part = [&](int64_t k) { return static_cast<int32_t>(k * network.sites() / count_); };
  ParallelFor(threads, count_, [&](int64_t k) {
    for (int32_t s = part(k); s < part(k + 1); ++s) {
      const Network::List& list = network.list(s);
      const int32_t block = block_of[network.arc(list.begin).steward];
      int32_t a = list.begin + 1;
      while (a < list.begin + list.size && block_of[network.arc(a).steward] == block) ++a;
      site_in[s] = a == list.begin + list.size ? block : kNone;
    }
  });
  home_.resize(network.stewards());
  ParallelFor(threads, count_, [&](int64_t k) {
    const auto block = static_cast<int32_t>(k);
    for (const int32_t j : stewards(block)) {
      const std::vector<Network::Link>& links = network.links(j);
      const bool keeps = std::all_of(links.begin(), links.end(),
                                     [&](const Network::Link& link) { return site_in[link.site] == block; });
      home_[j] = keeps ? block : kNone;
    }
  });
}

}  // namespace lianhu::assignment::internal
