#include "lianhu/io/hierarchy_snapshot.h"

#include <vector>

#include "io/snapshot_message.h"
#include "schema/hierarchy.capnp.h"

namespace lianhu::io {
namespace {

// A hierarchy's 32-bit indices reach further than the lists of Cap'n Proto.
absl::Status CheckWritable(const Hierarchy& hierarchy) {
  const auto units = static_cast<size_t>(hierarchy.size());
  if (units <= kMaxListEntries) return absl::OkStatus();
  return InvalidField("units", -1, absl::StrCat(units, " units, a snapshot holds at most ", kMaxListEntries));
}

size_t WordsFor(const HierarchyView& view) {
  return (view.parents.size() + view.levels.size() + view.rows.size()) / 2 + view.codes.size();
}

void FillHierarchy(const HierarchyView& view, schema::Hierarchy::Builder root) {
  const auto count = [](const auto& column) { return static_cast<unsigned>(column.size()); };
  FillList(view.parents, root.initParents(count(view.parents)));
  FillList(view.levels, root.initLevels(count(view.levels)));
  FillList(view.codes, root.initCodes(count(view.codes)));
  FillList(view.rows, root.initRows(count(view.rows)));
}

absl::StatusOr<Hierarchy> HierarchyFromMessage(schema::Hierarchy::Reader root, MessageExtent) {
  const auto parents = CopyList<int32_t>(root.getParents());
  const auto levels = CopyList<int32_t>(root.getLevels());
  const auto codes = CopyList<int64_t>(root.getCodes());
  const auto rows = CopyList<int32_t>(root.getRows());
  return Hierarchy::FromView({.parents = parents, .codes = codes, .levels = levels, .rows = rows});
}

}  // namespace

absl::Status WriteSnapshot(const std::string& path, const Hierarchy& hierarchy) {
  if (auto status = CheckWritable(hierarchy); !status.ok()) return InSource(path, status);
  const HierarchyView view = hierarchy.view();
  return WriteWith<schema::Hierarchy>(path, SnapshotKind::kHierarchy, view, WordsFor(view), FillHierarchy);
}

absl::StatusOr<std::string> EncodeSnapshot(const Hierarchy& hierarchy) {
  if (auto status = CheckWritable(hierarchy); !status.ok()) return status;
  const HierarchyView view = hierarchy.view();
  return EncodeWith<schema::Hierarchy>(SnapshotKind::kHierarchy, view, WordsFor(view), FillHierarchy);
}

absl::StatusOr<Hierarchy> DecodeHierarchySnapshot(absl::Span<const std::byte> bytes, absl::string_view source) {
  const auto payload = OpenSnapshot(bytes, SnapshotKind::kHierarchy, source);
  if (!payload.ok()) return payload.status();
  return DecodeMessage<schema::Hierarchy>(*payload, source, HierarchyFromMessage);
}

absl::StatusOr<Hierarchy> ReadHierarchySnapshot(const std::string& path) {
  return ReadWith(path, DecodeHierarchySnapshot);
}

}  // namespace lianhu::io
