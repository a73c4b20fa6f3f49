// The files of a plan: plan.csv, prices.csv and summary.json.
#ifndef LIANHU_IO_PLAN_FILES_H_
#define LIANHU_IO_PLAN_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/assignment/objective.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/io/street.h"

namespace lianhu::io {

// Figures of a plan that its arrays imply.
struct PlanFigures {
  int64_t served = 0;
  double mean_distance_m = 0;  // over the households served; 0 for none
  double max_distance_m = 0;
  int32_t load_min = 0;
  int32_t load_max = 0;
};
PlanFigures FiguresOf(const Street& street, const assignment::Plan& plan);
// The same where links have other costs than straight distances: `costs` in cm, -1 for the unserved.
PlanFigures FiguresOf(const assignment::Plan& plan, const std::vector<int64_t>& costs);

// The cost in cm of each household's link, -1 for the unserved; planar, as the solver sees it.
std::vector<int64_t> LinkCosts(const Street& street, const std::vector<int32_t>& steward_of);

// `household,steward,distance_m`, a row a household in input order; steward and distance are empty for one left over.
std::string FormatPlanCsv(const Street& street, const assignment::Plan& plan);
std::string FormatPlanCsv(const Street& street, const assignment::Plan& plan, const std::vector<int64_t>& costs);

// `steward,price_cm`, a row a steward in input order.
std::string FormatPricesCsv(const Street& street, const assignment::Plan& plan);

// Reasons why nothing can be planned, as the summary's member `infeasibilities`: a JSON array.
std::string FormatInfeasibilitiesJson(const Street& street, const std::vector<assignment::Infeasibility>& reasons);

// The summary as JSON; docs/formats.md lists its members.
std::string FormatSummaryJson(const Street& street, const assignment::Plan& plan);
std::string FormatSummaryJson(const Street& street, const assignment::Plan& plan, const std::vector<int64_t>& costs);
// The same of an objective's plan, with what was made least first and the reasons why it cannot be less.
std::string FormatSummaryJson(const Street& street, const assignment::ObjectivePlan& aimed);

// A steward's index for each household (kUnassigned for an empty field). Every household must be there once. Errors
// name file, row, column and value.
absl::StatusOr<std::vector<int32_t>> ReadPlanCsv(const Street& street, const std::string& path);

// A price for each steward. Every steward must be there once.
absl::StatusOr<std::vector<int64_t>> ReadPricesCsv(const Street& street, const std::string& path);

// `household,multiplier_cm`, a row a household in input order: the certificate of a weighted plan's bound.
std::string FormatMultipliersCsv(const Street& street, const std::vector<int64_t>& multiplier_cm);
absl::StatusOr<std::vector<int64_t>> ReadMultipliersCsv(const Street& street, const std::string& path);

}  // namespace lianhu::io

#endif  // LIANHU_IO_PLAN_FILES_H_
