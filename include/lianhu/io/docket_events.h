// The events of a docket as a CSV file, and their replay.
#ifndef LIANHU_IO_DOCKET_EVENTS_H_
#define LIANHU_IO_DOCKET_EVENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/io/absences.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/units.h"
#include "lianhu/routing/docket.h"
#include "lianhu/routing/router.h"

namespace lianhu::io {

// What a row says; `case_index` numbers the cases in the order in which the events register them.
struct DocketEvent {
  enum class What : uint8_t { kRegister, kCaseEvent, kAbsent, kPresent };
  What what = What::kCaseEvent;
  routing::Instant at = 0;
  int32_t case_index = -1;
  routing::Event event = {};                // kCaseEvent
  routing::Registration registration = {};  // kRegister
  Person person = kVacant;                  // kAbsent, kPresent
  int64_t row_number = 0;                   // as a spreadsheet shows it
};

struct DocketEvents {
  std::string file;
  std::vector<std::string> case_ids;  // by case_index
  std::vector<DocketEvent> events;    // in order of time, those of one instant in the order of the file
};

// Reads a row an event. Columns, in any order, others ignored:
//   time     ParseInstantIn
//   event    register, accept, assign, take, answer, close, rate, return, extend, defer, suspend, resume, reopen,
//   absent,
//            present; or 登记 受理 交办 办理 答复 办结 评价 退回 延期 挂账 暂停 恢复 重办 离岗 返岗
//   case     any text; a case is registered before anything else happens to it, once
//   unit     the unit asked (assign), the unit that acts (accept, take, return; may be empty)
//   value    extend: the time granted, as 3W; close: resolved, yes (also when empty) or no; rate: satisfied, yes or no;
//            register: empty, or a limit in place of the category's
//   person   absent, present: an id of the posts
//   category, severity, household (or place), kind, spread, power, attempts
//            register: an issue, which `router` sends to its first office; `unit`, where given, is asked in its place
// A column that no row needs may be missing. Errors name file, row, column and value. O(bytes + n log n).
absl::StatusOr<DocketEvents> ReadDocketEvents(const std::string& path, const routing::Router& router,
                                              const UnitTable& units, const PostTable& posts,
                                              absl::Span<const uint8_t> absent);

// The events with the absences of a list among them, each as absent and present; before others of the same instant.
DocketEvents WithAbsences(const DocketEvents& events, const std::vector<Absence>& absences);

// A tree for events without one: the units that they name, which must be statistical codes and nest by their digits,
// below their county where they have one in common.
absl::StatusOr<UnitTable> UnitsOfEvents(const std::string& path);

struct Replay {
  std::vector<routing::Action> actions;  // in the order in which they came up
  std::vector<std::string> refused;      // a complaint for each event that was not legal, with file, row and case
  int64_t applied = 0;                   // events at or before `until`
};

// Applies the events up to and including `until` to `docket`, which is empty, and lets its clock run until then. An
// event that is not legal in its case's state is refused and listed, and the rest goes on.
absl::StatusOr<Replay> ReplayEvents(const DocketEvents& events, routing::Instant until, routing::Docket& docket);

}  // namespace lianhu::io

#endif  // LIANHU_IO_DOCKET_EVENTS_H_
