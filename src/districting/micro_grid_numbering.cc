#include "districting/micro_grid_numbering.h"

#include <algorithm>
#include <tuple>

#include "districting/part_shape.h"

namespace lianhu::districting::internal {

void NumberParts(const MicroGridProblem& problem, absl::Span<const Point> places, std::vector<int32_t>& part_of) {
  Point low = places[0];
  Point high = places[0];
  for (const Point p : places) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  const double side = std::max({high.x - low.x, high.y - low.y, 1e-9});
  const size_t count = *std::max_element(part_of.begin(), part_of.end()) + 1;
  struct Part {
    int32_t unit = -1;
    uint64_t key = 0;
    int32_t first = -1;
    double x = 0;
    double y = 0;
    double weight = 0;
  };
  std::vector<Part> parts(count);
  for (int32_t h = 0; h < static_cast<int32_t>(part_of.size()); ++h) {
    Part& part = parts[part_of[h]];
    if (part.first < 0) part = {.unit = problem.units.empty() ? -1 : problem.units[h], .first = h};
    const double w = problem.weight.empty() ? 1 : problem.weight[h];
    part.x += w * places[h].x;
    part.y += w * places[h].y;
    part.weight += w;
  }
  std::vector<int32_t> order;
  for (size_t p = 0; p < count; ++p) {
    Part& part = parts[p];
    part.key = HilbertKey({part.x / part.weight, part.y / part.weight}, low, side);
    order.push_back(static_cast<int32_t>(p));
  }
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return std::tuple(parts[a].unit, parts[a].key, parts[a].first) <
           std::tuple(parts[b].unit, parts[b].key, parts[b].first);
  });
  std::vector<int32_t> number(count);
  for (size_t i = 0; i < count; ++i) number[order[i]] = static_cast<int32_t>(i);
  for (int32_t& part : part_of) part = number[part];
}

}  // namespace lianhu::districting::internal
