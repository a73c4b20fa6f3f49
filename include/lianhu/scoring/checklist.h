// A checklist: what is scored, how, and what a total is worth, all of it data.
//
// Groups hold indicators, indicators hold a formula over counted facts:
//
//   value  = sum over terms of weight * numerator / denominator
//   share  = (value - low) / (high - low), or (high - value) / (high - low) when lower is better, clipped to 0..1
//   points = weight * min(share, cap / weight as stated)
//   total  = sum of points + bonus - deduction, clipped to 0..full marks
//
// Nothing due is not applicable, never zero: a term whose denominator is 0 hands its weight to the other terms of its
// indicator, an indicator without a term left hands its weight to the others of its group, a group without an indicator
// left to the other groups, each in proportion to their weights. Where the indicators that apply carry less than the
// minimum coverage of the full marks, the steward is "not rated" and all weights stay as stated. Rounding happens once,
// at what is published, half up to three decimals; grades are read off that total. A veto caps the grade and never
// changes the points.
//
// Facts are whole numbers >= 0: counts, or amounts in their smallest unit (fen, minutes). A derived fact is a sum of
// other facts with whole coefficients.
#ifndef LIANHU_SCORING_CHECKLIST_H_
#define LIANHU_SCORING_CHECKLIST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "lianhu/scoring/decimal.h"

namespace lianhu::scoring {

// What people read; `title_zh` is Chinese. Both may be empty: the key stands in.
struct Title {
  std::string title = {};
  std::string title_zh = {};

  bool operator==(const Title&) const = default;
};

enum class FactKind : int32_t { kCount = 0, kAmount = 1 };

struct Fact {
  std::string name = {};  // the key by which formulas and files refer to it
  Title title = {};
  FactKind kind = FactKind::kCount;
  bool optional = false;  // counts as 0 where a table lacks its column

  bool operator==(const Fact&) const = default;
};

struct FactTerm {
  int32_t coefficient = 1;
  std::string fact = {};  // a fact, or a derived fact that does not depend on this one

  bool operator==(const FactTerm&) const = default;
};

struct DerivedFact {
  std::string name = {};
  Title title = {};
  std::vector<FactTerm> terms = {};

  bool operator==(const DerivedFact&) const = default;
};

struct Term {
  Decimal weight = Decimal::Of(1);  // > 0
  std::string numerator = {};       // a fact or a derived fact
  std::string denominator = {};     // likewise; empty: 1, and the term always applies
  // A part of a whole: a numerator above its denominator is refused. Terms without a denominator cannot be.
  bool proportion = true;
  Title title = {};

  bool operator==(const Term&) const = default;
};

enum class Direction : int32_t { kHigherIsBetter = 0, kLowerIsBetter = 1 };

struct Indicator {
  std::string id = {};  // unique in the checklist: the column of the scores
  Title title = {};
  Decimal weight = {};  // > 0
  std::vector<Term> terms = {};
  Decimal low = Decimal::Of(0);  // goalposts, low < high
  Decimal high = Decimal::Of(1);
  Direction direction = Direction::kHigherIsBetter;
  Decimal cap = {};  // most points, 0 < cap <= weight; 0: none

  bool operator==(const Indicator&) const = default;
};

struct Group {
  std::string id = {};
  Title title = {};
  std::vector<Indicator> indicators = {};

  bool operator==(const Group&) const = default;
};

// `points_each` for every one that `fact` counts, at most `cap` (0: no cap of its own).
struct PointRule {
  std::string id = {};
  Title title = {};
  std::string fact = {};
  Decimal points_each = {};  // > 0
  Decimal cap = {};

  bool operator==(const PointRule&) const = default;
};

// When `fact` is above 0 the grade is `grade` at best.
struct Veto {
  std::string id = {};
  Title title = {};
  std::string fact = {};
  std::string grade = {};  // the id of a band

  bool operator==(const Veto&) const = default;
};

// The grade of totals from `from` (included) to `to` (excluded, unless to_included).
struct Band {
  std::string grade = {};
  Title title = {};
  Decimal from = {};
  Decimal to = {};
  bool to_included = false;

  bool operator==(const Band&) const = default;
};

struct Checklist {
  std::string id = {};
  Title title = {};
  std::vector<Fact> facts = {};
  std::vector<DerivedFact> derived = {};
  std::vector<Group> groups = {};
  std::vector<PointRule> bonuses = {};
  Decimal bonus_cap = {};  // on the sum of all bonuses; 0: none
  std::vector<PointRule> deductions = {};
  Decimal deduction_cap = {};
  std::vector<Veto> vetoes = {};
  std::vector<Band> bands = {};           // in any order; together they cover 0..full marks, each total once
  Decimal full_marks = Decimal::Of(100);  // what the weights sum to
  int32_t coverage_numerator = 2;         // the minimum coverage, 0 <= numerator / denominator <= 1
  int32_t coverage_denominator = 3;
  // The fact that counts a steward's linked households: the weight of his score in the means of his units. Empty: 1.
  std::string households = {};

  bool operator==(const Checklist&) const = default;
};

// The default: 3 to know, 4 to reach, 5 roles; 12 indicators, 100 points. data/scoring/founding.json is the same.
Checklist FoundingChecklist();

// Checks all of it; the error names the field and, where there is one, the entry:
//   - text that is not UTF-8 or has control characters; ids that are empty, there twice, or have a comma or quote; an
//     indicator named like another column of the scores (steward, bonus, deduction, total, grade, status, rank), a fact
//     like another column of the facts (steward, period, unit);
//   - weights out of range, weights that do not sum to the full marks, terms whose weights do not sum to 1 (unless
//     there is one), goalposts out of order, caps out of range;
//   - a fact that no formula, rule or veto uses, a name that is no fact, derived facts in a circle (the circle named);
//   - bands with a hole or an overlap on the totals 0.000, 0.001, ..., full marks (the totals named);
//   - a veto that caps at an unknown grade; coverage outside 0..1.
// At most 1,000 facts, derived facts, indicators, rules, vetoes, bands and terms of one formula. O(size log size).
absl::Status Validate(const Checklist& checklist);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_CHECKLIST_H_
