// Whether a search should end before it is done: the caller has cancelled, or time is up.
#ifndef LIANHU_SRC_ASSIGNMENT_STOP_SIGNAL_H_
#define LIANHU_SRC_ASSIGNMENT_STOP_SIGNAL_H_

#include <functional>
#include <utility>

#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

// A search that stops leaves its network whole, so that a plan can be made of it; a cancelled one need not. May be
// asked from several threads if `expired` may.
class StopSignal {
 public:
  // `expired` is asked at every poll; empty: there is no limit.
  StopSignal(const RunContext& context, std::function<bool()> expired)
      : context_(context), expired_(std::move(expired)) {}

  bool cancelled() const { return context_.cancelled(); }
  bool stopped() const { return cancelled() || (expired_ && expired_()); }

 private:
  const RunContext& context_;
  const std::function<bool()> expired_;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_STOP_SIGNAL_H_
