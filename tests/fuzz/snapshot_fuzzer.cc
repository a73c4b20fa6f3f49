// Any bytes as a snapshot of each kind: first as they are, then behind a header that is right for them, so that the
// checksum does not keep the fuzzer from what lies below. What decodes must encode, and decode again to the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/string_view.h"
#include "io/snapshot_examples.h"

namespace lianhu::io {
namespace {

// The fuzzer counts an abort as a finding.
void Require(bool condition) {
  if (!condition) std::abort();
}

void TryHierarchy(absl::string_view bytes) {
  const absl::StatusOr<Hierarchy> hierarchy = DecodeHierarchySnapshot(AsBytes(bytes));
  if (!hierarchy.ok()) {
    Require(!hierarchy.status().message().empty());
    return;
  }
  const absl::StatusOr<std::string> encoded = EncodeSnapshot(*hierarchy);
  Require(encoded.ok());
  const absl::StatusOr<Hierarchy> again = DecodeHierarchySnapshot(AsBytes(*encoded));
  Require(again.ok() && SameHierarchy(*hierarchy, *again));
}

void TryProblem(absl::string_view bytes) {
  const absl::StatusOr<OwnedProblem> problem = DecodeProblemSnapshot(AsBytes(bytes));
  if (!problem.ok()) {
    Require(!problem.status().message().empty());
    return;
  }
  const absl::StatusOr<std::string> encoded = EncodeSnapshot(problem->View());
  Require(encoded.ok());
  const absl::StatusOr<OwnedProblem> again = DecodeProblemSnapshot(AsBytes(*encoded));
  Require(again.ok() && SameProblem(problem->View(), again->View()));
}

void TryPlan(absl::string_view bytes) {
  const absl::StatusOr<assignment::Plan> plan = DecodePlanSnapshot(AsBytes(bytes));
  if (!plan.ok()) {
    Require(!plan.status().message().empty());
    return;
  }
  const absl::StatusOr<std::string> encoded = EncodeSnapshot(*plan);
  Require(encoded.ok());
  const absl::StatusOr<assignment::Plan> again = DecodePlanSnapshot(AsBytes(*encoded));
  Require(again.ok() && SamePlan(*plan, *again));
}

void TryAll(absl::string_view bytes) {
  TryHierarchy(bytes);
  TryProblem(bytes);
  TryPlan(bytes);
}

}  // namespace
}  // namespace lianhu::io

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lianhu::io;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  TryAll(bytes);
  if (size <= kSnapshotHeaderSize) return 0;
  const absl::string_view payload = bytes.substr(kSnapshotHeaderSize);
  TryHierarchy(Seal(SnapshotKind::kHierarchy, payload));
  TryProblem(Seal(SnapshotKind::kProblem, payload));
  TryPlan(Seal(SnapshotKind::kPlan, payload));
  return 0;
}
