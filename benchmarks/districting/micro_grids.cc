// Micro-grids of equal size (differing by at most one) in a file of points, "x y" a line: what benchmarks/districting/
// balanced.py runs beside its peers.
//
//   micro_grids FILE COUNT means|medians WORK [SEED]
//
// Prints the mean objective a point, its bound, processor seconds and whether the plan was verified; one thread.
#include "lianhu/districting/micro_grids.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string_view>
#include <vector>

int main(int argc, char** argv) {
  using lianhu::Point;
  using lianhu::districting::MicroGridObjective;
  using lianhu::districting::MicroGridPlan;
  using lianhu::districting::MicroGridProblem;
  if (argc < 5) {
    std::fprintf(stderr, "usage: micro_grids FILE COUNT means|medians WORK [SEED]\n");
    return 2;
  }
  std::ifstream file(argv[1]);
  std::vector<Point> points;
  for (Point p; file >> p.x >> p.y;) points.push_back(p);
  const int64_t count = std::strtoll(argv[2], nullptr, 10);
  const auto n = static_cast<int64_t>(points.size());
  if (n == 0 || count < 1) {
    std::fprintf(stderr, "no points in %s, or no count\n", argv[1]);
    return 2;
  }
  const MicroGridProblem problem{
      .households = points,
      .bounds = {n / count, (n + count - 1) / count},
      .count = count,
      .objective = std::string_view(argv[3]) == "means" ? MicroGridObjective::kMeans : MicroGridObjective::kMedians};
  lianhu::RunContext context;
  context.threads = 1;
  context.seed = argc > 5 ? std::strtoull(argv[5], nullptr, 10) : 0;
  const std::clock_t start = std::clock();
  const absl::StatusOr<MicroGridPlan> plan = lianhu::districting::DrawMicroGrids(
      problem, {.seconds = 3600, .work = std::strtoll(argv[4], nullptr, 10), .bound = false}, context);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  if (!plan.ok()) {
    std::fprintf(stderr, "%s\n", plan.status().ToString().c_str());
    return 1;
  }
  const bool verified = lianhu::districting::VerifyMicroGrids(problem, *plan).ok() &&
                        plan->outcome == lianhu::districting::PartitionOutcome::kFeasible;
  std::printf("%.6e %.3f %s\n", plan->objective / static_cast<double>(n), seconds, verified ? "verified" : "wrong");
  return verified ? 0 : 1;
}
