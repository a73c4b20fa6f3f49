#include "scoring/rank_search.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "base/vector_clones.h"
#include "scoring/multiplier_bound.h"
#include "scoring/rival_table.h"

namespace lianhu::scoring {
namespace {

constexpr int32_t kCuts = 4;           // of a box: into 16 parts
constexpr int kPlays = 10;             // of the multipliers in a box
constexpr int32_t kOpenPerRival = 16;  // so many open rivals for each that is needed to give a box up: then they play
constexpr int kSweeps = 6;             // over the weights, of the search for a better point
constexpr int kSteps = 8;              // along one weight
constexpr size_t kCandidates = 4;
constexpr double kSmall = 1e-3;  // in points: who cannot be further ahead has no multiplier
constexpr double kRoom = 1e-6;   // in rivals: what the sum of the multipliers' terms may be wrong by, with room

using Weights = std::vector<double>;

LIANHU_VECTOR_CLONES
int64_t CountFrom(const double* value, int32_t n, double least) {
  int64_t count = 0;
  for (int32_t r = 0; r < n; ++r) count += value[r] >= least ? int64_t{1} : int64_t{0};
  return count;
}

LIANHU_VECTOR_CLONES
int64_t CountMoved(const double* value, const double* column, double shift, int32_t n) {
  int64_t count = 0;
  for (int32_t r = 0; r < n; ++r) count += value[r] + shift * column[r] >= 0 ? int64_t{1} : int64_t{0};
  return count;
}

// Least leads in the half of a box that is on the low side of weights, from those in the whole: `slope` by weight, the
// middle of the half is `quarter` away.
LIANHU_VECTOR_CLONES
void HalveLow(const double* slope, double quarter, int32_t n, double* least) {
  for (int32_t r = 0; r < n; ++r) {
    const double moved = quarter * slope[r];
    least[r] += std::fabs(moved) - moved;
  }
}

// To the part beside it, from low to high or back.
LIANHU_VECTOR_CLONES
int64_t MoveAndCount(const double* slope, double move, int32_t n, double from, double* least) {
  int64_t count = 0;
  for (int32_t r = 0; r < n; ++r) {
    least[r] += move * slope[r];
    count += least[r] >= from ? int64_t{1} : int64_t{0};
  }
  return count;
}

class Search {
 public:
  Search(const WeightSpace& space, const RankQuestion& question, double range, int32_t boxes)
      : boxes_(boxes),
        k_(space.indicators),
        table_(space, question.steward, question.countable, question.best, question.best ? 0.001 : 0) {
    double sum = 0;
    for (const int64_t w : space.weights) sum += static_cast<double>(w);
    for (const int64_t w : space.weights) {
      stated_.push_back(static_cast<double>(w) / sum);
      half_.push_back(stated_.back() * range);
    }
    point_.half.assign(k_, 0);
    for (int32_t k = 0; k < k_; ++k) all_.push_back(k);
  }

  RankAnswer Run() {
    const int32_t least = Begin();
    nodes_.push_back({.parent = -1, .depth = 0, .halves = 0, .count = 0});
    queue_.push({least, 0, 0});
    proved_ = table_.size() + base_;
    left_ = boxes_;
    while (!queue_.empty() && left_ > 1 && queue_.top().bound < best_count_) {
      const Entry entry = queue_.top();
      queue_.pop();
      Explore(entry);
    }
    if (!queue_.empty()) proved_ = std::min(proved_, queue_.top().bound);
    RankAnswer answer;
    answer.fewest = std::min(proved_, best_count_);
    answer.candidates = std::move(candidates_);
    for (RankCandidate& candidate : answer.candidates) {
      for (int32_t k = 0; k < k_; ++k) candidate.weights[k] /= stated_[k];
    }
    return answer;
  }

 private:
  // A box is found by cutting its parent in two, `count` times; bit i of `halves` says which half. All boxes of a depth
  // were cut along the same weights.
  struct Node {
    int32_t parent;
    int32_t depth;
    uint16_t halves;
    uint16_t count;
  };
  struct Entry {
    int32_t bound;
    int32_t depth;
    int32_t node;
  };
  struct Worse {
    bool operator()(const Entry& a, const Entry& b) const {
      if (a.bound != b.bound) return a.bound > b.bound;
      return a.depth != b.depth ? a.depth < b.depth : a.node > b.node;
    }
  };

  // The whole range: decides what can be decided, and measures along which weights the differences move most.
  int32_t Begin() {
    WeightBox box{stated_, half_};
    table_.Measure(box, all_, lead_, reach_, slopes_);
    std::vector<uint8_t> decided(table_.size(), 0);
    move_of_.assign(k_, 0);
    const int32_t n = table_.size();
    for (int32_t r = 0; r < n; ++r) {
      const bool wrong = lead_[r] - reach_[r] > table_.margin();
      if (wrong) ++base_;
      decided[r] = wrong || lead_[r] + reach_[r] < -table_.margin() ? 1 : 0;
      if (decided[r] != 0) continue;
      for (int32_t k = 0; k < k_; ++k) move_of_[k] += std::fabs(slopes_[static_cast<size_t>(k) * n + r]);
    }
    table_.Drop(decided);
    best_count_ = base_ + table_.size() + 1;
    halves_.push_back(half_);
    Improve(stated_);
    return base_;
  }

  // The weight along which the boxes of a depth are cut: the differences move most along it. kNoIndex: they are points
  // to doubles.
  int32_t CutAt(int32_t depth) {
    while (static_cast<size_t>(depth) >= cuts_.size()) {
      Weights half = halves_.back();
      int32_t widest = kNoIndex;
      double most = 0;
      for (int32_t k = 0; k < k_; ++k) {
        if (half[k] < 1e-12 * stated_[k]) continue;
        const double move = move_of_[k] * half[k];
        if (move <= most) continue;
        most = move;
        widest = k;
      }
      cuts_.push_back(widest);
      if (widest != kNoIndex) half[widest] /= 2;
      halves_.push_back(std::move(half));
    }
    return cuts_[depth];
  }

  WeightBox BoxOf(const Entry& entry) const {
    WeightBox box{stated_, halves_[entry.depth]};
    for (int32_t at = entry.node; nodes_[at].parent >= 0; at = nodes_[at].parent) {
      const Node& node = nodes_[at];
      for (int32_t i = 0; i < node.count; ++i) {
        const int32_t depth = node.depth - node.count + i;
        const int32_t k = cuts_[depth];
        box.middle[k] += (node.halves >> i & 1) != 0 ? halves_[depth + 1][k] : -halves_[depth + 1][k];
      }
    }
    return box;
  }

  // Measures the box once, bounds it, and cuts it into parts, each with a bound of its own.
  void Explore(const Entry& entry) {
    along_.clear();
    quarter_.clear();
    for (int32_t i = 0; i < kCuts && int32_t{2} << i <= left_; ++i) {
      const int32_t k = CutAt(entry.depth + i);
      if (k == kNoIndex || std::find(along_.begin(), along_.end(), k) != along_.end()) break;
      along_.push_back(k);
      quarter_.push_back(halves_[entry.depth + i + 1][k]);
    }
    const auto cuts = static_cast<int32_t>(along_.size());
    if (cuts == 0) {
      proved_ = std::min(proved_, entry.bound);
      return;
    }
    left_ -= int32_t{1} << cuts;
    for (int32_t k = 0; k < k_; ++k) {
      if (std::find(along_.begin(), along_.begin() + cuts, k) == along_.begin() + cuts) along_.push_back(k);
    }
    const WeightBox box = BoxOf(entry);
    table_.Measure(box, along_, lead_, reach_, slopes_);
    Weights start = box.middle;
    bool promising = base_ + CountFrom(lead_.data(), table_.size(), 0) <= best_count_ + (best_count_ - base_) / 2;
    const int32_t bound = std::max(entry.bound, BoundTogether(box, start, promising));
    if (bound >= best_count_) return;
    CountParts(cuts);
    if (promising) Improve(std::move(start));
    for (int32_t part = 0; part < int32_t{1} << cuts; ++part) {
      const int32_t least = std::max(bound, base_ + static_cast<int32_t>(counts_[part]));
      if (least >= best_count_) continue;
      queue_.push({least, entry.depth + cuts, static_cast<int32_t>(nodes_.size())});
      nodes_.push_back({entry.node, entry.depth + cuts, static_cast<uint16_t>(part), static_cast<uint16_t>(cuts)});
    }
  }

  // Of the box that was measured: by those on the wrong side for certain and, where that may give the box up, by the
  // multipliers for the open ones; their play also ends near weights where few are on the wrong side.
  int32_t BoundTogether(const WeightBox& box, Weights& point, bool& promising) {
    const int32_t n = table_.size();
    int32_t wrong = base_;
    open_.clear();
    for (int32_t r = 0; r < n; ++r) {
      if (lead_[r] - reach_[r] > table_.margin()) {
        ++wrong;
      } else if (lead_[r] + reach_[r] > kSmall) {
        open_.push_back(r);
      }
    }
    const auto open = static_cast<int32_t>(open_.size());
    const int32_t needed = best_count_ - wrong;
    if (int64_t{needed - 1} * kOpenPerRival > open) return wrong;
    functions_.count = open;
    functions_.variables = k_;
    functions_.constant.resize(open);
    functions_.greatest.resize(open);
    functions_.slope.resize(static_cast<size_t>(open) * k_);
    for (int32_t i = 0; i < open; ++i) {
      functions_.constant[i] = lead_[open_[i]] - reach_[open_[i]] - table_.margin();
      functions_.greatest[i] = lead_[open_[i]] + reach_[open_[i]] + table_.margin();
    }
    for (int32_t k = 0; k < k_; ++k) {
      const double* slope = slopes_.data() + static_cast<size_t>(k) * n;
      const double half = box.half[along_[k]];
      double* scaled = functions_.slope.data() + static_cast<size_t>(k) * open;
      for (int32_t i = 0; i < open; ++i) {
        scaled[i] = slope[open_[i]] * half;
        functions_.constant[i] += std::fabs(scaled[i]);  // the error stays taken off
      }
    }
    const double more = multipliers_.Bound(functions_, kPlays, needed - 1 + 2 * kRoom);
    for (int32_t k = 0; k < k_; ++k) point[along_[k]] += box.half[along_[k]] * multipliers_.point()[k];
    promising = true;
    return wrong + static_cast<int32_t>(std::ceil(more - kRoom));
  }

  // The number on the wrong side for certain in each part of the box that was measured. In the order of a Gray code
  // each part is one move from the one before.
  void CountParts(int32_t cuts) {
    const int32_t n = table_.size();
    for (int32_t r = 0; r < n; ++r) lead_[r] -= reach_[r];
    const auto slope = [&](int32_t i) { return slopes_.data() + static_cast<size_t>(i) * n; };
    for (int32_t i = 0; i < cuts; ++i) HalveLow(slope(i), quarter_[i], n, lead_.data());
    const int32_t parts = int32_t{1} << cuts;
    counts_.resize(parts);
    counts_[0] = CountFrom(lead_.data(), n, table_.margin());
    int32_t part = 0;
    for (int32_t p = 1; p < parts; ++p) {
      int32_t i = 0;
      while ((p >> i & 1) == 0) ++i;
      part ^= 1 << i;
      const double move = (part >> i & 1) != 0 ? 2 * quarter_[i] : -2 * quarter_[i];
      counts_[part] = MoveAndCount(slope(i), move, n, table_.margin(), lead_.data());
    }
  }

  // Moves one weight at a time to where the fewest are on the wrong side. Leads that are not linear are taken as they
  // are where a sweep begins.
  void Improve(Weights point) {
    const int32_t n = table_.size();
    int32_t fewest = n + 1;
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      point_.middle = point;
      table_.Measure(point_, all_, lead_, reach_, slopes_);
      const auto before = static_cast<int32_t>(CountFrom(lead_.data(), n, 0));
      if (before >= fewest) return;
      Offer(point, base_ + before);
      fewest = before;
      int64_t least = before;
      for (int32_t k = 0; k < k_; ++k) {
        const double* column = slopes_.data() + static_cast<size_t>(k) * n;
        double found = point[k];
        for (int step = 0; step <= kSteps; ++step) {
          const double there = stated_[k] + half_[k] * (2.0 * step / kSteps - 1);
          const int64_t count = CountMoved(lead_.data(), column, there - point[k], n);
          if (count >= least) continue;
          least = count;
          found = there;
        }
        if (found == point[k]) continue;
        for (int32_t r = 0; r < n; ++r) lead_[r] += (found - point[k]) * column[r];
        point[k] = found;
      }
    }
  }

  void Offer(const Weights& weights, int32_t count) {
    best_count_ = std::min(best_count_, count);
    if (candidates_.size() == kCandidates && count >= candidates_.back().count) return;
    const auto at = std::upper_bound(candidates_.begin(), candidates_.end(), count,
                                     [](int32_t c, const RankCandidate& candidate) { return c < candidate.count; });
    candidates_.insert(at, {count, weights});
    if (candidates_.size() > kCandidates) candidates_.pop_back();
  }

  int32_t boxes_;
  int32_t k_;
  RivalTable table_;  // of those that are open in the whole range
  int32_t base_ = 0;  // on the wrong side whatever the weights
  Weights stated_;
  Weights half_;
  std::vector<int32_t> all_;
  Weights move_of_;
  std::vector<int32_t> cuts_;    // by depth
  std::vector<Weights> halves_;  // likewise, and one more
  int32_t proved_ = 0;           // least bound of the boxes given up
  int32_t left_ = 0;             // boxes to be looked at
  std::vector<Node> nodes_;
  std::priority_queue<Entry, std::vector<Entry>, Worse> queue_;
  int32_t best_count_ = 0;
  std::vector<RankCandidate> candidates_;  // the fewest first
  // Scratch.
  WeightBox point_;
  std::vector<double> lead_;
  std::vector<double> reach_;
  std::vector<double> slopes_;
  std::vector<int32_t> along_;  // the weights the box is cut along, then the others
  Weights quarter_;
  std::vector<int32_t> open_;
  AffineFunctions functions_;
  MultiplierBound multipliers_;
  std::vector<int64_t> counts_;
};

}  // namespace

RankAnswer SearchRank(const WeightSpace& space, const RankQuestion& question, double range, int32_t boxes) {
  return Search(space, question, range, boxes).Run();
}

}  // namespace lianhu::scoring
