#include "assignment/candidates.h"

#include <algorithm>
#include <cmath>

#include "assignment/pair_costs.h"
#include "lianhu/base/parallel.h"

namespace lianhu::assignment::internal {

// One worker's buffers: the stewards that can matter to a group, in columns.
struct CandidateFinder::Scratch {
  std::vector<int32_t> found;
  std::vector<double> x;
  std::vector<double> y;
  std::vector<int64_t> price;
  std::vector<int32_t> cost;
  std::vector<int64_t> value;

  int count() const { return static_cast<int>(found.size()); }

  // Fills cost and value for one site; returns the least value.
  int64_t Evaluate(Point site) {
    PairCosts(site, x.data(), y.data(), count(), cost.data());
    int64_t least = std::numeric_limits<int64_t>::max();
    for (int k = 0; k < count(); ++k) {
      value[k] = cost[k] + price[k];
      least = std::min(least, value[k]);
    }
    return least;
  }
};

CandidateFinder::CandidateFinder(Network& network, int threads, RunContext& context)
    : network_(network),
      threads_(threads),
      context_(context),
      tree_(network.steward, absl::MakeConstSpan(network.price).subspan(0, network.steward.size())) {}

void CandidateFinder::LoadStewards(Scratch& scratch) const {
  const size_t count = scratch.found.size();
  scratch.x.resize(count);
  scratch.y.resize(count);
  scratch.price.resize(count);
  scratch.cost.resize(count);
  scratch.value.resize(count);
  for (size_t k = 0; k < count; ++k) {
    const int32_t j = scratch.found[k];
    scratch.x[k] = network_.steward[j].x;
    scratch.y[k] = network_.steward[j].y;
    scratch.price[k] = network_.price[j];
  }
}

Box CandidateFinder::GroupBox(int32_t group) const {
  Box box;
  const int32_t end = std::min(network_.sites(), (group + 1) * kGroup);
  for (int32_t s = group * kGroup; s < end; ++s) box.Add(network_.site[s]);
  return box;
}

int32_t CandidateFinder::CostOf(int32_t s, int32_t j) const {
  return static_cast<int32_t>(PairCost(network_.site[s], network_.steward[j]));
}

CandidateFinder::Lists CandidateFinder::BuildChunk(int32_t chunk, int32_t per_site) const {
  Lists lists;
  Scratch scratch;
  std::vector<int32_t> keep;
  const int32_t enough = std::min<int32_t>(per_site, static_cast<int32_t>(network_.steward.size()));
  int64_t margin = 1000;  // cm beyond the best that a candidate may lie; follows the density of the map
  const int32_t last = std::min(Groups(), (chunk + 1) * kChunk);
  for (int32_t group = chunk * kChunk; group < last; ++group) {
    if (context_.cancelled()) return {};
    const Box box = GroupBox(group);
    const int64_t radius = static_cast<int64_t>(50.0 * std::hypot(box.high.x - box.low.x, box.high.y - box.low.y)) + 1;
    const int64_t middle = tree_.FindNearest(box.Middle(), [](int32_t) { return false; }).value;
    for (;;) {
      tree_.Collect(box, middle + radius + margin, scratch.found);
      if (scratch.count() >= enough) break;
      margin += margin / 2;
    }
    LoadStewards(scratch);

    int64_t kept = 0;
    const int32_t begin = group * kGroup;
    const int32_t end = std::min(network_.sites(), begin + kGroup);
    for (int32_t s = begin; s < end; ++s) {
      const int64_t limit = scratch.Evaluate(network_.site[s]) + margin;
      const size_t start = lists.arcs.size();
      for (int k = 0; k < scratch.count(); ++k) {
        if (scratch.value[k] <= limit) lists.arcs.push_back({scratch.found[k], scratch.cost[k]});
      }
      kept += static_cast<int64_t>(lists.arcs.size() - start);
      if (network_.left_over >= 0) lists.arcs.push_back({network_.left_over, 0});
      if (network_.arc_count() > 0) {
        const Network::List& list = network_.list(s);
        for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
          if (network_.flow(a) == 0) continue;
          const Network::Arc arc = network_.arc(a);
          const auto same = [&](const Network::Arc& other) { return other.steward == arc.steward; };
          if (std::none_of(lists.arcs.begin() + static_cast<std::ptrdiff_t>(start), lists.arcs.end(), same)) {
            lists.arcs.push_back(arc);
          }
        }
      }
      lists.sizes.push_back(static_cast<int32_t>(lists.arcs.size() - start));
    }
    // The next group is a neighbour: aim the margin so that its sites get about `per_site` candidates.
    if (kept > int64_t{end - begin} * per_site * 5 / 4) margin -= margin / 6;
    if (kept < int64_t{end - begin} * per_site * 3 / 4) margin += margin / 5;
  }
  return lists;
}

void CandidateFinder::RebuildLists(int32_t per_site) {
  tree_.Refresh();
  const int32_t chunks = (Groups() + kChunk - 1) / kChunk;
  std::vector<Lists> parts(chunks);
  ParallelFor(threads_, chunks, [&](int64_t c) { parts[c] = BuildChunk(static_cast<int32_t>(c), per_site); });
  if (context_.cancelled()) return;
  if (chunks == 1) {
    network_.ReplaceLists(std::move(parts[0].arcs), parts[0].sizes);
    return;
  }
  Lists all;
  for (Lists& part : parts) {
    all.arcs.insert(all.arcs.end(), part.arcs.begin(), part.arcs.end());
    all.sizes.insert(all.sizes.end(), part.sizes.begin(), part.sizes.end());
    part = {};
  }
  network_.ReplaceLists(std::move(all.arcs), all.sizes);
}

std::vector<CandidateFinder::NewArc> CandidateFinder::PriceChunk(int32_t chunk) const {
  std::vector<NewArc> fresh;
  Scratch scratch;
  const int32_t last = std::min(Groups(), (chunk + 1) * kChunk);
  for (int32_t group = chunk * kChunk; group < last; ++group) {
    if (context_.cancelled()) return {};
    const int32_t begin = group * kGroup;
    const int32_t end = std::min(network_.sites(), begin + kGroup);
    int64_t limit = std::numeric_limits<int64_t>::min();
    for (int32_t s = begin; s < end; ++s) limit = std::max(limit, network_.SiteValue(s));
    tree_.Collect(GroupBox(group), limit, scratch.found);
    LoadStewards(scratch);
    for (int32_t s = begin; s < end; ++s) {
      const int64_t value = network_.SiteValue(s);
      if (scratch.Evaluate(network_.site[s]) >= value) continue;
      for (int k = 0; k < scratch.count(); ++k) {
        if (scratch.value[k] < value) fresh.push_back({s, {scratch.found[k], scratch.cost[k]}});
      }
    }
  }
  return fresh;
}

std::vector<CandidateFinder::NewArc> CandidateFinder::BestOfBatch(int32_t batch) const {
  std::vector<NewArc> fresh;
  Scratch scratch;
  const int32_t last = std::min(Groups(), (batch + 1) * kBatch);
  for (int32_t group = batch * kBatch; group < last; ++group) {
    const int32_t begin = group * kGroup;
    const int32_t end = std::min(network_.sites(), begin + kGroup);
    int64_t limit = std::numeric_limits<int64_t>::min();
    for (int32_t s = begin; s < end; ++s) limit = std::max(limit, network_.SiteValue(s));
    tree_.Collect(GroupBox(group), limit, scratch.found);
    LoadStewards(scratch);
    for (int32_t s = begin; s < end; ++s) {
      const int64_t least = scratch.Evaluate(network_.site[s]);
      if (least >= network_.SiteValue(s)) continue;
      int k = 0;
      while (scratch.value[k] != least) ++k;
      fresh.push_back({s, {scratch.found[k], scratch.cost[k]}});
    }
  }
  return fresh;
}

int64_t CandidateFinder::AddBestArcs(int32_t& cursor, int64_t enough) {
  constexpr int32_t kBatches = 8;  // priced between two looks at how many there are
  tree_.Refresh();
  const int32_t batches = (Groups() + kBatch - 1) / kBatch;
  int64_t added = 0;
  for (int32_t seen = 0; seen < batches && added < enough && !context_.cancelled();) {
    const int32_t count = std::min(kBatches, batches - seen);
    std::vector<std::vector<NewArc>> parts(count);
    ParallelFor(threads_, count, [&](int64_t k) { parts[k] = BestOfBatch((cursor + k) % batches); });
    for (const std::vector<NewArc>& part : parts) {
      for (const NewArc& fresh : part) network_.AddArc(fresh.site, fresh.arc);
      added += static_cast<int64_t>(part.size());
    }
    seen += count;
    cursor = (cursor + count) % batches;
  }
  return added;
}

int64_t CandidateFinder::PriceOut() {
  tree_.Refresh();
  const int32_t chunks = (Groups() + kChunk - 1) / kChunk;
  std::vector<std::vector<NewArc>> parts(chunks);
  ParallelFor(threads_, chunks, [&](int64_t c) { parts[c] = PriceChunk(static_cast<int32_t>(c)); });
  int64_t changed = 0;
  int32_t previous = -1;
  const auto restore = [&](int32_t s) {
    if (s >= 0) network_.Restore(s);
  };
  for (const std::vector<NewArc>& part : parts) {
    for (const NewArc& fresh : part) {
      if (fresh.site != previous) {
        restore(previous);
        ++changed;
        previous = fresh.site;
      }
      network_.AddArc(fresh.site, fresh.arc);
    }
  }
  restore(previous);
  return changed;
}

int64_t CandidateFinder::AddArcsOutOf(const std::vector<int32_t>& stewards) {
  tree_.Refresh();
  std::vector<bool> inside(network_.bounds.size(), false);
  for (const int32_t j : stewards) inside[j] = true;
  std::vector<NewArc> fresh;
  for (const int32_t i : stewards) {
    for (const Network::Link& link : network_.holdings(i)) {
      const int32_t j = tree_.FindNearest(network_.site[link.site], [&](int32_t k) { return inside[k]; }).index;
      if (j >= 0 && !network_.HasArc(link.site, j)) fresh.push_back({link.site, {j, CostOf(link.site, j)}});
    }
  }
  for (const NewArc& arc : fresh) {
    if (!network_.HasArc(arc.site, arc.arc.steward)) network_.AddArc(arc.site, arc.arc);
  }
  for (const NewArc& arc : fresh) network_.Restore(arc.site);
  return static_cast<int64_t>(fresh.size());
}

int64_t CandidateFinder::AddArcsInto(const std::vector<int32_t>& stewards) {
  constexpr int kArcsEach = 4;
  std::vector<bool> inside(network_.bounds.size(), false);
  for (const int32_t j : stewards) inside[j] = true;
  negated_site_values_.resize(network_.site.size());
  for (int32_t s = 0; s < network_.sites(); ++s) negated_site_values_[s] = -network_.SiteValue(s);
  if (site_tree_.empty()) {
    site_tree_ = PriceTree(network_.site, negated_site_values_);
  } else {
    site_tree_.Refresh();
  }
  const auto held_inside = [&](int32_t s) {
    const Network::List& list = network_.list(s);
    for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
      if (network_.flow(a) > 0 && inside[network_.arc(a).steward]) return true;
    }
    return false;
  };
  std::vector<int32_t> touched;
  for (const int32_t j : stewards) {
    if (j == network_.left_over) continue;
    for (int k = 0; k < kArcsEach; ++k) {
      const auto skip = [&](int32_t s) { return network_.HasArc(s, j) || held_inside(s); };
      const int32_t s = site_tree_.FindNearest(network_.steward[j], skip).index;
      if (s < 0) break;
      network_.AddArc(s, {j, CostOf(s, j)});
      touched.push_back(s);
    }
  }
  for (const int32_t s : touched) network_.Restore(s);
  return static_cast<int64_t>(touched.size());
}

}  // namespace lianhu::assignment::internal
