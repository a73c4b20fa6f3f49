#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lianhu/scoring/explain.h"

namespace lianhu::scoring {
namespace {

// Fractions longer than this say nothing to a person.
constexpr size_t kLongestFraction = 24;

class Writer {
 public:
  Writer(const Checklist& checklist, const Explanation& explanation, bool chinese)
      : checklist_(checklist), explanation_(explanation), chinese_(chinese) {}

  std::string Write(const std::string& steward) {
    Headline(steward);
    size_t i = 0;
    for (size_t g = 0; g < checklist_.groups.size(); ++g) {
      const Group& group = checklist_.groups[g];
      const Points points = explanation_.group_points[g];
      Line(Called(group.id, group.title), Say(": ", "："), points < 0 ? NotApplicable() : Pointed(points));
      for (const Indicator& indicator : group.indicators) WriteIndicator(indicator, i++);
    }
    Rules(Say("bonus", "加分"), checklist_.bonuses, explanation_.bonuses, explanation_.bonus);
    Rules(Say("deduction", "扣分"), checklist_.deductions, explanation_.deductions, explanation_.deduction);
    Total();
    Steps();
    return std::move(text_);
  }

  // Why there is no rating.
  std::string Coverage() const {
    const std::string covered = FormatDecimal(explanation_.covered);
    const std::string full = FormatDecimal(checklist_.full_marks);
    const std::string least = absl::StrCat(checklist_.coverage_numerator, "/", checklist_.coverage_denominator);
    return chinese_ ? absl::StrCat("适用的指标只占", full, "分中的", covered, "分，不足", least, "。")
                    : absl::StrCat("The indicators that apply carry ", covered, " of ", full,
                                   " points of weight, less than ", least, ".");
  }

  // The way from the numbers of indicator `i` to its points.
  std::string Calculation(size_t i) const {
    size_t g = 0;
    size_t k = i;
    while (k >= checklist_.groups[g].indicators.size()) k -= checklist_.groups[g++].indicators.size();
    const Indicator& indicator = checklist_.groups[g].indicators[k];
    const IndicatorExplanation& explanation = explanation_.indicators[i];
    if (!explanation.applies) {
      const std::string weight = FormatDecimal(indicator.weight);
      // Of one who is not rated no weight is handed on.
      const bool handed_on = explanation_.status == ScoreStatus::kRated;
      return absl::StrCat(Say("not applicable, nothing was due", "不适用，本期没有应做的事项"),
                          !handed_on ? ""
                          : chinese_ ? absl::StrCat("；其", weight, "分由其他指标分担")
                                     : absl::StrCat("; its ", weight, " points are carried by the others"));
    }
    std::string text = Sum(indicator, explanation);
    const bool weighted = indicator.terms.size() > 1 || indicator.terms[0].weight != Decimal::Of(1);
    if (weighted && explanation.value.size() <= kLongestFraction) absl::StrAppend(&text, " = ", explanation.value);
    text += Goalposts(indicator, explanation);
    if (explanation.share.size() <= kLongestFraction && explanation.weight.size() <= kLongestFraction) {
      absl::StrAppend(&text, Say("; ", "；"), explanation.weight, " x ", explanation.share);
    }
    return absl::StrCat(text, " = ", Pointed(explanation.points));
  }

  // Empty at the top and where not rated.
  std::string NextGrade() const {
    if (explanation_.next_grade == kNoIndex) return "";
    const bool withheld = explanation_.grade != explanation_.band;  // by a veto
    return absl::StrCat(withheld ? Say("by points alone, ", "仅按分数，") : "",
                        chinese_ ? absl::StrCat("距上一等次", GradeName(explanation_.next_grade), "还差",
                                                Pointed(explanation_.to_next_grade))
                                 : absl::StrCat("to the next grade, ", GradeName(explanation_.next_grade), ": ",
                                                Pointed(explanation_.to_next_grade)));
  }

  // What veto `v` of the checklist does.
  std::string VetoText(int32_t v) const {
    const Veto& veto = checklist_.vetoes[v];
    const std::string name = Name(veto.title, veto.id);
    const auto band = std::find_if(checklist_.bands.begin(), checklist_.bands.end(),
                                   [&](const Band& b) { return b.grade == veto.grade; });
    const std::string grade = GradeName(static_cast<int32_t>(band - checklist_.bands.begin()));
    return chinese_ ? absl::StrCat("一票否决：", name, "，等次最高为", grade, "，分数不变")
                    : absl::StrCat("veto: ", name, "; the grade is ", grade, " at best, the points stay");
  }

 private:
  std::string Say(absl::string_view english, absl::string_view chinese) const {
    return std::string(chinese_ ? chinese : english);
  }
  std::string NotApplicable() const { return Say("not applicable", "不适用"); }
  std::string Pointed(Points points) const { return FormatPoints(points) + Say(" points", "分"); }

  template <typename... Parts>
  void Line(const Parts&... parts) {
    absl::StrAppend(&text_, parts..., "\n");
  }

  std::string Name(const Title& title, const std::string& key) const {
    const std::string& chosen = chinese_ ? title.title_zh : title.title;
    return chosen.empty() ? key : chosen;
  }

  // "A1 living conditions known"; the id alone where there is no title.
  std::string Called(const std::string& id, const Title& title) const {
    const std::string name = Name(title, "");
    return name.empty() ? id : absl::StrCat(id, " ", name);
  }

  std::string FactName(const std::string& key) const {
    for (const Fact& fact : checklist_.facts) {
      if (fact.name == key) return Name(fact.title, key);
    }
    for (const DerivedFact& fact : checklist_.derived) {
      if (fact.name == key) return Name(fact.title, key);
    }
    return key;
  }

  std::string GradeName(int32_t band) const { return Name(checklist_.bands[band].title, checklist_.bands[band].grade); }

  void Headline(const std::string& steward) {
    const std::string full = FormatDecimal(checklist_.full_marks);
    if (explanation_.status == ScoreStatus::kNotRated) {
      Line(steward, Say(": not rated. ", "：未评定。"), Coverage());
      return;
    }
    Line(steward, chinese_ ? absl::StrCat("：满分", full, "，得", Pointed(explanation_.total), "，等次：",
                                          GradeName(explanation_.grade), "。")
                           : absl::StrCat(": ", FormatPoints(explanation_.total), " of ", full, " points, grade ",
                                          GradeName(explanation_.grade), "."));
  }

  // "0.3 x 5/10 (in time) + 0.4 x 10/10 (resolved)"; what does not apply is left out and named, and the weights of the
  // rest are those that count: "(0.3 x 5/10 (in time) + 0.4 x 10/10 (resolved)) / 0.7 [satisfied: not applicable]".
  std::string Sum(const Indicator& indicator, const IndicatorExplanation& explanation) const {
    std::vector<std::string> parts;
    std::string left_out;
    Decimal weights;
    for (size_t t = 0; t < explanation.terms.size(); ++t) {
      const TermExplanation& term = explanation.terms[t];
      const Term& source = indicator.terms[t];
      const std::string name = Name(source.title, "");
      if (!term.applies) {
        absl::StrAppend(&left_out, Say(" [", "〔"), name.empty() ? FactName(source.numerator) : name, Say(": ", "："),
                        NotApplicable(), Say("]", "〕"));
        continue;
      }
      weights.millionths += term.weight.millionths;
      const bool weighted = indicator.terms.size() > 1 || term.weight != Decimal::Of(1);
      std::string part = weighted ? absl::StrCat(FormatDecimal(term.weight), " x ") : "";
      absl::StrAppend(&part, term.numerator);
      if (!source.denominator.empty()) absl::StrAppend(&part, "/", term.denominator);
      if (!name.empty()) absl::StrAppend(&part, Say(" (", "（"), name, Say(")", "）"));
      parts.push_back(std::move(part));
    }
    std::string sum = absl::StrJoin(parts, " + ");
    if (left_out.empty()) return sum;
    return absl::StrCat("(", sum, ") / ", FormatDecimal(weights), left_out);
  }

  // What makes a share of the value, where they are not the same: goalposts, direction, cap.
  std::string Goalposts(const Indicator& indicator, const IndicatorExplanation& explanation) const {
    const bool lower = indicator.direction == Direction::kLowerIsBetter;
    std::vector<std::string> parts;
    if (indicator.low != Decimal{} || indicator.high != Decimal::Of(1) || lower) {
      const std::string low = FormatDecimal(indicator.low);
      const std::string high = FormatDecimal(indicator.high);
      parts.push_back(chinese_ ? absl::StrCat("按", low, "至", high, lower ? "（越低越好）" : "")
                               : absl::StrCat("between ", low, " and ", high, lower ? " (lower is better)" : ""));
    }
    if (indicator.cap != Decimal{}) {
      const std::string cap = FormatDecimal(indicator.cap);
      const std::string whole = FormatDecimal(indicator.weight);
      parts.push_back(chinese_ ? absl::StrCat(whole, "分中最多", cap, "分")
                               : absl::StrCat("at most ", cap, " of ", whole, " points"));
    }
    if (parts.empty()) return "";
    const bool short_share = explanation.share.size() <= kLongestFraction;
    return absl::StrCat(Say(", ", "，"), absl::StrJoin(parts, Say(", ", "、")), Say(" a share", "折算"),
                        short_share ? absl::StrCat(Say(" of ", "为"), explanation.share) : "");
  }

  void WriteIndicator(const Indicator& indicator, size_t i) {
    const IndicatorExplanation& explanation = explanation_.indicators[i];
    Line("  ", Called(indicator.id, indicator.title), Say(": ", "："), Calculation(i));
    if (!explanation.applies) return;
    for (size_t t = 0; t < indicator.terms.size(); ++t) {
      const Term& term = indicator.terms[t];
      Line("       ", FactName(term.numerator), Say(": ", "："), explanation.terms[t].numerator,
           term.denominator.empty() ? ""
                                    : absl::StrCat(Say("; ", "；"), FactName(term.denominator), Say(": ", "："),
                                                   explanation.terms[t].denominator));
    }
  }

  void Rules(const std::string& what, const std::vector<PointRule>& rules, const std::vector<RuleExplanation>& applied,
             Points sum) {
    for (const RuleExplanation& rule : applied) {
      const PointRule& source = rules[rule.rule];
      Line(what, Say(": ", "："), Name(source.title, source.id), " ", rule.count, " x ",
           FormatDecimal(source.points_each), " = ", Pointed(rule.points));
    }
    if (applied.size() > 1 || (applied.size() == 1 && applied[0].points != sum)) {
      Line(what, Say(" in all: ", "合计："), Pointed(sum));
    }
  }

  void Total() {
    if (explanation_.status == ScoreStatus::kNotRated) return;
    Points sum = 0;
    for (const Points points : explanation_.group_points) sum += std::max<Points>(points, 0);
    std::string line = absl::StrCat(Say("total: ", "总分："), FormatPoints(sum), " + ",
                                    FormatPoints(explanation_.bonus), " - ", FormatPoints(explanation_.deduction));
    if (explanation_.exact_total.size() <= kLongestFraction) {
      absl::StrAppend(&line, chinese_ ? absl::StrCat("，精确值", explanation_.exact_total)
                                      : absl::StrCat(", exactly ", explanation_.exact_total));
    }
    absl::StrAppend(&line, chinese_ ? "，只在最后四舍五入一次：" : ", rounded once, half up: ",
                    FormatPoints(explanation_.unclipped));
    if (explanation_.unclipped != explanation_.total) {
      absl::StrAppend(&line, chinese_ ? "，限在0至满分之间：" : ", limited to 0 and the full marks: ",
                      FormatPoints(explanation_.total));
    }
    Line(line);
    for (const int32_t v : explanation_.vetoes) Line(VetoText(v));
    if (const std::string next = NextGrade(); !next.empty()) Line(next);
  }

  std::string Change(const Step& step) const {
    const int64_t size = step.more < 0 ? -step.more : step.more;
    if (chinese_) return absl::StrCat(FactName(step.fact), step.more < 0 ? "减少" : "增加", size);
    return absl::StrCat(size, step.more < 0 ? " fewer: " : " more: ", FactName(step.fact));
  }

  void Steps() {
    bool titled = false;
    bool smaller = false;
    for (const Step& step : explanation_.steps) {
      if (step.whole_point && !std::exchange(titled, true))
        Line(Say("one more point would take one of", "再得一分，做到其中一项即可"), Say(":", "："));
      if (!step.whole_point && !std::exchange(smaller, true))
        Line(Say("worth less than a point, all that is due", "全部做到也不足一分的"), Say(":", "："));
      Line("  ", Change(step), Say(": +", "：+"), FormatPoints(step.gain));
    }
  }

  const Checklist& checklist_;
  const Explanation& explanation_;
  bool chinese_;
  std::string text_;
};

}  // namespace

std::string DescribeIndicator(const Checklist& checklist, const Explanation& explanation, int32_t indicator,
                              Language language) {
  return Writer(checklist, explanation, language == Language::kChinese).Calculation(static_cast<size_t>(indicator));
}

std::vector<std::string> DescribeGrade(const Checklist& checklist, const Explanation& explanation, Language language) {
  const Writer writer(checklist, explanation, language == Language::kChinese);
  if (explanation.status == ScoreStatus::kNotRated) return {writer.Coverage()};
  std::vector<std::string> sentences;
  sentences.reserve(explanation.vetoes.size() + 1);
  for (const int32_t veto : explanation.vetoes) sentences.push_back(writer.VetoText(veto));
  if (std::string next = writer.NextGrade(); !next.empty()) sentences.push_back(std::move(next));
  return sentences;
}

std::string Describe(const Checklist& checklist, const Explanation& explanation, const std::string& steward,
                     Language language) {
  return Writer(checklist, explanation, language == Language::kChinese).Write(steward);
}

}  // namespace lianhu::scoring
