// What a Rebalancer is made of; shared by the files that implement it.
#ifndef LIANHU_SRC_ASSIGNMENT_REBALANCER_STATE_H_
#define LIANHU_SRC_ASSIGNMENT_REBALANCER_STATE_H_

#include "assignment/live_events.h"
#include "assignment/live_network.h"
#include "assignment/live_search.h"
#include "lianhu/assignment/rebalancer.h"

namespace lianhu::assignment {

struct Rebalancer::State {
  internal::LiveNetwork network;
  internal::LiveSearch search{network};
  internal::EventCheck check;
  Start start;
};

}  // namespace lianhu::assignment

#endif  // LIANHU_SRC_ASSIGNMENT_REBALANCER_STATE_H_
