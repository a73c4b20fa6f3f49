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

// "verified updates 15 / households 17 = 0.882", a line a term.
std::string Numbers(const scoring::Checklist& checklist, const scoring::Indicator& indicator,
                    const IndicatorExplanation& explained, Language language) {
  std::string lines;
  for (size_t t = 0; t < explained.terms.size(); ++t) {
    const scoring::TermExplanation& term = explained.terms[t];
    const scoring::Term& formula = indicator.terms[t];
    if (!lines.empty()) lines += "<br>";
    if (explained.terms.size() > 1) absl::StrAppend(&lines, FormatDecimal(formula.weight), " × ");
    absl::StrAppend(&lines, FactTitle(checklist, formula.numerator, language), " <b>", term.numerator, "</b>");
    if (!formula.denominator.empty()) {
      absl::StrAppend(&lines, " / ", FactTitle(checklist, formula.denominator, language), " <b>", term.denominator,
                      "</b>");
    }
    absl::StrAppend(&lines, term.applies ? absl::StrCat(" = ", term.value)
                                         : absl::StrCat(" (", Words(language).not_applicable, ")"));
  }
  return lines;
}

// What is above the table: id, unit, total, grade, rank.
std::string Head(const ScorePageInput& input, const ScorePageOptions& options, int32_t steward, int64_t ranked) {
  const ScoreWords& words = Words(options.language);
  const scoring::Scores& scores = *input.scores;
  const bool rated = scores.status[steward] == scoring::ScoreStatus::kRated;
  std::string head = absl::StrCat("<header><h2>", words.steward, " ", Escape(input.ids[steward]), "</h2>");
  if (!input.units.empty()) absl::StrAppend(&head, "<p>", words.unit, ": ", Escape(input.units[steward]), "</p>");
  if (!rated) return absl::StrCat(head, "<p class=\"total\">", words.not_rated, "</p></header>\n");
  const scoring::Band& band = input.checklist->bands[scores.grade[steward]];
  absl::StrAppend(&head, "<p class=\"total\">", FormatPoints(scores.total[steward]), " <small>", words.points_unit,
                  "</small></p><p>", words.grade, ": <b>", TitleOf(band.title, band.grade, options.language), "</b> · ",
                  words.rank, ": <b>", scores.rank[steward], "</b> / ", ranked);
  if (!input.best_rank.empty()) {
    absl::StrAppend(&head, " · ", words.rank_interval, ": ", input.best_rank[steward], "–", input.worst_rank[steward]);
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
                    step.more > 0 ? step.more : -step.more, ": ", words.gain, " ", FormatPoints(step.gain), " ",
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
                      Numbers(checklist, indicator, explained, options.language), "</td><td>");
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
  absl::StrAppend(&page, "<p class=\"note\">", words.exact, ": ", Escape(explanation.exact_total), " · ", words.covered,
                  ": ", FormatDecimal(explanation.covered), " / ", FormatDecimal(checklist.full_marks), "</p>\n");
  for (const int32_t veto : explanation.vetoes) {
    const scoring::Veto& rule = checklist.vetoes[veto];
    absl::StrAppend(&page, "<p class=\"veto\">", words.veto, ": ", TitleOf(rule.title, rule.id, options.language),
                    "</p>\n");
  }
  absl::StrAppend(&page, Steps(checklist, explanation, options), "<p class=\"sign\">", words.signature,
                  ": ____________________ / ____________________</p>\n</section>\n");
  return page;
}

}  // namespace lianhu::report
