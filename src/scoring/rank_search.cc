#include "scoring/rank_search.h"

#include <algorithm>
#include <cmath>
#include <queue>

namespace lianhu::scoring {
namespace {

const int kPlays = getenv("PLAYS") ? atoi(getenv("PLAYS")) : 24;  // of the multipliers in the first box
constexpr int kPlaysBelow = 10;                                   // and in the others
constexpr int kSweeps = 6;                                        // over the weights, of the search for a better point
constexpr int kSteps = 8;                                         // along one weight
constexpr size_t kCandidates = 4;
constexpr double kMargin = 1e-9;  // in points: what doubles may be wrong by, with room

using Weights = std::vector<double>;

struct Box {
  int32_t bound = 0;
  Weights low;
  Weights high;
  std::vector<int32_t> open;  // rivals not decided in it
  int32_t wrong = 0;          // of those decided
  int32_t number = 0;         // ties are broken by age
};

struct WorseBox {
  bool operator()(const Box& a, const Box& b) const {
    return a.bound != b.bound ? a.bound > b.bound : a.number > b.number;
  }
};

// The rivals open in a box: coefficients of e_j by weight, [weight * rivals + rival].
struct OpenRivals {
  std::vector<int32_t> rivals;
  std::vector<double> least;
  std::vector<double> greatest;
  std::vector<double> most;  // greatest e_j in the box, > 0
};

class Search {
 public:
  Search(const WeightSpace& space, const RankQuestion& question, double range, int32_t boxes)
      : space_(space),
        question_(question),
        boxes_(boxes),
        k_(space.indicators),
        mine_(k_),
        mine_most_(k_),
        least_(k_),
        most_(k_) {
    double sum = 0;
    for (const int64_t w : space.weights) sum += static_cast<double>(w);
    for (const int64_t w : space.weights) {
      stated_.push_back(static_cast<double>(w) / sum);
      root_.low.push_back(stated_.back() * (1 - range));
      root_.high.push_back(stated_.back() * (1 + range));
    }
    root_.open = question.countable;
  }

  RankAnswer Run() {
    std::priority_queue<Box, std::vector<Box>, WorseBox> queue;
    int32_t numbers = 0;
    int32_t proved = static_cast<int32_t>(question_.countable.size());  // least bound of the boxes given up
    best_count_ = proved + 1;
    Look(root_, kPlays);
    Improve(stated_, root_);
    queue.push(std::move(root_));
    while (!queue.empty() && numbers < boxes_ && queue.top().bound < best_count_) {
      Box box = queue.top();
      queue.pop();
      const int32_t along = Widest(box);
      const double middle = (box.low[along] + box.high[along]) / 2;
      if (!(box.low[along] < middle && middle < box.high[along])) {  // a point to doubles
        proved = std::min(proved, box.bound);
        continue;
      }
      for (const bool lower : {true, false}) {
        Box half = box;
        half.number = ++numbers;
        (lower ? half.high : half.low)[along] = middle;
        Look(half, kPlaysBelow);
        half.bound = std::max(half.bound, box.bound);
        if (half.bound < best_count_) queue.push(std::move(half));
      }
    }
    if (!queue.empty()) proved = std::min(proved, queue.top().bound);
    RankAnswer answer;
    answer.fewest = std::min(proved, best_count_);
    answer.candidates = std::move(candidates_);
    for (RankCandidate& candidate : answer.candidates) {
      for (int32_t k = 0; k < k_; ++k) candidate.weights[k] /= stated_[k];
    }
    return answer;
  }

 private:
  // Coefficients of e_j, e_j >= 0 being the wrong side: j ahead by a published step, or not ahead.
  void Coefficients(int32_t j, const Box& box) {
    space_.CreditRange(j, box.low.data(), box.high.data(), least_.data(), most_.data());
    const double step = question_.best ? 0.001 : 0;
    for (int32_t k = 0; k < k_; ++k) {
      const double low = question_.best ? least_[k] - mine_most_[k] : mine_[k] - most_[k];
      const double high = question_.best ? most_[k] - mine_[k] : mine_most_[k] - least_[k];
      least_[k] = low - step;
      most_[k] = high - step;
    }
  }

  // Decides what can be decided in the box; the rest is left in `open` and described in open_.
  void Decide(Box& box) {
    space_.CreditRange(question_.steward, box.low.data(), box.high.data(), mine_.data(), mine_most_.data());
    open_.rivals.clear();
    open_.most.clear();
    rows_.clear();
    for (const int32_t j : box.open) {
      Coefficients(j, box);
      double lowest = 0;
      double highest = 0;
      for (int32_t k = 0; k < k_; ++k) {
        lowest += (least_[k] < 0 ? box.high[k] : box.low[k]) * least_[k];
        highest += (most_[k] < 0 ? box.low[k] : box.high[k]) * most_[k];
      }
      if (lowest > kMargin) {
        ++box.wrong;
      } else if (highest > -kMargin) {
        open_.rivals.push_back(j);
        open_.most.push_back(highest);
        rows_.insert(rows_.end(), least_.begin(), least_.end());
        rows_.insert(rows_.end(), most_.begin(), most_.end());
      }
    }
    const size_t n = open_.rivals.size();
    open_.least.resize(n * k_);
    open_.greatest.resize(n * k_);
    for (size_t r = 0; r < n; ++r) {
      for (int32_t k = 0; k < k_; ++k) {
        open_.least[k * n + r] = rows_[r * 2 * k_ + k];
        open_.greatest[k * n + r] = rows_[(r * 2 + 1) * k_ + k];
      }
    }
    box.open = open_.rivals;
  }

  // Bounds the box, and tries points of it.
  void Look(Box& box, int plays) {
    Decide(box);
    const size_t n = open_.rivals.size();
    box.bound = box.wrong;
    Weights point(k_);
    for (int32_t k = 0; k < k_; ++k) point[k] = (box.low[k] + box.high[k]) / 2;
    if (n == 0) {
      Offer(point, box.wrong);
      return;
    }
    if (box.wrong >= best_count_) return;
    std::vector<double> multipliers(n, 0);
    std::vector<double> scale(n);
    for (size_t r = 0; r < n; ++r) scale[r] = open_.most[r] > 1e-6 ? 1 / open_.most[r] : 0;
    std::vector<double> value(n);
    Weights reply(k_);
    for (int play = 0; play < plays; ++play) {
      // The multipliers' reply to the mean of the weights so far.
      const double part = 2.0 / (play + 2);
      Evaluate(point, open_.least, value);
      for (size_t r = 0; r < n; ++r) multipliers[r] += part * ((value[r] > 0 ? 1 : 0) - multipliers[r]);
      double total = 0;
      for (int32_t k = 0; k < k_; ++k) {
        const double* column = open_.least.data() + k * n;
        double slope = 0;
        for (size_t r = 0; r < n; ++r) slope += multipliers[r] * scale[r] * column[r];
        reply[k] = slope < 0 ? box.high[k] : box.low[k];
        total += slope * reply[k];
      }
      box.bound = std::max(box.bound, box.wrong + static_cast<int32_t>(std::ceil(total - 1e-6)));
      if (box.bound >= best_count_) return;
      for (int32_t k = 0; k < k_; ++k) point[k] += part * (reply[k] - point[k]);
    }
    Improve(point, box);
  }

  void Evaluate(const Weights& point, const std::vector<double>& coefficients, std::vector<double>& value) const {
    const size_t n = value.size();
    std::fill(value.begin(), value.end(), 0);
    for (int32_t k = 0; k < k_; ++k) {
      const double* column = coefficients.data() + k * n;
      const double weight = point[k];
      for (size_t r = 0; r < n; ++r) value[r] += weight * column[r];
    }
  }

  // Moves one weight at a time to where the fewest are on the wrong side, within the box. Credits that hang on the
  // weights are taken as they are where a sweep begins.
  void Improve(Weights point, const Box& box) {
    const size_t n = box.open.size();
    std::vector<double> columns(n * k_);
    std::vector<double> value(n);
    Box here{.low = {}, .high = {}, .open = {}};
    int32_t fewest = static_cast<int32_t>(n) + 1;
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      here.low = here.high = point;
      space_.CreditRange(question_.steward, point.data(), point.data(), mine_.data(), mine_most_.data());
      for (size_t r = 0; r < n; ++r) {
        Coefficients(box.open[r], here);
        for (int32_t k = 0; k < k_; ++k) columns[k * n + r] = least_[k];
      }
      Evaluate(point, columns, value);
      const int32_t before = Count(value.data(), n);
      if (before >= fewest) return;
      Offer(point, box.wrong + before);
      fewest = before;
      for (int32_t k = 0; k < k_; ++k) {
        const double* column = columns.data() + k * n;
        double found = point[k];
        int32_t least = Count(value.data(), n);
        for (int step = 0; step <= kSteps; ++step) {
          const double there = box.low[k] + (box.high[k] - box.low[k]) * step / kSteps;
          const double shift = there - point[k];
          int32_t count = 0;
          for (size_t r = 0; r < n; ++r) count += value[r] + shift * column[r] >= 0 ? 1 : 0;
          if (count >= least) continue;
          least = count;
          found = there;
        }
        if (found == point[k]) continue;
        for (size_t r = 0; r < n; ++r) value[r] += (found - point[k]) * column[r];
        point[k] = found;
      }
    }
  }

  static int32_t Count(const double* value, size_t n) {
    int32_t count = 0;
    for (size_t r = 0; r < n; ++r) count += value[r] >= 0 ? 1 : 0;
    return count;
  }

  void Offer(const Weights& weights, int32_t count) {
    best_count_ = std::min(best_count_, count);
    if (candidates_.size() == kCandidates && count >= candidates_.back().count) return;
    const auto at = std::upper_bound(candidates_.begin(), candidates_.end(), count,
                                     [](int32_t c, const RankCandidate& candidate) { return c < candidate.count; });
    candidates_.insert(at, {count, weights});
    if (candidates_.size() > kCandidates) candidates_.pop_back();
  }

  // The weight along which the open differences move most.
  int32_t Widest(const Box& box) const {
    int32_t widest = 0;
    double most = -1;
    for (int32_t k = 0; k < k_; ++k) {
      double move = 0;
      for (const int32_t j : box.open) {
        move += std::fabs(static_cast<double>(space_.Credits(j)[k] - space_.Credits(question_.steward)[k]));
      }
      move *= box.high[k] - box.low[k];
      if (move <= most) continue;
      most = move;
      widest = k;
    }
    return widest;
  }

  const WeightSpace& space_;
  const RankQuestion& question_;
  int32_t boxes_;
  int32_t k_;
  Weights stated_;
  Box root_;
  int32_t best_count_ = 0;
  std::vector<RankCandidate> candidates_;  // the fewest first
  // Scratch.
  Weights mine_;
  Weights mine_most_;
  Weights least_;
  Weights most_;
  OpenRivals open_;
  std::vector<double> rows_;
};

}  // namespace

RankAnswer SearchRank(const WeightSpace& space, const RankQuestion& question, double range, int32_t boxes) {
  return Search(space, question, range, boxes).Run();
}

}  // namespace lianhu::scoring
