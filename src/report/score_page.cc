#include "lianhu/report/score_page.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "lianhu/base/status.h"
#include "lianhu/scoring/explain.h"
#include "report/html.h"
#include "report/score_steward.h"
#include "report/score_words.h"

namespace lianhu::report {
namespace {

using scoring::Explanation;
using scoring::FormatPoints;
using scoring::Points;
using scoring::Scores;

constexpr char kStyle[] = R"(<style>
  @page { size: A4; margin: 15mm 14mm; }
  body { margin: 0 auto; max-width: 182mm; color: #222; font: 10.5pt/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
  h1 { color: #c8161d; font-size: 22pt; margin: 4mm 0 0; }
  h2 { font-size: 15pt; margin: 0; } h3 { font-size: 11.5pt; margin: 4mm 0 1mm; }
  .period { color: #555; margin: 0 0 4mm; }
  .figures { display: flex; gap: 3mm; margin: 4mm 0; }
  .figures div { flex: 1; border: 0.2mm solid #ccc; border-top: 1mm solid #c8161d; padding: 2mm 3mm; }
  .figures b { display: block; font-size: 15pt; }
  table { width: 100%; border-collapse: collapse; font-size: 9.5pt; }
  th, td { border-bottom: 0.2mm solid #ccc; padding: 0.8mm 1.5mm; text-align: left; vertical-align: top; }
  th { background: #f6e6e6; font-weight: normal; word-break: keep-all; } .g { white-space: nowrap; } td small { color: #555; } thead { display: table-header-group; }
  tr { break-inside: avoid; } .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
  .w, h1, h2, p { overflow-wrap: anywhere; } .w { min-width: 24mm; }
  .group td { background: #fafafa; font-weight: bold; } .sum td { border-top: 0.4mm solid #222; font-weight: bold; }
  .total { font-size: 22pt; margin: 1mm 0; color: #c8161d; } .total small { font-size: 11pt; }
  .note { color: #555; font-size: 9pt; } .said { font-weight: bold; } .steward .sign { margin-top: 7mm; }
  .ranking, .steward { break-before: page; } .steward { line-height: 1.3; } .steward table { font-size: 8.5pt; }
  .steward p, .steward li { margin: 0.8mm 0; } .steward ul { margin: 1mm 0; font-size: 9pt; }
  .bar { display: block; width: 100px; height: 10px; margin: 1.1mm 0; background: #eee; }
  .steward .bar { margin: 0.5mm 0; } .bar b { display: block; height: 10px; background: #c8161d; }
  .bar i { display: block; width: 1.5px; height: 10px; margin-top: -10px; background: #222; }
  .bar, .bar * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  svg text { font: 9px "Noto Sans CJK SC", sans-serif; }
  @media screen { .ranking, .steward { border-top: 1px dashed #aaa; margin-top: 10mm; } }
</style>
)";

absl::Status Check(const ScorePageInput& input) {
  if (input.checklist == nullptr) return InvalidField("checklist", -1, "is missing");
  if (input.scores == nullptr) return InvalidField("scores", -1, "is missing");
  const auto m = static_cast<size_t>(input.facts.stewards);
  const auto check = [](absl::string_view field, size_t length, size_t expected) {
    if (length == expected) return absl::OkStatus();
    return InvalidField(field, -1, absl::StrCat("has ", length, " entries, expected ", expected));
  };
  for (const absl::Status& status :
       {check("scores", static_cast<size_t>(input.scores->stewards), m), check("ids", input.ids.size(), m),
        check("facts", input.facts.values.size(), m * input.checklist->facts.size()),
        check("units", input.units.size(), input.units.empty() ? 0 : m),
        check("best_rank", input.best_rank.size(), input.best_rank.empty() ? 0 : m),
        check("worst_rank", input.worst_rank.size(), input.best_rank.size())}) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CheckParts(const ScorePageInput& input, const ScorePageOptions& options) {
  for (const auto& [field, value] :
       {std::pair("first_steward", options.first_steward), std::pair("most_stewards", options.most_stewards)}) {
    if (value < 0) return InvalidField(field, -1, absl::StrCat("must not be negative: ", value));
  }
  const auto files = static_cast<int64_t>(options.part_files.size());
  if (files == 0) return absl::OkStatus();
  if (options.most_stewards > 0 && files >= (input.facts.stewards - 1) / options.most_stewards + 1) {
    return absl::OkStatus();
  }
  return InvalidField("part_files", -1, absl::StrCat("has ", files, " entries, too few for all stewards"));
}

// Stewards by rank, those not rated last, and by their order within a rank.
std::vector<int32_t> ByRank(const Scores& scores) {
  std::vector<int32_t> order(scores.stewards);
  std::iota(order.begin(), order.end(), 0);
  const auto key = [&](int32_t s) { return scores.rank[s] == 0 ? scores.stewards + 1 : scores.rank[s]; };
  std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) { return key(a) < key(b); });
  return order;
}

std::string Figure(const char* name, const std::string& value) {
  return absl::StrCat("<div>", name, "<b>", value, "</b></div>");
}

std::string Figures(const Scores& scores, const std::vector<int32_t>& order, const ScoreWords& words) {
  std::vector<Points> totals;  // best first
  for (const int32_t s : order) {
    if (scores.rank[s] > 0) totals.push_back(scores.total[s]);
  }
  const auto n = static_cast<int64_t>(totals.size());
  std::string html = absl::StrCat("<div class=\"figures\">", Figure(words.stewards, absl::StrCat(scores.stewards)),
                                  Figure(words.rated, absl::StrCat(n)));
  if (n > 0) {
    const Points sum = std::accumulate(totals.begin(), totals.end(), Points{0});
    const Points middle = totals[(n - 1) / 2] + totals[n / 2];
    absl::StrAppend(&html, Figure(words.mean, FormatPoints((2 * sum + n) / (2 * n))),
                    Figure(words.median, FormatPoints((middle + 1) / 2)),
                    Figure(words.highest, FormatPoints(totals.front())),
                    Figure(words.lowest, FormatPoints(totals.back())));
  }
  return html + "</div>\n";
}

// Twenty classes of totals, each with its number of stewards.
std::string Histogram(const scoring::Checklist& checklist, const Scores& scores, const ScoreWords& words) {
  constexpr int kClasses = 20;
  const Points full = checklist.full_marks.millionths / 1000;
  std::vector<int64_t> counts(kClasses, 0);
  for (int32_t s = 0; s < scores.stewards; ++s) {
    if (scores.rank[s] > 0) ++counts[std::clamp<int64_t>(scores.total[s] * kClasses / full, 0, kClasses - 1)];
  }
  const int64_t most = std::max<int64_t>(1, *std::max_element(counts.begin(), counts.end()));
  std::string svg = absl::StrCat("<h3>", words.distribution,
                                 "</h3>\n<svg id=\"distribution\" width=\"680\" height=\"190\" viewBox=\"0 0 680 190\" "
                                 "role=\"img\">\n");
  for (int k = 0; k < kClasses; ++k) {
    const double height = 150.0 * static_cast<double>(counts[k]) / static_cast<double>(most);
    const int x = 20 + 32 * k;
    absl::StrAppendFormat(&svg,
                          "<rect x=\"%d\" y=\"%.1f\" width=\"28\" height=\"%.1f\" fill=\"#c8161d\" data-count=\"%d\"/>",
                          x, 165 - height, height, counts[k]);
    if (counts[k] > 0) {
      absl::StrAppendFormat(&svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"middle\">%d</text>", x + 14, 162 - height,
                            counts[k]);
    }
    absl::StrAppendFormat(&svg, "<text x=\"%d\" y=\"180\" text-anchor=\"middle\">%d</text>\n", x,
                          full * k / kClasses / 1000);
  }
  return absl::StrCat(svg, "<text x=\"660\" y=\"180\" text-anchor=\"middle\">", full / 1000,
                      "</text><line x1=\"16\" y1=\"165.5\" x2=\"664\" y2=\"165.5\" stroke=\"#222\"/></svg>\n");
}

std::string Grades(const scoring::Checklist& checklist, const Scores& scores, const ScorePageOptions& options) {
  const ScoreWords& words = Words(options.language);
  std::vector<int64_t> counts(checklist.bands.size(), 0);
  int64_t rated = 0;
  for (int32_t s = 0; s < scores.stewards; ++s) {
    if (scores.grade[s] < 0) continue;
    ++counts[scores.grade[s]];
    ++rated;
  }
  std::string html = absl::StrCat("<h3>", words.grades, "</h3>\n<table><tbody>\n");
  for (size_t b = 0; b < checklist.bands.size(); ++b) {
    const scoring::Band& band = checklist.bands[b];
    const double share = rated == 0 ? 0 : static_cast<double>(counts[b]) / static_cast<double>(rated);
    absl::StrAppend(&html, "<tr><td>", TitleOf(band.title, band.grade, options.language), "</td><td>",
                    FormatDecimal(band.from), "–", FormatDecimal(band.to), "</td><td class=\"n\">", counts[b],
                    "</td><td class=\"n\">", absl::StrFormat("%.1f %%", 100 * share), "</td><td>",
                    ShareBar(share, -1, absl::StrFormat("%.1f %%", 100 * share)), "</td></tr>\n");
  }
  return html + "</tbody></table>\n";
}

std::string Indicators(const scoring::Checklist& checklist, const std::vector<double>& mean_share,
                       const ScorePageOptions& options) {
  std::string html = absl::StrCat("<h3>", Words(options.language).indicators, "</h3>\n<table><tbody>\n");
  size_t i = 0;
  for (const scoring::Group& group : checklist.groups) {
    for (const scoring::Indicator& indicator : group.indicators) {
      const double share = mean_share[i++];
      const std::string percent = share < 0 ? "–" : absl::StrFormat("%.1f %%", 100 * share);
      absl::StrAppend(&html, "<tr><td>", Escape(indicator.id), "</td><td>",
                      TitleOf(indicator.title, indicator.id, options.language), "</td><td class=\"n\">", percent,
                      "</td><td>", share < 0 ? std::string() : ShareBar(share, -1, percent), "</td></tr>\n");
    }
  }
  return html + "</tbody></table>\n";
}

// By indicator, the mean of points / weight of those to whom it applies; -1 where it applies to nobody.
std::vector<double> MeanShares(const Scores& scores) {
  const auto width = static_cast<size_t>(scores.indicators);
  std::vector<double> shares(width, 0);
  std::vector<int64_t> applicable(width, 0);
  for (size_t k = 0; k < scores.points.size(); ++k) {
    if (scores.weights[k] <= 0) continue;
    shares[k % width] += static_cast<double>(scores.points[k]) / static_cast<double>(scores.weights[k]);
    ++applicable[k % width];
  }
  for (size_t i = 0; i < width; ++i) {
    shares[i] = applicable[i] == 0 ? -1 : shares[i] / static_cast<double>(applicable[i]);
  }
  return shares;
}

std::string RankingHead(const ScorePageInput& input, const ScorePageOptions& options) {
  const ScoreWords& words = Words(options.language);
  std::string html =
      absl::StrCat("<section class=\"ranking\"><h2>", words.ranking, "</h2>\n<table id=\"ranking\"><thead><tr><th>",
                   words.rank, "</th><th>", words.steward, "</th>");
  if (!input.units.empty()) absl::StrAppend(&html, "<th>", words.unit, "</th>");
  for (const scoring::Group& group : input.checklist->groups) {
    absl::StrAppend(&html, "<th>", TitleOf(group.title, group.id, options.language), "</th>");
  }
  absl::StrAppend(&html, "<th>", words.bonus, "</th><th>", words.deduction, "</th><th>", words.total, "</th><th>",
                  words.grade, "</th>");
  if (!input.best_rank.empty()) absl::StrAppend(&html, "<th>", words.rank_interval, "</th>");
  return html + "</tr></thead>\n<tbody>\n";
}

// `k`: his place in the order of the pages.
std::string RankingRow(const ScorePageInput& input, const ScorePageOptions& options, int32_t s, size_t k) {
  const Scores& scores = *input.scores;
  const bool rated = scores.rank[s] > 0;
  std::string html =
      absl::StrCat("<tr><td class=\"n\">", rated ? absl::StrCat(scores.rank[s]) : "–", "</td><td class=\"w\">");
  if (options.steward_pages || !options.part_files.empty()) {
    const std::string file = options.part_files.empty() ? "" : options.part_files[k / options.most_stewards];
    const std::string address = absl::StrReplaceAll(file, {{"%", "%25"}, {"#", "%23"}, {"?", "%3F"}});
    absl::StrAppend(&html, "<a href=\"", Escape(address), "#s", s, "\">", Escape(input.ids[s]), "</a>");
  } else {
    html += Escape(input.ids[s]);
  }
  html += "</td>";
  if (!input.units.empty()) absl::StrAppend(&html, "<td class=\"w\">", Escape(input.units[s]), "</td>");
  for (int32_t g = 0; g < scores.groups; ++g) {
    absl::StrAppend(&html, "<td class=\"n\">", PointsOrDash(scores.group_points[s * scores.groups + g]), "</td>");
  }
  std::string grade = Words(options.language).not_rated;
  if (rated) {
    const scoring::Band& band = input.checklist->bands[scores.grade[s]];
    grade = TitleOf(band.title, band.grade, options.language);
    if (scores.veto[s] >= 0) absl::StrAppend(&grade, " (", Words(options.language).by_veto, ")");
  }
  absl::StrAppend(&html, "<td class=\"n\">", FormatPoints(scores.bonus[s]), "</td><td class=\"n\">",
                  FormatPoints(scores.deduction[s]), "</td><td class=\"n\">", PointsOrDash(scores.total[s]),
                  "</td><td class=\"g\">", grade, "</td>");
  if (!input.best_rank.empty()) {
    absl::StrAppend(&html, "<td class=\"n\">", rated ? absl::StrCat(input.best_rank[s], "–", input.worst_rank[s]) : "–",
                    "</td>");
  }
  return html + "</tr>\n";
}

}  // namespace

absl::Status WriteScorePage(const ScorePageInput& input, const ScorePageOptions& options,
                            absl::FunctionRef<absl::Status(absl::string_view)> sink, RunContext& context) {
  if (auto status = Check(input); !status.ok()) return status;
  if (auto status = CheckParts(input, options); !status.ok()) return status;
  const scoring::Checklist& checklist = *input.checklist;
  const Scores& scores = *input.scores;
  const ScoreWords& words = Words(options.language);
  const ScoreMeans means{.rated = std::count(scores.status.begin(), scores.status.end(), scoring::ScoreStatus::kRated),
                         .share = MeanShares(scores)};
  const std::string title =
      options.title.empty() ? TitleOf(checklist.title, checklist.id, options.language) : Escape(options.title);
  const std::vector<int32_t> order = ByRank(scores);
  const std::string head =
      absl::StrCat("<!DOCTYPE html>\n<html lang=\"", words.lang, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
                   title, "</title>\n", kStyle, "</head>\n<body>\n");
  if (auto status = sink(head); !status.ok()) return status;
  if (options.front) {
    const std::string front = absl::StrCat("<h1>", title, "</h1>\n<p class=\"period\">", Escape(options.period),
                                           "</p>\n", Figures(scores, order, words), Histogram(checklist, scores, words),
                                           Grades(checklist, scores, options),
                                           Indicators(checklist, means.share, options), RankingHead(input, options));
    if (auto status = sink(front); !status.ok()) return status;
    for (size_t k = 0; k < order.size(); ++k) {
      if (auto status = sink(RankingRow(input, options, order[k], k)); !status.ok()) return status;
    }
    if (auto status = sink("</tbody></table></section>\n"); !status.ok()) return status;
  }
  const size_t width = checklist.facts.size();
  const auto begin = static_cast<size_t>(std::min<int64_t>(options.first_steward, scores.stewards));
  const size_t left = options.steward_pages ? order.size() - begin : 0;
  const size_t count = options.most_stewards == 0 ? left : std::min<size_t>(left, options.most_stewards);
  for (size_t k = begin; k < begin + count; ++k) {
    if (context.cancelled()) return absl::CancelledError("cancelled");
    context.Report(static_cast<double>(k) / static_cast<double>(order.size()));
    const int32_t s = order[k];
    const absl::StatusOr<Explanation> explanation =
        scoring::Explain(checklist, input.facts.values.subspan(s * width, width));
    if (!explanation.ok()) return explanation.status();
    if (auto status = sink(StewardPage(input, options, s, *explanation, means)); !status.ok()) return status;
  }
  return sink("</body>\n</html>\n");
}

}  // namespace lianhu::report
