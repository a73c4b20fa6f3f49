// lianhu calendar: limits in office time, one question at a time.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/town.h"
#include "lianhu/io/calendar_files.h"
#include "lianhu/io/csv.h"

namespace lianhu::cli {
namespace {

struct Arguments {
  CalendarArguments calendar;
  std::string from;
  std::string to;
  std::string limit;
  std::vector<std::string> suspensions;
};

absl::StatusOr<routing::Instant> ReadTime(const routing::WorkCalendar& calendar, absl::string_view option,
                                          absl::string_view text) {
  const std::optional<routing::Instant> instant = io::ParseInstantIn(calendar, text);
  if (instant) return *instant;
  return absl::InvalidArgumentError(
      absl::StrCat(option, ": not a time such as 2026-03-02T10:00:00+08:00: '", io::ShownValue(text), "'"));
}

// Each is FROM/TO.
absl::StatusOr<std::vector<routing::Suspension>> ReadSuspensions(const routing::WorkCalendar& calendar,
                                                                 routing::Instant from,
                                                                 const std::vector<std::string>& texts) {
  std::vector<routing::Suspension> suspensions;
  for (const std::string& text : texts) {
    // ISO 8601 separates the ends of an interval by a slash, and so do spreadsheets the parts of a date.
    const size_t slash = text.size() / 2;
    if (text.size() < 3 || text[slash] != '/') {
      return absl::InvalidArgumentError(
          absl::StrCat("--suspended: need FROM/TO, two times of one form: '", io::ShownValue(text), "'"));
    }
    const absl::StatusOr<routing::Instant> begin = ReadTime(calendar, "--suspended", text.substr(0, slash));
    if (!begin.ok()) return begin.status();
    const absl::StatusOr<routing::Instant> end = ReadTime(calendar, "--suspended", text.substr(slash + 1));
    if (!end.ok()) return end.status();
    if (*end < *begin || *begin < (suspensions.empty() ? from : suspensions.back().end)) {
      return absl::InvalidArgumentError("--suspended: out of order");
    }
    suspensions.push_back({*begin, *end});
  }
  return suspensions;
}

ExitCode RunAdd(const Arguments& arguments, Session& session) {
  const absl::StatusOr<routing::WorkCalendar> calendar = ReadCalendar(arguments.calendar);
  if (!calendar.ok()) return Complain(calendar.status());
  const absl::StatusOr<routing::Instant> from = ReadTime(*calendar, "--from", arguments.from);
  if (!from.ok()) return Complain(from.status());
  const absl::StatusOr<routing::TimeBudget> limit = routing::ParseBudget(arguments.limit);
  if (!limit.ok()) {
    return Complain(absl::InvalidArgumentError(absl::StrCat("--limit: ", limit.status().message())));
  }
  const auto suspensions = ReadSuspensions(*calendar, *from, arguments.suspensions);
  if (!suspensions.ok()) return Complain(suspensions.status());
  const routing::Instant due = calendar->AddSuspended(*from, *limit, *suspensions);
  absl::PrintF("%s\n", io::FormatInstantIn(*calendar, due));
  if (!calendar->Settled(*from) || !calendar->Settled(due)) {
    Complain(session.chinese() ? "超出已公布的放假安排，按一般周计算"
                               : "beyond the lists of holidays: by the plain week");
  }
  return kDone;
}

ExitCode RunBetween(const Arguments& arguments, Session& session) {
  const absl::StatusOr<routing::WorkCalendar> calendar = ReadCalendar(arguments.calendar);
  if (!calendar.ok()) return Complain(calendar.status());
  const absl::StatusOr<routing::Instant> from = ReadTime(*calendar, "--from", arguments.from);
  if (!from.ok()) return Complain(from.status());
  const absl::StatusOr<routing::Instant> to = ReadTime(*calendar, "--to", arguments.to);
  if (!to.ok()) return Complain(to.status());
  const auto hours = [&](routing::Clock clock) {
    return static_cast<double>(calendar->Between(clock, *from, *to)) / 3600;
  };
  const double continuous = hours(routing::Clock::kContinuousHours);
  const double working = hours(routing::Clock::kWorkingHours);
  const int64_t working_days = calendar->Between(routing::Clock::kWorkingDays, *from, *to);
  const int64_t calendar_days = calendar->Between(routing::Clock::kCalendarDays, *from, *to);
  if (session.chinese()) {
    absl::PrintF("连续%.4f小时（U），工作%.4f小时（H），工作日%d天（W），自然日%d天（D）\n", continuous, working,
                 working_days, calendar_days);
  } else {
    absl::PrintF("%.4f U, %.4f H, %d W, %d D\n", continuous, working, working_days, calendar_days);
  }
  return kDone;
}

}  // namespace

void AddCalendar(CLI::App& app, Session& session) {
  CLI::App* calendar = app.add_subcommand("calendar", "Limits in office time: when is it due, how much has gone.");
  calendar->require_subcommand(1);
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* add = calendar->add_subcommand("add", "When a limit that begins at a moment runs out.");
  CLI::App* between = calendar->add_subcommand("between", "How much of each clock lies between two moments.");
  for (CLI::App* command : {add, between}) {
    command->add_option("--from", arguments->from, "when it begins")->required()->type_name("TIME");
    AddCalendarOptions(*command, arguments->calendar);
  }
  add->add_option("--limit", arguments->limit,
                  "24U continuous hours, 4H working hours, 7W working days, 30D calendar days")
      ->required()
      ->type_name("LIMIT");
  add->add_option("--suspended", arguments->suspensions, "FROM/TO, when the clock stood still; may be repeated")
      ->type_name("TIMES");
  between->add_option("--to", arguments->to, "when it ends")->required()->type_name("TIME");
  add->callback([arguments, &session] { session.exit_code = RunAdd(*arguments, session); });
  between->callback([arguments, &session] { session.exit_code = RunBetween(*arguments, session); });
}

}  // namespace lianhu::cli
