#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "districting/contiguous_check.h"
#include "lianhu/base/status.h"
#include "lianhu/districting/contiguous_partition.h"

namespace lianhu::districting {
namespace {

int64_t WeightOf(const ContiguousProblem& problem, int32_t node) {
  return problem.weight.empty() ? 1 : problem.weight[node];
}

// Counts the connected pieces of each part by joining the ends of borders within parts.
void CountPieces(const ContiguousProblem& problem, absl::Span<const int32_t> part_of, std::vector<PartFigures>& parts) {
  std::vector<int32_t> parent(part_of.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int32_t v) {
    while (parent[v] != v) v = parent[v] = parent[parent[v]];
    return v;
  };
  for (PartFigures& part : parts) part.pieces = part.nodes;
  for (int32_t b = 0; b < problem.graph->border_count(); ++b) {
    const Border& border = problem.graph->border(b);
    if (part_of[border.a] != part_of[border.b]) continue;
    const int32_t a = root(border.a);
    const int32_t c = root(border.b);
    if (a == c) continue;
    parent[a] = c;
    --parts[part_of[border.a]].pieces;
  }
}

void MeasurePositions(const ContiguousProblem& problem, absl::Span<const int32_t> part_of,
                      ContiguousPartition& figures) {
  std::vector<PartFigures>& parts = figures.parts;
  std::vector<double> mass(parts.size(), 0);
  const auto n = static_cast<int32_t>(part_of.size());
  for (int32_t v = 0; v < n; ++v) {
    PartFigures& part = parts[part_of[v]];
    // The centre of a part without weight is that of its nodes.
    const double m = part.weight > 0 ? static_cast<double>(WeightOf(problem, v)) : 1;
    mass[part_of[v]] += m;
    part.centre = {part.centre.x + m * problem.positions[v].x, part.centre.y + m * problem.positions[v].y};
  }
  for (size_t p = 0; p < parts.size(); ++p) {
    parts[p].centre = {parts[p].centre.x / mass[p], parts[p].centre.y / mass[p]};
  }
  for (int32_t v = 0; v < n; ++v) {
    PartFigures& part = parts[part_of[v]];
    const double dx = problem.positions[v].x - part.centre.x;
    const double dy = problem.positions[v].y - part.centre.y;
    part.inertia += static_cast<double>(WeightOf(problem, v)) * (dx * dx + dy * dy);
  }
  for (const PartFigures& part : parts) figures.inertia += part.inertia;
}

void MeasureOutlines(const ContiguousProblem& problem, absl::Span<const int32_t> part_of,
                     std::vector<PartFigures>& parts) {
  std::vector<double> area(parts.size(), 0);
  std::vector<double> perimeter(parts.size(), 0);
  for (size_t v = 0; v < part_of.size(); ++v) {
    area[part_of[v]] += problem.area[v];
    if (!problem.outer_length.empty()) perimeter[part_of[v]] += problem.outer_length[v];
  }
  for (int32_t b = 0; b < problem.graph->border_count(); ++b) {
    const Border& border = problem.graph->border(b);
    if (part_of[border.a] == part_of[border.b]) continue;
    perimeter[part_of[border.a]] += problem.border_length[b];
    perimeter[part_of[border.b]] += problem.border_length[b];
  }
  for (size_t p = 0; p < parts.size(); ++p) {
    if (perimeter[p] > 0) parts[p].polsby_popper = 4 * std::numbers::pi * area[p] / (perimeter[p] * perimeter[p]);
  }
}

}  // namespace

absl::StatusOr<ContiguousPartition> FiguresOf(const ContiguousProblem& problem, absl::Span<const int32_t> part_of) {
  if (auto status = internal::CheckContiguousProblem(problem); !status.ok()) return status;
  const auto n = static_cast<int32_t>(part_of.size());
  if (n != problem.graph->size()) {
    return InvalidField("part_of", -1, absl::StrCat("has ", n, " entries, expected ", problem.graph->size()));
  }
  ContiguousPartition figures;
  figures.part_of.assign(part_of.begin(), part_of.end());
  for (int32_t v = 0; v < n; ++v) {
    if (part_of[v] < 0 || part_of[v] >= n) {
      return InvalidField("part_of", v, absl::StrCat(part_of[v], " is no part of 0..", n - 1));
    }
    if (part_of[v] >= static_cast<int32_t>(figures.parts.size())) figures.parts.resize(part_of[v] + 1);
    PartFigures& part = figures.parts[part_of[v]];
    const int32_t unit = problem.units.empty() ? -1 : problem.units[v];
    if (part.nodes > 0 && part.unit != unit) {
      return InvalidField("part_of", v, absl::StrCat("part ", part_of[v], " has nodes of two jurisdictions"));
    }
    part.unit = unit;
    ++part.nodes;
    part.weight += WeightOf(problem, v);
  }
  int64_t total = 0;
  for (size_t p = 0; p < figures.parts.size(); ++p) {
    if (figures.parts[p].nodes == 0) return InvalidField("part_of", -1, absl::StrCat("part ", p, " has no node"));
    total += figures.parts[p].weight;
    const int64_t weight = figures.parts[p].weight;
    if (weight < problem.bounds.min || weight > problem.bounds.max) ++figures.out_of_bounds;
  }
  CountPieces(problem, part_of, figures.parts);
  const double mean = static_cast<double>(total) / static_cast<double>(figures.parts.size());
  for (const PartFigures& part : figures.parts) {
    if (mean <= 0) break;
    figures.deviation_percent =
        std::max(figures.deviation_percent, 100 * std::abs(static_cast<double>(part.weight) - mean) / mean);
  }
  for (int32_t b = 0; b < problem.graph->border_count(); ++b) {
    const Border& border = problem.graph->border(b);
    if (part_of[border.a] == part_of[border.b]) continue;
    ++figures.edges_cut;
    if (!problem.units.empty() && problem.units[border.a] != problem.units[border.b]) ++figures.forced_cut;
  }
  if (!problem.positions.empty()) MeasurePositions(problem, part_of, figures);
  if (!problem.area.empty() && !problem.border_length.empty()) MeasureOutlines(problem, part_of, figures.parts);
  const bool connected =
      std::all_of(figures.parts.begin(), figures.parts.end(), [](const PartFigures& part) { return part.pieces == 1; });
  figures.outcome = figures.out_of_bounds == 0 && connected ? PartitionOutcome::kFeasible : PartitionOutcome::kNotFound;
  return figures;
}

}  // namespace lianhu::districting
