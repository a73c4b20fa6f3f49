#include "assignment/blocks.h"

#include <bit>

#include "lianhu/base/parallel.h"

namespace lianhu::assignment::internal {
namespace {

// Stewards of a block, at least. Larger ones have fewer edges; what smaller ones touch stays nearer to the processor.
constexpr int32_t kLeastSize = 2048;
constexpr int32_t kNone = -1;

int32_t CountOf(int32_t stewards) {
  return static_cast<int32_t>(std::bit_floor(static_cast<uint32_t>(std::max(1, stewards / kLeastSize))));
}

}  // namespace

Blocks::Blocks(const Network& network, int threads)
    : stewards_(network.stewards()), count_(CountOf(stewards_)), size_((stewards_ + count_ - 1) / count_) {
  if (count_ == 1) return;
  std::vector<int32_t> site_in(network.sites());  // the block of all candidates of a site, or kNone
  const auto part = [&](int64_t k) { return static_cast<int32_t>(k * network.sites() / count_); };
  ParallelFor(threads, count_, [&](int64_t k) {
    for (int32_t s = part(k); s < part(k + 1); ++s) {
      const Network::List& list = network.list(s);
      const int32_t block = network.arc(list.begin).steward / size_;
      int32_t a = list.begin + 1;
      while (a < list.begin + list.size && network.arc(a).steward / size_ == block) ++a;
      site_in[s] = a == list.begin + list.size ? block : kNone;
    }
  });
  home_.resize(stewards_);
  ParallelFor(threads, count_, [&](int64_t k) {
    const auto block = static_cast<int32_t>(k);
    for (int32_t j = begin(block); j < end(block); ++j) {
      const std::vector<Network::Link>& links = network.links(j);
      const bool keeps = std::all_of(links.begin(), links.end(),
                                     [&](const Network::Link& link) { return site_in[link.site] == block; });
      home_[j] = keeps ? block : kNone;
    }
  });
}

}  // namespace lianhu::assignment::internal
