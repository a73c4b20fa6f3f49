// What routing commands share: the tree, who holds its posts, the tables and the calendar of a town.
#ifndef LIANHU_SRC_CLI_TOWN_H_
#define LIANHU_SRC_CLI_TOWN_H_

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/io/absences.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/units.h"
#include "lianhu/routing/router.h"
#include "lianhu/routing/work_calendar.h"

namespace lianhu::cli {

struct CalendarArguments {
  std::string holidays;  // empty: China's lists
  std::string zone = "Asia/Shanghai";
  std::string hours = "08:30-12:00,14:00-17:30";
  std::string as_of;  // empty: everything that is known
};

struct TownArguments {
  std::string hierarchy;
  std::string households;
  std::string plan;      // empty, or the plan that says which household hangs below which steward's unit
  std::string posts;     // empty: all vacant
  std::string absences;  // empty: none but those of the posts
  std::string tables;    // empty: the default ones
  CalendarArguments calendar;
};

struct Town {
  io::UnitTable units;
  io::PostTable posts;
  std::vector<uint8_t> absent;        // by person, at any time
  std::vector<io::Absence> absences;  // at their own times
  routing::Router router;
};

// --holidays, --zone, --hours, --as-of.
void AddCalendarOptions(CLI::App& command, CalendarArguments& arguments);
// --hierarchy, --posts, --households or --plan, --absences, --tables and those of the calendar.
void AddTownOptions(CLI::App& command, TownArguments& arguments, bool required);

absl::StatusOr<routing::WorkCalendar> ReadCalendar(const CalendarArguments& arguments);
// `units`, where given, stands for the file of the hierarchy.
absl::StatusOr<Town> ReadTown(const TownArguments& arguments, std::optional<io::UnitTable> units = std::nullopt);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_TOWN_H_
