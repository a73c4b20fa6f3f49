// Contiguous grouping with balanced population beside METIS, in one run on the same graphs.
//
//   contiguity DATA [SECONDS]
//
// DATA is the folder with <name>_nodes.csv and <name>_edges.csv of Arkansas, New Mexico and Pennsylvania. METIS is
// asked for connected parts at the same tolerance (k-way, ufactor 10), the best of as many seeds as fit into the same
// time: the best cut among answers within the tolerance where there are any, else the one that comes nearest to it.
#include <metis.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "lianhu/districting/contiguous_partition.h"
#include "lianhu/io/contiguity_files.h"

namespace lianhu {
namespace {

using districting::ContiguousPartition;
using districting::ContiguousProblem;

constexpr double kTolerance = 1;  // per cent

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void Print(const char* who, const ContiguousPartition& plan, const ContiguousProblem& problem, double seconds) {
  const auto apart =
      std::count_if(plan.parts.begin(), plan.parts.end(), [](const auto& part) { return part.pieces > 1; });
  std::printf("  %-8s cut %5lld  deviation %7.3f %%  parts apart %lld  within 1 %%: %-3s", who,
              static_cast<long long>(plan.edges_cut), plan.deviation_percent, static_cast<long long>(apart),
              plan.out_of_bounds == 0 ? "yes" : "no");
  if (!problem.positions.empty()) std::printf("  inertia %.4g m2", plan.inertia);
  std::printf("  %.1f s\n", seconds);
}

// The best of many seeds, by what is out of bounds and then by cut.
ContiguousPartition Metis(const ContiguousProblem& problem, double seconds, int& seeds) {
  const Contiguity& graph = *problem.graph;
  std::vector<idx_t> begins(1, 0);
  std::vector<idx_t> neighbours;
  std::vector<idx_t> weights(problem.weight.begin(), problem.weight.end());
  for (Unit v = 0; v < graph.size(); ++v) {
    for (const Unit u : graph.neighbours(v)) neighbours.push_back(u);
    begins.push_back(static_cast<idx_t>(neighbours.size()));
  }
  idx_t nodes = graph.size();
  idx_t constraints = 1;
  idx_t count = problem.count;
  idx_t cut = 0;
  std::vector<idx_t> part(graph.size());
  ContiguousPartition best;
  const double start = Seconds();
  for (seeds = 0; Seconds() - start < seconds; ++seeds) {
    idx_t options[METIS_NOPTIONS];
    METIS_SetDefaultOptions(options);
    options[METIS_OPTION_SEED] = seeds;
    options[METIS_OPTION_UFACTOR] = 10;
    options[METIS_OPTION_CONTIG] = 1;
    METIS_PartGraphKway(&nodes, &constraints, begins.data(), neighbours.data(), weights.data(), nullptr, nullptr,
                        &count, nullptr, nullptr, options, &cut, part.data());
    auto figures = districting::FiguresOf(problem, std::vector<int32_t>(part.begin(), part.end()));
    if (!figures.ok()) continue;  // a part without nodes
    const bool better =
        best.part_of.empty() ||
        (figures->out_of_bounds == 0 ? best.out_of_bounds > 0 || figures->edges_cut < best.edges_cut
                                     : figures->deviation_percent < best.deviation_percent && best.out_of_bounds > 0);
    if (better) best = *std::move(figures);
  }
  return best;
}

int Run(const std::string& data, double seconds) {
  struct Case {
    const char* name;
    int32_t count;
  };
  for (const Case& each :
       {Case{"AR_BG_05", 4}, Case{"NM_2020", 3}, Case{"PA_vtd2010", 18}, Case{"AR_BG_05", 35}, Case{"NM_2020", 35},
        Case{"PA_vtd2010", 50}, Case{"AR_BG_05", 100}, Case{"PA_vtd2010", 100}}) {
    const std::string base = data + "/" + each.name;
    const auto street = io::ReadContiguousStreet({.households = base + "_nodes.csv", .edges = base + "_edges.csv"});
    if (!street.ok()) {
      std::fprintf(stderr, "%s\n", std::string(street.status().message()).c_str());
      return 1;
    }
    ContiguousProblem problem = street->View();
    problem.count = each.count;
    problem.bounds = districting::BoundsWithin(street->total_weight(), each.count, kTolerance);
    std::printf("%s into %d: %d nodes, %d borders\n", each.name, each.count, problem.graph->size(),
                problem.graph->border_count());
    RunContext context;
    context.threads = 1;
    context.seed = 1;
    const auto ours = districting::PartitionContiguously(problem, {.seconds = seconds}, context);
    if (!ours.ok()) return 1;
    Print("lianhu", *ours, problem, ours->seconds);
    int seeds = 0;
    const double start = Seconds();
    const ContiguousPartition peer = Metis(problem, ours->seconds, seeds);
    Print("METIS", peer, problem, Seconds() - start);
    std::printf("  ratio    cut %.3f of METIS's, the best of %d seeds; bound %lld\n",
                static_cast<double>(ours->edges_cut) / static_cast<double>(peer.edges_cut), seeds,
                static_cast<long long>(ours->edges_cut_bound));
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace lianhu

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: contiguity DATA [SECONDS]\n");
    return 2;
  }
  return lianhu::Run(argv[1], argc > 2 ? std::stod(argv[2]) : 10);
}
