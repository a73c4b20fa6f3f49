#include "assignment/dual_ascent.h"

#include <algorithm>
#include <limits>
#include <vector>

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

class Ascent {
 public:
  Ascent(Network& network, const StopSignal& stop)
      : network_(network), stop_(stop), queued_(network.stewards(), false) {}

  void Run(int64_t steps) {
    SetRanges();
    for (int32_t j = 0; j < network_.stewards(); ++j) Enqueue(j);
    for (size_t head = 0; head < queue_.size() && steps > 0 && !stop_.stopped(); ++head) {
      const int32_t j = queue_[head];
      queued_[j] = false;
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
  }

 private:
  // The candidate lists know who else may want a site, or whom it may want, up to some distance in price; beyond that a
  // steward would move his price by what the lists do not show, and be found wrong when they are built anew.
  void SetRanges() {
    low_.resize(network_.stewards());
    high_.resize(network_.stewards());
    for (int32_t j = 0; j < network_.stewards(); ++j) {
      const int64_t price = network_.price[j];
      int64_t reach = 0;
      for (const Network::Link& link : network_.links(j)) {
        reach = std::max(reach, link.cost + price - network_.SiteValue(link.site));
      }
      low_[j] = price - reach;
      high_[j] = price + reach;
    }
  }

  // How far the price of j may still move in the direction that his excess asks for.
  int64_t Reserve(int32_t j, int32_t excess) const {
    return excess > 0 ? high_[j] - network_.price[j] : network_.price[j] - low_[j];
  }

  void Enqueue(int32_t j) {
    if (queued_[j] || network_.Excess(j) == 0) return;
    queued_[j] = true;
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
    step = std::min(step, high_[j] - price);
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
    step = std::min(step, price - low_[j]);
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
  const StopSignal& stop_;
  std::vector<int32_t> queue_;
  std::vector<bool> queued_;
  std::vector<Offer> offers_;
  std::vector<int64_t> low_;  // of each steward's price
  std::vector<int64_t> high_;
};

}  // namespace

void AscendDual(Network& network, int64_t steps, const StopSignal& stop) {
  Ascent(network, stop).Run(steps);
}

}  // namespace lianhu::assignment::internal
