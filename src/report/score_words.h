// The words of the score page, and how it shows titles and points.
#ifndef LIANHU_SRC_REPORT_SCORE_WORDS_H_
#define LIANHU_SRC_REPORT_SCORE_WORDS_H_

#include <string>

#include "lianhu/base/language.h"
#include "lianhu/scoring/checklist.h"
#include "lianhu/scoring/score.h"
#include "report/html.h"

namespace lianhu::report {

// One language's words.
struct ScoreWords {
  const char* lang;
  const char* steward;
  const char* stewards;
  const char* unit;
  const char* rated;
  const char* not_rated;
  const char* mean;
  const char* median;
  const char* highest;
  const char* lowest;
  const char* grade;
  const char* grades;
  const char* distribution;
  const char* indicators;
  const char* indicator;
  const char* ranking;
  const char* rank;
  const char* rank_interval;
  const char* total;
  const char* bonus;
  const char* deduction;
  const char* numbers;
  const char* weight;
  const char* points;
  const char* mean_share;
  const char* next;
  const char* gain;
  const char* by_veto;
  const char* points_unit;
  const char* derivation;
  const char* exact;
  const char* covered;
  const char* signature;
  const char* date;
  const char* colon;
};

inline const ScoreWords& Words(Language language) {
  static constexpr ScoreWords kEnglish = {"en",
                                          "Steward",
                                          "stewards",
                                          "Unit",
                                          "rated",
                                          "not rated",
                                          "Mean",
                                          "Median",
                                          "Highest",
                                          "Lowest",
                                          "Grade",
                                          "Grades",
                                          "Distribution of totals",
                                          "Means of the indicators",
                                          "Indicator",
                                          "Ranking",
                                          "Rank",
                                          "Rank if weights change",
                                          "Total",
                                          "Bonus",
                                          "Deduction",
                                          "Numbers",
                                          "Weight",
                                          "Points",
                                          "Share (tick: mean of all)",
                                          "What would bring more points",
                                          "gain",
                                          "by veto",
                                          "points",
                                          "How the score came about",
                                          "Sum before rounding",
                                          "Weight covered",
                                          "Seen (steward / office)",
                                          "Date",
                                          ": "};
  static constexpr ScoreWords kChinese = {"zh-CN",
                                          "红管事",
                                          "红管事人数",
                                          "所属单位",
                                          "已评定",
                                          "未评定",
                                          "平均分",
                                          "中位数",
                                          "最高分",
                                          "最低分",
                                          "等次",
                                          "等次分布",
                                          "总分分布",
                                          "各指标平均得分率",
                                          "指标",
                                          "排名表",
                                          "名次",
                                          "权重变动时的名次",
                                          "总分",
                                          "加分",
                                          "扣分",
                                          "数据",
                                          "权重",
                                          "得分",
                                          "得分率（竖线为全体平均）",
                                          "怎样可以再提高",
                                          "可增加",
                                          "一票否决",
                                          "分",
                                          "得分是怎样算出来的",
                                          "舍入前合计",
                                          "已覆盖权重",
                                          "签收（红管事／办公室）",
                                          "日期",
                                          "："};
  return language == Language::kChinese ? kChinese : kEnglish;
}

inline std::string TitleOf(const scoring::Title& title, const std::string& key, Language language) {
  const std::string& own = language == Language::kChinese ? title.title_zh : title.title;
  const std::string& other = language == Language::kChinese ? title.title : title.title_zh;
  return Escape(!own.empty() ? own : !other.empty() ? other : key);
}

// The title of a fact or derived fact.
inline std::string FactTitle(const scoring::Checklist& checklist, const std::string& name, Language language) {
  for (const scoring::Fact& fact : checklist.facts) {
    if (fact.name == name) return TitleOf(fact.title, name, language);
  }
  for (const scoring::DerivedFact& fact : checklist.derived) {
    if (fact.name == name) return TitleOf(fact.title, name, language);
  }
  return Escape(name);
}

inline std::string PointsOrDash(scoring::Points points) {
  return points == scoring::kNotApplicable ? "–" : scoring::FormatPoints(points);
}

}  // namespace lianhu::report

#endif  // LIANHU_SRC_REPORT_SCORE_WORDS_H_
