#include "lianhu/routing/compiled_table.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::routing {
namespace {

// The rank of the lowest bit of a bit set's word `w`.
size_t RankOf(int32_t w, uint64_t word) {
  return static_cast<size_t>(w) * 64 + static_cast<size_t>(std::countr_zero(word));
}

constexpr size_t kBlock = 64;               // cases decided together
constexpr int64_t kMaxIntegerTable = 4096;  // entries of a direct index
constexpr size_t kMaxBitsetBytes = size_t{1} << 30;

std::optional<BaseType> TypeOf(ValueKind kind) {
  switch (kind) {
    case ValueKind::kBoolean:
      return BaseType::kBoolean;
    case ValueKind::kNumber:
      return BaseType::kNumber;
    case ValueKind::kString:
      return BaseType::kString;
    case ValueKind::kDate:
      return BaseType::kDate;
    case ValueKind::kTime:
      return BaseType::kTime;
    case ValueKind::kDateTime:
      return BaseType::kDateTime;
    case ValueKind::kDayTimeDuration:
      return BaseType::kDayTimeDuration;
    case ValueKind::kYearMonthDuration:
      return BaseType::kYearMonthDuration;
    default:
      return std::nullopt;
  }
}

// The values a column's cells name.
struct Named {
  std::vector<Value> points;
  std::optional<BaseType> type;  // of all of them; absent: none yet
  bool ordered = false;
  std::string fault;

  void Add(const Value& value, BaseType declared) {
    if (value.is_null()) return;
    const std::optional<BaseType> found = TypeOf(value.kind());
    if (declared != BaseType::kAny) {
      if (value.kind() != KindOf(declared)) return;  // never matches
    } else if (!found.has_value() || (type.has_value() && *type != *found)) {
      fault = "compares with values of several types in one column";
      return;
    } else {
      type = found;
    }
    if (!points.empty() && found != BaseType::kBoolean && !Order(points[0], value).has_value()) {
      fault = "compares with times both with and without an offset";
      return;
    }
    points.push_back(value);
  }
};

const char* InputName(const DecisionTable& table, size_t input) {
  const InputClause& clause = table.inputs[input];
  return clause.name.empty() ? clause.expression.c_str() : clause.name.c_str();
}

}  // namespace

absl::StatusOr<CompiledTable> CompiledTable::Make(const Table& table) {
  const DecisionTable& definition = table.definition();
  CompiledTable compiled;
  compiled.rules_ = static_cast<int32_t>(definition.rules.size());
  compiled.words_ = std::max((compiled.rules_ + 63) / 64, 1);
  compiled.policy_ = definition.hit_policy;

  // The order of the bits.
  const size_t rules = definition.rules.size();
  std::vector<std::vector<size_t>> ranks(rules);
  absl::flat_hash_map<std::string, int32_t> classes;
  for (size_t r = 0; r < rules; ++r) {
    std::string outputs;
    bool constant = true;
    for (size_t o = 0; o < definition.outputs.size(); ++o) {
      const std::optional<Value> value = table.ConstantOutput(r, o);
      constant = constant && value.has_value();
      if (!constant) break;
      absl::StrAppend(&outputs, ToFeel(*value), "\n");
      if (!table.priorities(o).empty()) {
        size_t rank = 0;
        while (rank < table.priorities(o).size() && !Same(table.priorities(o)[rank], *value)) ++rank;
        ranks[r].push_back(rank);
      }
    }
    compiled.constant_outputs_ = compiled.constant_outputs_ && constant;
    const auto own = static_cast<int32_t>(r);
    compiled.output_classes_.push_back(constant ? classes.emplace(outputs, own).first->second : own);
  }
  compiled.by_rank_.resize(rules);
  std::iota(compiled.by_rank_.begin(), compiled.by_rank_.end(), 0);
  compiled.ranks_.assign(rules, 0);
  const bool by_priority =
      definition.hit_policy == HitPolicy::kPriority || definition.hit_policy == HitPolicy::kOutputOrder;
  if (by_priority && compiled.constant_outputs_) {
    std::stable_sort(compiled.by_rank_.begin(), compiled.by_rank_.end(),
                     [&](int32_t a, int32_t b) { return ranks[a] < ranks[b]; });
    int32_t rank = 0;
    for (size_t i = 0; i < rules; ++i) {
      if (i > 0 && ranks[compiled.by_rank_[i]] != ranks[compiled.by_rank_[i - 1]]) ++rank;
      compiled.ranks_[compiled.by_rank_[i]] = rank;
    }
  }
  std::vector<int32_t> bit_of(rules);
  for (size_t i = 0; i < rules; ++i) bit_of[compiled.by_rank_[i]] = static_cast<int32_t>(i);

  for (size_t i = 0; i < definition.inputs.size(); ++i) {
    const BaseType declared = table.input_type(i);
    Named named;
    const auto read = [&](const UnaryTests& tests, absl::string_view place) -> absl::StatusOr<ConstantTests> {
      absl::StatusOr<ConstantTests> constant = ReadConstantTests(tests);
      if (constant.ok()) {
        for (const Value& point : constant->points) named.Add(point, declared);
        for (const Range& range : constant->ranges) {
          named.Add(range.low, declared);
          named.Add(range.high, declared);
        }
        named.ordered = named.ordered || constant->ordered;
      }
      if (constant.ok() && named.fault.empty()) return constant;
      return absl::InvalidArgumentError(absl::StrCat(place, ", input '", InputName(definition, i),
                                                     "': ", constant.ok() ? named.fault : constant.status().message()));
    };
    std::vector<ConstantTests> cells;
    absl::flat_hash_map<std::string, size_t> first_of;  // equal cells are read once
    std::vector<size_t> same_as(rules);
    for (size_t r = 0; r < rules; ++r) {
      const auto [at, fresh] = first_of.emplace(definition.rules[r].inputs[i], cells.size());
      same_as[r] = at->second;
      if (!fresh) continue;
      absl::StatusOr<ConstantTests> constant =
          read(table.cell(r, i), absl::StrCat("rule ", r + 1, " (", definition.rules[r].id, ")"));
      if (!constant.ok()) return constant.status();
      cells.push_back(*std::move(constant));
    }
    std::optional<ConstantTests> allowed;
    if (table.allowed(i) != nullptr) {
      absl::StatusOr<ConstantTests> constant = read(*table.allowed(i), "allowed values");
      if (!constant.ok()) return constant.status();
      allowed = *std::move(constant);
    }

    Column column;
    BaseType type = declared;
    if (type == BaseType::kAny) type = named.type.value_or(BaseType::kAny);
    column.domain = Domain(type, std::move(named.points), named.ordered);
    const Domain& domain = column.domain;
    const auto segments = static_cast<size_t>(domain.segments());
    if (segments * static_cast<size_t>(compiled.words_) * sizeof(uint64_t) > kMaxBitsetBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat("input '", InputName(definition, i), "': has too many different cells"));
    }
    std::vector<SegmentSet> sets;
    bool null_matters = false;
    sets.reserve(cells.size());
    for (const ConstantTests& cell : cells) {
      sets.push_back(SegmentsOf(cell, domain));
      null_matters = null_matters || (!cell.any && !cell.negated && cell.accepts_null);
    }
    column.bits.assign(segments * static_cast<size_t>(compiled.words_), 0);
    for (size_t r = 0; r < rules; ++r) {
      column.cells.push_back(sets[same_as[r]]);
      const auto bit = static_cast<size_t>(bit_of[r]);
      for (const SegmentRange& range : column.cells[r]) {
        for (int32_t segment = range.begin; segment < range.end; ++segment) {
          column.bits[static_cast<size_t>(segment) * compiled.words_ + bit / 64] |= uint64_t{1} << (bit % 64);
        }
      }
    }
    column.is_allowed.assign(segments, 1);
    SegmentSet values = domain.AllValues();
    if (allowed.has_value()) {
      values = Intersection(values, SegmentsOf(*allowed, domain));
      column.is_allowed.assign(segments, 0);
      for (const SegmentRange& range : values) {
        std::fill(column.is_allowed.begin() + range.begin, column.is_allowed.begin() + range.end, uint8_t{1});
      }
      column.is_allowed[static_cast<size_t>(domain.null_segment())] = 1;
    }
    SegmentSet inhabited;
    for (const SegmentRange& range : values) {
      for (int32_t segment = range.begin; segment < range.end; ++segment) {
        if (!domain.Inhabited(segment)) continue;
        if (!inhabited.empty() && inhabited.back().end == segment) {
          ++inhabited.back().end;
        } else {
          inhabited.push_back({segment, segment + 1});
        }
      }
    }
    if (null_matters) inhabited = Union(inhabited, {{domain.null_segment(), domain.null_segment() + 1}});
    column.allowed = std::move(inhabited);
    PrepareLookups(column);
    compiled.columns_.push_back(std::move(column));
  }
  return compiled;
}

void CompiledTable::PrepareLookups(Column& column) {
  const Domain& domain = column.domain;
  if (domain.type() == BaseType::kString) {
    for (const Value& point : domain.points()) column.codes.emplace(*point.string(), domain.SegmentOf(point));
    return;
  }
  const bool number = domain.type() == BaseType::kNumber || domain.type() == BaseType::kInteger;
  if (!number && domain.type() != BaseType::kDate) return;
  constexpr double kUp = std::numeric_limits<double>::infinity();
  for (const Value& point : domain.points()) {
    const Decimal decimal = number ? *point.number() : Decimal(point.date()->days);
    const double nearest = decimal.ToDouble();
    const std::optional<Decimal> back = Decimal::FromDouble(nearest);
    const int order = back.has_value() ? Decimal::Compare(*back, decimal) : nearest > 0 ? 1 : -1;
    // x >= point from the first cut on, x > point from the second.
    column.cuts.push_back(order < 0 ? std::nextafter(nearest, kUp) : nearest);
    column.cuts.push_back(order > 0 ? nearest : std::nextafter(nearest, kUp));
  }
  if (column.cuts.empty()) return;
  const double low = std::floor(column.cuts.front()) - 1;
  const double high = std::ceil(column.cuts.back()) + 1;
  if (!(high - low < static_cast<double>(kMaxIntegerTable)) || std::abs(low) > 1e15) return;
  column.first_integer = static_cast<int64_t>(low);
  for (auto value = static_cast<int64_t>(low); value <= static_cast<int64_t>(high); ++value) {
    const auto cut = std::upper_bound(column.cuts.begin(), column.cuts.end(), static_cast<double>(value));
    column.integer_segments.push_back(static_cast<int32_t>(cut - column.cuts.begin()));
  }
}

int32_t CompiledTable::SegmentOfDouble(const Column& column, double value) const {
  // Small whole numbers by index, anything else by halving.
  if (!column.integer_segments.empty()) {
    const auto last = static_cast<int64_t>(column.integer_segments.size()) - 1;
    if (std::abs(value) < 1e15) {
      const auto whole = static_cast<int64_t>(value);
      if (static_cast<double>(whole) == value) {
        return column.integer_segments[static_cast<size_t>(std::clamp<int64_t>(whole - column.first_integer, 0, last))];
      }
    }
  }
  const double* base = column.cuts.data();
  size_t left = column.cuts.size();
  int32_t passed = 0;
  while (left > 0) {
    const size_t half = left / 2;
    const bool beyond = value >= base[half];
    const size_t step = beyond ? half + 1 : 0;
    base += step;
    passed += static_cast<int32_t>(step);
    left = beyond ? left - half - 1 : half;
  }
  return passed;
}

int32_t CompiledTable::SegmentOfInteger(const Column& column, int64_t value) const {
  if (!column.integer_segments.empty()) {
    const auto last = static_cast<int64_t>(column.integer_segments.size()) - 1;
    const int64_t at = value < column.first_integer ? 0 : std::min(value - column.first_integer, last);
    return column.integer_segments[static_cast<size_t>(at)];
  }
  if (std::abs(static_cast<double>(value)) < 9e15) return SegmentOfDouble(column, static_cast<double>(value));
  return column.domain.SegmentOf(column.domain.type() == BaseType::kDate ? Value(Date{value}) : Value(value));
}

int32_t CompiledTable::SegmentAt(const Column& column, const InputColumn& given, size_t row) const {
  const int32_t null = column.domain.null_segment();
  if (!given.numbers.empty()) {
    const double value = given.numbers[row];
    if (std::isnan(value)) return null;
    if (std::isinf(value)) return -1;
    if (column.domain.type() == BaseType::kInteger && value != std::floor(value)) return -1;
    return SegmentOfDouble(column, value);
  }
  if (!given.integers.empty()) {
    const int64_t value = given.integers[row];
    return value == std::numeric_limits<int64_t>::min() ? null : SegmentOfInteger(column, value);
  }
  if (!given.codes.empty()) {
    const int32_t code = given.codes[row];
    return code == -1 ? null : code < -1 || code >= null ? -1 : code;
  }
  const uint8_t value = given.booleans[row];
  return value > 1 ? null : value;
}

bool CompiledTable::Fits(absl::Span<const Value> inputs) const {
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!Fits(i, inputs[i])) return false;
  }
  return true;
}

bool CompiledTable::Fits(size_t input, const Value& value) const {
  const Domain& domain = columns_[input].domain;
  if (value.is_null() || domain.type() == BaseType::kAny) return true;
  if (value.kind() != KindOf(domain.type())) return false;
  return domain.points().empty() || Order(domain.points()[0], value).has_value();
}

void CompiledTable::Match(absl::Span<const Value> inputs, std::vector<int32_t>& rules) const {
  rules.clear();
  std::vector<const uint64_t*> bits;
  for (size_t i = 0; i < inputs.size(); ++i) {
    const Column& column = columns_[i];
    const int32_t segment =
        column.domain.type() == BaseType::kAny && !inputs[i].is_null() ? 0 : column.domain.SegmentOf(inputs[i]);
    bits.push_back(column.bits.data() + static_cast<size_t>(segment) * words_);
  }
  for (int32_t w = 0; w < words_; ++w) {
    uint64_t word = ~uint64_t{0};
    if (w == words_ - 1 && rules_ % 64 != 0) word = (uint64_t{1} << (rules_ % 64)) - 1;
    if (rules_ == 0) word = 0;
    for (const uint64_t* column : bits) word &= column[w];
    for (; word != 0; word &= word - 1) rules.push_back(by_rank_[RankOf(w, word)]);
  }
  std::sort(rules.begin(), rules.end());
}

bool CompiledTable::IsAllowed(size_t input, const Value& value) const {
  const Column& column = columns_[input];
  if (column.domain.type() == BaseType::kAny) return true;
  return column.is_allowed[static_cast<size_t>(column.domain.SegmentOf(value))] != 0;
}

int32_t CompiledTable::Code(size_t input, absl::string_view value) const {
  const Column& column = columns_[input];
  if (column.domain.type() != BaseType::kString) return column.domain.type() == BaseType::kAny ? 0 : -1;
  if (const auto found = column.codes.find(value); found != column.codes.end()) return found->second;
  return column.domain.SegmentOf(Value(value));
}

absl::Status CompiledTable::Decide(absl::Span<const InputColumn> columns, absl::Span<int32_t> outcomes,
                                   absl::Span<int32_t> rules, absl::Span<int32_t> matches) const {
  if (columns.size() != columns_.size()) {
    return InvalidField("columns", -1,
                        absl::StrCat("has ", columns.size(), " columns, the table has ", columns_.size(), " inputs"));
  }
  const size_t count = outcomes.size();
  for (size_t i = 0; i < columns.size(); ++i) {
    const InputColumn& given = columns[i];
    const std::string field = absl::StrCat("columns[", i, "]");
    const size_t kinds = (given.numbers.empty() ? 0 : 1) + (given.integers.empty() ? 0 : 1) +
                         (given.codes.empty() ? 0 : 1) + (given.booleans.empty() ? 0 : 1);
    if (kinds > 1 || (kinds == 0 && count > 0)) return InvalidField(field, -1, "needs exactly one array of values");
    const size_t length = given.numbers.size() + given.integers.size() + given.codes.size() + given.booleans.size();
    if (length != count) return InvalidField(field, -1, absl::StrCat("has ", length, " rows, not ", count));
    const BaseType type = columns_[i].domain.type();
    const bool number = type == BaseType::kNumber || type == BaseType::kInteger;
    const bool fits = count == 0 || type == BaseType::kAny || (!given.numbers.empty() && number) ||
                      (!given.integers.empty() && (number || type == BaseType::kDate)) ||
                      (!given.codes.empty() && (type == BaseType::kString || type == BaseType::kBoolean)) ||
                      (!given.booleans.empty() && type == BaseType::kBoolean);
    if (!fits) return InvalidField(field, -1, absl::StrCat("a column of ", BaseTypeName(type), " cannot be given so"));
  }
  const bool needs_outputs =
      policy_ == HitPolicy::kAny || policy_ == HitPolicy::kPriority || policy_ == HitPolicy::kOutputOrder;
  if (needs_outputs && !constant_outputs_) {
    return InvalidField("table", -1, "its hit policy compares outputs that are not constant: decide case by case");
  }
  if (!rules.empty() && rules.size() != count) return InvalidField("rules", -1, "has another length");
  if (!matches.empty() && matches.size() != count) return InvalidField("matches", -1, "has another length");
  const uint64_t last_word = rules_ == 0 ? 0 : rules_ % 64 == 0 ? ~uint64_t{0} : (uint64_t{1} << (rules_ % 64)) - 1;

  const size_t width = columns_.size();
  const uint64_t* bits[kBlock * kMaxColumns];  // case-major, packed
  for (size_t begin = 0; begin < count; begin += kBlock) {
    const size_t block = std::min(kBlock, count - begin);
    for (size_t i = 0; i < columns_.size(); ++i) {
      const Column& column = columns_[i];
      const bool any = column.domain.type() == BaseType::kAny;
      for (size_t k = 0; k < block; ++k) {
        int32_t segment = SegmentAt(column, columns[i], begin + k);
        if (any && segment >= 0 && segment != column.domain.null_segment()) segment = 0;
        if (segment < 0 || column.is_allowed[static_cast<size_t>(segment)] == 0) {
          return InvalidField(absl::StrCat("columns[", i, "]"), static_cast<int64_t>(begin + k),
                              segment < 0 ? "is no value of the column's type" : "is not among the allowed values");
        }
        bits[k * width + i] = column.bits.data() + static_cast<size_t>(segment) * words_;
      }
    }
    for (size_t k = 0; k < block; ++k) {
      int32_t first = -1;
      int32_t hits = 0;
      bool differ = false;
      for (int32_t w = 0; w < words_; ++w) {
        uint64_t word = w == words_ - 1 ? last_word : ~uint64_t{0};
        for (size_t i = 0; i < width; ++i) word &= bits[k * width + i][w];
        if (word == 0) continue;
        hits += std::popcount(word);
        if (first < 0) first = by_rank_[RankOf(w, word)];
        if (policy_ == HitPolicy::kAny && hits > 1) {
          for (; word != 0; word &= word - 1) {
            const int32_t rule = by_rank_[RankOf(w, word)];
            differ = differ || output_classes_[rule] != output_classes_[first];
          }
        }
      }
      BatchOutcome outcome = hits > 0 ? BatchOutcome::kResult : BatchOutcome::kNoMatch;
      if (differ || (policy_ == HitPolicy::kUnique && hits > 1)) outcome = BatchOutcome::kViolation;
      outcomes[begin + k] = static_cast<int32_t>(outcome);
      if (!rules.empty()) rules[begin + k] = first;
      if (!matches.empty()) matches[begin + k] = hits;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<BatchResult> CompiledTable::Decide(absl::Span<const InputColumn> columns) const {
  size_t count = 0;
  for (const InputColumn& given : columns) {
    count = std::max({count, given.numbers.size(), given.integers.size(), given.codes.size(), given.booleans.size()});
  }
  BatchResult result;
  result.outcomes.resize(count);
  result.rules.resize(count);
  result.matches.resize(count);
  if (absl::Status status = Decide(columns, absl::MakeSpan(result.outcomes), absl::MakeSpan(result.rules),
                                   absl::MakeSpan(result.matches));
      !status.ok()) {
    return status;
  }
  return result;
}

}  // namespace lianhu::routing
