#include "scoring/rival_table.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/vector_clones.h"

namespace lianhu::scoring {
namespace {

constexpr int32_t kLanes = 8;  // rivals at a time
constexpr double kRounding = 1e-11;

using Lanes = double __attribute__((vector_size(kLanes * sizeof(double))));
using Bits = int64_t __attribute__((vector_size(kLanes * sizeof(int64_t))));

// U_N / U_A over the box: the middle of its range and half of it.
struct Handed {
  double ratio;
  double error;
};
Handed HandedOn(double applying, double applying_half, double other, double other_half) {
  const double part = 1 / (applying * applying - applying_half * applying_half);
  return {(other * applying + other_half * applying_half) * part,
          (other * applying_half + other_half * applying) * part};
}

// Of one group, from `first` to before `end`.
struct GroupBox {
  int32_t first;
  int32_t end;
  double whole;
  double whole_half;
};

// Columns lie in memory as numbers do.
inline void Load(const double* from, Lanes& to) {
  std::memcpy(&to, from, sizeof to);
}
inline void Store(const Lanes& from, double* to) {
  std::memcpy(to, &from, sizeof from);
}

// A box and rivals as the loop below sees them.
struct Columns {
  int32_t indicators;
  int32_t groups;
  const GroupBox* group;
  const double* middle;
  const double* half;
  const double* mine;  // slopes of the steward himself
  const double* credits;
  const double* applies;
  const uint8_t* partial;
  double* const* slopes;  // by indicator: where those of the leads go; null: not wanted
};

LIANHU_VECTOR_CLONES
void MeasureRegular(const Columns& columns, int32_t count, double* lead_of, double* reach_of) {
  const Columns c = columns;
  const Bits all_but_sign = Bits{} + INT64_MAX;
  Lanes credits;
  Lanes applies;
  for (int32_t r = 0; r < count; r += kLanes) {
    const double* credits_of = c.credits + int64_t{r} * c.indicators;
    const double* applies_of = c.applies + int64_t{r} * c.indicators;
    const uint8_t* partial = c.partial + int64_t{r} / kLanes * c.groups;
    Lanes lead = {};
    Lanes reach;
    Load(reach_of + r, reach);
    for (int32_t g = 0; g < c.groups; ++g) {
      const GroupBox group = c.group[g];
      if (partial[g] == 0) {
        for (int32_t k = group.first; k < group.end; ++k) {
          Load(credits_of + int64_t{k} * kLanes, credits);
          const Lanes slope = credits - c.mine[k];
          lead += c.middle[k] * slope;
          reach += c.half[k] * (Lanes)((Bits)slope & all_but_sign);
          if (c.slopes[k] != nullptr) Store(slope, c.slopes[k] + r);
        }
        continue;
      }
      Lanes applying = {};
      Lanes applying_half = {};
      Lanes sum = {};
      for (int32_t k = group.first; k < group.end; ++k) {
        Load(credits_of + int64_t{k} * kLanes, credits);
        Load(applies_of + int64_t{k} * kLanes, applies);
        applying += c.middle[k] * applies;
        applying_half += c.half[k] * applies;
        sum += c.middle[k] * credits;
      }
      const Lanes square = applying * applying - applying_half * applying_half;
      const Lanes inverse = 1 / (applying * square);
      const Lanes part = applying * inverse;
      const Lanes other = group.whole - applying;
      const Lanes other_half = group.whole_half - applying_half;
      const Lanes mean = sum * square * inverse;
      const Lanes factor = 1 + (other * applying + other_half * applying_half) * part;
      const Lanes error = (other * applying_half + other_half * applying) * part;
      Lanes swing = {};
      for (int32_t k = group.first; k < group.end; ++k) {
        Load(credits_of + int64_t{k} * kLanes, credits);
        Load(applies_of + int64_t{k} * kLanes, applies);
        const Lanes off = applies * (credits - mean);
        const Lanes slope = mean + factor * off - c.mine[k];
        lead += c.middle[k] * slope;
        reach += c.half[k] * (Lanes)((Bits)slope & all_but_sign);
        swing += c.half[k] * (Lanes)((Bits)off & all_but_sign);
        if (c.slopes[k] != nullptr) Store(slope, c.slopes[k] + r);
      }
      reach += error * swing;
    }
    Store(lead, lead_of + r);
    Store(reach, reach_of + r);
  }
}

}  // namespace

void TangentOf(const WeightSpace& space, int32_t steward, const WeightBox& box, Tangent& tangent) {
  const int32_t n = space.indicators;
  const double* credits = space.points.data() + static_cast<size_t>(steward) * n;
  const uint8_t* applies = space.applies.data() + static_cast<size_t>(steward) * n;
  tangent.slope.assign(credits, credits + n);
  tangent.error = 0;
  if (space.complete[steward] != 0) return;
  std::vector<int32_t> waiting;  // indicators of groups where nothing applies
  double whole_of_all = 0;       // of the other groups
  double half_of_all = 0;
  double waiting_whole = 0;
  double waiting_half = 0;
  double value = 0;
  for (int32_t first = 0, end = 0; first < n; first = end) {
    double applying = 0;
    double applying_half = 0;
    double whole = 0;
    double whole_half = 0;
    double mean = 0;
    for (end = first; end < n && space.group_of[end] == space.group_of[first]; ++end) {
      whole += box.middle[end];
      whole_half += box.half[end];
      if (applies[end] == 0) continue;
      applying += box.middle[end];
      applying_half += box.half[end];
      mean += box.middle[end] * credits[end];
    }
    if (applying == 0) {
      for (int32_t k = first; k < end; ++k) waiting.push_back(k);
      waiting_whole += whole;
      waiting_half += whole_half;
      continue;
    }
    mean /= applying;
    value += mean * whole;
    whole_of_all += whole;
    half_of_all += whole_half;
    const Handed handed = HandedOn(applying, applying_half, whole - applying, whole_half - applying_half);
    double swing = 0;
    for (int32_t k = first; k < end; ++k) {
      const double off = applies[k] != 0 ? credits[k] - mean : 0;
      tangent.slope[k] = mean + (1 + handed.ratio) * off;
      swing += box.half[k] * std::fabs(off);
    }
    tangent.error += handed.error * swing;
  }
  if (waiting.empty()) return;
  const double mean = value / whole_of_all;
  const Handed handed = HandedOn(whole_of_all, half_of_all, waiting_whole, waiting_half);
  double swing = tangent.error;
  std::vector<uint8_t> waits(n, 0);
  for (const int32_t k : waiting) waits[k] = 1;
  for (int32_t k = 0; k < n; ++k) {
    const double off = waits[k] != 0 ? 0 : tangent.slope[k] - mean;
    tangent.slope[k] = mean + (1 + handed.ratio) * off;
    swing += box.half[k] * std::fabs(off);
  }
  tangent.error = (1 + handed.ratio) * tangent.error + handed.error * swing;
}

RivalTable::RivalTable(const WeightSpace& space, int32_t steward, const std::vector<int32_t>& rivals, bool ahead,
                       double step)
    : space_(space), steward_(steward), sign_(ahead ? 1 : -1), step_(step), k_(space.indicators) {
  most_ = static_cast<double>(space.full) / 1000;
  const auto include = [&](int32_t s) {
    const size_t row = static_cast<size_t>(s) * k_;
    for (int32_t k = 0; k < k_; ++k) most_ = std::max(most_, std::fabs(space.points[row + k]));
  };
  include(steward);
  for (const int32_t r : rivals) include(r);
  margin_ = kRounding * most_;
  // By what they lack, so that those who lack the same are measured together; who lacks all of a group comes last.
  rivals_ = rivals;
  std::sort(rivals_.begin(), rivals_.end(), [&](int32_t a, int32_t b) { return space.place[a] < space.place[b]; });
  Arrange();
}

void RivalTable::Arrange() {
  const auto waiting = std::find_if(rivals_.begin(), rivals_.end(), [&](int32_t s) { return Lacks(s)[0] != 0; });
  const auto regular = static_cast<int32_t>(waiting - rivals_.begin());
  rivals_.insert(waiting, (kLanes - regular % kLanes) % kLanes, kNoIndex);
  regular_ = (regular + kLanes - 1) / kLanes * kLanes;
  n_ = static_cast<int32_t>(rivals_.size());
  credits_.resize(static_cast<size_t>(regular_) * k_);
  applies_.resize(credits_.size());
  partial_.assign(static_cast<size_t>(regular_) / kLanes * space_.groups, 0);
  for (int32_t r = 0; r < regular_; ++r) {
    const int32_t s = rivals_[r];
    for (int32_t k = 0; k < k_; ++k) {
      const size_t at = (static_cast<size_t>(r / kLanes) * k_ + k) * kLanes + r % kLanes;
      const size_t from = static_cast<size_t>(s) * k_ + k;
      applies_[at] = s == kNoIndex ? 1 : space_.applies[from];
      credits_[at] = s == kNoIndex ? -3 * most_ - 1 : applies_[at] * sign_ * space_.points[from];
    }
    if (s == kNoIndex) continue;
    for (int32_t g = 0; g < space_.groups; ++g) {
      partial_[static_cast<size_t>(r / kLanes) * space_.groups + g] |= Lacks(s)[1 + g];
    }
  }
}

void RivalTable::Drop(const std::vector<uint8_t>& dropped) {
  std::vector<int32_t> kept;
  for (int32_t r = 0; r < n_; ++r) {
    if (dropped[r] == 0 && rivals_[r] != kNoIndex) kept.push_back(rivals_[r]);
  }
  rivals_ = std::move(kept);
  Arrange();
}

void RivalTable::Measure(const WeightBox& box, const std::vector<int32_t>& along, std::vector<double>& lead,
                         std::vector<double>& reach, std::vector<double>& slopes) const {
  Tangent mine;
  TangentOf(space_, steward_, box, mine);
  for (double& slope : mine.slope) slope = sign_ * (slope + step_);
  lead.resize(n_);
  reach.assign(n_, mine.error);
  if (slopes.size() < along.size() * n_) slopes.resize(along.size() * n_);
  std::vector<double*> slopes_of(k_, nullptr);
  for (size_t i = 0; i < along.size(); ++i) slopes_of[along[i]] = slopes.data() + i * n_;
  std::vector<GroupBox> groups(space_.groups, {.first = k_, .end = 0, .whole = 0, .whole_half = 0});
  for (int32_t k = 0; k < k_; ++k) {
    GroupBox& group = groups[space_.group_of[k]];
    group.first = std::min(group.first, k);
    group.end = k + 1;
    group.whole += box.middle[k];
    group.whole_half += box.half[k];
  }
  MeasureRegular({.indicators = k_,
                  .groups = space_.groups,
                  .group = groups.data(),
                  .middle = box.middle.data(),
                  .half = box.half.data(),
                  .mine = mine.slope.data(),
                  .credits = credits_.data(),
                  .applies = applies_.data(),
                  .partial = partial_.data(),
                  .slopes = slopes_of.data()},
                 regular_, lead.data(), reach.data());
  Tangent tangent;
  for (int32_t r = regular_; r < n_; ++r) {
    TangentOf(space_, rivals_[r], box, tangent);
    lead[r] = 0;
    reach[r] += tangent.error;
    for (int32_t k = 0; k < k_; ++k) {
      const double slope = sign_ * tangent.slope[k] - mine.slope[k];
      lead[r] += box.middle[k] * slope;
      reach[r] += box.half[k] * std::fabs(slope);
      if (slopes_of[k] != nullptr) slopes_of[k][r] = slope;
    }
  }
}

}  // namespace lianhu::scoring
