// A file of events: who came, went, moved and changed in a street.
#ifndef LIANHU_IO_EVENTS_H_
#define LIANHU_IO_EVENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/assignment/rebalancer.h"
#include "lianhu/io/street.h"

namespace lianhu::io {

// Events in the numbers of a Rebalancer that was made of the street, and the street as they leave it.
struct StreetEvents {
  std::string file;
  std::vector<assignment::Event> events;
  std::vector<int64_t> row_numbers;  // as a spreadsheet shows them
  // The ids of every number: the street's in its order, then those that arrived and joined, whether or not they stayed.
  std::vector<std::string> household_ids;
  std::vector<std::string> steward_ids;
  Street after;  // who is there in the end, in the order of the numbers; new stewards' bounds included
};

// Columns: `type` (docs/formats.md lists the words, their short forms and the Chinese ones), `id`; as needed `x` and
// `y`, or `lon` and `lat` as the street has them; `unit`, or the column `within` of the street's files, where there are
// jurisdictions; `min` and `max`. An empty field means "as it was", for a steward that joins the common bounds. Events
// happen in the file's order; an id that left may come back. Every error is one line with file, row, column and value:
// an unknown type, a missing id, one that is not there or is there already, a position that is missing or no number, an
// unknown unit, a bound that is no whole number or out of order.
absl::StatusOr<StreetEvents> ReadEventsCsv(const Street& street, const std::string& path, const std::string& within);

// `status` of Rebalancer::Apply in terms of the file.
absl::Status InTermsOfFile(const StreetEvents& events, const absl::Status& status);

// `id,x,y[,unit][,min,max]`: files that ReadStreet takes, for the street after the events. Coordinates as they came.
std::string FormatHouseholdsCsv(const Street& street, const std::string& within);
std::string FormatStewardsCsv(const Street& street, const std::string& within);

// `household,from,to,from_distance_m,to_distance_m`, a row for each household that changed hands, in the order of its
// number; empty where there is nobody. `steward_of` speaks of the street before the events, `plan` of that after.
struct MovedHousehold {
  int32_t household = -1;  // number
  int32_t from = -1;       // steward's number, -1 for none
  int32_t to = -1;
};
std::vector<MovedHousehold> MovesBetween(const StreetEvents& events, const std::vector<int32_t>& before,
                                         const assignment::Snapshot& after);
std::string FormatMovesCsv(const Street& street, const StreetEvents& events, const std::vector<MovedHousehold>& moves,
                           const assignment::Snapshot& after);

// The summary of a rebalancing as JSON: that of the plan after the events (plan_files.h), and what led to it.
struct RebalanceFigures {
  assignment::Start start;     // what became of the plan that was given
  bool given_proved = false;   // its prices proved it, in the street before the events
  int64_t moved = 0;           // households that changed hands, those that came and went included
  int64_t moved_between = 0;   // of these, from one steward to another
  int64_t switch_cost_cm = 0;  //
  double event_seconds = 0;    // of the events alone
};
std::string FormatRebalanceJson(const StreetEvents& events, const assignment::Plan& plan,
                                const RebalanceFigures& figures);

// `household,rank,steward,distance_m,knock_on_m,total_m,chain`: ranked offers. The chain reads
// "H12: S1 > S2; H7: S2 > S5"; at its end ">" may be followed by nobody.
struct HouseholdOffers {
  std::string household;
  std::vector<assignment::Offer> offers;
};
std::string FormatOffersCsv(const Street& street, const std::vector<HouseholdOffers>& households);
std::string DescribeChain(const Street& street, absl::Span<const assignment::Transfer> transfers);

}  // namespace lianhu::io

#endif  // LIANHU_IO_EVENTS_H_
