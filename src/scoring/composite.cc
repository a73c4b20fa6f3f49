#include "lianhu/scoring/composite.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::scoring {
namespace {

constexpr double kMostDenominated = 1e75;  // so that fourth powers stay finite
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

using Column = std::vector<double>;

Column Present(absl::Span<const double> values) {
  Column present;
  std::copy_if(values.begin(), values.end(), std::back_inserter(present), [](double v) { return !std::isnan(v); });
  return present;
}

double Mean(absl::Span<const double> values) {
  if (values.empty()) return kMissing;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double Median(Column values) {
  if (values.empty()) return kMissing;
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// The mean of (value - mean)^power.
double Moment(absl::Span<const double> values, double mean, int power) {
  double sum = 0;
  for (const double value : values) {
    double product = 1;
    for (int p = 0; p < power; ++p) product *= value - mean;
    sum += product;
  }
  return sum / static_cast<double>(values.size());
}

void Impute(const CompositeInput& input, Imputation method, Column& column) {
  if (method == Imputation::kNone) return;
  const bool by_group = method == Imputation::kGroupMean || method == Imputation::kGroupMedian;
  const bool median = method == Imputation::kMedian || method == Imputation::kGroupMedian;
  std::map<int32_t, Column> present;
  const auto group = [&](size_t u) { return by_group ? input.groups[u] : 0; };
  for (size_t u = 0; u < column.size(); ++u) {
    if (!std::isnan(column[u])) present[group(u)].push_back(column[u]);
  }
  for (size_t u = 0; u < column.size(); ++u) {
    if (std::isnan(column[u])) column[u] = median ? Median(present[group(u)]) : Mean(present[group(u)]);
  }
}

bool HasOutliers(absl::Span<const double> values, const CompositeOptions& options) {
  return std::fabs(Skewness(values)) > options.skewness_limit && Kurtosis(values) > options.kurtosis_limit;
}

// Brings the extreme value, all who have it, to the next one; false when there is no other.
bool WinsoriseOnce(Column& column) {
  const bool upper = Skewness(column) > 0;
  const auto beyond = [&](double a, double b) { return upper ? a > b : a < b; };
  double extreme = kMissing;
  double next = kMissing;
  for (const double value : column) {
    if (!std::isnan(value) && (std::isnan(extreme) || beyond(value, extreme))) extreme = value;
  }
  for (const double value : column) {
    if (!std::isnan(value) && value != extreme && (std::isnan(next) || beyond(value, next))) next = value;
  }
  if (std::isnan(next)) return false;
  std::replace(column.begin(), column.end(), extreme, next);
  return true;
}

int32_t Treat(const CompositeOptions& options, Column& column) {
  if (!options.treat || !HasOutliers(column, options)) return 0;
  const Column untreated = column;
  int32_t steps = 0;
  while (steps < options.most_winsorised && HasOutliers(column, options) && WinsoriseOnce(column)) ++steps;
  if (options.transform == Transform::kLog && HasOutliers(column, options)) {
    const Column present = Present(untreated);
    const auto [least, most] = std::minmax_element(present.begin(), present.end());
    for (size_t u = 0; u < column.size(); ++u) column[u] = std::log(untreated[u] - *least + (*most - *least) / 100);
    return -1;
  }
  return steps;
}

void Normalise(const CompositeIndicator& indicator, const CompositeOptions& options, Column& column) {
  const double sign = indicator.direction == Direction::kLowerIsBetter ? -1 : 1;
  for (double& value : column) value *= sign;
  const Column present = Present(column);
  if (present.empty()) return;
  const double span = options.scale_high - options.scale_low;
  if (options.normalisation == Normalisation::kRank) {
    Column sorted = present;
    std::sort(sorted.begin(), sorted.end());
    for (double& value : column) {
      if (!std::isnan(value)) {
        value = static_cast<double>(std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin() + 1);
      }
    }
    return;
  }
  if (options.normalisation == Normalisation::kZScore) {
    const double mean = Mean(present);
    const auto n = static_cast<double>(present.size());
    const double deviation = present.size() < 2 ? 0 : std::sqrt(Moment(present, mean, 2) * n / (n - 1));
    for (double& value : column) {
      value = deviation > 0 ? options.scale_low + options.scale_high * (value - mean) / deviation : kMissing;
    }
    return;
  }
  const bool posts = options.normalisation == Normalisation::kGoalposts;
  const auto [least, most] = std::minmax_element(present.begin(), present.end());
  const double low = posts ? (sign > 0 ? indicator.low : -indicator.high) : *least;
  const double high = posts ? (sign > 0 ? indicator.high : -indicator.low) : *most;
  for (double& value : column) {
    if (std::isnan(value)) continue;
    const double share = high > low ? (value - low) / (high - low) : kMissing;
    value = options.scale_low + span * (posts ? std::clamp(share, 0.0, 1.0) : share);
  }
}

// Of one unit: children's values and weights.
class Mixer {
 public:
  explicit Mixer(const CompositeOptions& options) : options_(options) {}

  // False for a value that the method has no mean for.
  bool Take(double value, double weight) {
    all_ += weight;
    if (std::isnan(value)) return true;
    there_ += weight;
    switch (options_.aggregation) {
      case Aggregation::kArithmetic:
        sum_ += weight * value;
        return true;
      case Aggregation::kGeometric:
        sum_ += weight * std::log(value);
        return value > 0;
      case Aggregation::kHarmonic:
        sum_ += weight / value;
        return value > 0;
    }
    return false;
  }

  double Result() const {
    if (there_ == 0 || there_ < options_.least_available * all_) return kMissing;
    switch (options_.aggregation) {
      case Aggregation::kArithmetic:
        return sum_ / there_;
      case Aggregation::kGeometric:
        return std::exp(sum_ / there_);
      case Aggregation::kHarmonic:
        return there_ / sum_;
    }
    return kMissing;
  }

 private:
  const CompositeOptions& options_;
  double all_ = 0;
  double there_ = 0;
  double sum_ = 0;
};

absl::Status Aggregate(const CompositeInput& input, const CompositeOptions& options, Composite& result) {
  const size_t i = input.indicators.size();
  const size_t a = input.aggregates.size();
  result.aggregated.assign(static_cast<size_t>(input.units) * a, kMissing);
  for (size_t u = 0; u < static_cast<size_t>(input.units); ++u) {
    std::vector<Mixer> mixers(a, Mixer(options));
    for (size_t k = 0; k < i; ++k) {
      const CompositeIndicator& indicator = input.indicators[k];
      if (!mixers[indicator.parent].Take(result.normalised[u * i + k], indicator.weight)) {
        return InvalidField("normalised", static_cast<int64_t>(u * i + k),
                            absl::StrCat("must be above 0 for this mean: ", result.normalised[u * i + k]));
      }
    }
    for (size_t k = 0; k < a; ++k) {
      const double value = mixers[k].Result();
      result.aggregated[u * a + k] = value;
      const int32_t parent = input.aggregates[k].parent;
      if (parent >= 0) mixers[parent].Take(value, input.aggregates[k].weight);
    }
  }
  return absl::OkStatus();
}

std::vector<int32_t> Ranks(const CompositeInput& input, const CompositeOptions& options, const Composite& result) {
  const size_t a = input.aggregates.size();
  const double scale = std::pow(10.0, std::max(options.rank_decimals, 0));
  const auto shown = [&](double value) {
    return options.rank_decimals < 0 ? value : std::nearbyint(value * scale) / scale;
  };
  std::vector<int32_t> ranks(result.aggregated.size(), 0);
  for (size_t k = 0; k < a; ++k) {
    Column sorted;
    for (size_t u = 0; u < static_cast<size_t>(input.units); ++u) sorted.push_back(shown(result.aggregated[u * a + k]));
    sorted = Present(sorted);
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    for (size_t u = 0; u < static_cast<size_t>(input.units); ++u) {
      const double value = shown(result.aggregated[u * a + k]);
      if (std::isnan(value)) continue;
      const auto at = std::lower_bound(sorted.begin(), sorted.end(), value, std::greater<>());
      ranks[u * a + k] = static_cast<int32_t>(at - sorted.begin()) + 1;
    }
  }
  return ranks;
}

absl::Status CheckTree(const CompositeInput& input, const CompositeOptions& options) {
  const auto a = static_cast<int32_t>(input.aggregates.size());
  const auto above_zero = [](double w) { return std::isfinite(w) && w > 0; };
  if (input.indicators.empty()) return InvalidField("indicators", -1, "there are none");
  if (input.aggregates.empty()) return InvalidField("aggregates", -1, "there are none");
  std::vector<bool> has_child(a, false);
  for (size_t k = 0; k < input.indicators.size(); ++k) {
    const CompositeIndicator& indicator = input.indicators[k];
    const auto wrong = [&](absl::string_view m) { return InvalidField("indicators", static_cast<int64_t>(k), m); };
    if (!above_zero(indicator.weight)) return wrong("its weight must be above 0");
    if (indicator.parent < 0 || indicator.parent >= a) return wrong("its parent is not there");
    if (indicator.denominator < -1 || indicator.denominator >= input.denominator_columns) {
      return wrong("its denominator is not there");
    }
    if (options.normalisation == Normalisation::kGoalposts && !(indicator.low < indicator.high)) {
      return wrong("goalposts need low < high");
    }
    has_child[indicator.parent] = true;
  }
  for (int32_t k = 0; k < a; ++k) {
    const CompositeAggregate& aggregate = input.aggregates[k];
    if (!above_zero(aggregate.weight)) return InvalidField("aggregates", k, "its weight must be above 0");
    if (aggregate.parent != -1 && (aggregate.parent <= k || aggregate.parent >= a)) {
      return InvalidField("aggregates", k, "its parent must come later");
    }
    if (!has_child[k]) return InvalidField("aggregates", k, "has no children");
    if (aggregate.parent >= 0) has_child[aggregate.parent] = true;
  }
  return absl::OkStatus();
}

absl::Status CheckShape(absl::string_view field, size_t size, size_t expected) {
  if (size == expected) return absl::OkStatus();
  return InvalidField(field, -1, absl::StrCat("has ", size, " entries, expected ", expected));
}

absl::Status Check(const CompositeInput& input, const CompositeOptions& options) {
  if (input.units < 0 || input.denominator_columns < 0) return InvalidField("units", -1, "must not be negative");
  const auto units = static_cast<size_t>(input.units);
  if (auto s = CheckTree(input, options); !s.ok()) return s;
  if (auto s = CheckShape("values", input.values.size(), units * input.indicators.size()); !s.ok()) return s;
  if (auto s = CheckShape("denominators", input.denominators.size(), units * input.denominator_columns); !s.ok()) {
    return s;
  }
  const bool by_group = options.imputation == Imputation::kGroupMean || options.imputation == Imputation::kGroupMedian;
  if (by_group || !input.groups.empty()) {
    if (auto s = CheckShape("groups", input.groups.size(), units); !s.ok()) return s;
  }
  for (const auto& [field, column] :
       {std::pair("values", input.values), std::pair("denominators", input.denominators)}) {
    const auto fault = std::find_if(column.begin(), column.end(), [](double v) { return std::isinf(v); });
    if (fault != column.end()) return InvalidField(field, fault - column.begin(), "is infinite");
  }
  const auto known = [](auto value, auto last) { return static_cast<int32_t>(value) >= 0 && value <= last; };
  if (!known(options.imputation, Imputation::kGroupMedian)) return InvalidField("imputation", -1, "unknown value");
  if (!known(options.transform, Transform::kLog)) return InvalidField("transform", -1, "unknown value");
  if (!known(options.normalisation, Normalisation::kZScore)) return InvalidField("normalisation", -1, "unknown value");
  if (!known(options.aggregation, Aggregation::kHarmonic)) return InvalidField("aggregation", -1, "unknown value");
  if (options.most_winsorised < 0) return InvalidField("most_winsorised", -1, "must not be negative");
  if (!(options.scale_high > options.scale_low) && options.normalisation != Normalisation::kZScore) {
    return InvalidField("scale_high", -1, "must be above scale_low");
  }
  if (options.rank_decimals < -1 || options.rank_decimals > 12) {
    return InvalidField("rank_decimals", -1, "must be -1 to 12");
  }
  if (!(options.least_available >= 0 && options.least_available <= 1)) {
    return InvalidField("least_available", -1, "must be 0 to 1");
  }
  return absl::OkStatus();
}

}  // namespace

double Skewness(absl::Span<const double> values) {
  const Column present = Present(values);
  if (present.size() < 3) return kMissing;
  const double mean = Mean(present);
  const double second = Moment(present, mean, 2);
  if (!(second > 0)) return kMissing;
  const auto n = static_cast<double>(present.size());
  return Moment(present, mean, 3) / std::pow(second, 1.5) * std::sqrt(n * (n - 1)) / (n - 2);
}

double Kurtosis(absl::Span<const double> values) {
  const Column present = Present(values);
  if (present.size() < 4) return kMissing;
  const double mean = Mean(present);
  const double second = Moment(present, mean, 2);
  if (!(second > 0)) return kMissing;
  const auto n = static_cast<double>(present.size());
  const double excess = Moment(present, mean, 4) / (second * second) - 3;
  return ((n + 1) * excess + 6) * (n - 1) / ((n - 2) * (n - 3));
}

absl::StatusOr<Composite> BuildComposite(const CompositeInput& input, const CompositeOptions& options) {
  if (auto status = Check(input, options); !status.ok()) return status;
  const auto units = static_cast<size_t>(input.units);
  const size_t n = input.indicators.size();
  Composite result;
  for (auto* matrix : {&result.denominated, &result.imputed, &result.treated, &result.normalised}) {
    matrix->resize(units * n);
  }
  for (size_t k = 0; k < n; ++k) {
    const CompositeIndicator& indicator = input.indicators[k];
    Column column(units);
    const auto store = [&](std::vector<double>& matrix) {
      for (size_t u = 0; u < units; ++u) matrix[u * n + k] = column[u];
    };
    for (size_t u = 0; u < units; ++u) {
      column[u] = input.values[u * n + k];
      if (indicator.denominator >= 0) {
        const double denominator = input.denominators[u * input.denominator_columns + indicator.denominator];
        column[u] = denominator == 0 ? kMissing : column[u] / denominator;
      }
      if (std::abs(column[u]) > kMostDenominated) {
        return InvalidField("values", static_cast<int64_t>(u * n + k), "beyond 1e75 once it is denominated");
      }
    }
    store(result.denominated);
    Impute(input, options.imputation, column);
    store(result.imputed);
    result.treated_points.push_back(Treat(options, column));
    store(result.treated);
    Normalise(indicator, options, column);
    store(result.normalised);
  }
  if (auto status = Aggregate(input, options, result); !status.ok()) return status;
  result.ranks = Ranks(input, options, result);
  return result;
}

}  // namespace lianhu::scoring
