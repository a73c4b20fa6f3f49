// What changes when one table replaces another: the boxes of inputs whose outcome differs, with both outcomes.
#ifndef LIANHU_ROUTING_DIFF_H_
#define LIANHU_ROUTING_DIFF_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/base/language.h"
#include "lianhu/base/run_context.h"
#include "lianhu/routing/table.h"

namespace lianhu::routing {

struct DiffOptions {
  int64_t max_changes = 1000;        // boxes listed; at least 1
  int64_t max_work = 2'000'000'000;  // as AnalysisOptions
};

struct Change {
  std::vector<std::string> box;  // unary tests, one an input of the first table
  std::vector<Value> witness;    // a case in the box
  Outcome before;
  Outcome after;
};

struct TableDiff {
  std::vector<Change> changes;  // disjoint boxes
  bool complete = true;         // false: more than max_changes, or max_work spent
  bool cancelled = false;
};

// Inputs are matched by their expressions, whatever their order; only what both tables allow is compared. Rules count
// by what they say, not by their ids. Errors: inputs or types that differ, a table whose cells are not constant tests.
absl::StatusOr<TableDiff> Diff(const Table& before, const Table& after, const DiffOptions& options,
                               RunContext& context);

// Whether two outcomes are the same for whoever asked: the same kind and value.
bool SameOutcome(const Outcome& a, const Outcome& b);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_DIFF_H_
