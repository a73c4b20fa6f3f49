#include "assignment/gap_bound.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/infinity.h"

namespace lianhu::assignment::internal {
namespace {

// Cells of one knapsack's table; a larger knapsack is relaxed to fractions.
constexpr double kMaxCells = 1 << 25;

// Subgradient steps: the share of (upper - bound) aimed at, halved after so many iterations without a rise.
constexpr double kFirstStep = 1.0;
constexpr int kPatience = 12;
constexpr double kLastStep = 1e-4;
// Solutions this near to the best bound, as a share of it, are worth starting a plan from.
constexpr double kNearBest = 0.002;
// The share of the last direction that is kept, which damps zigzags (Camerini, Fratta and Maffioli 1975).
constexpr double kMomentum = 0.4;

double SquaredNorm(const std::vector<double>& v) {
  double sum = 0;
  for (const double x : v) sum += x * x;
  return sum;
}

}  // namespace

CapacityPrices AscendCapacityPrices(const GapModel& model, std::vector<double> prices, double target, double most,
                                    int iterations, const KeepGoing& keep_going) {
  CapacityPrices best{.price = prices, .value = -kInfinity};
  std::vector<double> load(model.agents);
  std::vector<double> direction(model.agents, 0);
  double step = kFirstStep;
  int stale = 0;
  for (int k = 0; k < iterations && step > kLastStep && keep_going(); ++k) {
    double value = 0;
    std::fill(load.begin(), load.end(), 0);
    for (int32_t h = 0; h < model.items; ++h) {
      double least = kInfinity;
      const GapModel::Arc* at = nullptr;
      for (int64_t a = model.item_begin[h]; a < model.item_begin[h + 1]; ++a) {
        const GapModel::Arc& arc = model.arcs[a];
        const double v = static_cast<double>(arc.cost) + prices[arc.agent] * static_cast<double>(arc.weight);
        if (v < least) {
          least = v;
          at = &arc;
        }
      }
      value += least;
      load[at->agent] += static_cast<double>(at->weight);
    }
    for (int32_t i = 0; i < model.agents; ++i) {
      const double p = prices[i];
      const auto min = static_cast<double>(model.minimum[i]);
      const auto max = static_cast<double>(model.maximum[i]);
      value -= p > 0 ? p * max : p * min;
      double gradient = 0;
      if (load[i] > max || p > 0) gradient = load[i] - max;
      if (p < 0 || (p == 0 && load[i] < min)) gradient = load[i] - min;
      direction[i] = gradient + kMomentum * direction[i];
    }
    if (value > best.value) {
      best = {.price = prices, .value = value};
      stale = 0;
    } else if (++stale >= kPatience) {
      stale = 0;
      step /= 2;
      prices = best.price;
    }
    const double norm = SquaredNorm(direction);
    if (norm == 0 || value > most) break;  // above every plan: there is none
    const double length = step * std::max(target - value, std::abs(value) * 1e-4 + 1e-9) / norm;
    for (int32_t i = 0; i < model.agents; ++i) {
      const double p = prices[i] + length * direction[i];
      prices[i] = model.minimum[i] == 0 ? std::max(0.0, p) : p;
    }
  }
  return best;
}

KnapsackRelaxation::KnapsackRelaxation(const GapModel& model, double scale) : model_(model), scale_(scale) {}

double KnapsackRelaxation::ScaleFor(const GapModel& model) {
  double sum = 1;
  for (int32_t h = 0; h < model.items; ++h) {
    int64_t most = 0;
    for (int64_t a = model.item_begin[h]; a < model.item_begin[h + 1]; ++a) {
      most = std::max(most, std::abs(model.arcs[a].cost));
    }
    sum += static_cast<double>(most);
  }
  double scale = 1024;
  while (scale > 1 && sum * scale > 0x1p48) scale /= 2;
  return scale;
}

double KnapsackRelaxation::Evaluate(const std::vector<double>& multiplier, const std::function<void(int32_t)>& chosen) {
  double bound = 0;
  for (const double u : multiplier) bound += u;
  for (int32_t i = 0; i < model_.agents; ++i) {
    bound += Knapsack(i, multiplier);
    if (chosen != nullptr) {
      for (const int32_t arc : solution_) chosen(arc);
    }
  }
  return bound;
}

// The least cost over sets of at most max_i, or of at least min_i too where that asks for more; the set in solution_.
double KnapsackRelaxation::Knapsack(int32_t agent, const std::vector<double>& multiplier) {
  const int64_t capacity = model_.maximum[agent];
  entries_.clear();
  solution_.clear();
  int64_t all = 0;
  for (int64_t k = model_.agent_begin[agent]; k < model_.agent_begin[agent + 1]; ++k) {
    const GapModel::Arc& arc = model_.arcs[model_.agent_arcs[k]];
    const double profit = multiplier[arc.item] - static_cast<double>(arc.cost) * scale_;
    if (profit > 0 && arc.weight <= capacity) {
      entries_.push_back({model_.agent_arcs[k], profit, arc.weight});
      all += arc.weight;
    }
  }
  if (!outside_.empty() && outside_[agent] < 0) return WithMinimum(agent, multiplier);
  if (all < model_.minimum[agent]) return WithMinimum(agent, multiplier);
  if (all <= capacity) {
    double profit = 0;
    for (const Entry& e : entries_) {
      profit += e.profit;
      solution_.push_back(e.arc);
    }
    return -profit;
  }
  const auto width = static_cast<size_t>(capacity) + 1;
  if (static_cast<double>(width) * static_cast<double>(entries_.size()) > kMaxCells) return Fractional(capacity);

  best_.assign(width, 0);
  taken_.assign(width * entries_.size(), 0);
  for (size_t k = 0; k < entries_.size(); ++k) {
    const auto w = static_cast<size_t>(entries_[k].weight);
    const double profit = entries_[k].profit;
    uint8_t* taken = taken_.data() + k * width;
    double* best = best_.data();
    for (size_t c = width; c-- > w;) {
      const double with = best[c - w] + profit;
      taken[c] = with > best[c];
      best[c] = std::max(best[c], with);
    }
  }
  size_t c = width - 1;
  int64_t load = 0;
  for (size_t k = entries_.size(); k-- > 0;) {
    if (taken_[k * width + c] == 0) continue;
    solution_.push_back(entries_[k].arc);
    c -= static_cast<size_t>(entries_[k].weight);
    load += entries_[k].weight;
  }
  const double profit = best_.back();
  return load < model_.minimum[agent] ? WithMinimum(agent, multiplier) : -profit;
}

// Every arc of the agent, exact loads; what lies outside the lists fills up at its price.
double KnapsackRelaxation::WithMinimum(int32_t agent, const std::vector<double>& multiplier) {
  const int64_t capacity = model_.maximum[agent];
  const double outside = outside_.empty() ? kInfinity : outside_[agent];
  entries_.clear();
  solution_.clear();
  double unbounded = 0;  // the answer without bounds on the load: what is left when the table would be too large
  for (int64_t k = model_.agent_begin[agent]; k < model_.agent_begin[agent + 1]; ++k) {
    const GapModel::Arc& arc = model_.arcs[model_.agent_arcs[k]];
    const double profit = multiplier[arc.item] - static_cast<double>(arc.cost) * scale_;
    if (arc.weight <= capacity) entries_.push_back({model_.agent_arcs[k], profit, arc.weight});
    unbounded -= std::max(0.0, profit);
  }
  unbounded += std::min(0.0, outside) * static_cast<double>(outside < 0 ? capacity : 0);
  const auto width = static_cast<size_t>(capacity) + 1;
  if (static_cast<double>(width) * static_cast<double>(entries_.size() + 1) > kMaxCells) return unbounded;

  best_.assign(width, -kInfinity);
  best_[0] = 0;
  taken_.assign(width * entries_.size(), 0);
  for (size_t k = 0; k < entries_.size(); ++k) {
    const auto w = static_cast<size_t>(entries_[k].weight);
    uint8_t* taken = taken_.data() + k * width;
    for (size_t c = width; c-- > w;) {
      const double with = best_[c - w] + entries_[k].profit;
      taken[c] = with > best_[c];
      best_[c] = std::max(best_[c], with);
    }
  }
  double most = -kInfinity;
  size_t at = 0;
  for (size_t c = 0; c < width; ++c) {
    const auto load = static_cast<int64_t>(c);
    double profit = best_[c];
    if (outside < 0) profit -= outside * static_cast<double>(capacity - load);
    if (outside >= 0 && load < model_.minimum[agent]) {
      profit -= outside * static_cast<double>(model_.minimum[agent] - load);
    }
    if (profit > most) {
      most = profit;
      at = c;
    }
  }
  if (most == -kInfinity) return unbounded;  // no set has such a load: the caller finds no plan, any bound is true
  for (size_t k = entries_.size(); k-- > 0;) {
    if (taken_[k * width + at] == 0) continue;
    solution_.push_back(entries_[k].arc);
    at -= static_cast<size_t>(entries_[k].weight);
  }
  return -most;
}

// Dantzig's bound of entries_: by profit a unit of weight, the last one in part; rounded up so that it stays a bound.
double KnapsackRelaxation::Fractional(int64_t capacity) {
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    const double left = a.profit * static_cast<double>(b.weight);
    const double right = b.profit * static_cast<double>(a.weight);
    return left != right ? left > right : a.arc < b.arc;
  });
  double profit = 0;
  int64_t rest = capacity;
  for (const Entry& e : entries_) {
    if (e.weight > rest) {
      return -(profit + std::ceil(e.profit * static_cast<double>(rest) / static_cast<double>(e.weight)) + 1);
    }
    profit += e.profit;
    rest -= e.weight;
    solution_.push_back(e.arc);
  }
  return -profit;
}

Multipliers AscendMultipliers(KnapsackRelaxation& relaxation, const GapModel& model, double scale,
                              std::vector<double> start, int iterations, const std::function<double()>& upper,
                              const std::function<void(const std::vector<int32_t>&)>& primal,
                              const KeepGoing& keep_going) {
  std::vector<double> now = std::move(start);
  // Within this all sums are exact.
  const double most = std::floor(0x1p52 / std::max(1, model.items));
  const auto whole = [most](double u) { return std::clamp(std::round(u), -most, most); };
  for (double& u : now) u = whole(u);
  Multipliers best{.value = now, .bound = -kInfinity};
  std::vector<double> direction(model.items, 0);
  std::vector<double> missing(model.items);
  std::vector<int32_t> arcs;
  double step = kFirstStep;
  int stale = 0;
  for (int k = 0; k < iterations && step > kLastStep; ++k) {
    std::fill(missing.begin(), missing.end(), 1);
    arcs.clear();
    const double bound = relaxation.Evaluate(now, [&](int32_t arc) {
      missing[model.arcs[arc].item] -= 1;
      arcs.push_back(arc);
    });
    if (bound > best.bound) {
      best = {.value = now, .bound = bound};
      stale = 0;

    } else if (++stale >= kPatience) {
      stale = 0;
      step /= 2;
      now = best.value;
    }
    if (primal != nullptr && bound > best.bound - kNearBest * std::abs(best.bound)) primal(arcs);
    if (!keep_going()) break;
    const double target = upper() * scale;
    if (std::ceil(best.bound / scale) * scale >= target) break;
    for (int32_t h = 0; h < model.items; ++h) direction[h] = missing[h] + kMomentum * direction[h];
    const double norm = SquaredNorm(direction);
    if (norm == 0) break;
    const double length = step * (target - bound) / norm;
    for (int32_t h = 0; h < model.items; ++h) now[h] = whole(now[h] + length * direction[h]);
  }
  return best;
}

}  // namespace lianhu::assignment::internal
