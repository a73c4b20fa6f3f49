#include <string>

#include "absl/strings/str_cat.h"
#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting {

// Parts by no other name: the same words serve micro-grids and the grids above them.
std::string Describe(const PartitionFault& fault, const MicroGridProblem& problem, absl::string_view unit_name,
                     Language language) {
  const bool chinese = language == Language::kChinese;
  const auto [min, max] = problem.bounds;
  const std::string where = !unit_name.empty() ? std::string(unit_name) : chinese ? "全区域" : "the whole area";
  switch (fault.kind) {
    case PartitionFaultKind::kTooSmall:
      return chinese ? absl::StrCat(where, "共", fault.weight, "户，不到一个网格的下限", min, "户，还差",
                                    min - fault.weight, "户：单独成一个网格。请降低下限，或并入别的辖区。")
                     : absl::StrCat(where, " has ", fault.weight, " households, ", min - fault.weight,
                                    " fewer than the minimum of ", min,
                                    ": kept as a part of its own; lower the minimum or join it to another.");
    case PartitionFaultKind::kNoCount:
      return chinese ? absl::StrCat(where, "共", fault.weight, "户，分", fault.fewer, "个网格就超过上限", max, "户，分",
                                    fault.more, "个又不到下限", min, "户：请放宽上下限。")
                     : absl::StrCat(where, " has ", fault.weight, " households: too many for ", fault.fewer,
                                    fault.fewer == 1 ? " part" : " parts", " of at most ", max, ", too few for ",
                                    fault.more, " of at least ", min, "; widen the bounds.");
    case PartitionFaultKind::kNodeTooHeavy:
      return chinese ? absl::StrCat(where, "有一处就有", fault.weight, "户，超过上限", max, "户：请提高上限。")
                     : absl::StrCat(where, " has one entry of ", fault.weight, " households, more than the maximum of ",
                                    max, "; raise the maximum.");
    case PartitionFaultKind::kCount:
      return chinese ? absl::StrCat("共", fault.weight, "户，按每个网格", min, "至", max, "户，各辖区合计可分",
                                    fault.fewer, "至", fault.more, "个，不能分", problem.count, "个。")
                     : absl::StrCat(fault.weight, " households in parts of ", min, " to ", max, " make ", fault.fewer,
                                    " to ", fault.more, " of them within jurisdictions, not ", problem.count, ".");
  }
  return "";
}

std::string Describe(const SplitBuilding& building, const MicroGridProblem& problem, absl::string_view building_name,
                     Language language) {
  const bool chinese = language == Language::kChinese;
  const std::string name = !building_name.empty() ? std::string(building_name)
                           : chinese              ? absl::StrCat("楼栋", building.building)
                                                  : absl::StrCat("building ", building.building);
  if (building.too_large) {
    return chinese ? absl::StrCat(name, "有", building.weight, "户，超过上限", problem.bounds.max, "户，分在",
                                  building.parts, "个微网格里。")
                   : absl::StrCat(name, " has ", building.weight, " households, more than the maximum of ",
                                  problem.bounds.max, ": it is in ", building.parts, " micro-grids.");
  }
  return chinese ? absl::StrCat(name, "有", building.weight, "户，整栋保留就没有找到符合上下限的划分，分在",
                                building.parts, "个微网格里。")
                 : absl::StrCat(name, " has ", building.weight, " households and is in ", building.parts,
                                " micro-grids: keeping buildings whole, no plan was found within the bounds.");
}

}  // namespace lianhu::districting
