#include "scoring/compiled_checklist.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "lianhu/base/intervals.h"
#include "lianhu/base/status.h"

namespace lianhu::scoring {
namespace {

constexpr size_t kMaxEntries = 1000;
constexpr int64_t kThousandth = Decimal::kOne / 1000;
constexpr Decimal kMaxWeight = Decimal::Of(1'000'000);
// Columns of facts and of scores that are no fact and no indicator.
constexpr absl::string_view kOtherFactColumns[] = {"steward", "period", "unit"};
constexpr absl::string_view kOtherScoreColumns[] = {"steward", "bonus",  "deduction", "total",
                                                    "grade",   "status", "rank"};

using Index = absl::flat_hash_map<absl::string_view, int32_t>;

absl::Status CheckCount(absl::string_view field, size_t count) {
  if (count <= kMaxEntries) return absl::OkStatus();
  return InvalidField(field, -1, absl::StrCat("has ", count, " entries, at most ", kMaxEntries, " are allowed"));
}

// Valid UTF-8 (RFC 3629) without control characters: what every form of a checklist gives back as it was.
bool IsText(absl::string_view text) {
  constexpr uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x20 || lead == 0x7F) return false;
    const int more = lead < 0x80 ? 0 : lead >> 5 == 6 ? 1 : lead >> 4 == 14 ? 2 : lead >> 3 == 30 ? 3 : -1;
    if (more < 0 || text.size() - i <= static_cast<size_t>(more)) return false;
    uint32_t code = more == 0 ? lead : lead & (0x3FU >> more);
    for (int k = 1; k <= more; ++k) {
      const auto next = static_cast<unsigned char>(text[i + static_cast<size_t>(k)]);
      if (next >> 6 != 2) return false;
      code = code << 6 | (next & 0x3FU);
    }
    if (code < kLeast[more] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    i += static_cast<size_t>(more) + 1;
  }
  return true;
}

absl::Status CheckTitle(absl::string_view field, int64_t row, const Title& title) {
  if (IsText(title.title) && IsText(title.title_zh)) return absl::OkStatus();
  return InvalidField(field, row, "its title has a control character or is not UTF-8");
}

absl::Status TakeKey(absl::string_view field, int64_t row, const std::string& key, int32_t value, Index& index) {
  if (!IsText(key)) return InvalidField(field, row, "its id has a control character or is not UTF-8");
  const bool odd = key.find_first_of(",\"") != std::string::npos;
  if (key.empty()) return InvalidField(field, row, "has no id");
  if (odd) return InvalidField(field, row, absl::StrCat("a comma or quote in '", key, "'"));
  if (index.try_emplace(key, value).second) return absl::OkStatus();
  return InvalidField(field, row, absl::StrCat("'", key, "' is there twice"));
}

absl::Status CheckReserved(absl::string_view field, int64_t row, const std::string& key,
                           absl::Span<const absl::string_view> reserved) {
  if (std::find(reserved.begin(), reserved.end(), key) == reserved.end()) return absl::OkStatus();
  return InvalidField(field, row, absl::StrCat("'", key, "' is the name of another column"));
}

absl::Status CheckWeight(absl::string_view field, int64_t row, absl::string_view of, Decimal weight) {
  if (weight > Decimal{} && weight <= kMaxWeight) return absl::OkStatus();
  return InvalidField(
      field, row,
      absl::StrCat(of, ": weight ", FormatDecimal(weight), " is out of range, above 0 to ", FormatDecimal(kMaxWeight)));
}

// Turns names into indices and remembers which were used.
class Builder {
 public:
  explicit Builder(const Checklist& checklist) : source_(checklist) { result_.source = &checklist; }

  absl::StatusOr<CompiledChecklist> Build() {
    const auto step = [&](auto part) {
      if (status_.ok()) status_ = (this->*part)();
    };
    step(&Builder::TakeFacts);
    step(&Builder::TakeDerived);
    step(&Builder::OrderDerived);
    step(&Builder::TakeBands);
    step(&Builder::TakeIndicators);
    step(&Builder::CheckWeightSum);
    step(&Builder::TakeRules);
    step(&Builder::CheckUse);
    if (!status_.ok()) return status_;
    return std::move(result_);
  }

 private:
  absl::Status TakeFacts() {
    if (auto s = CheckCount("facts", source_.facts.size()); !s.ok()) return s;
    if (auto s = CheckCount("derived", source_.derived.size()); !s.ok()) return s;
    int32_t next = 0;
    for (const Fact& fact : source_.facts) {
      const int64_t row = next;
      if (auto s = CheckReserved("facts", row, fact.name, kOtherFactColumns); !s.ok()) return s;
      if (auto s = TakeKey("facts", row, fact.name, next++, facts_); !s.ok()) return s;
      if (auto s = CheckTitle("facts", row, fact.title); !s.ok()) return s;
      if (fact.kind != FactKind::kCount && fact.kind != FactKind::kAmount) {
        return InvalidField("facts", row, "unknown kind");
      }
    }
    int64_t row = 0;
    for (const DerivedFact& fact : source_.derived) {
      if (auto s = TakeKey("derived", row, fact.name, next++, facts_); !s.ok()) return s;
      if (auto s = CheckTitle("derived", row++, fact.title); !s.ok()) return s;
    }
    used_.assign(next, false);
    return absl::OkStatus();
  }

  absl::Status Find(absl::string_view field, int64_t row, absl::string_view of, const std::string& name,
                    int32_t& index) {
    const auto found = facts_.find(name);
    if (found == facts_.end()) return InvalidField(field, row, absl::StrCat(of, ": '", name, "' is no fact"));
    index = found->second;
    used_[index] = true;
    return absl::OkStatus();
  }

  absl::Status TakeDerived() {
    for (size_t d = 0; d < source_.derived.size(); ++d) {
      const DerivedFact& fact = source_.derived[d];
      const auto row = static_cast<int64_t>(d);
      if (fact.terms.empty()) return InvalidField("derived", row, absl::StrCat(fact.name, ": has no terms"));
      if (auto s = CheckCount("derived", fact.terms.size()); !s.ok()) return s;
      auto& terms = result_.derived.emplace_back();
      for (const FactTerm& term : fact.terms) {
        int32_t index = -1;
        if (auto s = Find("derived", row, fact.name, term.fact, index); !s.ok()) return s;
        terms.emplace_back(term.coefficient, index);
      }
    }
    return absl::OkStatus();
  }

  // Depth first, with a stack of our own: a long chain must not end in a stack overflow.
  absl::Status OrderDerived() {
    enum class Mark : uint8_t { kNew, kOpen, kDone };
    const auto facts = static_cast<int32_t>(result_.facts());
    std::vector<Mark> marks(result_.derived.size(), Mark::kNew);
    for (size_t root = 0; root < marks.size(); ++root) {
      if (marks[root] != Mark::kNew) continue;
      std::vector<std::pair<int32_t, size_t>> path = {{static_cast<int32_t>(root), 0}};
      marks[root] = Mark::kOpen;
      while (!path.empty()) {
        auto& [fact, term] = path.back();
        if (term == result_.derived[fact].size()) {
          marks[fact] = Mark::kDone;
          result_.derivation_order.push_back(fact);
          path.pop_back();
          continue;
        }
        const int32_t below = result_.derived[fact][term++].second - facts;
        if (below < 0 || marks[below] == Mark::kDone) continue;
        if (marks[below] == Mark::kOpen) return Circle(path, below);
        marks[below] = Mark::kOpen;
        path.emplace_back(below, 0);
      }
    }
    return absl::OkStatus();
  }

  absl::Status Circle(const std::vector<std::pair<int32_t, size_t>>& path, int32_t start) const {
    const auto from = std::find_if(path.begin(), path.end(), [&](const auto& step) { return step.first == start; });
    std::string names;
    for (auto step = from; step != path.end(); ++step)
      absl::StrAppend(&names, source_.derived[step->first].name, " -> ");
    return InvalidField("derived", start, absl::StrCat("in a circle: ", names, source_.derived[start].name));
  }

  absl::Status TakeBands() {
    if (auto s = CheckCount("bands", source_.bands.size()); !s.ok()) return s;
    if (source_.full_marks.millionths % kThousandth != 0 || source_.full_marks <= Decimal{} ||
        source_.full_marks > kMaxWeight) {
      return InvalidField("full_marks", -1, absl::StrCat("out of range: ", FormatDecimal(source_.full_marks)));
    }
    result_.full_marks = ToRational(source_.full_marks);
    if (source_.bands.empty()) return InvalidField("bands", -1, "there are none");
    for (size_t b = 0; b < source_.bands.size(); ++b) {
      const Band& band = source_.bands[b];
      const auto row = static_cast<int64_t>(b);
      if (auto s = TakeKey("bands", row, band.grade, static_cast<int32_t>(b), bands_); !s.ok()) return s;
      if (auto s = CheckTitle("bands", row, band.title); !s.ok()) return s;
      if (band.from < Decimal{} || band.to > source_.full_marks || band.from > band.to ||
          (band.from == band.to && !band.to_included)) {
        return InvalidField("bands", row,
                            absl::StrCat(band.grade, ": need 0 <= from < to <= ", FormatDecimal(source_.full_marks),
                                         ", got ", FormatDecimal(band.from), " to ", FormatDecimal(band.to)));
      }
      if (band.from.millionths % kThousandth != 0 || band.to.millionths % kThousandth != 0) {
        return InvalidField("bands", row,
                            absl::StrCat(band.grade, ": limits have at most three decimals, as totals do"));
      }
      result_.bands.push_back(static_cast<int32_t>(b));
    }
    return CheckCover();
  }

  static Interval<Points> Totals(const Band& band) {
    return {.low = band.from.millionths / kThousandth,
            .high = band.to.millionths / kThousandth,
            .high_closed = band.to_included};
  }

  // "60.000 to 69.999", "79.001 to 79.999"; empty where no total of three decimals lies within.
  static std::string Span(const Interval<Points>& totals) {
    const Points first = totals.low.value_or(0) + (totals.low_closed ? 0 : 1);
    const Points last = totals.high.value_or(0) - (totals.high_closed ? 0 : 1);
    if (first > last) return "";
    return first == last ? FormatPoints(first) : absl::StrCat(FormatPoints(first), " to ", FormatPoints(last));
  }

  absl::Status CheckCover() {
    std::vector<Interval<Points>> intervals;
    intervals.reserve(source_.bands.size());
    for (const Band& band : source_.bands) intervals.push_back(Totals(band));
    for (const IntervalOverlap<Points>& overlap : Overlaps<Points>(intervals)) {
      return InvalidField(
          "bands", overlap.second,
          absl::StrCat("two grades, ", source_.bands[overlap.first].grade, " and ", source_.bands[overlap.second].grade,
                       ", for totals from ", Span(overlap.common)));
    }
    const Interval<Points> all{.low = 0, .high = source_.full_marks.millionths / kThousandth};
    for (const Interval<Points>& hole : Uncovered<Points>(all, intervals)) {
      const std::string totals = Span(hole);
      if (!totals.empty()) return InvalidField("bands", -1, absl::StrCat("no grade for totals from ", totals));
    }
    std::sort(result_.bands.begin(), result_.bands.end(), [&](int32_t a, int32_t b) {
      return std::pair(source_.bands[a].from, a) < std::pair(source_.bands[b].from, b);
    });
    return absl::OkStatus();
  }

  absl::Status TakeIndicators() {
    Index ids;
    Index group_ids;
    if (auto s = CheckCount("groups", source_.groups.size()); !s.ok()) return s;
    for (const Group& group : source_.groups) {
      if (auto s = TakeKey("groups", result_.groups, group.id, result_.groups, group_ids); !s.ok()) return s;
      if (auto s = CheckTitle("groups", result_.groups, group.title); !s.ok()) return s;
      if (group.indicators.empty()) {
        return InvalidField("groups", result_.groups, absl::StrCat(group.id, ": has no indicators"));
      }
      for (const Indicator& indicator : group.indicators) {
        const auto row = static_cast<int64_t>(result_.indicators.size());
        if (auto s = CheckReserved("indicators", row, indicator.id, kOtherScoreColumns); !s.ok()) return s;
        if (auto s = TakeKey("indicators", row, indicator.id, static_cast<int32_t>(row), ids); !s.ok()) return s;
        if (auto s = TakeIndicator(indicator, row); !s.ok()) return s;
        if (auto s = CheckCount("indicators", result_.indicators.size()); !s.ok()) return s;
      }
      ++result_.groups;
    }
    return absl::OkStatus();
  }

  absl::Status TakeIndicator(const Indicator& indicator, int64_t row) {
    const auto wrong = [&](absl::string_view message) {
      return InvalidField("indicators", row, absl::StrCat(indicator.id, ": ", message));
    };
    if (auto s = CheckTitle("indicators", row, indicator.title); !s.ok()) return s;
    if (auto s = CheckWeight("indicators", row, indicator.id, indicator.weight); !s.ok()) return s;
    if (indicator.low >= indicator.high) {
      return wrong(absl::StrCat("goalposts need low < high, got ", FormatDecimal(indicator.low), " and ",
                                FormatDecimal(indicator.high)));
    }
    if (indicator.cap < Decimal{} || indicator.cap > indicator.weight) {
      return wrong(absl::StrCat("cap ", FormatDecimal(indicator.cap), " is not within 0 and its weight ",
                                FormatDecimal(indicator.weight)));
    }
    if (indicator.direction != Direction::kHigherIsBetter && indicator.direction != Direction::kLowerIsBetter) {
      return wrong("unknown direction");
    }
    if (indicator.terms.empty()) return wrong("has no formula");
    if (auto s = CheckCount("indicators", indicator.terms.size()); !s.ok()) return s;
    CompiledIndicator compiled{.source = &indicator,
                               .group = result_.groups,
                               .weight = ToRational(indicator.weight),
                               .low = ToRational(indicator.low),
                               .height = ToRational(indicator.high) - ToRational(indicator.low),
                               .terms = {}};
    Rational sum = 0;
    for (const Term& term : indicator.terms) {
      if (auto s = CheckWeight("indicators", row, indicator.id, term.weight); !s.ok()) return s;
      if (auto s = CheckTitle("indicators", row, term.title); !s.ok()) return s;
      CompiledTerm to{ToRational(term.weight), -1, -1, term.proportion && !term.denominator.empty()};
      if (auto s = Find("indicators", row, indicator.id, term.numerator, to.numerator); !s.ok()) return s;
      if (!term.denominator.empty()) {
        if (auto s = Find("indicators", row, indicator.id, term.denominator, to.denominator); !s.ok()) return s;
      }
      sum += to.weight;
      compiled.terms.push_back(std::move(to));
    }
    if (compiled.terms.size() > 1 && sum != Rational(1)) return wrong("the weights of its terms do not sum to 1");
    result_.indicators.push_back(std::move(compiled));
    return absl::OkStatus();
  }

  absl::Status CheckWeightSum() {
    int64_t sum = 0;  // 1,000 weights of 1e6 points in millionths: 1e15
    for (const CompiledIndicator& indicator : result_.indicators) sum += indicator.source->weight.millionths;
    if (Decimal{sum} == source_.full_marks) return absl::OkStatus();
    return InvalidField(
        "weights", -1,
        absl::StrCat("sum to ", FormatDecimal({sum}), ", not to the full marks ", FormatDecimal(source_.full_marks)));
  }

  absl::Status TakeRule(absl::string_view field, int64_t row, const PointRule& rule, std::vector<CompiledRule>& to) {
    if (rule.points_each <= Decimal{} || rule.points_each > kMaxWeight || rule.cap < Decimal{} ||
        rule.cap > kMaxWeight) {
      return InvalidField(field, row,
                          absl::StrCat(rule.id, ": points each and cap are out of range: ",
                                       FormatDecimal(rule.points_each), ", ", FormatDecimal(rule.cap)));
    }
    if (auto s = CheckTitle(field, row, rule.title); !s.ok()) return s;
    CompiledRule compiled{-1, ToRational(rule.points_each), ToRational(rule.cap)};
    if (auto s = Find(field, row, rule.id, rule.fact, compiled.fact); !s.ok()) return s;
    to.push_back(std::move(compiled));
    return absl::OkStatus();
  }

  absl::Status TakeRules() {
    Index ids;
    const auto take_all = [&](absl::string_view field, const std::vector<PointRule>& rules,
                              std::vector<CompiledRule>& to) -> absl::Status {
      if (auto s = CheckCount(field, rules.size()); !s.ok()) return s;
      for (const PointRule& rule : rules) {
        const auto row = static_cast<int64_t>(to.size());
        if (auto s = TakeKey(field, row, rule.id, 0, ids); !s.ok()) return s;
        if (auto s = TakeRule(field, row, rule, to); !s.ok()) return s;
      }
      return absl::OkStatus();
    };
    if (auto s = take_all("bonuses", source_.bonuses, result_.bonuses); !s.ok()) return s;
    if (auto s = take_all("deductions", source_.deductions, result_.deductions); !s.ok()) return s;
    for (const auto& [field, cap] :
         {std::pair("bonus_cap", source_.bonus_cap), std::pair("deduction_cap", source_.deduction_cap)}) {
      if (cap < Decimal{} || cap > kMaxWeight) {
        return InvalidField(field, -1, absl::StrCat("out of range: ", FormatDecimal(cap)));
      }
    }
    if (auto s = CheckCount("vetoes", source_.vetoes.size()); !s.ok()) return s;
    for (const Veto& veto : source_.vetoes) {
      const auto row = static_cast<int64_t>(result_.vetoes.size());
      if (auto s = TakeKey("vetoes", row, veto.id, 0, ids); !s.ok()) return s;
      if (auto s = CheckTitle("vetoes", row, veto.title); !s.ok()) return s;
      const auto band = bands_.find(veto.grade);
      if (band == bands_.end()) {
        return InvalidField("vetoes", row, absl::StrCat(veto.id, ": '", veto.grade, "' is no grade"));
      }
      CompiledVeto compiled{-1, band->second};
      if (auto s = Find("vetoes", row, veto.id, veto.fact, compiled.fact); !s.ok()) return s;
      result_.vetoes.push_back(compiled);
    }
    return absl::OkStatus();
  }

  absl::Status CheckUse() {
    if (!IsText(source_.id)) return InvalidField("id", -1, "has a control character or is not UTF-8");
    if (auto s = CheckTitle("title", -1, source_.title); !s.ok()) return s;
    if (source_.coverage_denominator <= 0 || source_.coverage_numerator < 0 ||
        source_.coverage_numerator > source_.coverage_denominator) {
      return InvalidField("coverage", -1,
                          absl::StrCat("need 0 <= numerator <= denominator, got ", source_.coverage_numerator, "/",
                                       source_.coverage_denominator));
    }
    if (!source_.households.empty()) {
      if (auto s = Find("households", -1, "weight of a steward", source_.households, result_.households); !s.ok()) {
        return s;
      }
    }
    const auto unused = std::find(used_.begin(), used_.end(), false);
    if (unused == used_.end()) return absl::OkStatus();
    const auto fact = static_cast<size_t>(unused - used_.begin());
    const bool derived = fact >= source_.facts.size();
    const size_t row = derived ? fact - source_.facts.size() : fact;
    return InvalidField(derived ? "derived" : "facts", static_cast<int64_t>(row),
                        absl::StrCat("'", derived ? source_.derived[row].name : source_.facts[row].name,
                                     "' is used by no formula, rule or veto"));
  }

  const Checklist& source_;
  CompiledChecklist result_;
  absl::Status status_;
  Index facts_;
  Index bands_;
  std::vector<bool> used_;
};

}  // namespace

absl::StatusOr<CompiledChecklist> Compile(const Checklist& checklist) {
  return Builder(checklist).Build();
}

absl::Status Validate(const Checklist& checklist) {
  return Compile(checklist).status();
}

int32_t BandOf(const CompiledChecklist& checklist, Points total) {
  const std::vector<Band>& bands = checklist.source->bands;
  int32_t found = checklist.bands.front();
  for (const int32_t b : checklist.bands) {
    if (bands[b].from.millionths <= total * kThousandth) found = b;
  }
  return found;
}

}  // namespace lianhu::scoring
