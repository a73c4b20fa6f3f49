#include "lianhu/scoring/composite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "data/shared_data.h"
#include "lianhu/base/status.h"
#include "lianhu/io/csv.h"

namespace lianhu::scoring {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double Number(absl::string_view text) {
  double value = kNan;
  return absl::SimpleAtod(text, &value) ? value : kNan;
}

// As a spreadsheet shows a number in its general format: eleven characters, the point among them.
double Shown(double value) {
  if (!(std::fabs(value) >= 1e-4)) return value;
  const auto whole = static_cast<int>(std::to_string(static_cast<int64_t>(std::fabs(value))).size());
  return Number(absl::StrFormat("%.*f", std::max(0, 10 - whole), value));
}

// COINr's ASEM example: 51 countries, 49 indicators, 8 pillars, 2 sub-indices, 1 index.
struct Asem {
  std::filesystem::path folder;
  std::vector<std::string> countries;  // in the order of the published results
  std::vector<std::string> indicator_names;
  std::vector<std::string> aggregate_names;
  std::vector<CompositeIndicator> indicators;
  std::vector<CompositeAggregate> aggregates;
  std::vector<double> values;
  std::vector<double> denominators;
  std::vector<int32_t> groups;
  int32_t denominator_columns = 0;

  explicit Asem(const std::filesystem::path& where) : folder(where) {
    ReadMeta();
    ReadData();
  }

  io::CsvTable Table(const std::string& name) const { return io::CsvTable::Read((folder / name).string()).value(); }

  void ReadMeta() {
    const io::CsvTable meta = Table("ASEM_iMeta.csv");
    const auto field = [&](int64_t row, const char* column) {
      return std::string(meta.Field(row, *meta.RequireColumn(column)));
    };
    std::map<std::string, int32_t> aggregate_index;
    std::map<std::string, int32_t> denominator_index;
    for (int64_t row = 0; row < meta.rows(); ++row) {
      if (field(row, "Type") == "Aggregate") {
        aggregate_index[field(row, "iCode")] = static_cast<int32_t>(aggregate_names.size());
        aggregate_names.push_back(field(row, "iCode"));
      }
      if (field(row, "Type") == "Denominator") denominator_index[field(row, "iCode")] = denominator_columns++;
    }
    for (int64_t row = 0; row < meta.rows(); ++row) {
      const std::string type = field(row, "Type");
      const std::string parent = field(row, "Parent");
      const double weight = Number(field(row, "Weight"));
      if (type == "Indicator") {
        const std::string denominator = field(row, "Denominator");
        indicator_names.push_back(field(row, "iCode"));
        indicators.push_back(
            {.direction = Number(field(row, "Direction")) < 0 ? Direction::kLowerIsBetter : Direction::kHigherIsBetter,
             .weight = weight,
             .parent = aggregate_index.at(parent),
             .denominator = denominator.empty() ? -1 : denominator_index.at(denominator)});
      } else if (type == "Aggregate") {
        aggregates.push_back({.parent = parent.empty() ? -1 : aggregate_index.at(parent), .weight = weight});
      }
    }
    denominator_names.resize(denominator_index.size());
    for (const auto& [name, index] : denominator_index) denominator_names[index] = name;
  }
  std::vector<std::string> denominator_names;

  void ReadData() {
    const io::CsvTable data = Table("ASEM_iData.csv");
    for (int64_t row = 0; row < data.rows(); ++row) {
      const auto field = [&](const std::string& column) { return data.Field(row, *data.RequireColumn(column)); };
      countries.emplace_back(field("uCode"));
      groups.push_back(field("EurAsia_group") == "Europe" ? 0 : 1);
      for (const std::string& name : indicator_names) values.push_back(Number(field(name)));
      for (const std::string& name : denominator_names) denominators.push_back(Number(field(name)));
    }
  }

  CompositeInput View() const {
    return {.units = static_cast<int32_t>(countries.size()),
            .indicators = indicators,
            .aggregates = aggregates,
            .values = values,
            .denominator_columns = denominator_columns,
            .denominators = denominators,
            .groups = groups};
  }

  // A published matrix in the order of countries x names.
  std::vector<double> Published(const std::string& file, const std::vector<std::string>& names) const {
    const io::CsvTable table = Table(file);
    std::map<std::string, int64_t> rows;
    for (int64_t row = 0; row < table.rows(); ++row)
      rows[std::string(table.Field(row, *table.RequireColumn("UnitCode")))] = row;
    std::vector<double> matrix;
    for (const std::string& country : countries) {
      for (const std::string& name : names)
        matrix.push_back(Number(table.Field(rows.at(country), *table.RequireColumn(name))));
    }
    return matrix;
  }
};

CompositeOptions AsemOptions() {
  return {.imputation = Imputation::kGroupMean, .treat = true, .transform = Transform::kLog, .rank_decimals = 2};
}

// The greatest difference; missing must meet missing.
double Apart(const std::vector<double>& a, const std::vector<double>& b, bool relative = false) {
  double most = 0;
  EXPECT_EQ(a.size(), b.size());
  for (size_t k = 0; k < a.size(); ++k) {
    EXPECT_EQ(std::isnan(a[k]), std::isnan(b[k])) << k;
    if (std::isnan(a[k])) continue;
    most = std::max(most, std::fabs(a[k] - b[k]) / (relative ? std::max(std::fabs(b[k]), 1.0) : 1.0));
  }
  return most;
}

TEST(CompositeTest, AsemStepByStep) {
  LIANHU_SHARED_DATA_OR_RETURN(folder, "coinr");
  const Asem asem(folder);
  ASSERT_EQ(asem.countries.size(), 51U);
  ASSERT_EQ(asem.indicators.size(), 49U);

  // The raw file has 16 digits. The published results were computed from what a spreadsheet shows of them: with the
  // same digits, every step is reproduced, and the first bit by bit.
  const std::vector<double> denominated = asem.Published("ASEM_old_Denominated.csv", asem.indicator_names);
  Asem shown(folder);
  for (auto* matrix : {&shown.values, &shown.denominators}) {
    std::transform(matrix->begin(), matrix->end(), matrix->begin(), Shown);
  }
  const Composite result = BuildComposite(shown.View(), AsemOptions()).value();
  EXPECT_EQ(Apart(result.denominated, denominated), 0);
  EXPECT_LT(Apart(result.imputed, asem.Published("ASEM_old_Imputed.csv", asem.indicator_names)), 1e-12);
  EXPECT_LT(Apart(result.treated, asem.Published("ASEM_old_Treated.csv", asem.indicator_names)), 1e-12);
  EXPECT_LT(Apart(result.normalised, asem.Published("ASEM_old_Normalised.csv", asem.indicator_names)), 1e-10);
  EXPECT_LT(Apart(result.aggregated, asem.Published("ASEM_old_Aggregated.csv", asem.aggregate_names)), 1e-10);

  // All 16 digits: apart by what the spreadsheet left out, first and last.
  const Composite raw = BuildComposite(asem.View(), AsemOptions()).value();
  EXPECT_LT(Apart(raw.denominated, denominated, true), 5e-9);
  EXPECT_GT(Apart(raw.denominated, denominated, true), 1e-10);
  EXPECT_LT(Apart(raw.aggregated, result.aggregated), 1e-6);

  // The published ranks are those of values with two decimals: 77.575 and 77.565 share a rank.
  const std::vector<double> ranks = asem.Published("ASEM_old_AggregatesRank.csv", asem.aggregate_names);
  for (size_t k = 0; k < ranks.size(); ++k) {
    ASSERT_EQ(result.ranks[k], static_cast<int32_t>(ranks[k])) << k;
    ASSERT_EQ(raw.ranks[k], result.ranks[k]) << k;
  }
  int winsorised = 0;
  for (const int32_t points : result.treated_points) winsorised += points > 0 ? 1 : 0;
  EXPECT_EQ(winsorised, 15);
}

// One level, two indicators, four units.
Composite Two(const std::vector<double>& values, const CompositeOptions& options, double second_weight = 1) {
  const CompositeIndicator indicators[] = {
      {}, {.direction = Direction::kLowerIsBetter, .weight = second_weight, .low = 0, .high = 10}};
  const CompositeAggregate aggregates[] = {{}};
  const auto result = BuildComposite({.units = static_cast<int32_t>(values.size() / 2),
                                      .indicators = indicators,
                                      .aggregates = aggregates,
                                      .values = values},
                                     options);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *result : Composite{};
}

TEST(CompositeTest, Normalisations) {
  const std::vector<double> values = {1, 8, 2, 6, 2, 4, 5, 2};
  EXPECT_THAT(Two(values, {}).normalised,
              ElementsAre(0, 0, 25, DoubleNear(100.0 / 3, 1e-12), 25, DoubleNear(200.0 / 3, 1e-12), 100, 100));
  EXPECT_THAT(Two(values, {.normalisation = Normalisation::kRank}).normalised, ElementsAre(1, 1, 2, 2, 2, 3, 4, 4));
  const auto posts = Two({0.25, 8, 2, 12}, {.normalisation = Normalisation::kGoalposts}).normalised;
  EXPECT_THAT(posts, ElementsAre(25, 20, 100, 0));
  const auto z =
      Two({1, 1, 2, 2, 3, 3}, {.normalisation = Normalisation::kZScore, .scale_low = 50, .scale_high = 10}).normalised;
  EXPECT_THAT(z, ElementsAre(40, 60, 50, 50, 60, 40));
  EXPECT_TRUE(std::isnan(Two({3, 1, 3, 2}, {}).normalised[0])) << "no variation";
}

TEST(CompositeTest, MeansAndMissingData) {
  const CompositeOptions posts{.normalisation = Normalisation::kGoalposts, .scale_low = 0, .scale_high = 1};
  CompositeOptions options = posts;
  const std::vector<double> values = {0.5, 2, 0.25, kNan};
  const auto index = [&](Aggregation method, double least) {
    options.aggregation = method;
    options.least_available = least;
    return Two(values, options, 3).aggregated;
  };
  EXPECT_THAT(index(Aggregation::kArithmetic, 0), ElementsAre((0.5 + 3 * 0.8) / 4, 0.25));
  EXPECT_NEAR(index(Aggregation::kGeometric, 0)[0], std::pow(0.5 * 0.8 * 0.8 * 0.8, 0.25), 1e-15);
  EXPECT_NEAR(index(Aggregation::kHarmonic, 0)[0], 4 / (1 / 0.5 + 3 / 0.8), 1e-15);
  EXPECT_TRUE(std::isnan(index(Aggregation::kArithmetic, 0.5)[1]));
  EXPECT_THAT(Two(values, options, 3).ranks, ElementsAre(1, 0));
  EXPECT_EQ(Two({1, 4, 3, kNan, 8, 5}, {.imputation = Imputation::kMean}).imputed[3], 4.5);
  EXPECT_EQ(Two({1, 4, 3, kNan, 8, 5, 9, 9}, {.imputation = Imputation::kMedian}).imputed[3], 5);
}

TEST(CompositeTest, OutliersBeyondWinsorisingAreTransformed) {
  std::vector<double> values;
  for (int u = 0; u < 40; ++u) {
    values.push_back(std::exp(u < 8 ? 8 - u * 0.7 : 0.01 * u));
    values.push_back(u);
  }
  const Composite winsorised = Two(values, {.treat = true, .most_winsorised = 2});
  EXPECT_EQ(winsorised.treated_points[0], 2);
  EXPECT_EQ(winsorised.treated[0], winsorised.treated[4]);
  const Composite logged = Two(values, {.treat = true, .most_winsorised = 2, .transform = Transform::kLog});
  EXPECT_THAT(logged.treated_points, ElementsAre(-1, 0));
  EXPECT_GT(logged.treated[0], logged.treated[2]);
}

TEST(CompositeTest, BadInputIsNamed) {
  const CompositeIndicator indicators[] = {{.parent = 0}};
  const CompositeAggregate aggregates[] = {{.parent = 1}, {}};
  const double values[] = {1, 2};
  const auto said = [&](CompositeInput input, const CompositeOptions& options = {}) {
    return std::string(BuildComposite(input, options).status().message());
  };
  const CompositeInput good{.units = 2, .indicators = indicators, .aggregates = aggregates, .values = values};
  EXPECT_EQ(said(good), "");
  CompositeInput input = good;
  input.units = 3;
  EXPECT_EQ(said(input), "values: has 2 entries, expected 3");
  EXPECT_EQ(said(good, {.imputation = Imputation::kGroupMean}), "groups: has 0 entries, expected 2");
  EXPECT_EQ(said(good, {.aggregation = Aggregation::kGeometric}), "normalised[0]: must be above 0 for this mean: 0");
  const CompositeAggregate loop[] = {{.parent = 0}, {}};
  input = good;
  input.aggregates = loop;
  EXPECT_EQ(said(input), "aggregates[0]: its parent must come later");
  const double infinite[] = {1, HUGE_VAL};
  input = good;
  input.values = infinite;
  EXPECT_EQ(said(input), "values[1]: is infinite");
  const double huge[] = {1, -1e76};
  input.values = huge;
  EXPECT_EQ(said(input), "values[1]: beyond 1e75 once it is denominated");
  EXPECT_EQ(said(good, {.least_available = 2}), "least_available: must be 0 to 1");
}

}  // namespace
}  // namespace lianhu::scoring
