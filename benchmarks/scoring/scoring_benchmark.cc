// Scores in exact fractions beside the same formula in doubles; a fund by divisor search beside the textbook's one fen
// at a time; the proved intervals of ranks beside sampling alone.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <queue>
#include <vector>

#include "lianhu/scoring/apportionment.h"
#include "lianhu/scoring/score.h"
#include "lianhu/scoring/sensitivity.h"
#include "scoring/founding_facts.h"

namespace lianhu::scoring {
namespace {

constexpr int32_t kStewards = 2887;

struct Street {
  Checklist checklist = FoundingChecklist();
  std::vector<int64_t> values;

  Street() {
    Random random(1);
    for (int32_t s = 0; s < kStewards; ++s) {
      const std::vector<int64_t> row = testing::RandomRow(checklist, random);
      values.insert(values.end(), row.begin(), row.end());
    }
  }
  FactTable View() const { return {kStewards, values}; }
};

const Street& FoundingStreet() {
  static const auto* const kStreet = new Street;
  return *kStreet;
}

void ScoreLianhu(benchmark::State& state) {
  const Street& street = FoundingStreet();
  RunContext context;
  context.threads = 1;
  for (auto _ : state) benchmark::DoNotOptimize(Score(street.checklist, street.View(), context)->total.data());
}
BENCHMARK(ScoreLianhu)->Name("score_2887/lianhu")->Unit(benchmark::kMillisecond);

// What exactness costs: ratios, weights handed on and sums in doubles, not checked, not rounded in decimal.
void ScoreDoubles(benchmark::State& state) {
  const Street& street = FoundingStreet();
  struct Part {
    size_t group;
    double weight;
    std::vector<std::array<size_t, 2>> terms;
    std::vector<double> term_weights;
  };
  std::vector<Part> parts;
  for (size_t g = 0; g < street.checklist.groups.size(); ++g) {
    for (const Indicator& indicator : street.checklist.groups[g].indicators) {
      Part part{g, static_cast<double>(indicator.weight.millionths) / 1e6, {}, {}};
      for (const Term& term : indicator.terms) {
        part.terms.push_back({testing::FactIndex(street.checklist, term.numerator),
                              testing::FactIndex(street.checklist, term.denominator)});
        part.term_weights.push_back(static_cast<double>(term.weight.millionths) / 1e6);
      }
      parts.push_back(part);
    }
  }
  const size_t facts = street.checklist.facts.size();
  std::vector<double> totals(kStewards);
  for (auto _ : state) {
    for (int32_t s = 0; s < kStewards; ++s) {
      const int64_t* row = street.values.data() + static_cast<size_t>(s) * facts;
      double points[3] = {0, 0, 0};
      double all[3] = {0, 0, 0};
      double due[3] = {0, 0, 0};
      for (const Part& part : parts) {
        double value = 0;
        double applying = 0;
        for (size_t t = 0; t < part.terms.size(); ++t) {
          const auto whole = static_cast<double>(row[part.terms[t][1]]);
          if (whole == 0) continue;
          applying += part.term_weights[t];
          value += part.term_weights[t] * static_cast<double>(row[part.terms[t][0]]) / whole;
        }
        all[part.group] += part.weight;
        if (applying == 0) continue;
        due[part.group] += part.weight;
        points[part.group] += part.weight * value / applying;
      }
      double total = 0;
      double open = 0;
      for (int g = 0; g < 3; ++g) {
        if (due[g] == 0) continue;
        total += points[g] * all[g] / due[g];
        open += all[g];
      }
      totals[s] = open > 0 ? total * 100 / open : 0;
    }
    benchmark::DoNotOptimize(totals.data());
  }
}
BENCHMARK(ScoreDoubles)->Name("score_2887/doubles")->Unit(benchmark::kMillisecond);

std::vector<absl::int128> Weights() {
  Random random(2);
  std::vector<absl::int128> weights(kStewards);
  for (absl::int128& weight : weights) weight = random.Between(60'000, 100'000);
  return weights;
}

constexpr int64_t kFen = 10'000'000;

void FundLianhu(benchmark::State& state) {
  const std::vector<absl::int128> weights = Weights();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        Apportion({.amount = kFen, .weights = weights}, {.method = ApportionmentMethod::kSainteLague})->shares.data());
  }
}
BENCHMARK(FundLianhu)->Name("fund_sainte_lague_1e7_fen/lianhu")->Unit(benchmark::kMillisecond);

void FundOneByOne(benchmark::State& state) {
  const std::vector<absl::int128> weights = Weights();
  for (auto _ : state) {
    std::vector<int64_t> shares(kStewards, 0);
    const auto claim = [&](int32_t i) {
      return static_cast<double>(weights[i]) / static_cast<double>(2 * shares[i] + 1);
    };
    std::priority_queue<std::pair<double, int32_t>> queue;
    for (int32_t i = 0; i < kStewards; ++i) queue.emplace(claim(i), i);
    for (int64_t fen = 0; fen < kFen; ++fen) {
      const int32_t i = queue.top().second;
      queue.pop();
      ++shares[i];
      queue.emplace(claim(i), i);
    }
    benchmark::DoNotOptimize(shares.data());
  }
}
BENCHMARK(FundOneByOne)->Name("fund_sainte_lague_1e7_fen/one_fen_at_a_time")->Unit(benchmark::kMillisecond);

void Ranks(benchmark::State& state, int32_t samples) {
  const Street& street = FoundingStreet();
  RunContext context;
  context.threads = 1;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        AnalyseSensitivity(street.checklist, street.View(), {.samples = samples}, context)->best_rank.data());
  }
}
BENCHMARK_CAPTURE(Ranks, proved, 0)->Name("rank_intervals_2887/lianhu")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Ranks, sampled, 1000)->Name("rank_intervals_2887/with_1000_samples")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lianhu::scoring

BENCHMARK_MAIN();
