// Who serves which household, as a plan's file says it, without the positions from which it was made.
#ifndef LIANHU_IO_HOUSEHOLD_LINKS_H_
#define LIANHU_IO_HOUSEHOLD_LINKS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/units.h"

namespace lianhu::io {

struct HouseholdLinks {
  std::string file;
  std::vector<std::string> households;   // ids in the order of the file
  std::vector<std::string> stewards;     // ids in order of first appearance
  std::vector<int32_t> steward_of;       // by household: index into `stewards`, -1 where it has none
  std::vector<std::string> distances_m;  // by household as the file has them; empty without the column `distance_m`
  std::vector<int64_t> row_numbers;      // by household, as a spreadsheet shows them
};

// Reads a plan: the columns `household`, each once, and `steward`, empty where there is none; others are ignored.
// Errors name file, row, column and value. O(bytes).
absl::StatusOr<HouseholdLinks> ReadHouseholdLinks(const std::string& path);

struct LinkedUnits {
  UnitTable units;
  PostTable posts;              // the same posts, by the units above
  int64_t without_steward = 0;  // households that are in no unit
};

// `units` with the households of `links` as leaves: each below the unit that its steward holds, the deepest of several
// and of these the first. Errors name file, row and value: a steward without a post, a household that is a unit's id.
// O((n + households) log).
absl::StatusOr<LinkedUnits> HangLinks(const UnitTable& units, const PostTable& posts, const HouseholdLinks& links);

}  // namespace lianhu::io

#endif  // LIANHU_IO_HOUSEHOLD_LINKS_H_
