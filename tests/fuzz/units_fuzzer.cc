// Any bytes as the files of a street's tree: units, posts, acknowledgements, plan, groups of last time. A NUL byte ends
// each file. What is refused says why in one line; what is read gives a cascade and contact groups that hold together.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "io/temporary_directory.h"
#include "lianhu/io/cascade_files.h"
#include "lianhu/io/group_files.h"
#include "lianhu/io/household_links.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/units.h"

namespace lianhu::io {
namespace {

// The fuzzer counts an abort as a finding.
void Require(bool condition) {
  if (!condition) std::abort();
}

bool Refused(const absl::Status& status) {
  if (status.ok()) return false;
  Require(!status.message().empty() && !absl::StrContains(status.message(), "\n"));
  return true;
}

struct Files {
  TemporaryDirectory directory;
  std::string units = directory.File("units.csv");
  std::string posts = directory.File("posts.csv");
  std::string acks = directory.File("acks.csv");
  std::string plan = directory.File("plan.csv");
  std::string before = directory.File("before.csv");
};

void TryCascade(const Files& files, const UnitTable& units, const PostTable* posts) {
  const absl::StatusOr<Acknowledgements> acks = ReadAcknowledgements(files.acks, units);
  if (Refused(acks.status())) return;
  absl::StatusOr<Cascade> cascade = Cascade::Create(units.hierarchy, {});
  Require(cascade.ok());
  if (Refused(ReplayAcknowledgements(*acks, units, *cascade).status())) return;
  int64_t waiting = 0;
  for (const Retransmission& stop : cascade->Retransmissions()) waiting += stop.targets;
  const CascadeCounts& counts = cascade->counts(Hierarchy::kRoot);
  Require(waiting == counts.targets - counts.reached);
  const CascadeReport report{.units = units, .cascade = *cascade, .posts = posts};
  Require(!FormatCoverageCsv(report).empty() && !FormatRetransmitCsv(report).empty() &&
          !FormatCascadeSummaryJson(report).empty());
}

void TryGroups(const Files& files, const UnitTable& units, const PostTable& posts, const HouseholdLinks* links) {
  const absl::StatusOr<GroupTable> groups = MakeGroups(units, posts, links);
  Require(groups.ok());
  const std::vector<GroupRow>& rows = groups->rows;
  const absl::StatusOr<std::vector<GroupRow>> before = ReadGroups(files.before);
  if (!Refused(before.status())) Require(CompareGroups(*before, rows).ok());
  WriteFile(files.before, FormatGroupsCsv(*groups));
  const absl::StatusOr<std::vector<GroupRow>> again = ReadGroups(files.before);
  Require(again.ok() && CompareGroups(*again, rows)->empty());
}

void Try(Files& files, const std::vector<std::string>& texts) {
  WriteFile(files.units, texts[0]);
  WriteFile(files.posts, texts[1]);
  WriteFile(files.acks, texts[2]);
  WriteFile(files.plan, texts[3]);
  WriteFile(files.before, texts[4]);
  const absl::StatusOr<UnitTable> units = ReadUnits({.units = files.units});
  if (Refused(units.status())) return;
  for (const Unit unit : units->hierarchy.units()) Require(units->Find(units->ids[unit]) == unit);
  const absl::StatusOr<PostTable> posts = ReadPosts(files.posts, *units);
  TryCascade(files, *units, posts.ok() ? &*posts : nullptr);
  if (Refused(posts.status())) return;
  const absl::StatusOr<HouseholdLinks> links = ReadHouseholdLinks(files.plan);
  TryGroups(files, *units, *posts, nullptr);
  if (Refused(links.status())) return;
  TryGroups(files, *units, *posts, &*links);
  const absl::StatusOr<LinkedUnits> grown = HangLinks(*units, *posts, *links);
  if (!Refused(grown.status())) TryCascade(files, grown->units, &grown->posts);
}

}  // namespace
}  // namespace lianhu::io

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lianhu::io;
  static Files files;
  std::vector<std::string> texts =
      absl::StrSplit(absl::string_view(reinterpret_cast<const char*>(data), size), absl::MaxSplits('\0', 4));
  texts.resize(5);
  Try(files, texts);
  return 0;
}
