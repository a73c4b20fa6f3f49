#include "lianhu/base/run_context.h"

#include <algorithm>
#include <thread>

namespace lianhu {

void RunContext::Reset() {
  cancelled_.store(false, std::memory_order_relaxed);
  const std::lock_guard<std::mutex> lock(mutex_);
  reported_ = -1;
}

int RunContext::ThreadsFor(int64_t tasks) const {
  const int64_t machine = std::max<int64_t>(1, std::thread::hardware_concurrency());
  const int64_t cap = threads > 0 ? threads : machine;
  return static_cast<int>(std::clamp<int64_t>(tasks, 1, cap));
}

void RunContext::Report(double fraction) {
  if (!progress_) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (cancelled() || fraction <= reported_) return;
  reported_ = fraction;
  if (!progress_(fraction)) Cancel();
}

}  // namespace lianhu
