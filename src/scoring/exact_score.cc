#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "scoring/compiled_checklist.h"

namespace lianhu::scoring {
namespace {

const std::string& NameOf(const CompiledChecklist& checklist, int32_t fact) {
  const auto index = static_cast<size_t>(fact);
  return index < checklist.facts() ? checklist.source->facts[index].name
                                   : checklist.source->derived[index - checklist.facts()].name;
}

ExactIndicator Evaluate(const CompiledIndicator& indicator, absl::Span<const int64_t> values) {
  ExactIndicator result;
  Rational applying = 0;
  for (const CompiledTerm& term : indicator.terms) {
    const int64_t denominator = term.denominator < 0 ? 1 : values[term.denominator];
    if (denominator == 0) continue;
    applying += term.weight;
    result.value += term.weight * Rational(values[term.numerator], denominator);
  }
  if (applying.numerator() == 0) return result;
  result.applies = true;
  // A single term's weight is a factor; several are parts of one, of which those that apply make up the whole.
  if (indicator.terms.size() > 1) result.value /= applying;
  result.share = (result.value - indicator.low) / indicator.height;
  if (indicator.source->direction == Direction::kLowerIsBetter) result.share = 1 - result.share;
  result.share = std::clamp<Rational>(result.share, 0, 1);
  if (indicator.source->cap > Decimal{}) {
    result.share = std::min<Rational>(result.share, ToRational(indicator.source->cap) / indicator.weight);
  }
  return result;
}

Rational Apply(const std::vector<CompiledRule>& rules, Decimal cap, absl::Span<const int64_t> values) {
  Rational sum = 0;
  for (const CompiledRule& rule : rules) {
    if (values[rule.fact] == 0) continue;
    Rational points = rule.points_each * values[rule.fact];
    if (rule.cap > 0) points = std::min(points, rule.cap);
    sum += points;
  }
  return cap > Decimal{} ? std::min(sum, ToRational(cap)) : sum;
}

// Weights by group: all, and of what applies.
struct GroupWeights {
  std::vector<Rational> all;
  std::vector<Rational> applying;
  Rational groups_applying = 0;  // weight of the groups in which something applies
};

template <typename Applies>
GroupWeights WeighGroups(const CompiledChecklist& checklist, const Applies& applies) {
  GroupWeights weights{std::vector<Rational>(checklist.groups), std::vector<Rational>(checklist.groups)};
  for (size_t i = 0; i < checklist.indicators.size(); ++i) {
    const CompiledIndicator& indicator = checklist.indicators[i];
    weights.all[indicator.group] += indicator.weight;
    if (applies(i)) weights.applying[indicator.group] += indicator.weight;
  }
  for (int32_t g = 0; g < checklist.groups; ++g) {
    if (weights.applying[g] > 0) weights.groups_applying += weights.all[g];
  }
  return weights;
}

}  // namespace

absl::Status DeriveFacts(const CompiledChecklist& checklist, absl::Span<const int64_t> facts, int64_t row,
                         std::vector<int64_t>& values) {
  values.assign(facts.begin(), facts.end());
  values.resize(facts.size() + checklist.derived.size(), 0);
  for (size_t f = 0; f < facts.size(); ++f) {
    if (facts[f] < 0) {
      return InvalidField(NameOf(checklist, static_cast<int32_t>(f)), row,
                          absl::StrCat("must not be negative: ", facts[f]));
    }
  }
  for (const int32_t d : checklist.derivation_order) {
    Integer sum = 0;
    for (const auto& [coefficient, fact] : checklist.derived[d]) sum += Integer(coefficient) * values[fact];
    const std::string& name = checklist.source->derived[d].name;
    if (sum < 0) return InvalidField(name, row, "the derived fact is negative");
    if (sum > INT64_MAX) return InvalidField(name, row, "the derived fact leaves 64 bits");
    values[facts.size() + static_cast<size_t>(d)] = static_cast<int64_t>(sum);
  }
  return absl::OkStatus();
}

absl::Status CheckProportions(const CompiledChecklist& checklist, absl::Span<const int64_t> values, int64_t row) {
  for (const CompiledIndicator& indicator : checklist.indicators) {
    for (const CompiledTerm& term : indicator.terms) {
      if (!term.proportion || values[term.numerator] <= values[term.denominator]) continue;
      return InvalidField(NameOf(checklist, term.numerator), row,
                          absl::StrCat("the ratio is above 1: ", values[term.numerator], " of ",
                                       values[term.denominator], " ", NameOf(checklist, term.denominator)));
    }
  }
  return absl::OkStatus();
}

ExactScore ScoreExactly(const CompiledChecklist& checklist, absl::Span<const int64_t> values) {
  ExactScore score;
  for (const CompiledIndicator& indicator : checklist.indicators) {
    score.indicators.push_back(Evaluate(indicator, values));
    if (score.indicators.back().applies) score.covered += indicator.weight;
  }
  score.rated = score.covered > 0 && score.covered * checklist.source->coverage_denominator >=
                                         checklist.full_marks * checklist.source->coverage_numerator;
  const GroupWeights weights = WeighGroups(checklist, [&](size_t i) { return score.indicators[i].applies; });
  score.group_points.resize(checklist.groups);
  score.group_applies.resize(checklist.groups);
  std::vector<Rational> factors(checklist.groups);
  for (int32_t g = 0; g < checklist.groups; ++g) {
    score.group_applies[g] = weights.applying[g] > 0;
    if (!score.group_applies[g]) continue;
    // What would be carried for too much that does not apply says nothing: then each weight is as stated.
    factors[g] = score.rated ? weights.all[g] / weights.applying[g] * (checklist.full_marks / weights.groups_applying)
                             : Rational(1);
  }
  for (size_t i = 0; i < score.indicators.size(); ++i) {
    ExactIndicator& indicator = score.indicators[i];
    if (!indicator.applies) continue;
    const CompiledIndicator& compiled = checklist.indicators[i];
    indicator.weight = compiled.weight * factors[compiled.group];
    indicator.points = indicator.weight * indicator.share;
    score.group_points[compiled.group] += indicator.points;
  }
  score.bonus = Apply(checklist.bonuses, checklist.source->bonus_cap, values);
  score.deduction = Apply(checklist.deductions, checklist.source->deduction_cap, values);
  score.unclipped = score.bonus - score.deduction;
  for (const Rational& points : score.group_points) score.unclipped += points;
  score.total = std::clamp<Rational>(score.unclipped, 0, checklist.full_marks);
  return score;
}

std::vector<Rational> HandOn(const CompiledChecklist& checklist, const std::vector<bool>& applies) {
  const size_t n = checklist.indicators.size();
  const GroupWeights weights = WeighGroups(checklist, [&](size_t i) { return applies[i]; });
  std::vector<Rational> share_of(n * n);
  for (size_t i = 0; i < n; ++i) {
    if (!applies[i]) continue;
    const CompiledIndicator& to = checklist.indicators[i];
    const Rational in_group = to.weight / weights.applying[to.group];
    for (size_t k = 0; k < n; ++k) {
      const int32_t from = checklist.indicators[k].group;
      if (applies[k]) {
        share_of[i * n + k] = Rational(i == k ? 1 : 0);
      } else if (weights.applying[from] > 0) {
        share_of[i * n + k] = from == to.group ? in_group : Rational(0);
      } else {
        share_of[i * n + k] = weights.all[to.group] / weights.groups_applying * in_group;
      }
    }
  }
  return share_of;
}

}  // namespace lianhu::scoring
