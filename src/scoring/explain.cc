#include "lianhu/scoring/explain.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "scoring/compiled_checklist.h"

namespace lianhu::scoring {
namespace {

std::string FractionText(const Rational& value) {
  const Integer& d = value.denominator();
  return d == 1 ? value.numerator().str() : value.numerator().str() + "/" + d.str();
}

IndicatorExplanation ExplainIndicator(const CompiledIndicator& indicator, const ExactIndicator& exact,
                                      absl::Span<const int64_t> values) {
  IndicatorExplanation result;
  result.group = indicator.group;
  result.applies = exact.applies;
  for (size_t t = 0; t < indicator.terms.size(); ++t) {
    const CompiledTerm& term = indicator.terms[t];
    TermExplanation& to = result.terms.emplace_back();
    to.numerator = values[term.numerator];
    to.denominator = term.denominator < 0 ? 1 : values[term.denominator];
    to.weight = indicator.source->terms[t].weight;
    to.applies = to.denominator != 0;
    if (to.applies) to.value = FormatPoints(RoundPoints(Rational(to.numerator, to.denominator)));
  }
  if (!exact.applies) return result;
  result.value = FractionText(exact.value);
  result.share = FractionText(exact.share);
  result.weight = FractionText(exact.weight);
  result.weight_points = RoundPoints(exact.weight);
  result.points = RoundPoints(exact.points);
  return result;
}

std::vector<RuleExplanation> ExplainRules(const std::vector<CompiledRule>& rules, absl::Span<const int64_t> values) {
  std::vector<RuleExplanation> result;
  for (size_t r = 0; r < rules.size(); ++r) {
    const int64_t count = values[rules[r].fact];
    if (count == 0) continue;
    Rational points = rules[r].points_each * count;
    if (rules[r].cap > 0) points = std::min(points, rules[r].cap);
    result.push_back({static_cast<int32_t>(r), count, RoundPoints(points)});
  }
  return result;
}

// Finds how much of one fact brings a point, by scoring again: the total does not fall while the fact moves the good
// way, so halving finds the least.
class StepFinder {
 public:
  StepFinder(const CompiledChecklist& checklist, absl::Span<const int64_t> facts, Points total)
      : checklist_(checklist), facts_(facts.begin(), facts.end()), total_(total) {}

  // Moves fact `f` by up to `room` towards `sign`, as far as the facts stay such that they can be scored.
  Step Find(int32_t f, int64_t room, int sign) {
    Step step;
    step.fact = checklist_.source->facts[f].name;
    room = Farthest(f, room, sign);
    if (room <= 0) return step;
    int64_t low = 0;
    int64_t high = 1;
    while (high < room && TotalWith(f, sign * high) < total_ + 1000) high = high > room / 2 ? room : high * 2;
    high = std::min(high, room);
    const Points best = TotalWith(f, sign * high);
    if (best <= total_) return step;
    step.whole_point = best >= total_ + 1000;
    const Points wanted = step.whole_point ? total_ + 1000 : best;
    while (high - low > 1) {
      const int64_t middle = low + (high - low) / 2;
      (TotalWith(f, sign * middle) >= wanted ? high : low) = middle;
    }
    step.more = sign * high;
    step.gain = TotalWith(f, step.more) - total_;
    return step;
  }

  // By derived fact: whether it rises (1), falls (-1) or stays (0) while fact `f` rises.
  std::vector<int> DirectionsOf(int32_t f) {
    std::vector<int> directions(checklist_.derived.size(), 0);
    if (directions.empty()) return directions;
    if (!Valued(f, 0)) return directions;
    const std::vector<int64_t> here = values_;
    const bool fewer = facts_[f] > 0 && Valued(f, -1);
    const bool more = !fewer && facts_[f] < std::numeric_limits<int64_t>::max() && Valued(f, 1);
    if (!fewer && !more) return directions;
    for (size_t d = 0; d < directions.size(); ++d) {
      const size_t value = checklist_.facts() + d;
      if (values_[value] != here[value]) directions[d] = (values_[value] > here[value]) == more ? 1 : -1;
    }
    return directions;
  }

 private:
  // Every limit of the facts is linear, so that those which can be scored are an interval.
  int64_t Farthest(int32_t f, int64_t room, int sign) {
    if (sign > 0) room = std::min(room, std::numeric_limits<int64_t>::max() - facts_[f]);
    if (room <= 0 || Scorable(f, sign * room)) return room;
    int64_t low = 0;
    while (room - low > 1) {
      const int64_t middle = low + (room - low) / 2;
      (Scorable(f, sign * middle) ? low : room) = middle;
    }
    return low;
  }

  bool Valued(int32_t f, int64_t change) {
    facts_[f] += change;
    const bool ok = DeriveFacts(checklist_, facts_, 0, values_).ok();
    facts_[f] -= change;
    return ok;
  }

  bool Scorable(int32_t f, int64_t change) {
    return Valued(f, change) && CheckProportions(checklist_, values_, 0).ok();
  }

  Points TotalWith(int32_t f, int64_t change) {
    if (!Scorable(f, change)) return total_;
    const ExactScore score = ScoreExactly(checklist_, values_);
    return score.rated ? RoundPoints(score.total) : total_;
  }

  const CompiledChecklist& checklist_;
  std::vector<int64_t> facts_;
  Points total_;
  std::vector<int64_t> values_;
};

constexpr int64_t kFarthest = int64_t{1} << 40;

// What is left to do of each term and bonus, by each counted fact that moves it.
std::vector<Step> FindSteps(const CompiledChecklist& checklist, absl::Span<const int64_t> facts,
                            const std::vector<int64_t>& values, Points total) {
  StepFinder finder(checklist, facts, total);
  std::vector<Step> steps;
  const auto add = [&](Step step, int32_t indicator, int32_t rule) {
    const auto same = [&](const Step& other) { return other.fact == step.fact && other.more == step.more; };
    if (step.gain <= 0 || std::any_of(steps.begin(), steps.end(), same)) return;
    step.indicator = indicator;
    step.rule = rule;
    steps.push_back(std::move(step));
  };
  std::vector<std::vector<int>> directions;  // by counted fact and derived one
  for (size_t f = 0; f < checklist.facts(); ++f) directions.push_back(finder.DirectionsOf(static_cast<int32_t>(f)));
  // `value`, a counted or derived fact, is to go towards `sign`.
  const auto move = [&](int32_t value, int sign, int32_t indicator, int32_t rule) {
    for (size_t f = 0; f < checklist.facts(); ++f) {
      const bool counted = static_cast<size_t>(value) < checklist.facts();
      const int direction = counted ? (static_cast<size_t>(value) == f ? 1 : 0)
                                    : directions[f][static_cast<size_t>(value) - checklist.facts()];
      if (direction == 0) continue;
      const int64_t room = sign * direction > 0 ? kFarthest : facts[f];
      add(finder.Find(static_cast<int32_t>(f), room, sign * direction), indicator, rule);
    }
  };
  for (size_t i = 0; i < checklist.indicators.size(); ++i) {
    const CompiledIndicator& indicator = checklist.indicators[i];
    const bool higher = indicator.source->direction == Direction::kHigherIsBetter;
    for (const CompiledTerm& term : indicator.terms) {
      if (term.denominator >= 0 && values[term.denominator] == 0) continue;
      move(term.numerator, higher ? 1 : -1, static_cast<int32_t>(i), kNoIndex);
    }
  }
  for (size_t r = 0; r < checklist.bonuses.size(); ++r) {
    move(checklist.bonuses[r].fact, 1, kNoIndex, static_cast<int32_t>(r));
  }
  std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
    if (a.whole_point != b.whole_point) return a.whole_point;
    return a.whole_point ? std::abs(a.more) < std::abs(b.more) : a.gain > b.gain;
  });
  return steps;
}

void ExplainGrade(const CompiledChecklist& checklist, absl::Span<const int64_t> values, Explanation& result) {
  const std::vector<Band>& bands = checklist.source->bands;
  result.band = result.grade = BandOf(checklist, result.total);
  for (size_t v = 0; v < checklist.vetoes.size(); ++v) {
    const CompiledVeto& veto = checklist.vetoes[v];
    if (values[veto.fact] == 0) continue;
    result.vetoes.push_back(static_cast<int32_t>(v));
    if (bands[veto.band].from < bands[result.grade].from) result.grade = veto.band;
  }
  const auto here = std::find(checklist.bands.begin(), checklist.bands.end(), result.band);
  if (here + 1 == checklist.bands.end()) return;
  result.next_grade = *(here + 1);
  // The band above begins at its `from`, or just above the closed end of this one.
  Points from = bands[result.next_grade].from.millionths / 1000;
  if (bands[result.band].to_included && bands[result.band].to == bands[result.next_grade].from) ++from;
  result.to_next_grade = from - std::min(result.total, result.unclipped);
}

}  // namespace

absl::StatusOr<Explanation> Explain(const Checklist& checklist, absl::Span<const int64_t> facts) {
  if (auto status = CheckFacts(checklist, {.stewards = 1, .values = facts}); !status.ok()) return status;
  const CompiledChecklist compiled = Compile(checklist).value();
  std::vector<int64_t> values;
  if (auto status = DeriveFacts(compiled, facts, 0, values); !status.ok()) return status;
  const ExactScore exact = ScoreExactly(compiled, values);
  Explanation result;
  for (size_t i = 0; i < compiled.indicators.size(); ++i) {
    result.indicators.push_back(ExplainIndicator(compiled.indicators[i], exact.indicators[i], values));
    if (exact.indicators[i].applies) {
      result.covered.millionths += compiled.indicators[i].source->weight.millionths;
    }
  }
  for (size_t g = 0; g < exact.group_points.size(); ++g) {
    result.group_points.push_back(exact.group_applies[g] ? RoundPoints(exact.group_points[g]) : kNotApplicable);
  }
  result.bonuses = ExplainRules(compiled.bonuses, values);
  result.deductions = ExplainRules(compiled.deductions, values);
  result.bonus = RoundPoints(exact.bonus);
  result.deduction = RoundPoints(exact.deduction);
  result.exact_total = FractionText(exact.unclipped);
  result.unclipped = RoundPoints(exact.unclipped);
  if (!exact.rated) return result;
  result.status = ScoreStatus::kRated;
  result.total = RoundPoints(exact.total);
  ExplainGrade(compiled, values, result);
  if (result.total < RoundPoints(compiled.full_marks)) result.steps = FindSteps(compiled, facts, values, result.total);
  return result;
}

}  // namespace lianhu::scoring
