#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lianhu/routing/compiled_table.h"

namespace lianhu::routing {
namespace {

bool InOrder(const Value& a, const Value& b) {
  return Order(a, b).value_or(0) < 0;
}

// A whole number on which values of the type step, for types that step: consecutive ones have nothing between.
std::optional<absl::int128> Step(BaseType type, const Value& value, bool up) {
  switch (type) {
    case BaseType::kInteger: {
      if (value.number() == nullptr) return std::nullopt;
      const auto rounded = value.number()->Round(0, up ? Decimal::Rounding::kCeiling : Decimal::Rounding::kFloor);
      const std::optional<int64_t> whole = rounded.has_value() ? rounded->ToInt64() : std::nullopt;
      return whole.has_value() ? std::optional<absl::int128>(*whole) : std::nullopt;
    }
    case BaseType::kDate:
      return value.date() != nullptr ? std::optional<absl::int128>(value.date()->days) : std::nullopt;
    case BaseType::kYearMonthDuration:
      return value.year_month() != nullptr ? std::optional<absl::int128>(value.year_month()->months) : std::nullopt;
    case BaseType::kDayTimeDuration:
      return value.day_time() != nullptr ? std::optional<absl::int128>(value.day_time()->nanos) : std::nullopt;
    case BaseType::kTime:
      return value.time() != nullptr ? std::optional<absl::int128>(value.time()->Comparable()) : std::nullopt;
    case BaseType::kDateTime:
      return value.date_time() != nullptr ? std::optional<absl::int128>(value.date_time()->Comparable()) : std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace

bool Intersects(const SegmentSet& a, const SegmentSet& b) {
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].begin < b[j].end && b[j].begin < a[i].end) return true;
    a[i].end <= b[j].end ? ++i : ++j;
  }
  return false;
}

bool Includes(const SegmentSet& outer, const SegmentSet& inner) {
  size_t i = 0;
  for (const SegmentRange& range : inner) {
    while (i < outer.size() && outer[i].end < range.end) ++i;
    if (i == outer.size() || outer[i].begin > range.begin) return false;
  }
  return true;
}

SegmentSet Intersection(const SegmentSet& a, const SegmentSet& b) {
  SegmentSet common;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const SegmentRange range = {std::max(a[i].begin, b[j].begin), std::min(a[i].end, b[j].end)};
    if (range.begin < range.end) common.push_back(range);
    a[i].end <= b[j].end ? ++i : ++j;
  }
  return common;
}

SegmentSet Union(const SegmentSet& a, const SegmentSet& b) {
  SegmentSet all = a;
  all.insert(all.end(), b.begin(), b.end());
  std::sort(all.begin(), all.end(), [](const SegmentRange& x, const SegmentRange& y) { return x.begin < y.begin; });
  SegmentSet merged;
  for (const SegmentRange& range : all) {
    if (range.begin >= range.end) continue;
    if (!merged.empty() && range.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, range.end);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

Domain::Domain(BaseType type, std::vector<Value> points, bool ordered) : type_(type), points_(std::move(points)) {
  if (type == BaseType::kBoolean) {
    shape_ = Shape::kBoolean;
    points_.clear();
    segments_ = 3;
    return;
  }
  std::sort(points_.begin(), points_.end(), InOrder);
  points_.erase(std::unique(points_.begin(), points_.end(), [](const Value& a, const Value& b) { return Same(a, b); }),
                points_.end());
  const auto count = static_cast<int32_t>(points_.size());
  if (type == BaseType::kAny || (type == BaseType::kString && !ordered)) {
    shape_ = Shape::kEnumerated;
    segments_ = count + 2;
  } else {
    segments_ = 2 * count + 2;
  }
}

int32_t Domain::SegmentOf(const Value& value) const {
  if (value.is_null()) return null_segment();
  if (shape_ == Shape::kBoolean) return value.IsTrue() ? 1 : 0;
  const auto found = std::lower_bound(points_.begin(), points_.end(), value, InOrder);
  const auto index = static_cast<int32_t>(found - points_.begin());
  const bool named = found != points_.end() && Same(*found, value);
  if (shape_ == Shape::kEnumerated) return named ? index : static_cast<int32_t>(points_.size());
  return 2 * index + (named ? 1 : 0);
}

bool Domain::Inhabited(int32_t segment) const {
  if (shape_ != Shape::kOrdered || segment == null_segment()) return true;
  const auto index = static_cast<size_t>(segment / 2);
  if (segment % 2 == 1) return type_ != BaseType::kInteger || points_[index].number()->IsInteger();
  if (type_ == BaseType::kString) return index > 0 || points_.empty() || !points_[0].string()->empty();
  if (type_ == BaseType::kTime) {
    if (index == 0 && !points_.empty() && !points_[0].time()->offset_seconds.has_value() &&
        points_[0].time()->nanos == 0)
      return false;
    if (index == points_.size() && index > 0 && !points_.back().time()->offset_seconds.has_value() &&
        points_.back().time()->nanos == kSecondsPerDay * kNanosPerSecond - 1) {
      return false;
    }
  }
  if (index == 0 || index == points_.size()) return true;
  // From the first step above the lower point to the last one below the upper.
  const std::optional<absl::int128> low = Step(type_, points_[index - 1], false);
  const std::optional<absl::int128> high = Step(type_, points_[index], true);
  return !low.has_value() || !high.has_value() || *low + 1 <= *high - 1;
}

SegmentSet Domain::SegmentsOf(const Range& range) const {
  if (shape_ == Shape::kBoolean) return {};
  if (shape_ == Shape::kEnumerated) {  // only points are asked for
    const int32_t segment = SegmentOf(range.low);
    return {{segment, segment + 1}};
  }
  const auto bound = [&](const Value& value) {
    const auto found = std::lower_bound(points_.begin(), points_.end(), value, InOrder);
    return 2 * static_cast<int32_t>(found - points_.begin());
  };
  const int32_t begin = range.low.is_null() ? 0 : bound(range.low) + (range.low_closed ? 1 : 2);
  const int32_t end = range.high.is_null() ? null_segment() : bound(range.high) + (range.high_closed ? 2 : 1);
  if (begin >= end) return {};
  return {{begin, end}};
}

SegmentSet Domain::AllValues() const {
  return {{0, null_segment()}};
}

std::string Domain::ToTests(const SegmentSet& set, const SegmentSet& allowed) const {
  if (Includes(set, allowed)) return "-";
  const auto point = [&](int32_t i) { return ToFeel(points_[static_cast<size_t>(i)]); };
  std::vector<std::string> tests;
  if (shape_ == Shape::kEnumerated) {
    const auto other = static_cast<int32_t>(points_.size());
    const auto holds = [&](int32_t segment) { return Intersects(set, {{segment, segment + 1}}); };
    const bool negate = holds(other);
    for (int32_t i = 0; i < other; ++i) {
      if (holds(i) != negate && (!negate || Intersects(allowed, {{i, i + 1}}))) tests.push_back(point(i));
    }
    if (holds(null_segment()) && !negate) tests.push_back("null");
    if (negate && tests.empty()) return "not(null)";
    return negate ? absl::StrCat("not(", absl::StrJoin(tests, ", "), ")") : absl::StrJoin(tests, ", ");
  }
  for (const SegmentRange& range : set) {
    if (shape_ == Shape::kBoolean) {
      for (int32_t i = range.begin; i < range.end; ++i) tests.push_back(i == 0 ? "false" : i == 1 ? "true" : "null");
      continue;
    }
    int32_t begin = range.begin, end = range.end;
    const bool with_null = end == segments_;
    if (with_null) --end;
    // Leave out what holds nothing, at both ends.
    while (begin < end && !Inhabited(begin)) ++begin;
    while (begin < end && !Inhabited(end - 1)) --end;
    if (begin < end) {
      const bool low_closed = begin % 2 == 1, high_closed = end % 2 == 0;
      const bool no_low = begin == 0, no_high = end == null_segment();
      if (low_closed && end == begin + 1) {
        tests.push_back(point(begin / 2));
      } else if (no_low && no_high) {
        tests.push_back("not(null)");
      } else if (no_low) {
        tests.push_back(absl::StrCat(high_closed ? "<= " : "< ", point((end - 1) / 2)));
      } else if (no_high) {
        tests.push_back(absl::StrCat(low_closed ? ">= " : "> ", point((begin - 1) / 2)));
      } else {
        tests.push_back(absl::StrCat(low_closed ? "[" : "(", point((begin - 1) / 2), "..", point((end - 1) / 2),
                                     high_closed ? "]" : ")"));
      }
    }
    if (with_null) tests.push_back("null");
  }
  return absl::StrJoin(tests, ", ");
}

Value Domain::Witness(int32_t segment) const {
  if (segment == null_segment()) return {};
  if (shape_ == Shape::kBoolean) return segment == 1;
  if (shape_ == Shape::kEnumerated) {
    if (segment < static_cast<int32_t>(points_.size())) return points_[static_cast<size_t>(segment)];
    std::string other = "other";
    while (SegmentOf(Value(other)) != segment) other += "?";
    return other;
  }
  const auto index = static_cast<size_t>(segment / 2);
  if (segment % 2 == 1) return points_[index];
  const Value low = index > 0 ? points_[index - 1] : Value();
  const Value high = index < points_.size() ? points_[index] : Value();
  const Value& near = low.is_null() ? high : low;
  const int64_t direction = low.is_null() ? -1 : 1;
  switch (type_) {
    case BaseType::kInteger:
    case BaseType::kNumber: {
      if (near.is_null()) return 0;
      if (!low.is_null() && !high.is_null() && type_ == BaseType::kNumber) {
        return Arithmetic(Operation::kDivide, Arithmetic(Operation::kAdd, low, high), 2);
      }
      const auto rounded =
          near.number()->Round(0, low.is_null() ? Decimal::Rounding::kCeiling : Decimal::Rounding::kFloor);
      return Arithmetic(Operation::kAdd, Value::Of(rounded), Value(direction));
    }
    case BaseType::kString:
      return near.is_null() ? Value("any") : low.is_null() ? Value("") : Value(*low.string() + '\x01');
    case BaseType::kDate:
      return near.is_null() ? Value(Date{}) : Value(Date{near.date()->days + direction});
    case BaseType::kTime:
      if (near.is_null()) return Time{};
      return Arithmetic(Operation::kAdd, near, Value(DayTimeDuration{direction}));
    case BaseType::kDateTime:
      if (near.is_null()) return DateTime{};
      return Arithmetic(Operation::kAdd, near, Value(DayTimeDuration{direction}));
    case BaseType::kDayTimeDuration:
      return near.is_null() ? Value(DayTimeDuration{}) : Value(DayTimeDuration{near.day_time()->nanos + direction});
    case BaseType::kYearMonthDuration:
      return near.is_null() ? Value(YearMonthDuration{})
                            : Value(YearMonthDuration{near.year_month()->months + direction});
    default:
      return {};
  }
}

absl::StatusOr<ConstantTests> ReadConstantTests(const UnaryTests& tests) {
  ConstantTests read;
  read.any = tests.any;
  read.negated = tests.negated;
  Evaluator evaluator;
  const Scope scope;
  const auto add_point = [&](const Value& value) -> absl::Status {
    if (value.is_null()) return absl::OkStatus();
    if (value.list() != nullptr || value.context() != nullptr || value.function() != nullptr) {
      return absl::InvalidArgumentError("compares with a list or a context");
    }
    read.points.push_back(value);
    return absl::OkStatus();
  };
  const auto add_range = [&](const Range& range) {
    read.ranges.push_back(range);
    read.ordered = true;
  };
  for (const ExpressionPtr& test : tests.tests) {
    if (test->uses_input || !IsConstant(*test)) return absl::InvalidArgumentError("refers to other values");
    if (test->operation == Operation::kTest && (test->text == "!=" || test->text == "=")) {
      const Value bound = evaluator.Evaluate(*test->operands[0], scope);
      if (test->text == "=") {
        if (absl::Status status = add_point(bound); !status.ok()) return status;
      } else if (bound.is_null()) {
        return absl::InvalidArgumentError("tests for what is not null");
      } else {
        add_range({.low = {}, .high = bound});
        add_range({.low = bound, .high = {}});
      }
      continue;
    }
    const Value value = evaluator.Evaluate(*test, scope);
    if (value.range() != nullptr) {
      add_range(*value.range());
    } else if (value.list() != nullptr) {
      for (const Value& item : *value.list()) {
        if (item.range() != nullptr) {
          add_range(*item.range());
        } else if (absl::Status status = add_point(item); !status.ok()) {
          return status;
        }
      }
    } else if (absl::Status status = add_point(value); !status.ok()) {
      return status;
    }
  }
  read.accepts_null = evaluator.Passes(Value(), tests, scope).value_or(false);
  return read;
}

SegmentSet SegmentsOf(const ConstantTests& tests, const Domain& domain) {
  SegmentSet accepted;
  if (tests.any) {
    accepted = domain.AllValues();
  } else {
    const ValueKind kind = KindOf(domain.type());
    for (const Range& range : tests.ranges) {
      const Value& bound = range.low.is_null() ? range.high : range.low;
      if (bound.kind() == kind) accepted = Union(accepted, domain.SegmentsOf(range));
    }
    for (const Value& point : tests.points) {
      if (point.kind() != kind) continue;
      const int32_t segment = domain.SegmentOf(point);
      accepted = Union(accepted, {{segment, segment + 1}});
    }
    if (tests.negated) {
      SegmentSet complement;
      int32_t from = 0;
      for (const SegmentRange& range : accepted) {
        if (from < range.begin) complement.push_back({from, range.begin});
        from = range.end;
      }
      if (from < domain.null_segment()) complement.push_back({from, domain.null_segment()});
      accepted = complement;
    }
  }
  if (tests.any || tests.accepts_null) accepted = Union(accepted, {{domain.null_segment(), domain.null_segment() + 1}});
  return accepted;
}

}  // namespace lianhu::routing
