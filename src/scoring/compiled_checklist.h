// A checklist with its names replaced by indices, and one steward's exact score by it.
#ifndef LIANHU_SRC_SCORING_COMPILED_CHECKLIST_H_
#define LIANHU_SRC_SCORING_COMPILED_CHECKLIST_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/scoring/checklist.h"
#include "scoring/rational.h"

namespace lianhu::scoring {

// A fact is its index in Checklist::facts, a derived fact that of Checklist::derived plus the number of facts.
struct CompiledTerm {
  Rational weight;
  int32_t numerator;
  int32_t denominator;  // -1: none
  bool proportion;
};

struct CompiledIndicator {
  const Indicator* source;
  int32_t group;
  Rational weight;
  Rational low;
  Rational height;  // high - low
  std::vector<CompiledTerm> terms;
};

struct CompiledRule {
  int32_t fact;
  Rational points_each;
  Rational cap;  // 0: none
};

struct CompiledVeto {
  int32_t fact;
  int32_t band;
};

struct CompiledChecklist {
  const Checklist* source = nullptr;
  int32_t groups = 0;
  std::vector<CompiledIndicator> indicators;
  std::vector<std::vector<std::pair<int64_t, int32_t>>> derived;  // by derived fact: coefficient and fact
  std::vector<int32_t> derivation_order;                          // each after those it needs
  std::vector<CompiledRule> bonuses;
  std::vector<CompiledRule> deductions;
  std::vector<CompiledVeto> vetoes;
  std::vector<int32_t> bands;  // from the lowest to the highest
  Rational full_marks;
  int32_t households = -1;

  size_t facts() const { return source->facts.size(); }
};

// Checks and compiles; `checklist` must outlive the result.
absl::StatusOr<CompiledChecklist> Compile(const Checklist& checklist);

// The facts of one row followed by its derived facts. Errors name the fact and `row`.
absl::Status DeriveFacts(const CompiledChecklist& checklist, absl::Span<const int64_t> facts, int64_t row,
                         std::vector<int64_t>& values);

// A numerator above its denominator.
absl::Status CheckProportions(const CompiledChecklist& checklist, absl::Span<const int64_t> values, int64_t row);

struct ExactIndicator {
  bool applies = false;
  Rational value;   // before goalposts
  Rational share;   // 0..1
  Rational weight;  // with the weights handed on
  Rational points;
};

struct ExactScore {
  std::vector<ExactIndicator> indicators;
  std::vector<Rational> group_points;
  std::vector<bool> group_applies;
  Rational bonus;
  Rational deduction;
  Rational covered;    // weight of the indicators that apply, as the checklist states it
  Rational unclipped;  // sum of points + bonus - deduction
  Rational total;
  bool rated = false;
};

// `values` as of DeriveFacts.
ExactScore ScoreExactly(const CompiledChecklist& checklist, absl::Span<const int64_t> values);

// What each indicator has to carry of every indicator's weight, by which weights are handed on:
// share_of[i * indicators + k] is the part of indicator k's weight that i carries; its row is 0 where i does not apply.
std::vector<Rational> HandOn(const CompiledChecklist& checklist, const std::vector<bool>& applies);

// The band of a published total: an index into Checklist::bands.
int32_t BandOf(const CompiledChecklist& checklist, Points total);

}  // namespace lianhu::scoring

#endif  // LIANHU_SRC_SCORING_COMPILED_CHECKLIST_H_
