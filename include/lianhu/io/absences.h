// Who is away, as a column of the posts and as a list of its own.
#ifndef LIANHU_IO_ABSENCES_H_
#define LIANHU_IO_ABSENCES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/units.h"
#include "lianhu/routing/civil_day.h"
#include "lianhu/routing/work_calendar.h"

namespace lianhu::io {

// From `from`, up to and including `until`.
struct Absence {
  Person person = kVacant;
  routing::Instant from = routing::kMinInstant;
  routing::Instant until = routing::kMaxInstant;
};

// The column `absent` of the file of posts, if it has one: empty or no; holder (or yes, A); stand_in (or B); both.
// Whoever is marked in one unit is away in all. By person, 1 for the absent. Errors name file, row, column and value,
// among them a post marked that is vacant.
absl::StatusOr<std::vector<uint8_t>> ReadAbsentColumn(const std::string& path, const UnitTable& units,
                                                      const PostTable& posts);

// A list: `person` (an id of the posts), and, both optional, `from` and `until`: dates, both ends included, or
// instants.
absl::StatusOr<std::vector<Absence>> ReadAbsences(const std::string& path, const PostTable& posts,
                                                  const routing::WorkCalendar& calendar);

// `always` with those who are away at an instant.
std::vector<uint8_t> AbsentAt(const std::vector<uint8_t>& always, const std::vector<Absence>& absences,
                              routing::Instant at);

}  // namespace lianhu::io

#endif  // LIANHU_IO_ABSENCES_H_
