#include "lianhu/io/problem_snapshot.h"

#include <utility>

#include "io/snapshot_message.h"
#include "schema/problem.capnp.h"

namespace lianhu::io {
namespace {

constexpr size_t kPointWords = 2;
constexpr size_t kMaxPoints = kMaxListEntries / kPointWords;

// What assignment::Validate cannot know: the lists of Cap'n Proto end sooner than 32-bit indices.
absl::Status CheckWritable(const assignment::Problem& problem) {
  if (auto status = assignment::Validate(problem); !status.ok()) return status;
  // An older reader would take it for the problem without them.
  if (problem.HasPairConditions() || !problem.household_kinds.empty() || !problem.current.empty() ||
      !problem.load_cost.empty()) {
    return InvalidField("problem", -1, "pair conditions, kinds and costs of load are not kept in snapshots");
  }
  const std::pair<absl::string_view, size_t> counts[] = {{"households", problem.households.size()},
                                                         {"stewards", problem.stewards.size()}};
  for (const auto& [field, count] : counts) {
    if (count > kMaxPoints) {
      return InvalidField(field, -1, absl::StrCat(count, " rows, a snapshot holds at most ", kMaxPoints));
    }
  }
  return absl::OkStatus();
}

size_t WordsFor(const assignment::Problem& problem) {
  return kPointWords * (problem.households.size() + problem.stewards.size()) +
         (problem.household_units.size() + problem.steward_units.size() + problem.steward_min.size() +
          problem.steward_max.size()) /
             2;
}

void FillPoints(absl::Span<const Point> points, capnp::List<schema::Point>::Builder list) {
  for (size_t i = 0; i < points.size(); ++i) {
    schema::Point::Builder point = list[static_cast<unsigned>(i)];
    point.setX(points[i].x);
    point.setY(points[i].y);
  }
}

void FillProblem(const assignment::Problem& problem, schema::Problem::Builder root) {
  const auto count = [](const auto& column) { return static_cast<unsigned>(column.size()); };
  root.setDatum(static_cast<schema::Datum>(problem.datum));
  root.getBounds().setMin(problem.bounds.min);
  root.getBounds().setMax(problem.bounds.max);
  FillPoints(problem.households, root.initHouseholds(count(problem.households)));
  FillPoints(problem.stewards, root.initStewards(count(problem.stewards)));
  FillList(problem.household_units, root.initHouseholdUnits(count(problem.household_units)));
  FillList(problem.steward_units, root.initStewardUnits(count(problem.steward_units)));
  FillList(problem.steward_min, root.initStewardMin(count(problem.steward_min)));
  FillList(problem.steward_max, root.initStewardMax(count(problem.steward_max)));
}

std::vector<Point> CopyPoints(capnp::List<schema::Point>::Reader list) {
  std::vector<Point> points;
  points.reserve(list.size());
  for (const schema::Point::Reader point : list) points.push_back({point.getX(), point.getY()});
  return points;
}

absl::StatusOr<OwnedProblem> ProblemFromMessage(schema::Problem::Reader root, MessageExtent extent) {
  const auto households = root.getHouseholds();
  const auto stewards = root.getStewards();
  if (auto s = extent.CheckCount("households", households.size(), kPointWords); !s.ok()) return s;
  if (auto s = extent.CheckCount("stewards", stewards.size(), kPointWords); !s.ok()) return s;

  OwnedProblem problem;
  problem.households = CopyPoints(households);
  problem.stewards = CopyPoints(stewards);
  problem.datum = static_cast<Datum>(root.getDatum());
  problem.household_units = CopyList<int32_t>(root.getHouseholdUnits());
  problem.steward_units = CopyList<int32_t>(root.getStewardUnits());
  const schema::LoadBounds::Reader bounds = root.getBounds();
  problem.bounds = {.min = bounds.getMin(), .max = bounds.getMax()};
  problem.steward_min = CopyList<int32_t>(root.getStewardMin());
  problem.steward_max = CopyList<int32_t>(root.getStewardMax());
  if (auto status = assignment::Validate(problem.View()); !status.ok()) return status;
  return problem;
}

}  // namespace

absl::Status WriteSnapshot(const std::string& path, const assignment::Problem& problem) {
  if (auto status = CheckWritable(problem); !status.ok()) return InSource(path, status);
  return WriteWith<schema::Problem>(path, SnapshotKind::kProblem, problem, WordsFor(problem), FillProblem);
}

absl::StatusOr<std::string> EncodeSnapshot(const assignment::Problem& problem) {
  if (auto status = CheckWritable(problem); !status.ok()) return status;
  return EncodeWith<schema::Problem>(SnapshotKind::kProblem, problem, WordsFor(problem), FillProblem);
}

absl::StatusOr<OwnedProblem> DecodeProblemSnapshot(absl::Span<const std::byte> bytes, absl::string_view source) {
  const auto payload = OpenSnapshot(bytes, SnapshotKind::kProblem, source);
  if (!payload.ok()) return payload.status();
  return DecodeMessage<schema::Problem>(*payload, source, ProblemFromMessage);
}

absl::StatusOr<OwnedProblem> ReadProblemSnapshot(const std::string& path) {
  return ReadWith(path, DecodeProblemSnapshot);
}

}  // namespace lianhu::io
