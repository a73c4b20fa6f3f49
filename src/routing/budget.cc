#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/routing/work_calendar.h"

namespace lianhu::routing {
namespace {

constexpr char kClockLetters[] = "UHWD";
constexpr size_t kMostDecimals = 6;

bool CountsDays(Clock clock) {
  return clock == Clock::kWorkingDays || clock == Clock::kCalendarDays;
}

// Digits as a whole number of millionths; false when there is anything else or too much of it.
bool ParseMillionths(absl::string_view text, int64_t& millionths) {
  const size_t dot = text.find('.');
  const absl::string_view whole = text.substr(0, dot);
  const absl::string_view decimals = dot == absl::string_view::npos ? absl::string_view() : text.substr(dot + 1);
  if (whole.empty() || whole.size() > 6 || decimals.size() > kMostDecimals) return false;
  if (dot != absl::string_view::npos && decimals.empty()) return false;
  millionths = 0;
  for (const absl::string_view digits : {whole, decimals}) {
    for (const char c : digits) {
      if (!absl::ascii_isdigit(c)) return false;
      millionths = 10 * millionths + (c - '0');
    }
  }
  for (size_t i = decimals.size(); i < kMostDecimals; ++i) millionths *= 10;
  return true;
}

}  // namespace

absl::Status Validate(const TimeBudget& budget) {
  const auto clock = static_cast<int32_t>(budget.clock);
  if (clock < 0 || clock > 3) return InvalidField("budget", -1, absl::StrCat("no clock ", clock));
  const int64_t most = CountsDays(budget.clock) ? kMaxBudgetDays : kMaxBudgetSeconds;
  if (budget.amount < 0 || budget.amount > most) {
    return InvalidField("budget", -1, absl::StrCat("out of range 0 to ", most, ": ", budget.amount));
  }
  return absl::OkStatus();
}

absl::StatusOr<TimeBudget> ParseBudget(absl::string_view text) {
  if (!text.empty() && absl::ascii_toupper(text[0]) == 'P') {
    return InvalidField("budget", -1, "a duration does not say which clock; write 24U, 8H, 1W or 1D");
  }
  const char letter = text.empty() ? '\0' : absl::ascii_toupper(text.back());
  const absl::string_view letters(kClockLetters);
  const size_t clock = letter == '\0' ? absl::string_view::npos : letters.find(letter);
  int64_t millionths = 0;
  if (clock == absl::string_view::npos || !ParseMillionths(text.substr(0, text.size() - 1), millionths)) {
    return InvalidField("budget", -1, "not a limit; write a number and U, H, W or D, as in 24U, 4H, 7W, 30D");
  }
  TimeBudget budget{.clock = static_cast<Clock>(clock)};
  if (CountsDays(budget.clock) && millionths % 1000000 != 0) return InvalidField("budget", -1, "days must be whole");
  budget.amount = CountsDays(budget.clock) ? millionths / 1000000 : (millionths * 3600 + 500000) / 1000000;
  if (absl::Status status = Validate(budget); !status.ok()) return status;
  return budget;
}

std::string FormatBudget(const TimeBudget& budget) {
  const char letter = kClockLetters[static_cast<int32_t>(budget.clock)];
  if (CountsDays(budget.clock)) return absl::StrCat(budget.amount, std::string(1, letter));
  std::string text = absl::StrCat(budget.amount / 3600);
  // Six decimals of an hour are finer than a second, so that rounding brings it back.
  if (const int64_t rest = (budget.amount % 3600 * 1000000 + 1800) / 3600; rest != 0) {
    std::string decimals = absl::StrCat(1000000 + rest).substr(1);
    while (decimals.back() == '0') decimals.pop_back();
    absl::StrAppend(&text, ".", decimals);
  }
  return text + letter;
}

}  // namespace lianhu::routing
