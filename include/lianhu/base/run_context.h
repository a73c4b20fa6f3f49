// What a caller lends to a long computation: threads, a seed, a cancel flag and a progress callback.
#ifndef LIANHU_BASE_RUN_CONTEXT_H_
#define LIANHU_BASE_RUN_CONTEXT_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>

namespace lianhu {

// Promises, each of which has a test:
//  1. Cancel() may be called from any thread, a signal handler or the progress callback; the running call then returns
//     with outcome `cancelled` within 100 ms and leaves the context usable after Reset().
//  2. The progress callback is never entered twice at once and its fractions (0..1) never decrease within one call. It
//     may come from a worker thread. Returning false cancels. It must not throw.
//  3. Nothing in the context changes a result except cancelling: the same bytes for any number of threads.
//
// One RunContext serves one call at a time.
class RunContext {
 public:
  using Progress = std::function<bool(double fraction)>;

  RunContext() = default;
  RunContext(const RunContext&) = delete;
  RunContext& operator=(const RunContext&) = delete;

  // Most threads to use; 0 (the default) means as many as the machine has.
  int threads = 0;
  // Seed of every randomised method. Assignment uses none.
  uint64_t seed = 0;

  void set_progress(Progress progress) { progress_ = std::move(progress); }

  void Cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
  // Clears the cancel flag and the progress mark; call it before using the context again.
  void Reset();

  // The number of threads to start for `tasks` independent tasks: at least 1.
  int ThreadsFor(int64_t tasks) const;

  // For the library: tell the caller how far the work is. Cheap when no callback is set.
  void Report(double fraction);

 private:
  std::atomic<bool> cancelled_{false};
  Progress progress_;
  std::mutex mutex_;
  double reported_ = -1;
};

}  // namespace lianhu

#endif  // LIANHU_BASE_RUN_CONTEXT_H_
