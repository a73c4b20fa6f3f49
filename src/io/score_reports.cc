#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/score_files.h"

namespace lianhu::io {
namespace {

using scoring::Checklist;
using scoring::Points;
using Json = nlohmann::ordered_json;

std::vector<const scoring::Indicator*> Indicators(const Checklist& checklist) {
  std::vector<const scoring::Indicator*> indicators;
  for (const scoring::Group& group : checklist.groups) {
    for (const scoring::Indicator& indicator : group.indicators) indicators.push_back(&indicator);
  }
  return indicators;
}

// Decimal text, as in the checklist: JSON's numbers are floats to most readers.
Json PointsOrNull(Points points) {
  return points < 0 ? Json(nullptr) : Json(scoring::FormatPoints(points));
}

Json Rules(const std::vector<scoring::PointRule>& rules, const std::vector<scoring::RuleExplanation>& applied) {
  Json list = Json::array();
  for (const scoring::RuleExplanation& rule : applied) {
    const scoring::PointRule& source = rules[rule.rule];
    list.push_back({{"id", source.id},
                    {"fact", source.fact},
                    {"count", rule.count},
                    {"points_each", scoring::FormatDecimal(source.points_each)},
                    {"points", scoring::FormatPoints(rule.points)}});
  }
  return list;
}

Json IndicatorJson(const scoring::Indicator& indicator, const scoring::IndicatorExplanation& explanation) {
  Json terms = Json::array();
  for (size_t t = 0; t < indicator.terms.size(); ++t) {
    const scoring::Term& term = indicator.terms[t];
    const scoring::TermExplanation& found = explanation.terms[t];
    Json entry = {{"weight", scoring::FormatDecimal(term.weight)},
                  {"numerator", term.numerator},
                  {"numerator_count", found.numerator},
                  {"denominator", term.denominator},
                  {"denominator_count", found.denominator},
                  {"applies", found.applies}};
    terms.push_back(std::move(entry));
  }
  return {{"id", indicator.id},
          {"applies", explanation.applies},
          {"terms", terms},
          {"value", explanation.value},
          {"share", explanation.share},
          {"stated_weight", scoring::FormatDecimal(indicator.weight)},
          {"weight", explanation.weight},
          {"points", PointsOrNull(explanation.points)}};
}

Json StepJson(const Checklist& checklist, const std::vector<const scoring::Indicator*>& indicators,
              const scoring::Step& step) {
  return {{"indicator", step.indicator < 0 ? Json(nullptr) : Json(indicators[step.indicator]->id)},
          {"bonus", step.rule < 0 ? Json(nullptr) : Json(checklist.bonuses[step.rule].id)},
          {"fact", step.fact},
          {"more", step.more},
          {"gain", scoring::FormatPoints(step.gain)},
          {"whole_point", step.whole_point}};
}

}  // namespace

std::string FormatSensitivityCsv(const Checklist& checklist, const FactFile& facts, const scoring::Scores& scores,
                                 const scoring::Sensitivity& sensitivity) {
  const auto indicators = Indicators(checklist);
  std::string csv =
      "steward,total,rank,best_rank,worst_rank,attained_best,attained_worst,sampled_best,sampled_worst,swap_with,swap_"
      "change,swap_indicator,swap_indicator_change,exact\n";
  for (int32_t s = 0; s < scores.stewards; ++s) {
    if (scores.status[s] != scoring::ScoreStatus::kRated) continue;
    const scoring::WeightSwap& swap = sensitivity.swap[s];
    absl::StrAppend(&csv, QuoteCsvField(facts.stewards[s]), ",", scoring::FormatPoints(scores.total[s]));
    for (const auto* column :
         {&sensitivity.rank, &sensitivity.best_rank, &sensitivity.worst_rank, &sensitivity.attained_best,
          &sensitivity.attained_worst, &sensitivity.sampled_best, &sensitivity.sampled_worst}) {
      absl::StrAppend(&csv, ",", (*column)[s]);
    }
    const char* exact = sensitivity.Exact(s) ? "yes" : "no";
    if (swap.with == scoring::kNoIndex) {
      absl::StrAppend(&csv, ",,,,,", exact, "\n");
      continue;
    }
    absl::StrAppend(&csv, ",", QuoteCsvField(facts.stewards[swap.with]), ",", scoring::FormatDecimal(swap.change), ",");
    if (swap.indicator != scoring::kNoIndex) {
      absl::StrAppend(&csv, indicators[swap.indicator]->id, ",", scoring::FormatDecimal(swap.indicator_change));
    } else {
      absl::StrAppend(&csv, ",");
    }
    absl::StrAppend(&csv, ",", exact, "\n");
  }
  return csv;
}

std::string FormatInfluenceCsv(const Checklist& checklist, const scoring::Sensitivity& sensitivity) {
  std::string csv = "indicator,weight,mean_shift,greatest_shift,correlation\n";
  const auto indicators = Indicators(checklist);
  for (size_t i = 0; i < indicators.size(); ++i) {
    absl::StrAppend(&csv, indicators[i]->id, ",", scoring::FormatDecimal(indicators[i]->weight), ",",
                    scoring::FormatPoints(sensitivity.mean_shift[i]), ",", sensitivity.greatest_shift[i], ",",
                    scoring::FormatDecimal({sensitivity.correlation[i]}), "\n");
  }
  return csv;
}

std::string FormatExplanationJson(const Checklist& checklist, const std::string& steward,
                                  const scoring::Explanation& explanation) {
  const auto indicators = Indicators(checklist);
  Json groups = Json::array();
  size_t i = 0;
  for (size_t g = 0; g < checklist.groups.size(); ++g) {
    Json list = Json::array();
    for (const scoring::Indicator& indicator : checklist.groups[g].indicators) {
      list.push_back(IndicatorJson(indicator, explanation.indicators[i++]));
    }
    groups.push_back({{"id", checklist.groups[g].id},
                      {"points", PointsOrNull(explanation.group_points[g])},
                      {"indicators", std::move(list)}});
  }
  Json vetoes = Json::array();
  for (const int32_t veto : explanation.vetoes) vetoes.push_back(checklist.vetoes[veto].id);
  Json steps = Json::array();
  for (const scoring::Step& step : explanation.steps) steps.push_back(StepJson(checklist, indicators, step));
  const auto grade = [&](int32_t band) { return band < 0 ? Json(nullptr) : Json(checklist.bands[band].grade); };
  const Json json = {
      {"steward", steward},
      {"status", scoring::StatusName(explanation.status)},
      {"covered", scoring::FormatDecimal(explanation.covered)},
      {"groups", groups},
      {"bonuses", Rules(checklist.bonuses, explanation.bonuses)},
      {"bonus", scoring::FormatPoints(explanation.bonus)},
      {"deductions", Rules(checklist.deductions, explanation.deductions)},
      {"deduction", scoring::FormatPoints(explanation.deduction)},
      {"exact_total", explanation.exact_total},
      {"total", PointsOrNull(explanation.total)},
      {"grade_by_points", grade(explanation.band)},
      {"grade", grade(explanation.grade)},
      {"vetoes", vetoes},
      {"next_grade", grade(explanation.next_grade)},
      {"to_next_grade", explanation.next_grade < 0 ? Json(nullptr) : PointsOrNull(explanation.to_next_grade)},
      {"one_more_point", steps}};
  return json.dump(2) + "\n";
}

}  // namespace lianhu::io
