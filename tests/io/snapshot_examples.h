// Small snapshots for tests, the fuzzer's seeds and the benchmark's warm-up: every field has a value of its own.
#ifndef LIANHU_TESTS_IO_SNAPSHOT_EXAMPLES_H_
#define LIANHU_TESTS_IO_SNAPSHOT_EXAMPLES_H_

#include <algorithm>
#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "io/snapshot_envelope.h"
#include "lianhu/io/hierarchy_snapshot.h"
#include "lianhu/io/plan_snapshot.h"
#include "lianhu/io/problem_snapshot.h"

namespace lianhu::io {

// Two communities of a street, one with a grid; the street and two of its ancestors are made.
inline Hierarchy ExampleHierarchy() {
  return Hierarchy::FromCodes({430181002216, 430181002204, 430181002204001}, {.root = 4301}).value();
}

inline OwnedProblem ExampleProblem() {
  OwnedProblem problem;
  problem.households = {{113.61, 28.14}, {113.62, 28.15}, {113.63, 28.16}, {113.64, 28.17}, {113.65, 28.18}};
  problem.stewards = {{113.615, 28.145}, {113.635, 28.165}};
  problem.datum = Datum::kWgs84Degrees;
  problem.household_units = {7, 7, 9, 9, 9};
  problem.steward_units = {7, 9};
  problem.bounds = {.min = 1, .max = 4};
  problem.steward_min = {0, 2};
  problem.steward_max = {3, 5};
  return problem;
}

// Unit 9 has more households than places.
inline assignment::Plan ExamplePlan() {
  assignment::Plan plan;
  plan.outcome = assignment::Outcome::kBestEffort;
  plan.steward_of = {0, 0, 1, 1, assignment::kUnassigned};
  plan.price_cm = {-12, 345678};
  plan.load = {2, 2};
  plan.total_cost_cm = 123456789012;
  plan.dual_bound_cm = 123456789012;
  plan.unserved = 1;
  plan.infeasibilities = {{.unit = 9,
                           .households = 3,
                           .stewards = 1,
                           .capacity = 2,
                           .required = 1,
                           .shortage = 1,
                           .surplus = 0,
                           .stewards_needed = 2,
                           .bound_needed = 3}};
  return plan;
}

inline bool SameHierarchy(const Hierarchy& a, const Hierarchy& b) {
  const HierarchyView x = a.view();
  const HierarchyView y = b.view();
  return x.parents == y.parents && x.codes == y.codes && x.levels == y.levels && x.rows == y.rows &&
         x.first_children == y.first_children && a.units_of_rows() == b.units_of_rows();
}

inline bool SameProblem(const assignment::Problem& a, const assignment::Problem& b) {
  return a.households == b.households && a.stewards == b.stewards && a.datum == b.datum &&
         a.household_units == b.household_units && a.steward_units == b.steward_units && a.bounds.min == b.bounds.min &&
         a.bounds.max == b.bounds.max && a.steward_min == b.steward_min && a.steward_max == b.steward_max;
}

inline bool SameInfeasibility(const assignment::Infeasibility& a, const assignment::Infeasibility& b) {
  return a.unit == b.unit && a.households == b.households && a.stewards == b.stewards && a.capacity == b.capacity &&
         a.required == b.required && a.shortage == b.shortage && a.surplus == b.surplus &&
         a.stewards_needed == b.stewards_needed && a.bound_needed == b.bound_needed;
}

// All that a snapshot keeps, so not `seconds`.
inline bool SamePlan(const assignment::Plan& a, const assignment::Plan& b) {
  return a.outcome == b.outcome && a.steward_of == b.steward_of && a.price_cm == b.price_cm && a.load == b.load &&
         a.total_cost_cm == b.total_cost_cm && a.dual_bound_cm == b.dual_bound_cm && a.unserved == b.unserved &&
         std::equal(a.infeasibilities.begin(), a.infeasibilities.end(), b.infeasibilities.begin(),
                    b.infeasibilities.end(), SameInfeasibility);
}

inline absl::Span<const std::byte> AsBytes(absl::string_view text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

// `payload` behind a header that is right for it, as an attacker would write it.
inline std::string Seal(SnapshotKind kind, absl::string_view payload) {
  const SnapshotHeader header = MakeSnapshotHeader(kind, payload);
  return std::string(header.data(), header.size()) + std::string(payload);
}

}  // namespace lianhu::io

#endif  // LIANHU_TESTS_IO_SNAPSHOT_EXAMPLES_H_
