#include "cli/town.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/io/calendar_files.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/household_links.h"
#include "lianhu/io/routing_files.h"

namespace lianhu::cli {

void AddCalendarOptions(CLI::App& command, CalendarArguments& arguments) {
  command
      .add_option("--holidays", arguments.holidays, "holidays and make-up days: first,last,day; default: China's lists")
      ->type_name("FILE");
  command.add_option("--zone", arguments.zone, "time zone, as Asia/Shanghai or +08:00")
      ->capture_default_str()
      ->type_name("ZONE");
  command.add_option("--hours", arguments.hours, "office hours of a working day")
      ->capture_default_str()
      ->type_name("HOURS");
  command.add_option("--as-of", arguments.as_of, "know only what had been announced by this day")->type_name("DATE");
}

void AddTownOptions(CLI::App& command, TownArguments& arguments, bool required) {
  command.add_option("--hierarchy", arguments.hierarchy, "the units: code,parent,level,name")
      ->required(required)
      ->type_name("FILE");
  CLI::Option* households =
      command.add_option("--households", arguments.households, "households to hang below the units: id,unit")
          ->type_name("FILE");
  command.add_option("--posts", arguments.posts, "who holds which unit: unit,holder,stand_in,absent")
      ->required(required)
      ->type_name("FILE");
  command
      .add_option("--plan", arguments.plan,
                  "households to hang below the units that their stewards hold: household,steward")
      ->excludes(households)
      ->needs("--posts")
      ->type_name("FILE");
  command.add_option("--absences", arguments.absences, "who is away: person,from,until")->type_name("FILE");
  command.add_option("--tables", arguments.tables, "folder of the routing tables; default: those of the library")
      ->type_name("DIR");
  AddCalendarOptions(command, arguments.calendar);
}

absl::StatusOr<routing::WorkCalendar> ReadCalendar(const CalendarArguments& arguments) {
  routing::WorkCalendarOptions options{.zone = arguments.zone};
  absl::StatusOr<std::vector<routing::OfficeHours>> hours = io::ParseOfficeHours(arguments.hours);
  if (!hours.ok()) return absl::InvalidArgumentError(absl::StrCat("--hours: ", hours.status().message()));
  options.hours = *std::move(hours);
  if (!arguments.as_of.empty()) {
    const absl::StatusOr<routing::Day> day = routing::ParseDay(arguments.as_of);
    if (!day.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--as-of: not a date such as 2026-03-02: '", io::ShownValue(arguments.as_of), "'"));
    }
    options.as_of = *day;
  }
  if (arguments.holidays.empty()) return routing::WorkCalendar::Create(routing::ChinaHolidays(), options);
  const absl::StatusOr<routing::HolidayTable> holidays = io::ReadHolidays(arguments.holidays);
  if (!holidays.ok()) return holidays.status();
  return routing::WorkCalendar::Create(*holidays, options);
}

absl::StatusOr<Town> ReadTown(const TownArguments& arguments, std::optional<io::UnitTable> units) {
  absl::StatusOr<routing::WorkCalendar> calendar = ReadCalendar(arguments.calendar);
  if (!calendar.ok()) return calendar.status();
  absl::StatusOr<routing::RoutingTables> tables =
      arguments.tables.empty() ? io::DefaultRoutingTables() : io::ReadRoutingTables(arguments.tables);
  if (!tables.ok()) return tables.status();
  absl::StatusOr<routing::Router> router = routing::Router::Create(*tables, *calendar);
  if (!router.ok()) {
    return arguments.tables.empty()
               ? router.status()
               : absl::InvalidArgumentError(absl::StrCat(arguments.tables, ": ", router.status().message()));
  }
  if (!units.has_value()) {
    absl::StatusOr<io::UnitTable> read =
        io::ReadUnits({.units = arguments.hierarchy, .households = arguments.households});
    if (!read.ok()) return read.status();
    units = *std::move(read);
  }
  std::optional<io::PostTable> posts;
  std::vector<uint8_t> absent;
  if (arguments.posts.empty()) {
    absl::StatusOr<Posts> vacant =
        Posts::Create(units->hierarchy, std::vector<Person>(static_cast<size_t>(units->hierarchy.size()), kVacant));
    if (!vacant.ok()) return vacant.status();
    posts = io::PostTable{.posts = *std::move(vacant), .people = {}};
  } else {
    absl::StatusOr<io::PostTable> read = io::ReadPosts(arguments.posts, *units);
    if (!read.ok()) return read.status();
    posts = *std::move(read);
    absl::StatusOr<std::vector<uint8_t>> marked = io::ReadAbsentColumn(arguments.posts, *units, *posts);
    if (!marked.ok()) return marked.status();
    absent = *std::move(marked);
  }
  if (!arguments.plan.empty()) {
    const absl::StatusOr<io::HouseholdLinks> links = io::ReadHouseholdLinks(arguments.plan);
    if (!links.ok()) return links.status();
    absl::StatusOr<io::LinkedUnits> linked = io::HangLinks(*units, *posts, *links);
    if (!linked.ok()) return linked.status();
    units = std::move(linked->units);
    units->file = absl::StrCat(units->file, " or with a steward in ", arguments.plan);
    posts = std::move(linked->posts);
  }
  std::vector<io::Absence> absences;
  if (!arguments.absences.empty()) {
    absl::StatusOr<std::vector<io::Absence>> read = io::ReadAbsences(arguments.absences, *posts, *calendar);
    if (!read.ok()) return read.status();
    absences = *std::move(read);
  }
  return Town{.units = *std::move(units),
              .posts = *std::move(posts),
              .absent = std::move(absent),
              .absences = std::move(absences),
              .router = *std::move(router)};
}

}  // namespace lianhu::cli
