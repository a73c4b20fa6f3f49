#include "page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/io/plan_files.h"

namespace jili {
namespace {

constexpr char kHead[] = R"(<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>集里街道 · 联户</title>
<style>
  body { margin: 0 auto; max-width: 960px; padding: 0 16px 40px; color: #222; font: 15px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
  h1 { color: #c8161d; margin: 24px 0 4px; } h2 { margin: 28px 0 8px; border-left: 5px solid #c8161d; padding-left: 10px; }
  .figures { display: flex; flex-wrap: wrap; gap: 10px; } .figures div { flex: 1 1 auto; min-width: 105px; border: 1px solid #ddd; padding: 8px 12px; }
  .figures b { display: block; font-size: 20px; white-space: nowrap; } .note { color: #666; }
  .bars { display: grid; grid-template-columns: 170px 1fr 70px; gap: 3px 10px; align-items: center; font-size: 14px; }
  .bars span { background: #eee; } .bars i { display: block; height: 13px; background: #c8161d; } .bars em { text-align: right; font-style: normal; }
  a { color: #0b57a4; }
</style>
</head>
<body>
<h1>集里街道 · 联户工作一览</h1>
<p class="note">住户位置、诉求、走访和评价均由程序生成，只有街道、社区的名称、代码和规模是真实的。</p>
)";

std::string Figure(const char* name, const std::string& value) {
  return absl::StrCat("<div>", name, "<b>", value, "</b></div>");
}

// A line of a bar chart; `share` 0..1.
std::string Bar(const std::string& name, double share, const std::string& value) {
  return absl::StrFormat("<div>%s</div><span><i style=\"width:%.1f%%\"></i></span><em>%s</em>\n", name,
                         100 * std::clamp(share, 0.0, 1.0), value);
}

std::string Percent(double share) {
  return absl::StrFormat("%.1f%%", 100 * share);
}

// Metres a household, one decimal.
std::string MeanMetres(int64_t total_cm, size_t households) {
  return absl::StrFormat("%.1f 米", static_cast<double>(total_cm) / 100 / static_cast<double>(households));
}

std::string PlanSection(const lianhu::io::Street& files, const lianhu::assignment::Plan& plan, const Walks& walks,
                        const Merchants& merchants) {
  const lianhu::io::PlanFigures figures = lianhu::io::FiguresOf(files, plan);
  return absl::StrCat(
      "<h2>户户有人联系</h2>\n<div class=\"figures\">", Figure("住户", absl::StrCat(figures.served)),
      Figure("红管事", absl::StrCat(files.stewards.ids.size())),
      Figure("每人联系户数", absl::StrCat(figures.load_min, "–", figures.load_max)),
      Figure("平均距离", absl::StrFormat("%.1f 米", figures.mean_distance_m)), Figure("是否最优", "已证明"), "</div>\n",
      "<p>总距离 = 下界，不存在更近的方案，任何人可用 <code>lianhu verify</code> 复核。<a "
      "href=\"map.html\">打开联户图</a> · "
      "<a href=\"plan.csv\">方案</a> · <a href=\"prices.csv\">证明</a></p>\n<p>步行：一条河、",
      walks.bridges, "座桥。沿道路的最优方案平均", MeanMetres(walks.road_plan_cm, plan.steward_of.size()),
      "，按直线排的方案走起来平均", MeanMetres(walks.straight_plan_cm, plan.steward_of.size()),
      "。<a href=\"plan_on_roads.csv\">步行方案</a></p>\n<p class=\"note\">商户：",
      merchants.sentences.substr(merchants.sentences.find('\n') + 1), "</p>\n");
}

std::string DrawingSection(const DrawnStreet& drawn) {
  return absl::StrCat("<h2>网格与微网格的划分</h2>\n<div class=\"figures\">", Figure("网格", absl::StrCat(drawn.grids)),
                      Figure("每个网格户数", absl::StrCat(drawn.grid_least, "–", drawn.grid_most)),
                      Figure("微网格", absl::StrCat(drawn.micro_grids)),
                      Figure("每个微网格户数", absl::StrCat(drawn.micro_grid_least, "–", drawn.micro_grid_most)),
                      Figure("平均半径", absl::StrFormat("%.1f 米", drawn.mean_radius_m)),
                      Figure("平均紧凑度", absl::StrFormat("%.2f", drawn.mean_compactness)),
                      "</div>\n<p>只凭住户位置划分，不跨社区（村），每户到所在微网格中心户平均",
                      absl::StrFormat("%.1f 米", drawn.mean_distance_m),
                      "；编号15位、18位。任何人可用 <code>lianhu district --check</code> 复核。<a "
                      "href=\"drawn.html\">打开网格图</a> · <a "
                      "href=\"drawn.csv\">每户所在</a> · <a href=\"drawn_parts.csv\">每个微网格</a> · <a "
                      "href=\"drawn_units.csv\">编号表</a></p>\n");
}

std::string MonthSection(const Month& month) {
  std::string html =
      absl::StrCat("<h2>一个月的诉求：能帮即帮、可劝即劝、需报即报</h2>\n<div class=\"figures\">",
                   Figure("诉求", absl::StrCat(kIssues)), Figure("帮", absl::StrCat(month.by_mode[0])),
                   Figure("劝", absl::StrCat(month.by_mode[1])), Figure("报", absl::StrCat(month.by_mode[2])),
                   Figure("响应率", Percent(month.figures.response.value())),
                   Figure("解决率", Percent(month.figures.resolution.value())),
                   Figure("满意率", Percent(month.figures.satisfaction.value())),
                   Figure("月末未结", absl::StrCat(month.figures.open)), "</div>\n<p>预警", month.warnings,
                   "次，逾期上报上一级", month.escalations,
                   "次。<a href=\"decisions.csv\">每件的分派</a> · <a href=\"cases.csv\">每件的办理</a></p>\n<div "
                   "class=\"bars\">\n");
  int64_t most = 1;
  for (const CategoryCount& category : month.categories) most = std::max(most, category.issues);
  for (const CategoryCount& category : month.categories) {
    html += Bar(category.name_zh, static_cast<double>(category.issues) / static_cast<double>(most),
                absl::StrCat(category.issues));
  }
  return html + "</div>\n";
}

std::string OutreachSection(const Outreach& outreach) {
  const double share = static_cast<double>(outreach.reached) / static_cast<double>(outreach.households);
  std::string html = absl::StrCat(
      "<h2>一传到底</h2>\n<div class=\"figures\">", Figure("已确认的住户", absl::StrCat(outreach.reached)),
      Figure("覆盖率", Percent(share)), Figure("传到一半用时", absl::StrCat(outreach.hours_to_half, " 小时")),
      Figure("需重发", absl::StrCat(outreach.stops, " 处")), Figure("群组", absl::StrCat(outreach.groups)),
      "</div>\n<p><a href=\"coverage.csv\">各单位覆盖</a> · <a href=\"again.csv\">重发清单</a> · <a "
      "href=\"groups.csv\">群组名单</a> · "
      "<a href=\"cards.html\">连心卡（",
      outreach.cards, "张，A4每页8张）</a> · <a href=\"diary.html\">联户手记</a></p>\n<div class=\"bars\">\n");
  for (const auto& [name, covered] : outreach.coverage) html += Bar(name, covered, Percent(covered));
  return html + "</div>\n";
}

std::string EvaluationSection(const Evaluation& evaluation) {
  std::string html = absl::StrCat(
      "<h2>考评与专项资金</h2>\n<div class=\"figures\">", Figure("红管事", absl::StrCat(evaluation.stewards)),
      Figure("已评定", absl::StrCat(evaluation.rated)), Figure("平均分", evaluation.mean),
      Figure("资金", "1000000.00 元"),
      Figure("已评定者每人", absl::StrCat(evaluation.least, "–", evaluation.most, " 元")),
      "</div>\n<p>本月应办的事项不足三分之二权重的红管事不予评定，不因此扣分，也不参加按得分的分配（",
      evaluation.stewards - evaluation.rated,
      "人）。每个人的得分都能逐项核对：<a "
      "href=\"scores.html\">考评报告</a> · <a href=\"scores.csv\">得分</a> · "
      "<a href=\"fund.csv\">资金分配（精确到分）</a> · <a href=\"facts.csv\">事实</a></p>\n<div class=\"bars\">\n");
  for (const auto& [grade, count] : evaluation.grades) {
    const double share = evaluation.rated == 0 ? 0 : static_cast<double>(count) / static_cast<double>(evaluation.rated);
    html += Bar(grade, share, absl::StrCat(count));
  }
  return html + "</div>\n";
}

}  // namespace

std::string Page(const lianhu::io::Street& files, const lianhu::assignment::Plan& plan, const Walks& walks,
                 const Merchants& merchants, const DrawnStreet& drawn, const Month& month, const Outreach& outreach,
                 const Evaluation& evaluation) {
  return absl::StrCat(kHead, PlanSection(files, plan, walks, merchants), DrawingSection(drawn), MonthSection(month),
                      OutreachSection(outreach), EvaluationSection(evaluation), "</body>\n</html>\n");
}

}  // namespace jili
