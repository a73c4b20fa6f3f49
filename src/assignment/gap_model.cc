#include "assignment/gap_model.h"

#include <cstddef>

namespace lianhu::assignment::internal {

void GapModel::Index() {
  item_begin.assign(items + 1, 0);
  agent_begin.assign(agents + 1, 0);
  for (const Arc& arc : arcs) {
    ++item_begin[arc.item + 1];
    ++agent_begin[arc.agent + 1];
  }
  for (int32_t h = 0; h < items; ++h) item_begin[h + 1] += item_begin[h];
  for (int32_t i = 0; i < agents; ++i) agent_begin[i + 1] += agent_begin[i];
  agent_arcs.resize(arcs.size());
  std::vector<int64_t> next(agent_begin.begin(), agent_begin.end() - 1);
  for (size_t a = 0; a < arcs.size(); ++a) agent_arcs[next[arcs[a].agent]++] = static_cast<int32_t>(a);
}

}  // namespace lianhu::assignment::internal
