// A progress bar on stderr, for people at a terminal only.
#ifndef LIANHU_SRC_CLI_PROGRESS_H_
#define LIANHU_SRC_CLI_PROGRESS_H_

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <string>

namespace lianhu::cli {

// Draws nothing in a pipe, nothing for work under half a second, and wipes its line when destroyed.
class ProgressBar {
 public:
  ProgressBar() : shown_here_(isatty(STDERR_FILENO) == 1) {}
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() {
    if (drawn_) std::fprintf(stderr, "\r\033[K");
  }

  void Draw(double fraction) {
    constexpr int kWidth = 40;
    if (!shown_here_ || std::chrono::steady_clock::now() - start_ < std::chrono::milliseconds(500)) return;
    const int filled = static_cast<int>(fraction * kWidth);
    const std::string bar = std::string(filled, '#') + std::string(kWidth - filled, '.');
    std::fprintf(stderr, "\r[%s] %3d %%", bar.c_str(), static_cast<int>(fraction * 100));
    drawn_ = true;
  }

 private:
  const bool shown_here_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool drawn_ = false;
};

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_PROGRESS_H_
