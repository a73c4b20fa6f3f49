#include "report/score_steward.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/html.h"
#include "report/score_words.h"

namespace lianhu::report {
namespace {

using scoring::Explanation;
using scoring::FormatPoints;
using scoring::IndicatorExplanation;

// Whether points are weight x numerator / denominator and nothing else: the row itself shows it.
bool IsPlainRatio(const scoring::Indicator& indicator, const IndicatorExplanation& explained) {
  return explained.applies && indicator.terms.size() == 1 && indicator.terms[0].weight == scoring::Decimal::Of(1) &&
         indicator.low == scoring::Decimal{} && indicator.high == scoring::Decimal::Of(1) &&
         indicator.direction == scoring::Direction::kHigherIsBetter && indicator.cap == scoring::Decimal{};
}

// "verified updates 15 / households 17", a line a term; then how the points came about.
std::string Numbers(const scoring::Checklist& checklist, const Explanation& explanation, size_t i,
                    const scoring::Indicator& indicator, Language language) {
  const IndicatorExplanation& explained = explanation.indicators[i];
  std::string lines;
  for (size_t t = 0; t < explained.terms.size(); ++t) {
    const scoring::TermExplanation& term = explained.terms[t];
    const scoring::Term& formula = indicator.terms[t];
    if (!lines.empty()) lines += "<br>";
    absl::StrAppend(&lines, FactTitle(checklist, formula.numerator, language), " <b>", term.numerator, "</b>");
    if (!formula.denominator.empty()) {
      absl::StrAppend(&lines, " / ", FactTitle(checklist, formula.denominator, language), " <b>", term.denominator,
                      "</b>");
    }
  }
  if (IsPlainRatio(indicator, explained)) return absl::StrCat(lines, " = ", explained.terms[0].value);
  const std::string calculation = scoring::DescribeIndicator(checklist, explanation, static_cast<int32_t>(i), language);
  return absl::StrCat(lines, "<br><small>", Escape(calculation), "</small>");
}

// What is above the table: id, unit, total, grade, rank.
std::string Head(const ScorePageInput& input, const ScorePageOptions& options, int32_t steward, int64_t ranked) {
  const ScoreWords& words = Words(options.language);
  const scoring::Scores& scores = *input.scores;
  const bool rated = scores.status[steward] == scoring::ScoreStatus::kRated;
  std::string head = absl::StrCat("<header><h2>", words.steward, " ", Escape(input.ids[steward]), "</h2>");
  if (!input.units.empty())
    absl::StrAppend(&head, "<p>", words.unit, words.colon, Escape(input.units[steward]), "</p>");
  if (!rated) return absl::StrCat(head, "<p class=\"total\">", words.not_rated, "</p></header>\n");
  const scoring::Band& band = input.checklist->bands[scores.grade[steward]];
  absl::StrAppend(&head, "<p class=\"total\">", FormatPoints(scores.total[steward]), " <small>", words.points_unit,
                  "</small></p><p>", words.grade, words.colon, "<b>", TitleOf(band.title, band.grade, options.language),
                  "</b> · ", words.rank, words.colon, "<b>", scores.rank[steward], "</b> / ", ranked);
  if (!input.best_rank.empty()) {
    absl::StrAppend(&head, " · ", words.rank_interval, words.colon, input.best_rank[steward], "–",
                    input.worst_rank[steward]);
  }
  return head + "</p></header>\n";
}

std::string Rules(const std::vector<scoring::RuleExplanation>& rules, const std::vector<scoring::PointRule>& checklist,
                  const char* sign, Language language) {
  std::string rows;
  for (const scoring::RuleExplanation& rule : rules) {
    const scoring::PointRule& listed = checklist[rule.rule];
    absl::StrAppend(&rows, "<tr><td></td><td>", TitleOf(listed.title, listed.id, language), "</td><td>", rule.count,
                    " × ", FormatDecimal(listed.points_each), "</td><td></td><td></td><td class=\"n\">", sign,
                    FormatPoints(rule.points), "</td></tr>\n");
  }
  return rows;
}

std::string Steps(const scoring::Checklist& checklist, const Explanation& explanation,
                  const ScorePageOptions& options) {
  constexpr size_t kMostSteps = 5;
  const ScoreWords& words = Words(options.language);
  if (explanation.steps.empty()) return "";
  std::string list = absl::StrCat("<h3>", words.next, "</h3>\n<ul>\n");
  for (size_t k = 0; k < std::min(explanation.steps.size(), kMostSteps); ++k) {
    const scoring::Step& step = explanation.steps[k];
    absl::StrAppend(&list, "<li>", FactTitle(checklist, step.fact, options.language), " ", step.more > 0 ? "+" : "−",
                    step.more > 0 ? step.more : -step.more, words.colon, words.gain, " ", FormatPoints(step.gain), " ",
                    words.points_unit, "</li>\n");
  }
  return list + "</ul>\n";
}

}  // namespace

// Boxes, not SVG: a browser that prints visits every SVG of the document for every page.
std::string ShareBar(double share, double mean, const std::string& label) {
  constexpr double kWidth = 100;
  std::string bar = absl::StrFormat("<span class=\"bar\" role=\"img\" aria-label=\"%s\"><b style=\"width:%.1fpx\"></b>",
                                    label, kWidth * std::clamp(share, 0.0, 1.0));
  if (mean >= 0) {
    absl::StrAppendFormat(&bar, "<i style=\"margin-left:%.1fpx\"></i>", (kWidth - 1.5) * std::min(mean, 1.0));
  }
  return bar + "</span>";
}

std::string StewardPage(const ScorePageInput& input, const ScorePageOptions& options, int32_t steward,
                        const Explanation& explanation, const ScoreMeans& means) {
  const ScoreWords& words = Words(options.language);
  const scoring::Checklist& checklist = *input.checklist;
  std::string page =
      absl::StrCat("<section class=\"steward\" id=\"s", steward, "\">\n", Head(input, options, steward, means.rated),
                   "<h3>", words.derivation, "</h3>\n<table>\n<thead><tr><th></th><th>", words.indicator, "</th><th>",
                   words.numbers, "</th><th>", words.mean_share, "</th><th>", words.weight, "</th><th>", words.points,
                   "</th></tr></thead>\n<tbody>\n");
  size_t i = 0;
  for (size_t g = 0; g < checklist.groups.size(); ++g) {
    const scoring::Group& group = checklist.groups[g];
    for (const scoring::Indicator& indicator : group.indicators) {
      const IndicatorExplanation& explained = explanation.indicators[i];
      absl::StrAppend(&page, "<tr><td>", Escape(indicator.id), "</td><td>",
                      TitleOf(indicator.title, indicator.id, options.language), "</td><td>",
                      Numbers(checklist, explanation, i, indicator, options.language), "</td><td>");
      if (explained.applies) {
        const double share = explained.weight_points > 0
                                 ? static_cast<double>(explained.points) / static_cast<double>(explained.weight_points)
                                 : 0;
        page += ShareBar(share, means.share[i], absl::StrFormat("%.0f %%", 100 * share));
      }
      absl::StrAppend(&page, "</td><td class=\"n\">",
                      explained.applies ? FormatPoints(explained.weight_points) : std::string("–"),
                      "</td><td class=\"n\">", PointsOrDash(explained.points), "</td></tr>\n");
      ++i;
    }
    absl::StrAppend(&page, "<tr class=\"group\"><td>", Escape(group.id), "</td><td colspan=\"4\">",
                    TitleOf(group.title, group.id, options.language), "</td><td class=\"n\">",
                    PointsOrDash(explanation.group_points[g]), "</td></tr>\n");
  }
  absl::StrAppend(&page, Rules(explanation.bonuses, checklist.bonuses, "+", options.language),
                  Rules(explanation.deductions, checklist.deductions, "−", options.language),
                  "<tr class=\"sum\"><td></td><td colspan=\"4\">", words.total, "</td><td class=\"n\">",
                  PointsOrDash(explanation.total), "</td></tr>\n</tbody></table>\n");
  absl::StrAppend(&page, "<p class=\"note\">", words.covered, words.colon, FormatDecimal(explanation.covered), " / ",
                  FormatDecimal(checklist.full_marks));
  if (explanation.status == scoring::ScoreStatus::kRated) {
    absl::StrAppend(&page, " · ", words.exact, words.colon, Escape(explanation.exact_total));
  }
  page += "</p>\n";
  for (const std::string& sentence : scoring::DescribeGrade(checklist, explanation, options.language)) {
    absl::StrAppend(&page, "<p class=\"said\">", Escape(sentence), "</p>\n");
  }
  absl::StrAppend(&page, Steps(checklist, explanation, options), "<p class=\"sign\">", words.signature, words.colon,
                  "____________________ / ____________________ &emsp;", words.date, words.colon,
                  "______________</p>\n</section>\n");
  return page;
}

}  // namespace lianhu::report
