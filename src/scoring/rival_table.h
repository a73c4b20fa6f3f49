// The rivals of one steward, in columns, and how far ahead of him each is in a box of weights.
//
// A steward's points f(u) are linear in the weights u where everything applies to him. Where, of a group, the
// indicators N do not, f has the term U m(u), U the group's weight and m the mean of the applying ones A. About the
// middle of a box, with m0 the mean there and t(u) = sum over A of u_k (c_k - m0), which is 0 there,
//   U m(u) = U m0 + t(u) (1 + U_N / U_A),
// and U_N / U_A is a number in the middle of its range over the box, off by at most half the range: a linear function
// and an error of the second order in the size of the box. The same once more for groups where nothing applies, with
// groups for indicators. So the lead of a rival is x + (linear in u) +- error, and its least and greatest value in the
// box, or in a part of it, are in closed form.
#ifndef LIANHU_SRC_SCORING_RIVAL_TABLE_H_
#define LIANHU_SRC_SCORING_RIVAL_TABLE_H_

#include <cstdint>
#include <vector>

#include "scoring/weight_space.h"

namespace lianhu::scoring {

struct WeightBox {
  std::vector<double> middle;  // by indicator
  std::vector<double> half;    // the weights are middle - half .. middle + half; 0 <= half < middle
};

// sum(slope * u), off by at most `error` in the box.
struct Tangent {
  std::vector<double> slope;
  double error = 0;
};

// Of a steward's points times sum(u). O(indicators).
void TangentOf(const WeightSpace& space, int32_t steward, const WeightBox& box, Tangent& tangent);

class RivalTable {
 public:
  // Leads are those of the rivals over the steward less a `step` in points; or, `ahead` false, his over theirs.
  RivalTable(const WeightSpace& space, int32_t steward, const std::vector<int32_t>& rivals, bool ahead, double step);

  // Places in the columns below. Some hold no rival: there the lead is far below 0 whatever the weights.
  int32_t size() const { return n_; }
  int32_t rival(int32_t place) const { return rivals_[place]; }  // kNoIndex: none
  // What a lead may be wrong by for want of digits, with room.
  double margin() const { return margin_; }
  // By place.
  void Drop(const std::vector<uint8_t>& dropped);

  // Sets, by place, lead[r] to the lead in the middle of the box and reach[r] to how far it goes up or down in it; and
  // for each of the indicators `along`, slopes[i * size() + r] to what the lead gains by one more of the weight
  // along[i] (to the error, which is in `reach`). `slopes` may be longer than that. O(size() * indicators).
  void Measure(const WeightBox& box, const std::vector<int32_t>& along, std::vector<double>& lead,
               std::vector<double>& reach, std::vector<double>& slopes) const;

 private:
  const uint8_t* Lacks(int32_t s) const { return space_.lacks.data() + int64_t{s} * (1 + space_.groups); }
  void Arrange();

  const WeightSpace& space_;
  int32_t steward_;
  double sign_;
  double step_;
  double most_ = 0;  // points that anyone has for an indicator, up or down
  double margin_ = 0;
  int32_t k_;
  int32_t n_ = 0;
  int32_t regular_ = 0;           // places of rivals to whom something of each group applies; a multiple of the lanes
  std::vector<int32_t> rivals_;   // by place; kNoIndex: none
  std::vector<double> credits_;   // [place / lanes][indicator][place % lanes], with the sign; 0 where it does not apply
  std::vector<double> applies_;   // likewise, 1 or 0
  std::vector<uint8_t> partial_;  // [place / lanes][group]: something of it does not apply to some of them
};

}  // namespace lianhu::scoring

#endif  // LIANHU_SRC_SCORING_RIVAL_TABLE_H_
