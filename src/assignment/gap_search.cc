#include "assignment/gap_search.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "base/infinity.h"

namespace lianhu::assignment::internal {
namespace {

constexpr double kEpsilon = 1e-7;

// Penalties: the factor for an agent outside his bounds after a round that touched him, and for one within.
constexpr double kRise = 1.15;
constexpr double kFall = 0.999;
// Rounds of repair before the search, and the factor in each.
constexpr int kRepairs = 60;
constexpr double kRepairRise = 1.4;
constexpr double kMostPenalty = 1e4;  // times the least

// The first temperature of the annealing rule, as a share of an item's mean cost.
constexpr double kFirstTemperature = 0.005;

// Items that a round disturbs.
constexpr int kLeastDisturbed = 1;
constexpr int kMostDisturbed = 3;

}  // namespace

GapSearch::GapSearch(const GapModel& model, std::vector<double> price, uint64_t seed, KeepGoing keep_going)
    : model_(model), price_(std::move(price)), random_(seed), keep_going_(std::move(keep_going)) {
  double cost = 0;
  double weight = 1;
  for (const GapModel::Arc& arc : model.arcs) {
    cost += std::abs(static_cast<double>(arc.cost));
    weight += static_cast<double>(arc.weight);
  }
  const double unit = std::max(1.0, cost / weight);
  for (int32_t i = 0; i < model.agents; ++i) {
    least_penalty_.push_back(std::abs(price_[i]) + 0.05 * unit);
    penalty_.push_back(2 * std::abs(price_[i]) + 0.5 * unit);
  }
  arc_of_.assign(model.items, -1);
  load_.assign(model.agents, 0);
  members_.resize(model.agents);
  place_.assign(model.items, -1);
  violating_place_.assign(model.agents, -1);
  queued_.assign(model.items, 0);
  is_touched_.assign(model.agents, 0);
  arc_to_.assign(model.agents, -1);
  in_chain_.assign(model.items, 0);
}

void GapSearch::NoteViolation(int32_t i) {
  const bool now = Violates(i);
  int32_t& place = violating_place_[i];
  if (now == (place >= 0)) return;
  if (now) {
    place = static_cast<int32_t>(violating_.size());
    violating_.push_back(i);
    return;
  }
  violating_[place] = violating_.back();
  violating_place_[violating_.back()] = place;
  violating_.pop_back();
  place = -1;
}

// Takes item h from its arc, if any, and gives it another.
void GapSearch::Reassign(int32_t h, int32_t arc) {
  const int32_t old = arc_of_[h];
  if (logging_) undo_.push_back({h, old});
  const auto touch = [&](int32_t i) {
    NoteViolation(i);
    if (is_touched_[i] == 0) {
      is_touched_[i] = 1;
      touched_.push_back(i);
    }
  };
  if (old >= 0) {
    const GapModel::Arc& from = model_.arcs[old];
    cost_ += Change(from.agent, -from.weight) - static_cast<double>(from.cost);
    plain_cost_ -= from.cost;
    load_[from.agent] -= from.weight;
    std::vector<int32_t>& members = members_[from.agent];
    members[place_[h]] = members.back();
    place_[members.back()] = place_[h];
    members.pop_back();
    touch(from.agent);
  }
  const GapModel::Arc& to = model_.arcs[arc];
  cost_ += Change(to.agent, to.weight) + static_cast<double>(to.cost);
  plain_cost_ += to.cost;
  load_[to.agent] += to.weight;
  place_[h] = static_cast<int32_t>(members_[to.agent].size());
  members_[to.agent].push_back(h);
  arc_of_[h] = arc;
  touch(to.agent);
  if (found_ && changed_.size() <= arc_of_.size()) changed_.push_back(h);
}

void GapSearch::Queue(int32_t h) {
  if (queued_[h] != 0) return;
  queued_[h] = 1;
  queue_.push_back(h);
}

void GapSearch::QueueAgent(int32_t i) {
  for (const int32_t h : members_[i]) Queue(h);
}

void GapSearch::Start(const ArcOf& plan) {
  std::fill(load_.begin(), load_.end(), 0);
  for (auto& members : members_) members.clear();
  std::fill(arc_of_.begin(), arc_of_.end(), -1);
  std::fill(violating_place_.begin(), violating_place_.end(), -1);
  violating_.clear();
  cost_ = 0;
  plain_cost_ = 0;
  for (int32_t i = 0; i < model_.agents; ++i) {
    cost_ += Penalty(i, 0);
    NoteViolation(i);
  }
  for (int32_t h = 0; h < model_.items; ++h) Reassign(h, plan[h]);
  for (int32_t h = 0; h < model_.items; ++h) Queue(h);
  Improve();
  AdaptPenalties();
  Repair();
}

// Raises the penalties of agents outside their bounds, far faster than rounds do, and moves what that makes worth
// moving.
void GapSearch::Repair() {
  for (int k = 0; k < kRepairs && !violating_.empty() && keep_going_(); ++k) {
    const std::vector<int32_t> agents = violating_;
    for (const int32_t i : agents) {
      SetPenalty(i, penalty_[i] * kRepairRise);
      QueueAgent(i);
      if (load_[i] >= model_.minimum[i]) continue;
      for (int64_t a = model_.agent_begin[i]; a < model_.agent_begin[i + 1]; ++a) {
        Queue(model_.arcs[model_.agent_arcs[a]].item);
      }
    }
    Improve();
  }
}

void GapSearch::SetPenalty(int32_t i, double penalty) {
  cost_ -= Penalty(i, load_[i]);
  penalty_[i] = std::clamp(penalty, least_penalty_[i], kMostPenalty * least_penalty_[i]);
  cost_ += Penalty(i, load_[i]);
}

void GapSearch::Construct(const std::vector<int32_t>& fixed) {
  ArcOf plan(model_.items, -1);
  std::vector<int64_t> load(model_.agents, 0);
  const auto value = [&](int32_t a) {
    const GapModel::Arc& arc = model_.arcs[a];
    return static_cast<double>(arc.cost) + price_[arc.agent] * static_cast<double>(arc.weight);
  };
  for (const int32_t a : fixed) {
    int32_t& at = plan[model_.arcs[a].item];
    if (at < 0 || value(a) < value(at)) at = a;
  }
  for (const int32_t a : plan) {
    if (a >= 0) load[model_.arcs[a].agent] += model_.arcs[a].weight;
  }
  // The rest by what the second choice costs more than the first, dearest first.
  std::vector<std::pair<double, int32_t>> order;
  for (int32_t h = 0; h < model_.items; ++h) {
    if (plan[h] >= 0) continue;
    double first = kInfinity;
    double second = kInfinity;
    for (int64_t a = model_.item_begin[h]; a < model_.item_begin[h + 1]; ++a) {
      const double v = value(static_cast<int32_t>(a));
      second = std::min(second, std::max(first, v));
      first = std::min(first, v);
    }
    order.emplace_back(second == kInfinity ? -kInfinity : first - second, h);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [regret, h] : order) {
    double least = kInfinity;
    for (int64_t a = model_.item_begin[h]; a < model_.item_begin[h + 1]; ++a) {
      const GapModel::Arc& arc = model_.arcs[a];
      const int64_t over = std::max<int64_t>(0, load[arc.agent] + arc.weight - model_.maximum[arc.agent]);
      const double v = value(static_cast<int32_t>(a)) + penalty_[arc.agent] * static_cast<double>(over);
      if (v < least) {
        least = v;
        plan[h] = static_cast<int32_t>(a);
      }
    }
    load[model_.arcs[plan[h]].agent] += model_.arcs[plan[h]].weight;
  }
  Start(plan);
}

GapSearch::Move GapSearch::BestShiftOrSwap(int32_t h) {
  Move best{.gain = kEpsilon, .arc = -1, .others = 0};
  const GapModel::Arc& at = model_.arcs[arc_of_[h]];
  const int32_t i = at.agent;
  const double leaving = static_cast<double>(at.cost) - Change(i, -at.weight);
  for (int64_t a = model_.item_begin[h]; a < model_.item_begin[h + 1]; ++a) {
    const GapModel::Arc& arc = model_.arcs[a];
    arc_to_[arc.agent] = static_cast<int32_t>(a);
    if (arc.agent == i) continue;
    const double gain = leaving - static_cast<double>(arc.cost) - Change(arc.agent, arc.weight);
    if (gain > best.gain) best = {.gain = gain, .arc = static_cast<int32_t>(a), .others = 0};
  }
  for (int64_t k = model_.agent_begin[i]; k < model_.agent_begin[i + 1]; ++k) {
    const int32_t b = model_.agent_arcs[k];
    const GapModel::Arc& in = model_.arcs[b];
    const GapModel::Arc& out = model_.arcs[arc_of_[in.item]];
    const int32_t a = arc_to_[out.agent];
    if (out.agent == i || a < 0) continue;
    const GapModel::Arc& arc = model_.arcs[a];
    const auto saved = static_cast<double>(at.cost - arc.cost + out.cost - in.cost);
    if (saved <= best.gain && violating_.empty()) continue;
    const double gain = saved - Change(i, in.weight - at.weight) - Change(out.agent, arc.weight - out.weight);
    if (gain > best.gain) {
      best = {.gain = gain, .arc = a, .others = 1};
      chain_[0] = b;
    }
  }
  evaluations_ += model_.item_begin[h + 1] - model_.item_begin[h];
  evaluations_ += model_.agent_begin[i + 1] - model_.agent_begin[i];
  for (int64_t a = model_.item_begin[h]; a < model_.item_begin[h + 1]; ++a) arc_to_[model_.arcs[a].agent] = -1;
  return best;
}

// Loads are changed step by step and put back at the end; the caller applies the move.
GapSearch::Move GapSearch::BestChain(int32_t h) {
  Move best{.gain = kEpsilon, .arc = -1, .others = 0};
  const GapModel::Arc& at = model_.arcs[arc_of_[h]];
  int32_t hole = at.agent;
  double gain = static_cast<double>(at.cost) - Change(hole, -at.weight);
  load_[hole] -= at.weight;
  in_chain_[h] = 1;
  int length = 0;
  while (length < kChain) {
    double least = kInfinity;
    int32_t next = -1;
    for (int64_t k = model_.agent_begin[hole]; k < model_.agent_begin[hole + 1]; ++k) {
      const int32_t b = model_.agent_arcs[k];
      const GapModel::Arc& in = model_.arcs[b];
      const GapModel::Arc& out = model_.arcs[arc_of_[in.item]];
      if (in_chain_[in.item] != 0 || out.agent == hole) continue;
      const double value = static_cast<double>(in.cost - out.cost) + price_[hole] * static_cast<double>(in.weight) -
                           price_[out.agent] * static_cast<double>(out.weight);
      if (value >= least) continue;
      const double with_penalty = value + Change(hole, in.weight);
      if (with_penalty < least) {
        least = with_penalty;
        next = b;
      }
    }
    evaluations_ += model_.agent_begin[hole + 1] - model_.agent_begin[hole];
    if (next < 0) break;
    const GapModel::Arc& in = model_.arcs[next];
    const GapModel::Arc& out = model_.arcs[arc_of_[in.item]];
    gain += static_cast<double>(out.cost - in.cost) - Change(hole, in.weight) - Change(out.agent, -out.weight);
    load_[hole] += in.weight;
    load_[out.agent] -= out.weight;
    in_chain_[in.item] = 1;
    chain_[length++] = next;
    hole = out.agent;
    for (int64_t a = model_.item_begin[h]; a < model_.item_begin[h + 1]; ++a) {
      const GapModel::Arc& arc = model_.arcs[a];
      const double all = gain - static_cast<double>(arc.cost) - Change(arc.agent, arc.weight);
      if (all > best.gain) best = {.gain = all, .arc = static_cast<int32_t>(a), .others = length};
    }
    evaluations_ += model_.item_begin[h + 1] - model_.item_begin[h];
    if (best.arc >= 0) break;
  }
  for (int k = 0; k < length; ++k) {
    const GapModel::Arc& in = model_.arcs[chain_[k]];
    const GapModel::Arc& out = model_.arcs[arc_of_[in.item]];
    load_[in.agent] -= in.weight;
    load_[out.agent] += out.weight;
    in_chain_[in.item] = 0;
  }
  load_[at.agent] += at.weight;
  in_chain_[h] = 0;
  return best;
}

void GapSearch::Improve() {
  for (size_t head = 0; head < queue_.size(); ++head) {
    const int32_t h = queue_[head];
    queued_[h] = 0;
    if (head % 1024 == 1023 && !keep_going_()) break;
    for (int tries = 0; tries < 8; ++tries) {
      Move move = BestShiftOrSwap(h);
      if (move.arc < 0) move = BestChain(h);
      if (move.arc < 0) break;
      for (int k = 0; k < move.others; ++k) {
        const int32_t item = model_.arcs[chain_[k]].item;
        Reassign(item, chain_[k]);
        Queue(item);
      }
      Reassign(h, move.arc);
      if (violating_.empty()) Record();
    }
    if (head > 4096 && head * 2 > queue_.size()) {
      queue_.erase(queue_.begin(), queue_.begin() + static_cast<int64_t>(head) + 1);
      head = static_cast<size_t>(-1);
    }
  }
  for (const int32_t h : queue_) queued_[h] = 0;
  queue_.clear();
  if (violating_.empty()) Record();
}

void GapSearch::Record() {
  if (found_ && plain_cost_ >= best_cost_) return;
  if (!found_ || changed_.size() > arc_of_.size()) {
    best_ = arc_of_;
  } else {
    for (const int32_t h : changed_) best_[h] = arc_of_[h];
  }
  changed_.clear();
  found_ = true;
  best_cost_ = plain_cost_;
}

// The cheaper, by cost plus price, of two arcs of h drawn at random.
int32_t GapSearch::RandomArc(int32_t h) {
  const int64_t begin = model_.item_begin[h];
  const int64_t size = model_.item_begin[h + 1] - begin;
  int32_t best = -1;
  double least = kInfinity;
  for (int k = 0; k < 3; ++k) {
    const auto a = static_cast<int32_t>(begin + random_.Below(size));
    const GapModel::Arc& arc = model_.arcs[a];
    const double value = static_cast<double>(arc.cost) + price_[arc.agent] * static_cast<double>(arc.weight);
    if (a != arc_of_[h] && value < least) {
      least = value;
      best = a;
    }
  }
  return best;
}

void GapSearch::Disturb() {
  auto h = static_cast<int32_t>(random_.Below(model_.items));
  if (!violating_.empty() && random_.Below(2) == 0) {
    const int32_t i = violating_[random_.Below(static_cast<int64_t>(violating_.size()))];
    if (!members_[i].empty()) h = members_[i][random_.Below(static_cast<int64_t>(members_[i].size()))];
  }
  const int32_t count = random_.Between(kLeastDisturbed, kMostDisturbed);
  for (int32_t k = 0; k < count; ++k) {
    const int32_t arc = RandomArc(h);
    if (arc < 0) return;
    Reassign(h, arc);
    const std::vector<int32_t>& there = members_[model_.arcs[arc].agent];
    h = there[random_.Below(static_cast<int64_t>(there.size()))];
  }
}

void GapSearch::AdaptPenalties() {
  for (const int32_t i : touched_) {
    is_touched_[i] = 0;
    SetPenalty(i, penalty_[i] * (Violates(i) ? kRise : kFall));
  }
  touched_.clear();
}

void GapSearch::Run(int64_t evaluations, double target, const std::function<double(double)>& done) {
  double mean = 0;
  for (int32_t h = 0; h < model_.items; ++h) mean += std::abs(static_cast<double>(model_.arcs[arc_of_[h]].cost));
  mean /= std::max(1, model_.items);
  const int64_t begin = evaluations_;
  int64_t rounds = 0;
  while (evaluations_ - begin < evaluations && !(found_ && static_cast<double>(best_cost_) <= target)) {
    if (rounds++ % 64 == 0) {
      if (!keep_going_()) return;
      const double share = static_cast<double>(evaluations_ - begin) / static_cast<double>(evaluations);
      temperature_ = kFirstTemperature * mean * std::max(0.0, 1 - done(share));
    }

    const double before = cost_;
    undo_.clear();
    logging_ = true;
    Disturb();
    for (size_t k = 0; k < touched_.size(); ++k) QueueAgent(touched_[k]);
    Improve();
    logging_ = false;
    if (cost_ > before - temperature_ * std::log(random_.Real() + 1e-12)) {
      for (size_t k = undo_.size(); k-- > 0;) Reassign(undo_[k].item, undo_[k].arc);
      cost_ = before;
    }
    AdaptPenalties();
    ++evaluations_;
  }
}

}  // namespace lianhu::assignment::internal
