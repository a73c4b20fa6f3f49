#include "assignment/coarse_network.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "assignment/price_tree.h"

namespace lianhu::assignment::internal {
namespace {

constexpr int32_t kGroup = 4;
constexpr size_t kSupports = 7;  // coarse stewards to which a plane is fitted

// Prices p(dx, dy) = a + b dx + c dy by weighted least squares.
class PlaneFit {
 public:
  void Add(double dx, double dy, double price, double weight) {
    const double row[] = {1, dx, dy, price};
    for (int i = 0; i < 3; ++i) {
      for (int k = 0; k < 4; ++k) equations_[i][k] += weight * row[i] * row[k];
    }
  }

  // The price at (0, 0). `damping` keeps the slope finite where the supports lie on a line or at one place.
  double AtOrigin(double damping) {
    equations_[1][1] += damping;
    equations_[2][2] += damping;
    for (int i = 0; i < 3; ++i) {
      for (int below = i + 1; below < 3; ++below) {
        const double factor = equations_[below][i] / equations_[i][i];
        for (int k = i; k < 4; ++k) equations_[below][k] -= factor * equations_[i][k];
      }
    }
    const double c = equations_[2][3] / equations_[2][2];
    const double b = (equations_[1][3] - equations_[1][2] * c) / equations_[1][1];
    return (equations_[0][3] - equations_[0][1] * b - equations_[0][2] * c) / equations_[0][0];
  }

 private:
  double equations_[3][4] = {};
};

}  // namespace

Network Coarsen(const Network& fine) {
  Network coarse;
  for (int32_t begin = 0; begin < fine.sites(); begin += kGroup) {
    Point sum;
    int32_t supply = 0;
    for (int32_t s = begin; s < std::min(fine.sites(), begin + kGroup); ++s) {
      sum.x += fine.site[s].x * fine.supply[s];
      sum.y += fine.site[s].y * fine.supply[s];
      supply += fine.supply[s];
    }
    coarse.site.push_back({sum.x / supply, sum.y / supply});
    coarse.supply.push_back(supply);
  }
  const int64_t households = std::accumulate(fine.supply.begin(), fine.supply.end(), int64_t{0});
  const auto stewards = static_cast<int32_t>(fine.steward.size());
  for (int32_t begin = 0; begin < stewards; begin += kGroup) {
    const int32_t end = std::min(stewards, begin + kGroup);
    Point sum;
    int64_t min = 0;
    int64_t max = 0;
    int64_t offset = 0;
    for (int32_t j = begin; j < end; ++j) {
      sum.x += fine.steward[j].x;
      sum.y += fine.steward[j].y;
      offset += fine.Offset(j);
      min += fine.bounds[j].min;
      max += fine.bounds[j].max;
    }
    coarse.steward.push_back({sum.x / (end - begin), sum.y / (end - begin)});
    if (!fine.offset.empty()) coarse.offset.push_back(static_cast<int32_t>(offset / (end - begin)));
    // Nobody serves more than there are, so that the sum fits 32 bits.
    coarse.bounds.push_back({.min = static_cast<int32_t>(min), .max = static_cast<int32_t>(std::min(max, households))});
  }
  if (fine.left_over >= 0) {
    coarse.left_over = coarse.stewards();
    coarse.bounds.push_back(fine.bounds[fine.left_over]);
  }
  coarse.price.assign(coarse.bounds.size(), 0);
  return coarse;
}

void PricesFromCoarse(const Network& coarse, Network& fine) {
  const std::vector<int64_t> level(coarse.steward.size(), 0);
  const PriceTree tree(coarse.steward, level);
  std::vector<int32_t> supports;
  for (size_t j = 0; j < fine.steward.size(); ++j) {
    const Point at = fine.steward[j];
    supports.clear();
    double reach = 0;  // squared
    while (supports.size() < std::min(kSupports, coarse.steward.size())) {
      const auto taken = [&](int32_t g) { return std::find(supports.begin(), supports.end(), g) != supports.end(); };
      supports.push_back(tree.FindNearest(at, taken).index);
      const double dx = coarse.steward[supports.back()].x - at.x;
      const double dy = coarse.steward[supports.back()].y - at.y;
      reach = std::max(reach, dx * dx + dy * dy);
    }
    PlaneFit fit;
    for (const int32_t g : supports) {
      const double dx = coarse.steward[g].x - at.x;
      const double dy = coarse.steward[g].y - at.y;
      fit.Add(dx, dy, static_cast<double>(coarse.price[g] + coarse.Offset(g)),
              std::exp(-3 * (dx * dx + dy * dy) / (reach + 1)));
    }
    const auto price = std::llround(fit.AtOrigin(1e-6 * reach + 1)) - fine.Offset(static_cast<int32_t>(j));
    // A steward without a minimum never has to be cheapened.
    fine.price[j] = fine.bounds[j].min == 0 ? std::max<int64_t>(0, price) : price;
  }
  if (fine.left_over >= 0) fine.price[fine.left_over] = coarse.price[coarse.left_over];
}

}  // namespace lianhu::assignment::internal
