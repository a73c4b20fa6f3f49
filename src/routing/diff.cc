#include "lianhu/routing/diff.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/routing/compiled_table.h"
#include "routing/coverage.h"

namespace lianhu::routing {
namespace {

// Both tables over common domains.
struct Side {
  const Table* table = nullptr;
  std::vector<size_t> column_of;     // by input of the first table: input of this one
  std::vector<Region> regions;       // by rule; empty column: matches nothing
  std::vector<std::string> outputs;  // by rule
};

class Comparison {
 public:
  Comparison(const Table& before, const Table& after, const DiffOptions& options, RunContext& context)
      : options_(options), context_(context), work_(options.max_work) {
    sides_[0].table = &before;
    sides_[1].table = &after;
  }

  absl::Status Prepare() {
    const DecisionTable& first = sides_[0].table->definition();
    const DecisionTable& second = sides_[1].table->definition();
    if (first.inputs.size() != second.inputs.size()) {
      return InvalidField(
          "inputs", -1,
          absl::StrCat("the tables have ", first.inputs.size(), " and ", second.inputs.size(), " inputs"));
    }
    for (size_t i = 0; i < first.inputs.size(); ++i) {
      size_t at = 0;
      const std::string wanted = NormalizeName(first.inputs[i].expression);
      while (at < second.inputs.size() && NormalizeName(second.inputs[at].expression) != wanted) ++at;
      if (at == second.inputs.size())
        return InvalidField("inputs", -1, absl::StrCat("the second table has no input '", wanted, "'"));
      sides_[0].column_of.push_back(i);
      sides_[1].column_of.push_back(at);
    }
    for (size_t i = 0; i < first.inputs.size(); ++i) {
      if (absl::Status status = PrepareColumn(i); !status.ok()) return status;
    }
    for (Side& side : sides_) {
      const DecisionTable& definition = side.table->definition();
      for (size_t r = 0; r < definition.rules.size(); ++r) {
        std::string text;
        for (size_t o = 0; o < definition.outputs.size(); ++o) {
          const std::optional<Value> value = side.table->ConstantOutput(r, o);
          absl::StrAppend(&text, definition.outputs[o].name, "=",
                          value.has_value() ? ToFeel(*value) : definition.rules[r].outputs[o], "\n");
        }
        side.outputs.push_back(std::move(text));
      }
    }
    // Equal rules give equal outcomes only if all else is equal too.
    comparable_ = first.hit_policy == second.hit_policy && first.aggregation == second.aggregation &&
                  first.outputs.size() == second.outputs.size();
    for (size_t o = 0; comparable_ && o < first.outputs.size(); ++o) {
      comparable_ = first.outputs[o].allowed_values == second.outputs[o].allowed_values &&
                    first.outputs[o].default_entry == second.outputs[o].default_entry &&
                    first.outputs[o].name == second.outputs[o].name;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<TableDiff> Run() {
    std::vector<PositionRange> box;
    for (const Positions& positions : positions_) {
      if (positions.size() == 0) return std::move(diff_);
      box.push_back({0, positions.size()});
    }
    std::vector<size_t> all[2];
    for (size_t s = 0; s < 2; ++s) {
      for (size_t r = 0; r < sides_[s].regions.size(); ++r) all[s].push_back(r);
    }
    if (!Visit(box, all[0], all[1])) diff_.complete = false;
    if (!status_.ok()) return status_;
    diff_.cancelled = context_.cancelled();
    return std::move(diff_);
  }

 private:
  absl::Status PrepareColumn(size_t input) {
    std::vector<Value> points;
    bool ordered = false;
    std::vector<ConstantTests> tests[2];
    const BaseType type = sides_[0].table->compiled()->domain(input).type();
    SegmentSet allowed[2];
    std::optional<ConstantTests> limits[2];
    for (size_t s = 0; s < 2; ++s) {
      const Side& side = sides_[s];
      const size_t column = side.column_of[input];
      const BaseType own = side.table->compiled()->domain(column).type();
      if (own != type && own != BaseType::kAny && type != BaseType::kAny) {
        return InvalidField("inputs", -1,
                            absl::StrCat("'", side.table->definition().inputs[column].expression, "' is ",
                                         BaseTypeName(type), " in one table and ", BaseTypeName(own), " in the other"));
      }
      const auto collect = [&](const UnaryTests& cell) -> absl::StatusOr<ConstantTests> {
        absl::StatusOr<ConstantTests> constant = ReadConstantTests(cell);
        if (!constant.ok()) return constant;
        points.insert(points.end(), constant->points.begin(), constant->points.end());
        for (const Range& range : constant->ranges) {
          if (!range.low.is_null()) points.push_back(range.low);
          if (!range.high.is_null()) points.push_back(range.high);
        }
        ordered = ordered || constant->ordered;
        return constant;
      };
      for (size_t r = 0; r < side.table->definition().rules.size(); ++r) {
        absl::StatusOr<ConstantTests> constant = collect(side.table->cell(r, column));
        if (!constant.ok()) return constant.status();
        tests[s].push_back(*std::move(constant));
      }
      if (side.table->allowed(column) != nullptr) {
        absl::StatusOr<ConstantTests> constant = collect(*side.table->allowed(column));
        if (!constant.ok()) return constant.status();
        limits[s] = *std::move(constant);
      }
    }
    const BaseType common =
        type == BaseType::kAny ? sides_[1].table->compiled()->domain(sides_[1].column_of[input]).type() : type;
    points.erase(std::remove_if(points.begin(), points.end(),
                                [&](const Value& value) { return value.kind() != KindOf(common); }),
                 points.end());
    domains_.emplace_back(common, std::move(points), ordered);
    const Domain& domain = domains_.back();
    bool null_matters = false;
    for (size_t s = 0; s < 2; ++s) {
      allowed[s] =
          limits[s].has_value() ? Intersection(domain.AllValues(), SegmentsOf(*limits[s], domain)) : domain.AllValues();
      for (const ConstantTests& test : tests[s])
        null_matters = null_matters || (!test.any && !test.negated && test.accepts_null);
    }
    SegmentSet inhabited;
    for (const SegmentRange& range : Intersection(allowed[0], allowed[1])) {
      for (int32_t segment = range.begin; segment < range.end; ++segment) {
        if (domain.Inhabited(segment)) inhabited = Union(inhabited, {{segment, segment + 1}});
      }
    }
    if (null_matters) inhabited = Union(inhabited, {{domain.null_segment(), domain.null_segment() + 1}});
    allowed_.push_back(inhabited);
    positions_.emplace_back(inhabited);
    for (size_t s = 0; s < 2; ++s) {
      sides_[s].regions.resize(tests[s].size());
      for (size_t r = 0; r < tests[s].size(); ++r)
        sides_[s].regions[r].push_back(positions_.back().Of(SegmentsOf(tests[s][r], domain)));
    }
    return absl::OkStatus();
  }

  // The rules say the same inside the box.
  bool Equal(const std::vector<size_t>& a, const std::vector<size_t>& b) const {
    if (!comparable_ || a.size() != b.size()) return false;
    for (size_t i = 0; i < a.size(); ++i) {
      if (sides_[0].outputs[a[i]] != sides_[1].outputs[b[i]]) return false;
      const Region& left = sides_[0].regions[a[i]];
      const Region& right = sides_[1].regions[b[i]];
      for (size_t c = 0; c < left.size(); ++c) {
        const bool same = std::equal(
            left[c].begin(), left[c].end(), right[c].begin(), right[c].end(),
            [](const PositionRange& x, const PositionRange& y) { return x.begin == y.begin && x.end == y.end; });
        if (!same) return false;
      }
    }
    return true;
  }

  bool Visit(std::vector<PositionRange>& box, const std::vector<size_t>& before, const std::vector<size_t>& after) {
    work_ -= static_cast<int64_t>((before.size() + after.size()) * box.size()) + 1;
    if (work_ <= 0 || context_.cancelled()) return false;
    std::vector<size_t> kept[2];
    std::vector<const Region*> cutting;
    for (size_t s = 0; s < 2; ++s) {
      for (const size_t rule : s == 0 ? before : after) {
        const Relation relation = Relate(sides_[s].regions[rule], box);
        if (relation == Relation::kApart) continue;
        kept[s].push_back(rule);
        if (relation == Relation::kCuts) cutting.push_back(&sides_[s].regions[rule]);
      }
    }
    if (Equal(kept[0], kept[1])) return true;
    if (cutting.empty()) return Compare(box);
    for (const PositionRange& range : box) work_ -= range.end - range.begin;
    const Cut cut = BestCut(box, cutting);
    PositionRange& side = box[static_cast<size_t>(cut.column)];
    const PositionRange whole = side;
    side.end = cut.position;
    bool go_on = Visit(box, kept[0], kept[1]);
    if (go_on) {
      box[static_cast<size_t>(cut.column)] = {cut.position, whole.end};
      go_on = Visit(box, kept[0], kept[1]);
    }
    box[static_cast<size_t>(cut.column)] = whole;
    return go_on;
  }

  bool Compare(const std::vector<PositionRange>& box) {
    Change change;
    std::vector<Value> other(box.size());
    for (size_t c = 0; c < box.size(); ++c) {
      change.witness.push_back(domains_[c].Witness(positions_[c].segment(box[c].begin)));
      other[sides_[1].column_of[c]] = change.witness.back();
    }
    absl::StatusOr<Outcome> before = sides_[0].table->Decide(change.witness);
    absl::StatusOr<Outcome> after = sides_[1].table->Decide(other);
    if (!before.ok() || !after.ok()) {
      status_ = before.ok() ? after.status() : before.status();
      return false;
    }
    if (SameOutcome(*before, *after)) return true;
    if (static_cast<int64_t>(diff_.changes.size()) >= options_.max_changes) return false;
    for (size_t c = 0; c < box.size(); ++c) {
      SegmentSet set;
      for (const SegmentRange& range : positions_[c].Back(box[c])) {
        bool bridged = !set.empty();
        for (int32_t s = bridged ? set.back().end : 0; bridged && s < range.begin; ++s)
          bridged = !domains_[c].Inhabited(s);
        if (bridged) {
          set.back().end = range.end;
        } else {
          set.push_back(range);
        }
      }
      change.box.push_back(domains_[c].ToTests(set, allowed_[c]));
    }
    change.before = *std::move(before);
    change.after = *std::move(after);
    diff_.changes.push_back(std::move(change));
    return true;
  }

  const DiffOptions& options_;
  RunContext& context_;
  int64_t work_;
  Side sides_[2];
  std::vector<Domain> domains_;
  std::vector<SegmentSet> allowed_;
  std::vector<Positions> positions_;
  bool comparable_ = false;
  TableDiff diff_;
  absl::Status status_;
};

}  // namespace

bool SameOutcome(const Outcome& a, const Outcome& b) {
  return a.kind == b.kind && Same(a.value, b.value);
}

absl::StatusOr<TableDiff> Diff(const Table& before, const Table& after, const DiffOptions& options,
                               RunContext& context) {
  if (options.max_changes < 1) return InvalidField("max_changes", -1, "must be at least 1");
  for (const Table* table : {&before, &after}) {
    if (table->compiled() == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("table '", table->definition().name, "' cannot be compared: ", table->not_compiled_because()));
    }
  }
  Comparison comparison(before, after, options, context);
  if (absl::Status status = comparison.Prepare(); !status.ok()) return status;
  return comparison.Run();
}

}  // namespace lianhu::routing
