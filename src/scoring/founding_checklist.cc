#include <utility>

#include "lianhu/scoring/checklist.h"

namespace lianhu::scoring {
namespace {

Indicator Ratio(std::string id, Title title, int64_t weight, std::string numerator, std::string denominator) {
  Indicator indicator{.id = std::move(id), .title = std::move(title), .weight = Decimal::Of(weight)};
  indicator.terms.push_back({.numerator = std::move(numerator), .denominator = std::move(denominator)});
  return indicator;
}

Fact Rare(std::string name, Title title) {
  return {.name = std::move(name), .title = std::move(title), .optional = true};
}

std::vector<Fact> Facts() {
  return {
      {"households_assigned", {"households linked", "联系户数"}},
      {"households_verified", {"households with a verified update this period", "本期核实过情况的户数"}},
      {"livelihood_current",
       {"households whose work or business status is at most 90 days old", "从业情况在90天内更新的户数"}},
      {"households_sampled", {"households sampled", "抽查户数"}},
      {"households_heard",
       {"sampled households that know their steward and have a logged contact", "抽查中认识红管事且有联系记录的户数"}},
      {"deliveries_due", {"policy notices due", "应传达的政策通知"}},
      {"deliveries_acknowledged", {"notices delivered and acknowledged", "已送达并确认的通知"}},
      {"disputes_received", {"disputes received", "受理的纠纷"}},
      {"disputes_settled", {"disputes settled and not reopened in 30 days", "调解成功且30天内未反复的纠纷"}},
      {"hardship_listed", {"hardship cases listed", "在册困难户"}},
      {"hardship_contacted", {"hardship cases with the contacts due", "按要求联系的困难户"}},
      {"requests_received", {"requests received", "收到的诉求"}},
      {"requests_in_time", {"requests answered in time", "按时答复的诉求"}},
      {"requests_resolved", {"requests resolved", "解决的诉求"}},
      {"requests_rated", {"requests rated by those who made them", "有评价的诉求"}},
      {"requests_satisfied", {"requests rated satisfied", "评价满意的诉求"}},
      {"sessions_planned", {"sessions planned", "计划宣讲场次"}},
      {"sessions_held", {"sessions held", "完成宣讲场次"}},
      {"reports_made", {"reports made", "上报信息"}},
      {"reports_valid", {"valid reports", "有效信息"}},
      {"help_accepted", {"help items accepted", "承接的帮办事项"}},
      {"help_in_time", {"help items done in time", "按时办结的帮办事项"}},
      {"patrols_due", {"patrols and hazard re-checks due", "应做的巡查与隐患复查"}},
      {"patrols_done", {"patrols and hazard re-checks done", "完成的巡查与隐患复查"}},
      {"tasks_assigned", {"tasks assigned", "交办的任务"}},
      {"tasks_on_time", {"tasks done on time", "按时完成的任务"}},
      Rare("commendations", {"commendations", "表彰加分项"}),
      Rare("late_reports", {"late reports", "迟报"}),
      Rare("concealed_reports", {"concealed reports", "瞒报"}),
      Rare("fabrications", {"fabricated records", "弄虚作假"}),
      Rare("concealed_emergencies", {"severity-4 issues concealed", "隐瞒四级（紧急）事项"}),
  };
}

Indicator RequestsAnswered() {
  Indicator indicator{.id = "B4", .title = {"requests answered", "合理诉求有回应"}, .weight = Decimal::Of(10)};
  const auto add = [&](int64_t tenths, std::string numerator, std::string denominator, Title title) {
    indicator.terms.push_back({.weight = {tenths * Decimal::kOne / 10},
                               .numerator = std::move(numerator),
                               .denominator = std::move(denominator),
                               .title = std::move(title)});
  };
  add(3, "requests_in_time", "requests_received", {"in time", "按时"});
  add(4, "requests_resolved", "requests_received", {"resolved", "解决"});
  add(3, "requests_satisfied", "requests_rated", {"satisfied", "满意"});
  return indicator;
}

}  // namespace

Checklist FoundingChecklist() {
  Checklist checklist;
  checklist.id = "founding";
  checklist.title = {"Stewards' 100-point checklist: three to know, four to reach, five roles",
                     "红管事百分制考评表：三掌握、四到位、五大员"};
  checklist.facts = Facts();
  checklist.households = "households_assigned";
  checklist.groups = {
      {"A",
       {"three to know", "三掌握"},
       {Ratio("A1", {"living conditions known", "掌握生活状况"}, 8, "households_verified", "households_assigned"),
        Ratio("A2", {"livelihood known", "掌握从业情况"}, 8, "livelihood_current", "households_assigned"),
        Ratio("A3", {"concerns heard", "掌握群众诉求"}, 8, "households_heard", "households_sampled")}},
      {"B",
       {"four to reach", "四到位"},
       {Ratio("B1", {"policy passed on", "政策宣传到位"}, 10, "deliveries_acknowledged", "deliveries_due"),
        Ratio("B2", {"neighbours at peace", "邻里和睦到位"}, 10, "disputes_settled", "disputes_received"),
        Ratio("B3", {"hardship helped", "困难帮扶到位"}, 10, "hardship_contacted", "hardship_listed"),
        RequestsAnswered()}},
      {"C",
       {"five roles", "五大员"},
       {Ratio("C1", {"messenger", "宣传员"}, 6, "sessions_held", "sessions_planned"),
        Ratio("C2", {"collector", "信息员"}, 8, "reports_valid", "reports_made"),
        Ratio("C3", {"link", "联络员"}, 8, "help_in_time", "help_accepted"),
        Ratio("C4", {"guardian", "守护员"}, 6, "patrols_done", "patrols_due"),
        Ratio("C5", {"example", "示范员"}, 8, "tasks_on_time", "tasks_assigned")}}};
  checklist.bonuses = {{"commended", {"commendations", "表彰"}, "commendations", Decimal::Of(1), {}}};
  checklist.bonus_cap = Decimal::Of(10);
  checklist.deductions = {{"late", {"late report", "迟报"}, "late_reports", Decimal::Of(10), {}},
                          {"concealed", {"concealed report", "瞒报"}, "concealed_reports", Decimal::Of(10), {}}};
  checklist.vetoes = {
      {"fabrication", {"fabrication", "弄虚作假"}, "fabrications", "fail"},
      {"concealment", {"a severity-4 issue concealed", "隐瞒四级（紧急）事项"}, "concealed_emergencies", "fail"}};
  checklist.bands = {
      {"excellent", {"excellent", "优秀"}, Decimal::Of(90), Decimal::Of(100), true},
      {"good", {"good", "良好"}, Decimal::Of(80), Decimal::Of(90)},
      {"pass", {"pass", "合格"}, Decimal::Of(60), Decimal::Of(80)},
      {"fail", {"fail", "不合格"}, Decimal::Of(0), Decimal::Of(60)},
  };
  return checklist;
}

}  // namespace lianhu::scoring
