// Any bytes as the files of a street to be drawn: households, edges, and a micro.csv. A NUL byte ends each file. What
// is refused says why in one line; of what is read nobody is lost, the figures can be computed, and what is written of
// them comes back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "io/temporary_directory.h"
#include "lianhu/io/contiguity_files.h"
#include "lianhu/io/micro_grid_files.h"
#include "lianhu/io/text.h"

namespace lianhu::io {
namespace {

// The fuzzer counts an abort as a finding.
void Require(bool condition) {
  if (!condition) std::abort();
}

void RequireReason(const absl::Status& status) {
  Require(!status.message().empty() && !absl::StrContains(status.message(), "\n"));
}

struct Files {
  TemporaryDirectory directory;
  std::string households = directory.File("h.csv");
  std::string edges = directory.File("e.csv");
  std::string parts = directory.File("micro.csv");
};

void TryParts(Files& files, const std::string& text, const ContiguousStreet& street) {
  WriteFile(files.parts, text);
  for (const bool skip : {false, true}) {
    const absl::StatusOr<PartColumn> column = ReadParts(files.parts, street, skip);
    if (!column.ok()) {
      RequireReason(column.status());
      continue;
    }
    Require(column->part_of.size() == street.node_of.size());
    const std::vector<int32_t> part_of = column->OfNodes(street);
    absl::StatusOr<districting::MicroGridProblem> problem = MicroGridView(street);
    if (!problem.ok()) {
      RequireReason(problem.status());
      continue;
    }
    const absl::StatusOr<districting::MicroGridPlan> figures = districting::FiguresOf(*problem, part_of);
    if (!figures.ok()) continue;  // a household without a part, a part of two jurisdictions
    Drawing drawing{.street = &street, .problem = &*problem, .plan = &*figures, .names = column->names};
    WriteFile(files.parts, FormatMicroCsv(drawing));
    const absl::StatusOr<PartColumn> again = ReadParts(files.parts, street, false);
    Require(again.ok() && again->OfNodes(street).size() == part_of.size());
    for (size_t v = 0; v < part_of.size(); ++v) {
      Require(again->names[again->OfNodes(street)[v]] == column->names[part_of[v]]);
    }
    Require(!FormatPartsCsv(drawing).empty() && !FormatDrawingJson(drawing).empty());
    WriteFile(files.parts, text);
  }
}

void TryStreet(Files& files, const std::vector<std::string>& texts, bool edges, bool units) {
  WriteFile(files.households, texts[0]);
  WriteFile(files.edges, texts[1]);
  const absl::StatusOr<ContiguousStreet> street = ReadContiguousStreet({.households = files.households,
                                                                        .edges = edges ? files.edges : "",
                                                                        .within = units ? "unit" : "",
                                                                        .whole_buildings = units,
                                                                        .most_weight = 20});
  if (!street.ok()) return RequireReason(street.status());
  const size_t n = street->street.households.ids.size();
  Require(street->node_of.size() == n && street->graph.has_value() == edges);
  const size_t nodes = street->weights.size();
  Require(street->first_household.size() == nodes && (!edges || static_cast<size_t>(street->graph->size()) == nodes));
  for (const int32_t node : street->node_of) Require(node >= 0 && static_cast<size_t>(node) < nodes);
  const absl::StatusOr<std::vector<int64_t>> codes = CommunityCodes(*street, "unit", nullptr);
  if (!codes.ok()) RequireReason(codes.status());
  // The check of names, node by node, is quadratic.
  if (n <= 200) TryParts(files, texts[2], *street);
}

}  // namespace
}  // namespace lianhu::io

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lianhu::io;
  static Files files;
  std::vector<std::string> texts =
      absl::StrSplit(absl::string_view(reinterpret_cast<const char*>(data), size), absl::MaxSplits('\0', 2));
  texts.resize(3);
  for (const bool edges : {false, true}) {
    TryStreet(files, texts, edges, false);
    TryStreet(files, texts, edges, true);
  }
  return 0;
}
