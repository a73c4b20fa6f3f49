#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "capi/columns.h"
#include "capi/docket.h"
#include "capi/guard.h"
#include "capi/structs.h"
#include "lianhu/io/calendar_files.h"

namespace routing = lianhu::routing;

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;

namespace lianhu::capi {

absl::StatusOr<routing::TimeBudget> ReadBudget(int64_t amount, int32_t clock, int64_t row) {
  if (clock < LIANHU_CLOCK_CONTINUOUS_HOURS || clock > LIANHU_CLOCK_CALENDAR_DAYS) {
    return InvalidField("clocks", row, absl::StrCat("is ", clock, ": need LIANHU_CLOCK_..."));
  }
  const routing::TimeBudget budget{amount, static_cast<routing::Clock>(clock)};
  if (!routing::Validate(budget).ok()) return InvalidField("amounts", row, absl::StrCat("out of range: ", amount));
  return budget;
}

absl::Status CheckInstant(int64_t instant, absl::string_view field, int64_t row) {
  if (instant >= routing::kMinInstant && instant < routing::kMaxInstant) return absl::OkStatus();
  return InvalidField(field, row, absl::StrCat("out of range 2000 to 2199: ", instant));
}

}  // namespace lianhu::capi

int32_t lianhu_calendar_options_init(lianhu_calendar_options* options, uint32_t struct_size) {
  return lianhu::capi::InitStruct(options, struct_size, lianhu_calendar_options{.as_of = LIANHU_NONE});
}

int32_t lianhu_calendar_create(const lianhu_calendar_options* options, lianhu_calendar** out, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    lianhu_calendar_options given{.as_of = LIANHU_NONE};
    if (options != nullptr) {
      if (auto status = CheckStruct(options, "options"); !status.ok()) return status;
      given = lianhu::capi::ReadStruct(options, given);
    }
    routing::WorkCalendarOptions wanted;
    if (given.as_of != LIANHU_NONE) wanted.as_of = given.as_of;
    if (given.zone != nullptr) wanted.zone = given.zone;
    if (given.hours != nullptr) {
      auto hours = lianhu::io::ParseOfficeHours(given.hours);
      if (!hours.ok()) return hours.status();
      wanted.hours = *std::move(hours);
    }
    routing::HolidayTable holidays = routing::ChinaHolidays();
    if (given.holidays != nullptr) {
      auto read = lianhu::io::ReadHolidays(given.holidays);
      if (!read.ok()) return read.status();
      holidays = *std::move(read);
    }
    auto calendar = routing::WorkCalendar::Create(holidays, wanted);
    if (!calendar.ok()) return calendar.status();
    *out = new lianhu_calendar{*std::move(calendar)};
    return absl::OkStatus();
  });
}

int32_t lianhu_calendar_add(const lianhu_calendar* calendar, const int64_t* starts, const int64_t* amounts,
                            const int32_t* clocks, int64_t count, int64_t* out_dues, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(calendar, "calendar"); !status.ok()) return status;
    if (auto status = CheckArray(starts, count, "starts"); !status.ok()) return status;
    if (auto status = CheckArray(amounts, count, "amounts"); !status.ok()) return status;
    if (auto status = CheckArray(clocks, count, "clocks"); !status.ok()) return status;
    if (auto status = CheckArray(out_dues, count, "out_dues"); !status.ok()) return status;
    for (int64_t i = 0; i < count; ++i) {
      if (auto status = lianhu::capi::CheckInstant(starts[i], "starts", i); !status.ok()) return status;
      if (auto budget = lianhu::capi::ReadBudget(amounts[i], clocks[i], i); !budget.ok()) return budget.status();
    }
    for (int64_t i = 0; i < count; ++i) {
      out_dues[i] = calendar->calendar.Add(starts[i], {amounts[i], static_cast<routing::Clock>(clocks[i])});
    }
    return absl::OkStatus();
  });
}

int32_t lianhu_calendar_between(const lianhu_calendar* calendar, int32_t clock, const int64_t* a, const int64_t* b,
                                int64_t count, int64_t* out_amounts, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(calendar, "calendar"); !status.ok()) return status;
    if (auto status = CheckArray(a, count, "a"); !status.ok()) return status;
    if (auto status = CheckArray(b, count, "b"); !status.ok()) return status;
    if (auto status = CheckArray(out_amounts, count, "out_amounts"); !status.ok()) return status;
    if (clock < LIANHU_CLOCK_CONTINUOUS_HOURS || clock > LIANHU_CLOCK_CALENDAR_DAYS) {
      return InvalidField("clock", -1, absl::StrCat("is ", clock, ": need LIANHU_CLOCK_..."));
    }
    for (int64_t i = 0; i < count; ++i) {
      if (auto status = lianhu::capi::CheckInstant(a[i], "a", i); !status.ok()) return status;
      if (auto status = lianhu::capi::CheckInstant(b[i], "b", i); !status.ok()) return status;
    }
    for (int64_t i = 0; i < count; ++i) {
      out_amounts[i] = calendar->calendar.Between(static_cast<routing::Clock>(clock), a[i], b[i]);
    }
    return absl::OkStatus();
  });
}

void lianhu_calendar_free(lianhu_calendar* calendar) {
  delete calendar;
}
