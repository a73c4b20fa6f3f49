// The time of a search, shared out by work: an answer depends on the work alone while the clock keeps up with it.
#ifndef LIANHU_SRC_DISTRICTING_PACE_H_
#define LIANHU_SRC_DISTRICTING_PACE_H_

#include <algorithm>
#include <atomic>

#include "lianhu/base/run_context.h"
#include "lianhu/base/stopwatch.h"

namespace lianhu::districting::internal {

class Pace {
 public:
  // Views the context, whose progress and cancelling it minds.
  Pace(double seconds, RunContext& context) : context_(context), seconds_(seconds) {}

  double Elapsed() const { return stopwatch_.Seconds(); }

  // Shares of the time count from here on.
  void Begin() { begun_ = Elapsed(); }

  // A piece of work. Asked what share of it is done, it says how far the piece is: as far, or farther where the clock
  // is ahead of the work, so that what goes by shares (temperatures) comes to its end; 1 or more ends the piece.
  class Window {
   public:
    double operator()(double share) const {
      pace_->context_.Report(std::min(1.0, before_ + share * share_));
      if (pace_->context_.cancelled()) return kEnd;
      const double clock = pace_->Clock();
      const double gone = clock >= 1 ? kEnd : ((clock - opened_) / length_ - kSlack) / (1 + kSlack);
      if (gone <= share) return share;
      pace_->by_clock_ = true;
      return gone;
    }
    bool Over(double share) const { return (*this)(share) >= 1; }

   private:
    friend class Pace;
    static constexpr double kEnd = 2;
    static constexpr double kSlack = 0.03;
    Pace* pace_ = nullptr;
    double before_ = 0;
    double share_ = 0;
    double opened_ = 0;
    double length_ = 1;
  };

  // Opens a piece that is `share` of all the work, `before` of which is done; so many pieces run at once. What time is
  // left is for the work that is left.
  Window Open(double before, double share, int at_once = 1) {
    Window window;
    window.pace_ = this;
    window.before_ = before;
    window.share_ = share;
    window.opened_ = Clock();
    window.length_ = std::max(1e-9, share * at_once * (1 - window.opened_) / std::max(1e-9, 1 - before));
    return window;
  }

  // All the time is gone, or the caller has cancelled: for work that no piece counts.
  bool Ended() {
    if (context_.cancelled()) return true;
    if (Clock() < 1) return false;
    by_clock_ = true;
    return true;
  }

  // The clock has ended a piece, or hurried it.
  bool by_clock() const { return by_clock_.load(); }

 private:
  double Clock() const { return (Elapsed() - begun_) / std::max(1e-9, seconds_ - begun_); }

  RunContext& context_;
  double seconds_;
  Stopwatch stopwatch_;
  double begun_ = 0;
  std::atomic<bool> by_clock_{false};
};

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_PACE_H_
