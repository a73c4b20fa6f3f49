#include "lianhu/routing/analysis.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lianhu/base/status.h"
#include "routing/coverage.h"

namespace lianhu::routing {
namespace {

bool SameBoxButFor(const Box& a, const Box& b, size_t column) {
  for (size_t c = 0; c < a.size(); ++c) {
    if (c != column && a[c] != b[c]) return false;
  }
  return true;
}

class Analyzer {
 public:
  Analyzer(const Table& table, const AnalysisOptions& options, RunContext& context)
      : table_(table), compiled_(*table.compiled()), options_(options), context_(context), work_(options.max_work) {
    const size_t inputs = compiled_.inputs();
    for (size_t i = 0; i < inputs; ++i) domain_.push_back(compiled_.allowed(i));
    for (size_t r = 0; r < static_cast<size_t>(compiled_.rules()); ++r) {
      Box box;
      bool empty = false;
      for (size_t i = 0; i < inputs; ++i) {
        box.push_back(Intersection(compiled_.cell(r, i), domain_[i]));
        empty = empty || box.back().empty();
      }
      boxes_.push_back(std::move(box));
      empty_.push_back(empty);
    }
    masked_.assign(boxes_.size(), false);
  }

  Analysis Run() {
    const HitPolicy policy = table_.definition().hit_policy;
    const auto step = [&](double fraction) {
      context_.Report(fraction);
      return !context_.cancelled();
    };
    if (policy != HitPolicy::kCollect && !table_.has_default()) Gaps();
    if (step(0.4) && (policy == HitPolicy::kUnique || policy == HitPolicy::kAny)) Overlaps(policy);
    if (step(0.6)) Masked(policy);
    if (step(0.8)) Subsumed(policy);
    if (step(0.9)) Mergeable(policy);
    UnreachableOutputs();
    step(1);
    result_.cancelled = context_.cancelled();
    result_.complete = result_.complete && !result_.cancelled;
    return std::move(result_);
  }

 private:
  bool Add(Finding finding) {
    int64_t& count = counts_[finding.kind];
    if (count >= options_.max_findings) {
      result_.complete = false;
      return false;
    }
    ++count;
    result_.findings.push_back(std::move(finding));
    return true;
  }

  void Gaps() {
    std::vector<const Box*> rules;
    for (size_t r = 0; r < boxes_.size(); ++r) {
      if (!empty_[r]) rules.push_back(&boxes_[r]);
    }
    std::vector<Box> gaps;
    // A few more than are listed: joining makes fewer of them.
    const size_t most = static_cast<size_t>(options_.max_findings) * 8;
    bool all = true;
    const bool finished = ForEachUncovered(domain_, rules, work_, [&](const Box& gap) {
      if (gaps.size() >= most || context_.cancelled()) return all = false;
      gaps.push_back(gap);
      return true;
    });
    result_.complete = result_.complete && finished && all;
    for (bool changed = true; changed;) {
      changed = false;
      for (size_t c = 0; c < domain_.size(); ++c) changed = Join(gaps, c) || changed;
    }
    for (Box& gap : gaps) {
      if (!Add({.kind = FindingKind::kGap, .rules = {}, .box = std::move(gap), .column = -1, .value = ""})) break;
    }
  }

  // Joins boxes that differ in one column only. Sorting brings them together.
  static bool Join(std::vector<Box>& boxes, size_t column) {
    const auto key = [column](const Box& box) {
      std::vector<int32_t> flat;
      for (size_t c = 0; c < box.size(); ++c) {
        if (c == column) continue;
        for (const SegmentRange& range : box[c]) {
          flat.push_back(range.begin);
          flat.push_back(range.end);
        }
        flat.push_back(-1);
      }
      return flat;
    };
    std::map<std::vector<int32_t>, Box> joined;
    bool changed = false;
    for (Box& box : boxes) {
      const auto [at, fresh] = joined.emplace(key(box), box);
      if (fresh) continue;
      at->second[column] = Union(at->second[column], box[column]);
      changed = true;
    }
    if (!changed) return false;
    boxes.clear();
    for (auto& [unused, box] : joined) boxes.push_back(std::move(box));
    return true;
  }

  bool Meet(size_t a, size_t b) const {
    if (empty_[a] || empty_[b]) return false;
    for (size_t i = 0; i < domain_.size(); ++i) {
      if (!Intersects(boxes_[a][i], boxes_[b][i])) return false;
    }
    return true;
  }

  bool Within(size_t inner, size_t outer) const {
    for (size_t i = 0; i < domain_.size(); ++i) {
      if (!Includes(boxes_[outer][i], boxes_[inner][i])) return false;
    }
    return true;
  }

  bool SameOutputs(size_t a, size_t b) const { return compiled_.output_classes()[a] == compiled_.output_classes()[b]; }

  void Overlaps(HitPolicy policy) {
    for (size_t a = 0; a < boxes_.size(); ++a) {
      if (context_.cancelled()) return;
      for (size_t b = a + 1; b < boxes_.size(); ++b) {
        if ((policy == HitPolicy::kAny && SameOutputs(a, b)) || !Meet(a, b)) continue;
        Box common;
        for (size_t i = 0; i < domain_.size(); ++i) common.push_back(Intersection(boxes_[a][i], boxes_[b][i]));
        if (!Add({.kind = FindingKind::kOverlap,
                  .rules = {static_cast<int32_t>(a), static_cast<int32_t>(b)},
                  .box = std::move(common),
                  .column = -1,
                  .value = ""})) {
          return;
        }
      }
    }
  }

  // Whether `a` decides where both match.
  bool Precedes(size_t a, size_t b, HitPolicy policy) const {
    if (policy == HitPolicy::kPriority && compiled_.ranks()[a] != compiled_.ranks()[b]) {
      return compiled_.ranks()[a] < compiled_.ranks()[b];
    }
    return a < b;
  }

  void Masked(HitPolicy policy) {
    const bool ordered = policy == HitPolicy::kFirst || policy == HitPolicy::kPriority;
    for (size_t r = 0; r < boxes_.size(); ++r) {
      if (context_.cancelled()) return;
      bool masked = empty_[r];
      if (!masked && ordered) {
        std::vector<const Box*> before;
        for (size_t other = 0; other < boxes_.size(); ++other) {
          if (other != r && Precedes(other, r, policy) && Meet(other, r)) before.push_back(&boxes_[other]);
        }
        masked = !before.empty();
        if (masked) {
          const bool finished = ForEachUncovered(boxes_[r], before, work_, [&](const Box&) { return masked = false; });
          if (!finished) {
            result_.complete = false;
            masked = false;
          }
        }
      }
      masked_[r] = masked;
      if (masked)
        Add({.kind = FindingKind::kMasked, .rules = {static_cast<int32_t>(r)}, .box = {}, .column = -1, .value = ""});
    }
  }

  // No rule of other outputs that stands between the two takes anything of `inner`.
  bool NothingBetween(size_t inner, size_t outer) const {
    const size_t low = std::min(inner, outer), high = std::max(inner, outer);
    for (size_t k = low + 1; k < high; ++k) {
      if (!SameOutputs(k, inner) && Meet(k, inner)) return false;
    }
    return true;
  }

  void Subsumed(HitPolicy policy) {
    if (policy == HitPolicy::kCollect || policy == HitPolicy::kRuleOrder || policy == HitPolicy::kOutputOrder) return;
    for (size_t a = 0; a < boxes_.size(); ++a) {
      if (masked_[a]) continue;
      for (size_t b = 0; b < boxes_.size(); ++b) {
        if (a == b || empty_[b] || !SameOutputs(a, b) || !Within(a, b)) continue;
        if (a < b && Within(b, a)) continue;  // equal boxes: the later one is the spare
        if (policy == HitPolicy::kFirst && !NothingBetween(a, b)) continue;
        Add({.kind = FindingKind::kSubsumed,
             .rules = {static_cast<int32_t>(a), static_cast<int32_t>(b)},
             .box = {},
             .column = -1,
             .value = ""});
        break;
      }
    }
  }

  void Mergeable(HitPolicy policy) {
    const bool list =
        policy == HitPolicy::kCollect || policy == HitPolicy::kRuleOrder || policy == HitPolicy::kOutputOrder;
    for (size_t c = 0; c < domain_.size(); ++c) {
      // Rules by all their cells but this one, and their outputs.
      std::map<std::vector<int32_t>, std::vector<size_t>> groups;
      for (size_t r = 0; r < boxes_.size(); ++r) {
        if (masked_[r] || context_.cancelled()) continue;
        std::vector<int32_t> key = {compiled_.output_classes()[r]};
        for (size_t i = 0; i < domain_.size(); ++i) {
          if (i == c) continue;
          for (const SegmentRange& range : boxes_[r][i]) {
            key.push_back(range.begin);
            key.push_back(range.end);
          }
          key.push_back(-1);
        }
        groups[std::move(key)].push_back(r);
      }
      for (const auto& [unused, rules] : groups) {
        for (size_t k = 1; k < rules.size(); ++k) {
          const size_t a = rules[k - 1], b = rules[k];
          if (!SameBoxButFor(boxes_[a], boxes_[b], c) || Within(a, b) || Within(b, a)) continue;
          if (list && Intersects(boxes_[a][c], boxes_[b][c])) continue;  // both are listed where they meet
          const bool by_row = policy == HitPolicy::kFirst || policy == HitPolicy::kRuleOrder;
          if (by_row && !(NothingBetween(a, b) && NothingBetween(b, a))) continue;
          if (policy == HitPolicy::kRuleOrder && b != a + 1) continue;
          Add({.kind = FindingKind::kMergeable,
               .rules = {static_cast<int32_t>(a), static_cast<int32_t>(b)},
               .box = {},
               .column = static_cast<int32_t>(c),
               .value = ""});
        }
      }
    }
  }

  void UnreachableOutputs() {
    const DecisionTable& definition = table_.definition();
    for (size_t o = 0; o < definition.outputs.size(); ++o) {
      if (!definition.outputs[o].default_entry.empty()) continue;
      bool constant = true;
      List given;
      for (size_t r = 0; r < boxes_.size() && constant; ++r) {
        const std::optional<Value> value = table_.ConstantOutput(r, o);
        constant = value.has_value();
        if (constant && !masked_[r]) given.push_back(*value);
      }
      if (!constant) continue;
      for (const Value& wanted : table_.priorities(o)) {
        if (std::any_of(given.begin(), given.end(), [&](const Value& value) { return Same(value, wanted); })) continue;
        Add({.kind = FindingKind::kUnreachableOutput,
             .rules = {},
             .box = {},
             .column = static_cast<int32_t>(o),
             .value = ToFeel(wanted)});
      }
    }
  }

  const Table& table_;
  const CompiledTable& compiled_;
  const AnalysisOptions& options_;
  RunContext& context_;
  int64_t work_;
  Box domain_;
  std::vector<Box> boxes_;
  std::vector<bool> empty_;  // no allowed input matches
  std::vector<bool> masked_;
  std::map<FindingKind, int64_t> counts_;
  Analysis result_;
};

const std::string& InputName(const Table& table, size_t input) {
  const InputClause& clause = table.definition().inputs[input];
  return clause.name.empty() ? clause.expression : clause.name;
}

}  // namespace

absl::StatusOr<Analysis> Analyze(const Table& table, const AnalysisOptions& options, RunContext& context) {
  if (options.max_findings < 1) return InvalidField("max_findings", -1, "must be at least 1");
  if (options.max_work < 1) return InvalidField("max_work", -1, "must be at least 1");
  if (table.compiled() == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("table '", table.definition().name, "' cannot be analysed: ", table.not_compiled_because()));
  }
  return Analyzer(table, options, context).Run();
}

std::vector<std::string> BoxAsTests(const Table& table, const std::vector<SegmentSet>& box) {
  std::vector<std::string> tests;
  for (size_t i = 0; i < box.size(); ++i) {
    const Domain& domain = table.compiled()->domain(i);
    // Segments that hold nothing may be taken in: 2, 3 are [2..3] among integers.
    SegmentSet wide;
    for (const SegmentRange& range : box[i]) {
      bool bridged = !wide.empty();
      for (int32_t s = bridged ? wide.back().end : 0; bridged && s < range.begin; ++s) bridged = !domain.Inhabited(s);
      if (bridged) {
        wide.back().end = range.end;
      } else {
        wide.push_back(range);
      }
    }
    tests.push_back(domain.ToTests(wide, table.compiled()->allowed(i)));
  }
  return tests;
}

std::vector<Value> BoxWitness(const Table& table, const std::vector<SegmentSet>& box) {
  std::vector<Value> witness;
  witness.reserve(box.size());
  for (size_t i = 0; i < box.size(); ++i) witness.push_back(table.compiled()->domain(i).Witness(box[i][0].begin));
  return witness;
}

const char* FindingKindName(FindingKind kind) {
  switch (kind) {
    case FindingKind::kGap:
      return "gap";
    case FindingKind::kOverlap:
      return "overlap";
    case FindingKind::kMasked:
      return "masked";
    case FindingKind::kSubsumed:
      return "subsumed";
    case FindingKind::kMergeable:
      return "mergeable";
    case FindingKind::kUnreachableOutput:
      return "unreachable output";
  }
  return "";
}

std::string ToText(const Table& table, const Finding& finding, Language language) {
  const bool chinese = language == Language::kChinese;
  const DecisionTable& definition = table.definition();
  const auto rule = [&](size_t i) { return definition.rules[static_cast<size_t>(finding.rules[i])].id; };
  std::string box;
  if (!finding.box.empty()) {
    const std::vector<std::string> tests = BoxAsTests(table, finding.box);
    std::vector<std::string> parts;
    for (size_t i = 0; i < tests.size(); ++i) {
      if (tests[i] != "-") parts.push_back(absl::StrCat(InputName(table, i), " = ", tests[i]));
    }
    box = parts.empty() ? (chinese ? "任何输入" : "any input") : absl::StrJoin(parts, "; ");
  }
  switch (finding.kind) {
    case FindingKind::kGap:
      return chinese ? absl::StrCat("缺口：没有规则匹配 ", box) : absl::StrCat("gap: no rule matches ", box);
    case FindingKind::kOverlap:
      return chinese ? absl::StrCat("重叠：规则 ", rule(0), " 与 ", rule(1), " 同时匹配 ", box)
                     : absl::StrCat("overlap: rules ", rule(0), " and ", rule(1), " both match ", box);
    case FindingKind::kMasked:
      return chinese ? absl::StrCat("被遮盖：规则 ", rule(0), " 永远不起作用")
                     : absl::StrCat("masked: rule ", rule(0), " never decides");
    case FindingKind::kSubsumed:
      return chinese
                 ? absl::StrCat("多余：规则 ", rule(0), " 已包含在规则 ", rule(1), " 中，结果相同")
                 : absl::StrCat("subsumed: rule ", rule(0), " lies within rule ", rule(1), ", which gives the same");
    case FindingKind::kMergeable:
      return chinese ? absl::StrCat("可合并：规则 ", rule(0), " 与 ", rule(1), " 只有“",
                                    InputName(table, static_cast<size_t>(finding.column)), "”不同")
                     : absl::StrCat("mergeable: rules ", rule(0), " and ", rule(1), " differ in '",
                                    InputName(table, static_cast<size_t>(finding.column)), "' only");
    case FindingKind::kUnreachableOutput: {
      const std::string& name = definition.outputs[static_cast<size_t>(finding.column)].name;
      const std::string output = name.empty() ? definition.name : name;
      return chinese ? absl::StrCat("不可达：没有规则给出“", output, "”= ", finding.value)
                     : absl::StrCat("unreachable output: no rule gives '", output, "' = ", finding.value);
    }
  }
  return "";
}

}  // namespace lianhu::routing
