// The table of states and events.
#ifndef LIANHU_SRC_ROUTING_CASE_STATES_H_
#define LIANHU_SRC_ROUTING_CASE_STATES_H_

#include "lianhu/routing/case.h"

namespace lianhu::routing {

// Where an event leads from a state whose clock is not suspended, or kIllegal. `asked` says that an office has been
// asked and not answered: then it may accept, take or return the case whatever else goes on. kTimer leads nowhere.
inline constexpr int32_t kIllegal = -1;
int32_t NextState(CaseState state, EventKind kind, bool asked);

}  // namespace lianhu::routing

#endif  // LIANHU_SRC_ROUTING_CASE_STATES_H_
