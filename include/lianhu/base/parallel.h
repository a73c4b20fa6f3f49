// Runs independent tasks on a few threads.
#ifndef LIANHU_BASE_PARALLEL_H_
#define LIANHU_BASE_PARALLEL_H_

#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace lianhu {

// Calls task(i) once for each i in [0, count), on up to `threads` threads, the caller's being one; tasks start in
// increasing order. An exception of a task is rethrown here after all have ended. When the system refuses a thread the
// rest do its work.
template <typename Task>
void ParallelFor(int threads, int64_t count, const Task& task) {
  if (threads <= 1 || count <= 1) {
    for (int64_t i = 0; i < count; ++i) task(i);
    return;
  }
  std::atomic<int64_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  const auto work = [&] {
    for (int64_t i = next++; i < count; i = next++) {
      try {
        task(i);
      } catch (...) {
        const std::lock_guard<std::mutex> lock(mutex);
        if (!failure) failure = std::current_exception();
      }
    }
  };
  std::vector<std::thread> workers;
  try {
    workers.reserve(threads - 1);
    for (int w = 1; w < threads; ++w) workers.emplace_back(work);
  } catch (const std::exception&) {
    // Out of threads: those that started and this one carry on.
  }
  work();
  for (std::thread& worker : workers) worker.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace lianhu

#endif  // LIANHU_BASE_PARALLEL_H_
