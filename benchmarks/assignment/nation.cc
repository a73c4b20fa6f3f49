// A nation planned community by community, none of which is kept: households planned per second and core, peak memory.
//
//   nation [--codes FILE] [--households N] [--threads T]
//
// FILE lists the codes of communities, one a line; "-" is stdin, as in
//
//   xz -dc ../shared/data/hierarchy/china_village_codes.txt.xz | build/release/benchmarks/nation --codes -
//
// Without it, codes are made up: 620,573 communities as provinces fan out into counties, streets and communities. Each
// community's households and stewards follow from its code alone: 300 to 1,290 households (mean 796, so that the nation
// has 494 million), one steward for seventeen, scattered over a town of the founding street's density. The run goes
// through communities at equal steps over the whole list until N households (default 20,000,000) are planned; every
// plan must be proved. Time is processor time of solving alone and of all, so that a busy machine does not change it.
#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "assignment/instances.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/base/parallel.h"

namespace lianhu::assignment {
namespace {

constexpr int64_t kNation = 494'000'000;
constexpr int64_t kCommunities = 620'573;

double ThreadSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// 31 provinces, about 92 counties each, 14 streets in a county, 15 or 16 communities in a street.
std::vector<uint64_t> MadeUpCodes() {
  std::vector<uint64_t> codes;
  for (int64_t k = 0; k < kCommunities; ++k) {
    const int64_t street = k * 40'000 / kCommunities;
    const int64_t county = street / 14;
    codes.push_back(((11 + county / 92) * 10'000 + 101 + county % 92) * 1'000'000 + (1 + street % 14) * 1'000 +
                    k % 1'000);
  }
  return codes;
}

std::vector<uint64_t> ReadCodes(std::istream& in) {
  std::vector<uint64_t> codes;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) codes.push_back(std::strtoull(line.c_str(), nullptr, 10));
  }
  return codes;
}

struct Tally {
  std::atomic<int64_t> households{0};
  std::atomic<int64_t> communities{0};
  std::atomic<int64_t> stewards{0};
  std::atomic<int64_t> nanoseconds{0};  // of solving
  std::atomic<int64_t> all_nanoseconds{0};
  std::atomic<int64_t> metres{0};
  std::atomic<bool> failed{false};
};

void PlanCommunity(uint64_t code, Tally& tally) {
  const double begun = ThreadSeconds();
  Random random(code);
  const int32_t n = random.Between(300, 1290);
  const int32_t m = (n + 16) / 17;
  const testing::Instance instance = testing::MakeInstance(testing::Spread::kTown, n, m, code);
  const double ready = ThreadSeconds();
  RunContext context;
  context.threads = 1;
  const auto plan = Solve(instance.View(), {}, context);
  const double done = ThreadSeconds();
  if (!plan.ok() || plan->outcome != Outcome::kOptimal || plan->total_cost_cm != plan->dual_bound_cm) {
    tally.failed = true;
    return;
  }
  tally.households += n;
  tally.stewards += m;
  tally.communities += 1;
  tally.metres += plan->total_cost_cm / 100;
  tally.nanoseconds += static_cast<int64_t>(1e9 * (done - ready));
  tally.all_nanoseconds += static_cast<int64_t>(1e9 * (ThreadSeconds() - begun));
}

int Run(const std::string& file, int64_t wanted, int threads) {
  std::vector<uint64_t> codes;
  if (file.empty()) {
    codes = MadeUpCodes();
  } else if (file == "-") {
    codes = ReadCodes(std::cin);
  } else {
    std::ifstream in(file);
    codes = ReadCodes(in);
  }
  if (codes.empty()) {
    std::fprintf(stderr, "nation: no codes in %s\n", file.c_str());
    return 2;
  }
  constexpr int64_t kAtOnce = 256;
  const auto count = static_cast<int64_t>(codes.size());
  const int64_t step = std::max<int64_t>(1, count * (kNation / kCommunities) / std::max<int64_t>(1, wanted));
  Tally tally;
  for (int64_t begin = 0; tally.households < wanted && begin * step < count && !tally.failed; begin += kAtOnce) {
    ParallelFor(threads, std::min(kAtOnce, (count - 1) / step + 1 - begin),
                [&](int64_t k) { PlanCommunity(codes[(begin + k) * step], tally); });
  }
  if (tally.failed) {
    std::fprintf(stderr, "nation: a community was not planned to proved optimality\n");
    return 1;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const double solving = 1e-9 * static_cast<double>(tally.nanoseconds);
  const double all = 1e-9 * static_cast<double>(tally.all_nanoseconds);
  const auto planned = static_cast<double>(tally.households);
  std::printf("communities planned:            %lld of %lld, each %lldth\n", static_cast<long long>(tally.communities),
              static_cast<long long>(count), static_cast<long long>(step));
  std::printf("households, stewards:           %lld, %lld, all proved optimal\n",
              static_cast<long long>(tally.households), static_cast<long long>(tally.stewards));
  std::printf("mean distance:                  %.1f m\n", static_cast<double>(tally.metres) / planned);
  std::printf("processor seconds:              %.1f solving, %.1f with making the input\n", solving, all);
  std::printf("households a second and core:   %.0f\n", planned / solving);
  std::printf("494,000,000 households:         %.0f s on one core, by proportion\n", solving * kNation / planned);
  std::printf("peak memory:                    %.0f MiB\n", static_cast<double>(usage.ru_maxrss) / 1024);
  return 0;
}

}  // namespace
}  // namespace lianhu::assignment

int main(int argc, char** argv) {
  std::string codes;
  long long households = 20'000'000;
  int threads = 1;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--codes") codes = argv[i + 1];
    if (option == "--households") households = std::atoll(argv[i + 1]);
    if (option == "--threads") threads = std::atoi(argv[i + 1]);
  }
  return lianhu::assignment::Run(codes, households, threads);
}
