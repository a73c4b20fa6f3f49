// A street's problem and plan to a file and back: our snapshots, and beside them JSON and CBOR by nlohmann::json.
//
// All write by AtomicFile, so all pay for the same fsync, and all read into the same structs. Only our reader checks
// what it has read. Arguments are households and stewards: the founding street, and a million households.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "io/temporary_directory.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/plan_snapshot.h"
#include "lianhu/io/problem_snapshot.h"

namespace lianhu::io {
namespace {

using assignment::Plan;
using nlohmann::json;

struct Street {
  OwnedProblem problem;
  Plan plan;
};

// Evenly random positions within 10 km and households dealt out in turn: a file's cost does not depend on the optimum.
Street MakeStreet(int64_t households, int64_t stewards) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> metres(0, 10000);
  std::uniform_int_distribution<int64_t> price(-50000, 50000);
  Street street;
  OwnedProblem& problem = street.problem;
  Plan& plan = street.plan;
  problem.households.resize(households);
  problem.stewards.resize(stewards);
  for (Point& point : problem.households) point = {metres(random), metres(random)};
  for (Point& point : problem.stewards) point = {metres(random), metres(random)};
  plan.load.assign(stewards, 0);
  for (int64_t h = 0; h < households; ++h) {
    const auto steward = static_cast<int32_t>(h % stewards);
    problem.household_units.push_back(steward % 15);
    plan.steward_of.push_back(steward);
    ++plan.load[steward];
    plan.total_cost_cm += assignment::PairCost(problem.households[h], problem.stewards[steward]);
  }
  plan.dual_bound_cm = plan.total_cost_cm;
  for (int64_t j = 0; j < stewards; ++j) {
    problem.steward_units.push_back(static_cast<int32_t>(j % 15));
    plan.price_cm.push_back(price(random));
  }
  return street;
}

void Check(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(std::string(status.message()));
}

// One way of keeping a street in the files `base`.*.
struct Snapshots {
  static void Write(const Street& street, const std::string& base) {
    Check(WriteSnapshot(base + ".problem", street.problem.View()));
    Check(WriteSnapshot(base + ".plan", street.plan));
  }
  static Street Read(const std::string& base) {
    absl::StatusOr<OwnedProblem> problem = ReadProblemSnapshot(base + ".problem");
    Check(problem.status());
    absl::StatusOr<Plan> plan = ReadPlanSnapshot(base + ".plan");
    Check(plan.status());
    return {.problem = *std::move(problem), .plan = *std::move(plan)};
  }
};

std::vector<double> Flatten(const std::vector<Point>& points) {
  std::vector<double> values;
  values.reserve(2 * points.size());
  for (const Point& point : points) values.insert(values.end(), {point.x, point.y});
  return values;
}

std::vector<Point> Unflatten(const std::vector<double>& values) {
  std::vector<Point> points(values.size() / 2);
  for (size_t i = 0; i < points.size(); ++i) points[i] = {values[2 * i], values[2 * i + 1]};
  return points;
}

json ToJson(const Street& street) {
  return {{"households", Flatten(street.problem.households)},
          {"stewards", Flatten(street.problem.stewards)},
          {"household_units", street.problem.household_units},
          {"steward_units", street.problem.steward_units},
          {"steward_of", street.plan.steward_of},
          {"price_cm", street.plan.price_cm},
          {"load", street.plan.load},
          {"total_cost_cm", street.plan.total_cost_cm},
          {"dual_bound_cm", street.plan.dual_bound_cm}};
}

Street FromJson(const json& value) {
  Street street;
  street.problem.households = Unflatten(value.at("households").get<std::vector<double>>());
  street.problem.stewards = Unflatten(value.at("stewards").get<std::vector<double>>());
  value.at("household_units").get_to(street.problem.household_units);
  value.at("steward_units").get_to(street.problem.steward_units);
  value.at("steward_of").get_to(street.plan.steward_of);
  value.at("price_cm").get_to(street.plan.price_cm);
  value.at("load").get_to(street.plan.load);
  value.at("total_cost_cm").get_to(street.plan.total_cost_cm);
  value.at("dual_bound_cm").get_to(street.plan.dual_bound_cm);
  return street;
}

void WriteAtomically(const std::string& path, absl::string_view bytes) {
  absl::StatusOr<AtomicFile> file = AtomicFile::Create(path);
  Check(file.status());
  Check(file->Write(bytes));
  Check(file->Commit());
}

struct Json {
  static void Write(const Street& street, const std::string& base) {
    WriteAtomically(base + ".json", ToJson(street).dump());
  }
  static Street Read(const std::string& base) {
    std::ifstream in(base + ".json", std::ios::binary);
    return FromJson(json::parse(in));
  }
};

struct Cbor {
  static void Write(const Street& street, const std::string& base) {
    const std::vector<uint8_t> bytes = json::to_cbor(ToJson(street));
    WriteAtomically(base + ".cbor", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  static Street Read(const std::string& base) {
    std::ifstream in(base + ".cbor", std::ios::binary);
    return FromJson(json::from_cbor(in));
  }
};

double SizeOf(const std::filesystem::path& directory) {
  double size = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    size += static_cast<double>(entry.file_size());
  }
  return size;
}

void Report(benchmark::State& state, double size) {
  state.counters["file_MB"] = size / 1e6;
  state.counters["MB/s"] =
      benchmark::Counter(size / 1e6 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

template <typename Format>
void Write(benchmark::State& state) {
  const Street street = MakeStreet(state.range(0), state.range(1));
  const TemporaryDirectory directory;
  for (auto _ : state) Format::Write(street, directory.File("street"));
  Report(state, SizeOf(directory.path()));
}

template <typename Format>
void Read(benchmark::State& state) {
  const Street street = MakeStreet(state.range(0), state.range(1));
  const TemporaryDirectory directory;
  Format::Write(street, directory.File("street"));
  for (auto _ : state) {
    Street read = Format::Read(directory.File("street"));
    if (read.plan.steward_of != street.plan.steward_of || read.problem.households != street.problem.households) {
      state.SkipWithError("read something else than was written");
      break;
    }
  }
  Report(state, SizeOf(directory.path()));
}

template <typename Format>
void Register(const std::string& who) {
  const auto add = [&](const std::string& what, auto run) {
    for (const auto& [name, households, stewards] :
         {std::tuple{"46,445 x 2,744", 46445, 2744}, std::tuple{"1,000,000 x 60,000", 1000000, 60000}}) {
      benchmark::RegisterBenchmark(("snapshot " + what + " " + name + "/" + who).c_str(), run)
          ->Args({households, stewards})
          ->Unit(benchmark::kMillisecond)
          ->UseRealTime();
    }
  };
  add("write", Write<Format>);
  add("read", Read<Format>);
}

const auto kRegistered = [] {
  Register<Snapshots>("lianhu");
  Register<Cbor>("CBOR by nlohmann-json");
  Register<Json>("JSON by nlohmann-json");
  return true;
}();

}  // namespace
}  // namespace lianhu::io

BENCHMARK_MAIN();
