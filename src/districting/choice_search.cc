#include "districting/choice_search.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <utility>

#include "lianhu/base/parallel.h"

namespace lianhu::districting::internal {
namespace {

// Annealings one after the other: their share of the work, and the temperature they begin at, in mean distances.
constexpr struct {
  double share;
  double temperature;
} kAnnealings[] = {{0.5, 0.5}, {0.3, 0.2}, {0.2, 0.1}};
// A change of less than a centimetre is none.
constexpr double kLeastSaving = 1;

}  // namespace

ChoiceSearch::Local::Local(const Community& own, int64_t count, uint64_t seed)
    : community(own), problem(own.View(count)) {
  if (!own.households.empty()) {
    search = std::make_unique<RegionSearch>(problem, seed);
    return;
  }
  for (size_t j = 0; j < own.place.size(); ++j) {
    if (own.pinned[j] != 0) chosen.push_back(static_cast<int32_t>(j));
  }
  while (static_cast<int64_t>(chosen.size()) < count) Apply(BestAddition([] { return false; }));
}

ChoiceSearch::Change ChoiceSearch::Local::BestRemoval(const std::function<bool()>& stop) {
  if (search) return search->BestRemoval(stop);
  Change best;
  for (const int32_t j : chosen) {
    if (community.pinned[j] == 0 && -community.opening[j] < best.cost) best = {-community.opening[j], j};
  }
  return best;
}

ChoiceSearch::Change ChoiceSearch::Local::BestAddition(const std::function<bool()>& stop) {
  if (search) return search->BestAddition(stop);
  Change best;
  for (size_t j = 0; j < community.place.size(); ++j) {
    const auto candidate = static_cast<int32_t>(j);
    if (community.least[j] > 0 || std::find(chosen.begin(), chosen.end(), candidate) != chosen.end()) continue;
    if (community.opening[j] < best.cost) best = {community.opening[j], candidate};
  }
  return best;
}

void ChoiceSearch::Local::Apply(const Change& change) {
  if (search) return search->Apply(change);
  const auto found = std::find(chosen.begin(), chosen.end(), change.place);
  if (found == chosen.end()) {
    chosen.push_back(change.place);
  } else {
    chosen.erase(found);
  }
}

int64_t ChoiceSearch::Start(const std::vector<int64_t>& counts) {
  const auto count = static_cast<int64_t>(communities_.size());
  locals_.resize(communities_.size());
  std::vector<uint8_t> found(communities_.size(), 1);
  ParallelFor(threads_, count, [&](int64_t u) {
    // Each community has a stream of its own, so that threads do not matter.
    const uint64_t seed = Random(seed_ + 0x632be59bd9b4e019 * static_cast<uint64_t>(u + 1)).Next();
    locals_[u] = std::make_unique<Local>(communities_[u], counts[u], seed);
    if (locals_[u]->search) found[u] = locals_[u]->search->Start() ? 1 : 0;
  });
  const auto fault = std::find(found.begin(), found.end(), 0);
  return fault == found.end() ? -1 : fault - found.begin();
}

void ChoiceSearch::StartFrom(const std::vector<int64_t>& counts, const std::function<double(size_t, size_t)>& weight) {
  ParallelFor(threads_, static_cast<int64_t>(communities_.size()), [&](int64_t u) {
    Local& local = *locals_[u];
    if (!local.search) return;
    const Community& own = communities_[u];
    std::vector<int32_t> order(own.place.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
      if (own.pinned[a] != own.pinned[b]) return own.pinned[a] > own.pinned[b];
      return weight(u, a) > weight(u, b);
    });
    order.resize(counts[u]);
    local.search->StartFrom(std::move(order));
  });
}

// Stewards come, go or change community while that is a gain.
void ChoiceSearch::Trade(const std::function<bool()>& stop) {
  const size_t count = locals_.size();
  std::vector<Change> removal(count);
  std::vector<Change> addition(count);
  const auto look = [&](int64_t u) {
    if (stop()) return;
    Local& local = *locals_[u];
    removal[u] = local.count() > communities_[u].least_count ? local.BestRemoval(stop) : Change{};
    addition[u] = local.count() < communities_[u].most_count ? local.BestAddition(stop) : Change{};
  };
  if (!exchange_) {
    ParallelFor(threads_, static_cast<int64_t>(count), [&](int64_t u) {
      const size_t most = communities_[u].place.size();
      for (size_t k = 0; k < most && !stop(); ++k) {
        look(u);
        const Change& best = removal[u].cost < addition[u].cost ? removal[u] : addition[u];
        if (best.cost >= -kLeastSaving) break;
        locals_[u]->Apply(best);
      }
    });
    return;
  }
  ParallelFor(threads_, static_cast<int64_t>(count), look);
  for (size_t k = 0; k < 2 * count && !stop(); ++k) {
    size_t from = count;
    size_t to = count;
    double best = -kLeastSaving;
    for (size_t u = 0; u < count; ++u) {
      if (removal[u].place < 0) continue;
      for (size_t v = 0; v < count; ++v) {
        if (v == u || addition[v].place < 0 || removal[u].cost + addition[v].cost >= best) continue;
        best = removal[u].cost + addition[v].cost;
        from = u;
        to = v;
      }
    }
    if (from == count) break;
    locals_[from]->Apply(removal[from]);
    locals_[to]->Apply(addition[to]);
    ParallelFor(threads_, 2, [&](int64_t side) { look(static_cast<int64_t>(side == 0 ? from : to)); });
  }
}

void ChoiceSearch::Run(int64_t work, double before, double share, Pace& pace) {
  double households = 0;
  std::vector<size_t> order;
  for (size_t u = 0; u < communities_.size(); ++u) {
    households += static_cast<double>(communities_[u].households.size());
    if (locals_[u]->search) order.push_back(u);
  }
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return communities_[a].households.size() > communities_[b].households.size();
  });
  const auto pieces = static_cast<int64_t>(order.size());
  const int at_once = static_cast<int>(std::min<int64_t>(threads_, std::max<int64_t>(1, pieces)));
  double done = before;
  for (const auto& annealing : kAnnealings) {
    std::atomic<int64_t> finished{0};
    ParallelFor(threads_, pieces, [&](int64_t k) {
      const size_t u = order[k];
      const double own = annealing.share * static_cast<double>(communities_[u].households.size()) / households;
      const double others = annealing.share * static_cast<double>(finished.load()) / households;
      const Pace::Window window = pace.Open(done + share * others, share * own, at_once);
      locals_[u]->search->Anneal(static_cast<int64_t>(static_cast<double>(work) * own), annealing.temperature,
                                 [&](double fraction) { return window(fraction); });
      locals_[u]->search->Polish();
      locals_[u]->search->Relocate(static_cast<int64_t>(communities_[u].place.size()), [&] { return pace.Ended(); });
      finished += static_cast<int64_t>(communities_[u].households.size());
    });
    done += share * annealing.share;
    if (!fixed_) Trade([&] { return pace.Ended(); });
  }
  ParallelFor(threads_, pieces, [&](int64_t k) { locals_[order[k]]->search->Polish(); });
}

std::vector<int32_t> ChoiceSearch::Chosen() const {
  std::vector<int32_t> all;
  for (const auto& local : locals_) {
    for (const int32_t j : local->search ? local->search->centres() : local->chosen) {
      all.push_back(local->community.candidates[j]);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

double ChoiceSearch::cost() const {
  double cost = 0;
  for (const auto& local : locals_) {
    if (local->search) cost += local->search->cost();
    for (const int32_t j : local->chosen) cost += local->community.opening[j];
  }
  return cost;
}

std::vector<double> ChoiceSearch::ServedAt(size_t households) const {
  std::vector<double> served_at(households, 0);
  for (const auto& local : locals_) {
    if (!local->search) continue;
    const Community& own = local->community;
    for (size_t h = 0; h < own.households.size(); ++h) {
      const int32_t centre = local->search->centres()[local->search->cluster_of()[h]];
      served_at[own.households[h]] = Distance(own.home[h], own.place[centre], DistanceRule::kCentimetre);
    }
  }
  return served_at;
}

int64_t ChoiceSearch::regions() const {
  return std::accumulate(locals_.begin(), locals_.end(), int64_t{0}, [](int64_t sum, const auto& local) {
    return sum + (local->search ? local->search->regions() : 0);
  });
}

}  // namespace lianhu::districting::internal
