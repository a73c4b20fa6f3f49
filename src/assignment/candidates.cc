#include "assignment/candidates.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "assignment/pair_costs.h"
#include "lianhu/base/parallel.h"

namespace lianhu::assignment::internal {

namespace {

constexpr int64_t kNothing = std::numeric_limits<int64_t>::max();

// Beyond this margin nothing is left to find: the greatest cost there is.
constexpr int64_t kGreatestMargin = int64_t{1} << 32;

// With pair conditions, stewards in view for each candidate wanted, at which the margin is wide enough.
constexpr int kEnoughInView = 16;

}  // namespace

// One worker's buffers: the stewards that can matter to a group, in columns.
struct CandidateFinder::Scratch {
  std::vector<int32_t> found;
  std::vector<double> x;
  std::vector<double> y;
  std::vector<int64_t> price;
  std::vector<int32_t> offset;  // empty: none
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

  // The same with offsets, and with value kNothing where the distance is beyond `max_cost`.
  int64_t EvaluateWithin(Point site, int64_t max_cost) {
    PairCosts(site, x.data(), y.data(), count(), cost.data());
    int64_t least = kNothing;
    for (int k = 0; k < count(); ++k) {
      const bool near = cost[k] <= max_cost;
      if (!offset.empty()) cost[k] += offset[k];
      value[k] = near ? cost[k] + price[k] : kNothing;
      least = std::min(least, value[k]);
    }
    return least;
  }
};

CandidateFinder::CandidateFinder(Network& network, int threads, RunContext& context)
    : network_(network),
      threads_(threads),
      context_(context),
      ruled_(network.rules.HasLists() || network.rules.max_cost != PairRules::kNoLimit || !network.offset.empty()),
      unlisted_(network.HasUnlistedPairs()),
      shown_price_(network.offset.begin(), network.offset.end()),
      tree_(network.steward, absl::MakeConstSpan(network.offset.empty() ? network.price : shown_price_)
                                 .subspan(0, network.steward.size())) {}

void CandidateFinder::RefreshTree() {
  for (size_t j = 0; j < shown_price_.size(); ++j) shown_price_[j] = network_.price[j] + network_.offset[j];
  tree_.Refresh();
}

void CandidateFinder::LoadStewards(Scratch& scratch) const {
  const size_t count = scratch.found.size();
  scratch.x.resize(count);
  scratch.y.resize(count);
  scratch.price.resize(count);
  scratch.cost.resize(count);
  scratch.value.resize(count);
  scratch.offset.resize(network_.offset.empty() ? 0 : count);
  for (size_t k = 0; k < count; ++k) {
    const int32_t j = scratch.found[k];
    scratch.x[k] = network_.steward[j].x;
    scratch.y[k] = network_.steward[j].y;
    scratch.price[k] = network_.price[j];
    if (!network_.offset.empty()) scratch.offset[k] = network_.offset[j];
  }
}

Box CandidateFinder::GroupBox(int32_t group) const {
  Box box;
  const int32_t end = std::min(network_.sites(), (group + 1) * kGroup);
  for (int32_t s = group * kGroup; s < end; ++s) box.Add(network_.site[s]);
  return box;
}

int32_t CandidateFinder::CostOf(int32_t s, int32_t j) const {
  return static_cast<int32_t>(PairCost(network_.site[s], network_.steward[j])) + network_.Offset(j);
}

template <typename Skip>
Network::Arc CandidateFinder::FindBest(int32_t s, const Skip& skip) const {
  const PairRules& rules = network_.rules;
  Network::Arc best{.steward = -1, .cost = 0};
  int64_t least = kNothing;
  for (const PairRules::Listed& entry : rules.ListedOf(s)) {
    if (entry.cost == PairRules::kForbidden || skip(entry.steward)) continue;
    if (const int64_t value = entry.cost + network_.price[entry.steward]; value < least) {
      least = value;
      best = {entry.steward, entry.cost};
    }
  }
  if (rules.ListedOnly(s)) return best;
  const auto pass = [&](int32_t j) { return skip(j) || rules.Find(s, j) != nullptr; };
  const int32_t j = tree_.FindBelow(network_.site[s], least, pass, rules.max_cost).index;
  return j < 0 ? best : Network::Arc{j, CostOf(s, j)};
}

void CandidateFinder::AddListedCandidates(int32_t s, int32_t per_site, std::vector<Network::Arc>& arcs) const {
  const size_t start = arcs.size();
  for (const PairRules::Listed& entry : network_.rules.ListedOf(s)) {
    if (entry.cost != PairRules::kForbidden) arcs.push_back({entry.steward, entry.cost});
  }
  if (arcs.size() - start <= static_cast<size_t>(per_site)) return;
  const auto first = arcs.begin() + static_cast<std::ptrdiff_t>(start);
  const auto better = [&](const Network::Arc& a, const Network::Arc& b) {
    const int64_t va = a.cost + network_.price[a.steward];
    const int64_t vb = b.cost + network_.price[b.steward];
    return va != vb ? va < vb : a.steward < b.steward;
  };
  std::nth_element(first, first + per_site, arcs.end(), better);
  arcs.resize(start + static_cast<size_t>(per_site));
  std::sort(first, arcs.end(), [](const Network::Arc& a, const Network::Arc& b) { return a.steward < b.steward; });
}

void CandidateFinder::AddCandidates(int32_t s, int32_t per_site, int64_t margin, Scratch& scratch,
                                    std::vector<Network::Arc>& arcs) const {
  const PairRules& rules = network_.rules;
  if (rules.ListedOnly(s)) return AddListedCandidates(s, per_site, arcs);
  const size_t start = arcs.size();
  const absl::Span<const PairRules::Listed> listed = rules.ListedOf(s);
  int64_t least = scratch.EvaluateWithin(network_.site[s], rules.max_cost);
  for (const PairRules::Listed& entry : listed) {
    if (entry.cost != PairRules::kForbidden) least = std::min(least, entry.cost + network_.price[entry.steward]);
  }
  if (least != kNothing) {
    const int64_t limit = least + margin;
    for (int k = 0; k < scratch.count(); ++k) {
      if (scratch.value[k] <= limit && rules.Find(s, scratch.found[k]) == nullptr) {
        arcs.push_back({scratch.found[k], scratch.cost[k]});
      }
    }
    for (const PairRules::Listed& entry : listed) {
      if (entry.cost == PairRules::kForbidden || entry.cost + network_.price[entry.steward] > limit) continue;
      arcs.push_back({entry.steward, entry.cost});
    }
  }
  if (arcs.size() > start) return;
  // All that is in view is forbidden or too far.
  const Network::Arc best = FindBest(s, [](int32_t) { return false; });
  if (best.steward >= 0) arcs.push_back(best);
}

void CandidateFinder::IndexListedSites() {
  if (!listed_begin_.empty()) return;
  const PairRules& rules = network_.rules;
  listed_begin_.assign(network_.bounds.size() + 1, 0);
  for (const PairRules::Listed& entry : rules.listed) {
    if (entry.cost != PairRules::kForbidden) ++listed_begin_[entry.steward + 1];
  }
  for (size_t j = 1; j < listed_begin_.size(); ++j) listed_begin_[j] += listed_begin_[j - 1];
  listed_sites_.resize(listed_begin_.back());
  std::vector<int64_t> next(listed_begin_.begin(), listed_begin_.end() - 1);
  for (int32_t s = 0; rules.HasLists() && s < network_.sites(); ++s) {
    for (const PairRules::Listed& entry : rules.ListedOf(s)) {
      if (entry.cost != PairRules::kForbidden) listed_sites_[next[entry.steward]++] = {s, entry.cost};
    }
  }
}

Network::Candidates CandidateFinder::BuildChunk(int32_t chunk, int32_t per_site) const {
  Network::Candidates lists;
  Scratch scratch;
  std::vector<int32_t> keep;
  const int32_t enough = std::min<int32_t>(per_site, static_cast<int32_t>(network_.steward.size()));
  int64_t margin = 1000;  // cm beyond the best that a candidate may lie; follows the density of the map
  const int32_t last = std::min(Groups(), (chunk + 1) * kChunk);
  const size_t sites = size_t{kGroup} * (last - chunk * kChunk);
  lists.sizes.reserve(sites);
  lists.arcs.reserve(sites * per_site * 5 / 4);  // what goes beyond is rare
  for (int32_t group = chunk * kChunk; group < last; ++group) {
    if (context_.cancelled()) return {};
    const Box box = GroupBox(group);
    const int64_t radius = static_cast<int64_t>(50.0 * std::hypot(box.high.x - box.low.x, box.high.y - box.low.y)) + 1;
    const int64_t middle = tree_.FindNearest(box.Middle(), [](int32_t) { return false; }).value;
    while (unlisted_) {
      tree_.Collect(box, middle + radius + margin, scratch.found);
      if (scratch.count() >= enough) break;
      margin += margin / 2;
    }
    LoadStewards(scratch);

    int64_t kept = 0;
    const int32_t begin = group * kGroup;
    const int32_t end = std::min(network_.sites(), begin + kGroup);
    for (int32_t s = begin; s < end; ++s) {
      const size_t start = lists.arcs.size();
      if (ruled_) {
        AddCandidates(s, per_site, margin, scratch, lists.arcs);
      } else {
        const int64_t limit = scratch.Evaluate(network_.site[s]) + margin;
        for (int k = 0; k < scratch.count(); ++k) {
          if (scratch.value[k] <= limit) lists.arcs.push_back({scratch.found[k], scratch.cost[k]});
        }
      }
      kept += static_cast<int64_t>(lists.arcs.size() - start);
      if (network_.left_over >= 0) lists.arcs.push_back({network_.left_over, -network_.rules.Base(s)});
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
    if (kept < int64_t{end - begin} * per_site * 3 / 4 && margin < kGreatestMargin &&
        !(ruled_ && scratch.count() > kEnoughInView * per_site)) {
      margin += margin / 5;
    }
  }
  return lists;
}

void CandidateFinder::RebuildLists(int32_t per_site) {
  RefreshTree();
  const int32_t chunks = (Groups() + kChunk - 1) / kChunk;
  std::vector<Network::Candidates> parts(chunks);
  ParallelFor(threads_, chunks, [&](int64_t c) { parts[c] = BuildChunk(static_cast<int32_t>(c), per_site); });
  if (context_.cancelled()) return;
  network_.ReplaceLists(std::move(parts), threads_, context_);
}

void CandidateFinder::PriceRuledSite(int32_t s, int64_t value, Scratch& scratch, std::vector<NewArc>& fresh) const {
  const PairRules& rules = network_.rules;
  for (const PairRules::Listed& entry : rules.ListedOf(s)) {
    if (entry.cost == PairRules::kForbidden || entry.cost + network_.price[entry.steward] >= value) continue;
    fresh.push_back({s, {entry.steward, entry.cost}});
  }
  if (rules.ListedOnly(s) || scratch.EvaluateWithin(network_.site[s], rules.max_cost) >= value) return;
  for (int k = 0; k < scratch.count(); ++k) {
    if (scratch.value[k] < value && rules.Find(s, scratch.found[k]) == nullptr) {
      fresh.push_back({s, {scratch.found[k], scratch.cost[k]}});
    }
  }
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
    if (unlisted_) tree_.Collect(GroupBox(group), limit, scratch.found, network_.rules.max_cost);
    LoadStewards(scratch);
    for (int32_t s = begin; s < end; ++s) {
      const int64_t value = network_.SiteValue(s);
      if (ruled_) {
        PriceRuledSite(s, value, scratch, fresh);
        continue;
      }
      if (scratch.Evaluate(network_.site[s]) >= value) continue;
      for (int k = 0; k < scratch.count(); ++k) {
        if (scratch.value[k] < value) fresh.push_back({s, {scratch.found[k], scratch.cost[k]}});
      }
    }
  }
  return fresh;
}

// Of the arcs from `start` on, keeps the one of least value.
void CandidateFinder::KeepBest(size_t start, std::vector<NewArc>& arcs) const {
  const auto value = [&](const NewArc& fresh) { return fresh.arc.cost + network_.price[fresh.arc.steward]; };
  for (size_t k = start + 1; k < arcs.size(); ++k) {
    if (value(arcs[k]) < value(arcs[start])) arcs[start] = arcs[k];
  }
  arcs.resize(std::min(arcs.size(), start + 1));
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
    if (unlisted_) tree_.Collect(GroupBox(group), limit, scratch.found, network_.rules.max_cost);
    LoadStewards(scratch);
    for (int32_t s = begin; s < end; ++s) {
      if (ruled_) {
        const size_t start = fresh.size();
        PriceRuledSite(s, network_.SiteValue(s), scratch, fresh);
        KeepBest(start, fresh);
        continue;
      }
      const int64_t least = scratch.Evaluate(network_.site[s]);
      if (least >= network_.SiteValue(s)) continue;
      int k = 0;
      while (scratch.value[k] != least) ++k;
      fresh.push_back({s, {scratch.found[k], scratch.cost[k]}});
    }
  }
  return fresh;
}

int64_t CandidateFinder::LeastValue(int32_t s) const {
  const Network::Arc best = FindBest(s, [](int32_t) { return false; });
  return best.steward < 0 ? kNothing : best.cost + network_.price[best.steward];
}

int64_t CandidateFinder::DualBound() {
  RefreshTree();
  const int32_t batches = (Groups() + kBatch - 1) / kBatch;
  std::vector<int64_t> parts(batches, 0);
  ParallelFor(threads_, batches, [&](int64_t batch) {
    if (context_.cancelled()) return;
    Scratch scratch;
    const int32_t last = std::min(Groups(), (static_cast<int32_t>(batch) + 1) * kBatch);
    for (int32_t group = static_cast<int32_t>(batch) * kBatch; group < last; ++group) {
      const int32_t begin = group * kGroup;
      const int32_t end = std::min(network_.sites(), begin + kGroup);
      int64_t limit = std::numeric_limits<int64_t>::min();
      for (int32_t s = begin; s < end; ++s) limit = std::max(limit, network_.Value(network_.BestArc(s)));
      if (!ruled_) {
        tree_.Collect(GroupBox(group), limit, scratch.found);
        LoadStewards(scratch);
      }
      for (int32_t s = begin; s < end; ++s) {
        const int64_t listed = network_.Value(network_.BestArc(s));
        parts[batch] +=
            network_.supply[s] * std::min(listed, ruled_ ? LeastValue(s) : scratch.Evaluate(network_.site[s]));
      }
    }
  });
  int64_t bound = std::accumulate(parts.begin(), parts.end(), int64_t{0});
  for (int32_t j = 0; j < network_.stewards(); ++j) {
    const int64_t price = network_.price[j];
    bound -= price * (price > 0 ? network_.bounds[j].max : network_.bounds[j].min);
  }
  return bound;
}

int64_t CandidateFinder::AddBestArcs(int32_t& cursor, int64_t enough) {
  constexpr int32_t kBatches = 8;  // priced between two looks at how many there are
  RefreshTree();
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
  RefreshTree();
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
  RefreshTree();
  std::vector<bool> inside(network_.bounds.size(), false);
  for (const int32_t j : stewards) inside[j] = true;
  std::vector<NewArc> fresh;
  for (const int32_t i : stewards) {
    for (const Network::Link& link : network_.holdings(i)) {
      const Network::Arc arc = FindBest(link.site, [&](int32_t j) { return inside[j]; });
      if (arc.steward >= 0 && !network_.HasArc(link.site, arc.steward)) fresh.push_back({link.site, arc});
    }
  }
  for (const NewArc& arc : fresh) {
    if (!network_.HasArc(arc.site, arc.arc.steward)) network_.AddArc(arc.site, arc.arc);
  }
  for (const NewArc& arc : fresh) network_.Restore(arc.site);
  return static_cast<int64_t>(fresh.size());
}

template <typename Held>
void CandidateFinder::AddListedArcsInto(int32_t steward, size_t count, const Held& held_inside,
                                        std::vector<int32_t>& touched) {
  struct Choice {
    int64_t value;
    Network::Link link;
  };
  std::vector<Choice> choices;
  for (int64_t k = listed_begin_[steward]; k < listed_begin_[steward + 1]; ++k) {
    const Network::Link& link = listed_sites_[k];
    if (network_.HasArc(link.site, steward) || held_inside(link.site)) continue;
    choices.push_back({link.cost - network_.SiteValue(link.site), link});
  }
  const size_t kept = std::min(count, choices.size());
  std::partial_sort(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(kept), choices.end(),
                    [](const Choice& a, const Choice& b) {
                      return a.value != b.value ? a.value < b.value : a.link.site < b.link.site;
                    });
  for (size_t k = 0; k < kept; ++k) {
    network_.AddArc(choices[k].link.site, {steward, choices[k].link.cost});
    touched.push_back(choices[k].link.site);
  }
}

int64_t CandidateFinder::AddArcsInto(const std::vector<int32_t>& stewards) {
  constexpr int kArcsEach = 4;
  const PairRules& rules = network_.rules;
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
    if (j == network_.left_over || !unlisted_) continue;
    for (int k = 0; k < kArcsEach; ++k) {
      const auto skip = [&](int32_t s) {
        return network_.HasArc(s, j) || held_inside(s) || rules.ListedOnly(s) || rules.Find(s, j) != nullptr;
      };
      const int32_t s = site_tree_.FindNearest(network_.steward[j], skip, rules.max_cost).index;
      if (s < 0) break;
      network_.AddArc(s, {j, CostOf(s, j)});
      touched.push_back(s);
    }
  }
  if (rules.HasLists()) {
    IndexListedSites();
    for (const int32_t j : stewards) AddListedArcsInto(j, kArcsEach, held_inside, touched);
  }
  for (const int32_t s : touched) network_.Restore(s);
  return static_cast<int64_t>(touched.size());
}

}  // namespace lianhu::assignment::internal
