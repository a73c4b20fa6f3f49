// The street in files, and its plan: every household a steward, with proof; merchants, and why they cannot work.
#ifndef LIANHU_EXAMPLES_JILI_STREET_PLANNING_H_
#define LIANHU_EXAMPLES_JILI_STREET_PLANNING_H_

#include <string>

#include "absl/status/statusor.h"
#include "folder.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/base/run_context.h"
#include "lianhu/io/household_links.h"
#include "lianhu/io/street.h"
#include "street.h"

namespace jili {

// The example's data in the form of the two CSV files.
lianhu::io::Street AsFiles(const Street& street);

// Prints the levels and the posts. Writes units.csv, posts.csv, households.csv, stewards.csv, shops.csv and
// merchant_stewards.csv.
absl::Status WriteStreet(const Street& street, const lianhu::io::Street& files, const Folder& out);

// Solves, verifies, prints a line a community. Writes plan.csv, prices.csv, summary.json, map.html.
absl::StatusOr<lianhu::assignment::Plan> PlanHouseholds(const lianhu::io::Street& files, const Folder& out,
                                                        lianhu::RunContext& context);

struct Merchants {
  std::string sentences;  // what would be needed
  std::string links;      // `household,steward`: who serves which shop as far as it goes, without a header
};

// 30 to 50 shops a merchant steward. Writes merchants.txt and merchants_plan.csv, the best that can be done.
absl::StatusOr<Merchants> PlanMerchants(const Street& street, const Folder& out, lianhu::RunContext& context);

// units.csv and posts.csv with the households of plan.csv below the micro-grids of their stewards.
absl::StatusOr<lianhu::io::LinkedUnits> ReadTree(const Folder& out);

}  // namespace jili

#endif  // LIANHU_EXAMPLES_JILI_STREET_PLANNING_H_
