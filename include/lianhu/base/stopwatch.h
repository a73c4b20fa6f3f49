// The seconds that a call has taken.
#ifndef LIANHU_BASE_STOPWATCH_H_
#define LIANHU_BASE_STOPWATCH_H_

#include <chrono>

namespace lianhu {

// Runs from its making, by the steady clock.
class Stopwatch {
 public:
  double Seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace lianhu

#endif  // LIANHU_BASE_STOPWATCH_H_
