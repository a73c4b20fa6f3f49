// Decisions a second by a table of 100 rules x 6 columns, and the analysis of 1,500 rules x 8 columns. The peer,
// GoRules ZEN, is measured on the same table and cases by zen_peer.py.
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lianhu/routing/analysis.h"
#include "lianhu/routing/compiled_table.h"

namespace lianhu::routing {
namespace {

// A box of columns, split in two again and again: complete and without overlap.
DecisionTable Partition(size_t rules, size_t columns, uint64_t seed) {
  std::mt19937_64 random(seed);
  struct Piece {
    std::vector<std::pair<int, int>> ranges;  // [low, high)
  };
  std::vector<Piece> pieces = {{std::vector<std::pair<int, int>>(columns, {0, 1000})}};
  for (size_t next = 0; pieces.size() < rules; ++next) {
    Piece& piece = pieces[next % pieces.size()];
    const size_t column = random() % columns;
    auto& [low, high] = piece.ranges[column];
    if (high - low < 2) continue;
    const int middle = low + 1 + static_cast<int>(random() % static_cast<uint64_t>(high - low - 1));
    Piece upper = piece;
    upper.ranges[column].first = middle;
    high = middle;
    pieces.push_back(std::move(upper));
  }
  DecisionTable table;
  table.name = "partition";
  for (size_t c = 0; c < columns; ++c) {
    const std::string name = absl::StrCat("c", c);
    table.inputs.push_back({.name = name, .expression = name, .type = "number", .allowed_values = "[0..1000)"});
  }
  table.outputs.push_back({.name = "o", .type = "number", .allowed_values = "", .default_entry = ""});
  for (const Piece& piece : pieces) {
    Rule rule;
    for (const auto& [low, high] : piece.ranges) {
      const bool all = low == 0 && high == 1000;
      rule.inputs.push_back(all ? std::string() : absl::StrCat("[", low, "..", high, ")"));  // nothing: anything
    }
    rule.outputs.push_back(absl::StrCat(table.rules.size()));
    table.rules.push_back(std::move(rule));
  }
  return table;
}

Table MakeTable(const DecisionTable& definition) {
  return *Table::Make(definition, InputNames(definition));
}

void BM_Decide(benchmark::State& state) {
  const Table table = MakeTable(Partition(100, 6, 1));
  const size_t cases = 100'000;
  std::mt19937_64 random(2);
  std::vector<std::vector<double>> values(6, std::vector<double>(cases));
  for (auto& column : values) {
    for (double& value : column)
      value = static_cast<double>(random() % (state.range(0) == 0 ? 1000 : 999'999)) / (state.range(0) == 0 ? 1 : 1000);
  }
  std::vector<InputColumn> columns;
  for (const auto& column : values) columns.push_back({.numbers = column, .integers = {}, .codes = {}, .booleans = {}});
  std::vector<int32_t> outcomes(cases), rules(cases);
  for (auto _ : state) {
    const absl::Status status = table.compiled()->Decide(columns, absl::MakeSpan(outcomes), absl::MakeSpan(rules), {});
    if (!status.ok()) state.SkipWithError("refused");
    benchmark::DoNotOptimize(rules.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(cases));
}
BENCHMARK(BM_Decide)->ArgName("fractions")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

// complete 1: a partition; 0: every tenth rule removed, and another tenth widened.
void BM_Analyze(benchmark::State& state) {
  DecisionTable definition = Partition(1500, 8, 3);
  if (state.range(0) == 0) {
    for (size_t r = definition.rules.size(); r-- > 0;) {
      if (r % 10 == 0)
        definition.rules.erase(definition.rules.begin() + static_cast<int64_t>(r));
      else if (r % 10 == 5)
        definition.rules[r].inputs[r % 8].clear();
    }
  }
  const Table table = MakeTable(definition);
  RunContext context;
  int64_t findings = 0;
  for (auto _ : state) {
    const absl::StatusOr<Analysis> analysis = Analyze(table, {}, context);
    findings = static_cast<int64_t>(analysis->findings.size());
    state.counters["complete"] = analysis->complete ? 1 : 0;
  }
  state.counters["findings"] = static_cast<double>(findings);
}
BENCHMARK(BM_Analyze)->ArgName("clean")->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lianhu::routing

BENCHMARK_MAIN();
