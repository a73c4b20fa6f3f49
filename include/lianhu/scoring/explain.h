// Why a steward has the score he has: the whole derivation for one, as data and as text, and what one more point would
// take. For the person it concerns, so that he can check it with a pencil.
#ifndef LIANHU_SCORING_EXPLAIN_H_
#define LIANHU_SCORING_EXPLAIN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/base/language.h"
#include "lianhu/scoring/checklist.h"
#include "lianhu/scoring/score.h"

namespace lianhu::scoring {

// "numerator / denominator" of a term and the facts behind it. Facts are numbered as in Checklist::facts, derived facts
// after them.
struct TermExplanation {
  bool applies = false;
  int64_t numerator = 0;
  int64_t denominator = 1;
  Decimal weight;
  std::string value;  // numerator / denominator in three decimals, half up; empty where it does not apply
};

struct IndicatorExplanation {
  int32_t group = 0;
  bool applies = false;
  std::vector<TermExplanation> terms;
  std::string value;         // the value before goalposts, as an exact fraction in lowest terms: "12/17", "1"
  std::string share;         // 0..1, by goalposts, direction and cap, likewise
  std::string weight;        // with what was handed on to it, likewise
  Points weight_points = 0;  // the same, rounded
  Points points = kNotApplicable;
};

struct RuleExplanation {
  int32_t rule = 0;  // index into Checklist::bonuses or ::deductions
  int64_t count = 0;
  Points points = 0;  // after the rule's own cap
};

// The least of one kind of work that would raise the total by a point, all else equal. A fact that counts through a
// derived one is asked for as well.
struct Step {
  int32_t indicator = kNoIndex;  // or kNoIndex for a bonus
  int32_t rule = kNoIndex;       // of Checklist::bonuses, for a bonus
  std::string fact;              // to be raised, or lowered when `more` is negative
  int64_t more = 0;
  Points gain = 0;           // what that is worth, by the published totals: 1.000 or more where `whole_point`
  bool whole_point = false;  // false: even all that is due brings less; `more` is the least that brings as much
};

struct Explanation {
  std::vector<IndicatorExplanation> indicators;
  std::vector<Points> group_points;
  std::vector<RuleExplanation> bonuses;  // those that count something
  std::vector<RuleExplanation> deductions;
  Points bonus = 0;
  Points deduction = 0;
  std::string exact_total;  // before rounding and clipping, as a fraction in lowest terms
  Points unclipped = 0;
  Points total = kNotApplicable;
  Decimal covered;
  ScoreStatus status = ScoreStatus::kNotRated;
  int32_t band = kNoIndex;        // by points alone
  int32_t grade = kNoIndex;       // with vetoes
  std::vector<int32_t> vetoes;    // all that apply, whether they changed the grade or not
  int32_t next_grade = kNoIndex;  // the band above, by points; kNoIndex at the top or where not rated
  Points to_next_grade = 0;       // from the total before it was clipped at 0
  std::vector<Step> steps;        // the least work first; whole points before parts of one
};

// `facts` as one row of FactTable. Errors as of Score. O(size of the checklist ^ 2).
absl::StatusOr<Explanation> Explain(const Checklist& checklist, absl::Span<const int64_t> facts);

// The derivation in sentences, ending in a line break. `steward` is how he is called in it (an id, not a name).
std::string Describe(const Checklist& checklist, const Explanation& explanation, const std::string& steward,
                     Language language);

// Of it, how the points of one indicator came about: "0.5 x 5/10 + 0.5 x 9/10 = 7/10; 10 x 7/10 = 7.000 points".
std::string DescribeIndicator(const Checklist& checklist, const Explanation& explanation, int32_t indicator,
                              Language language);

// And what there is to say of the grade: why there is none, or each veto and the way to the next grade.
std::vector<std::string> DescribeGrade(const Checklist& checklist, const Explanation& explanation, Language language);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_EXPLAIN_H_
