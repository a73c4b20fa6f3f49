#include "assignment/dual_ascent.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "assignment/blocks.h"
#include "lianhu/base/parallel.h"

namespace lianhu::assignment::internal {
namespace {

// Units of one site that would leave (or join) a steward once his price rises (or falls) by more than `margin`.
struct Offer {
  int64_t margin;
  int32_t site;
  int32_t units;
  int32_t own;    // the arc to the steward
  int32_t other;  // the best other arc; unused when joining
};

bool operator<(const Offer& a, const Offer& b) {
  return a.margin != b.margin ? a.margin < b.margin : a.site < b.site;
}

// Steps of each steward within his block of either cut, and of everybody after that, where there are several blocks:
// parts of those that one block has.
constexpr int64_t kStepsFirst = 4;
constexpr int64_t kStepsSecond = 2;
constexpr int64_t kStepsAcross = 1;
constexpr int64_t kStepsAlone = 16;

// Of each steward; what the ascents of all blocks share, each writing only what is its stewards'.
struct Stewards {
  // The candidate lists know who else may want a site, or whom it may want, up to some distance in price; beyond that a
  // steward would move his price by what the lists do not show, and be found wrong when they are built anew.
  std::vector<int64_t> low;
  std::vector<int64_t> high;
  std::vector<uint8_t> queued;  // bytes, not bits: neighbours may belong to different threads

  explicit Stewards(int32_t count) : low(count), high(count), queued(count, 0) {}
};

// The ascent of those stewards who keep to a block, or of all.
class Ascent {
 public:
  static constexpr int32_t kAll = -1;

  Ascent(Network& network, const Blocks& blocks, int32_t block, Stewards& stewards, const StopSignal& stop)
      : network_(network), blocks_(blocks), block_(block), stewards_(stewards), stop_(stop) {}

  // Ends when none of them has an excess, or after `steps` steps.
  void Run(absl::Span<const int32_t> stewards, int64_t steps) {
    for (const int32_t j : stewards) Enqueue(j);
    size_t head = 0;
    while (head < queue_.size() && steps > 0 && !stop_.stopped()) {
      const int32_t j = queue_[head++];
      stewards_.queued[j] = 0;
      const int32_t excess = network_.Excess(j);
      if (excess == 0 || Reserve(j, excess) == 0) continue;
      --steps;
      if (excess > 0) {
        Shed(j);
      } else {
        Win(j);
      }
      Enqueue(j);
    }
    for (; head < queue_.size(); ++head) stewards_.queued[queue_[head]] = 0;
  }

 private:
  // How far the price of j may still move in the direction that his excess asks for.
  int64_t Reserve(int32_t j, int32_t excess) const {
    return excess > 0 ? stewards_.high[j] - network_.price[j] : network_.price[j] - stewards_.low[j];
  }

  void Enqueue(int32_t j) {
    if (block_ != kAll && !blocks_.Keeps(j, block_)) return;
    if (stewards_.queued[j] != 0 || network_.Excess(j) == 0) return;
    stewards_.queued[j] = 1;
    queue_.push_back(j);
  }

  // How far to move the price so that `units` units change hands and not one more: the offers must hold that many or
  // all there are.
  int64_t StepFor(int64_t units) const {
    int64_t reached = 0;
    for (size_t k = 0; k < offers_.size(); ++k) {
      reached += offers_[k].units;
      if (reached < units) continue;
      const int64_t low = offers_[k].margin;
      if (reached > units || k + 1 == offers_.size()) return low;
      return low + (offers_[k + 1].margin - low) * 9 / 10;
    }
    return offers_.empty() ? 0 : offers_.back().margin;
  }

  int64_t UnitsBelow(int64_t margin) const {
    int64_t units = 0;
    for (const Offer& offer : offers_) {
      if (offer.margin >= margin) break;
      units += offer.units;
    }
    return units;
  }

  // Raises the price of j, who serves more than it asks for.
  void Shed(int32_t j) {
    offers_.clear();
    for (const Network::Link& link : network_.holdings(j)) {
      const Network::List& list = network_.list(link.site);
      int32_t own = -1;
      int32_t other = -1;
      int64_t least = std::numeric_limits<int64_t>::max();
      for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
        if (network_.arc(a).steward == j) {
          own = a;
        } else if (const int64_t value = network_.Value(a); value < least) {
          least = value;
          other = a;
        }
      }
      if (other < 0) continue;
      offers_.push_back({least - network_.Value(own), link.site, network_.flow(own), own, other});
    }
    if (offers_.empty()) return;
    std::sort(offers_.begin(), offers_.end());

    const LoadBounds bounds = network_.bounds[j];
    const int64_t load = network_.load(j);
    int64_t& price = network_.price[j];
    int64_t step = 0;
    if (price < 0) {
      const int64_t load_at_zero = load - UnitsBelow(-price);
      step = load_at_zero < bounds.min    ? std::min(StepFor(load - bounds.min), -price)
             : load_at_zero <= bounds.max ? -price
                                          : StepFor(load - bounds.max);
    } else {
      step = StepFor(load - bounds.max);
    }
    step = std::min(step, stewards_.high[j] - price);
    price += step;
    const int32_t floor = price < 0 ? bounds.min : bounds.max;
    for (const Offer& offer : offers_) {
      if (offer.margin > step) break;
      int32_t units = offer.units;
      if (offer.margin == step) units = std::min(units, network_.load(j) - floor);
      if (units <= 0) continue;
      network_.Move(offer.site, offer.own, offer.other, units);
      Enqueue(network_.arc(offer.other).steward);
    }
  }

  // Lowers the price of j, who serves fewer than it asks for.
  void Win(int32_t j) {
    const LoadBounds bounds = network_.bounds[j];
    int64_t& price = network_.price[j];
    offers_.clear();
    for (const Network::Link& link : network_.links(j)) {
      const Network::List& list = network_.list(link.site);
      const int32_t held = list.begin + list.held;
      int32_t units = network_.supply[link.site];
      int32_t own = -1;
      if (network_.flow(held) == units) {
        if (network_.arc(held).steward == j) continue;
      } else {
        own = network_.FindArc(link.site, j);
        units -= network_.flow(own);
        if (units == 0) continue;
      }
      offers_.push_back({price + link.cost - network_.Value(held), link.site, units, own, -1});
    }
    if (offers_.empty()) return;
    std::sort(offers_.begin(), offers_.end());

    const int64_t load = network_.load(j);
    int64_t step = 0;
    if (price > 0) {
      const int64_t load_at_zero = load + UnitsBelow(price);
      step = load_at_zero > bounds.max    ? std::min(StepFor(bounds.max - load), price)
             : load_at_zero >= bounds.min ? price
                                          : StepFor(bounds.min - load);
    } else {
      step = StepFor(bounds.min - load);
    }
    step = std::min(step, price - stewards_.low[j]);
    price -= step;
    const int32_t ceiling = price > 0 ? bounds.max : bounds.min;
    for (const Offer& offer : offers_) {
      if (offer.margin > step) break;
      TakeOver(offer, j, offer.margin == step ? ceiling - network_.load(j) : offer.units);
    }
  }

  // Moves up to `units` units of the offer's site to j, from whoever serves them.
  void TakeOver(const Offer& offer, int32_t j, int32_t units) {
    if (units <= 0) return;
    const int32_t own = offer.own >= 0 ? offer.own : network_.FindArc(offer.site, j);
    const Network::List& list = network_.list(offer.site);
    for (int32_t a = list.begin; a < list.begin + list.size && units > 0; ++a) {
      const int32_t moved = a == own ? 0 : std::min(units, network_.flow(a));
      if (moved == 0) continue;
      network_.Move(offer.site, a, own, moved);
      units -= moved;
      Enqueue(network_.arc(a).steward);
    }
  }

  Network& network_;
  const Blocks& blocks_;
  const int32_t block_;
  Stewards& stewards_;
  const StopSignal& stop_;
  std::vector<int32_t> queue_;
  std::vector<Offer> offers_;
};

// How far the price of each of `some` may move.
void SetRanges(const Network& network, absl::Span<const int32_t> some, Stewards& stewards) {
  for (const int32_t j : some) {
    const int64_t price = network.price[j];
    int64_t reach = 0;
    for (const Network::Link& link : network.links(j)) {
      reach = std::max(reach, link.cost + price - network.SiteValue(link.site));
    }
    stewards.low[j] = price - reach;
    stewards.high[j] = price + reach;
  }
}

}  // namespace

void AscendDual(Network& network, int64_t steps, int threads, const StopSignal& stop) {
  const Blocks blocks(network, Blocks::Cut::kFirst, threads);
  Stewards stewards(network.stewards());
  const auto for_each_block = [&](const Blocks& cut, const auto& work) {
    ParallelFor(threads, cut.count(), [&](int64_t k) { work(static_cast<int32_t>(k)); });
  };
  for_each_block(blocks, [&](int32_t block) { SetRanges(network, blocks.stewards(block), stewards); });
  if (blocks.count() > 1) {
    const auto ascend_within = [&](const Blocks& cut, int64_t part) {
      for_each_block(cut, [&](int32_t block) {
        Ascent(network, cut, block, stewards, stop).Run(cut.stewards(block), steps * part / kStepsAlone / cut.count());
      });
    };
    ascend_within(blocks, kStepsFirst);
    ascend_within(Blocks(network, Blocks::Cut::kSecond, threads), kStepsSecond);
    steps = steps * kStepsAcross / kStepsAlone;
  }
  Ascent(network, blocks, Ascent::kAll, stewards, stop).Run(blocks.all(), steps);
}

}  // namespace lianhu::assignment::internal
