// The numbers of drawn parts.
#ifndef LIANHU_SRC_DISTRICTING_MICRO_GRID_NUMBERING_H_
#define LIANHU_SRC_DISTRICTING_MICRO_GRID_NUMBERING_H_

#include <cstdint>
#include <vector>

#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting::internal {

// Numbers the parts by unit, then by their centres along a Hilbert curve through all households. `places` are the
// projected households; part_of has no number without a household.
void NumberParts(const MicroGridProblem& problem, absl::Span<const Point> places, std::vector<int32_t>& part_of);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_MICRO_GRID_NUMBERING_H_
