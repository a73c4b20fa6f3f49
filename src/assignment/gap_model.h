// Items, agents and the pairs worth considering: what the bound and the search of weighted assignment work on.
//
// Each item has a list of arcs, one an agent, and each agent the arcs that lead to it. Matrices give complete lists; a
// street gives the nearest stewards of each household, and `outside` answers for the pairs that are left out.
#ifndef LIANHU_SRC_ASSIGNMENT_GAP_MODEL_H_
#define LIANHU_SRC_ASSIGNMENT_GAP_MODEL_H_

#include <cstdint>
#include <vector>

namespace lianhu::assignment::internal {

struct GapModel {
  struct Arc {
    int32_t item;
    int32_t agent;
    int64_t cost;
    int64_t weight;
  };

  int32_t agents = 0;
  int32_t items = 0;
  std::vector<Arc> arcs;             // by item
  std::vector<int64_t> item_begin;   // n + 1 offsets into arcs
  std::vector<int64_t> agent_begin;  // m + 1 offsets into agent_arcs
  std::vector<int32_t> agent_arcs;   // places in arcs, by agent, items increasing
  std::vector<int64_t> minimum;      // m
  std::vector<int64_t> maximum;      // m

  // Fills item_begin, agent_begin and agent_arcs from arcs, items and agents.
  void Index();
};

// A plan as the arc of each item; -1: none.
using ArcOf = std::vector<int32_t>;

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_GAP_MODEL_H_
