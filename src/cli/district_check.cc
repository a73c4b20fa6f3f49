// A stranger's check of micro.csv: what it claims is recomputed from the households' file, and nothing is drawn.
#include <algorithm>
#include <cstdio>
#include <numeric>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/district.h"
#include "lianhu/hierarchy/unit_code.h"

namespace lianhu::cli {
namespace {

using districting::WeightBounds;

// Micro-grids, or grids.
struct Level {
  std::vector<int32_t> part_of;    // of each node
  std::vector<std::string> names;  // of each part
  WeightBounds bounds;
  bool grids = false;
};

class Checker {
 public:
  Checker(const io::ContiguousStreet& street, bool chinese) : street_(street), chinese_(chinese) {}

  std::vector<std::string>& sentences() { return sentences_; }

  void Say(const std::string& english, const std::string& chinese) {
    sentences_.push_back(chinese_ ? chinese : english);
  }

  // Jurisdictions, sizes, connections.
  void Check(const Level& level) {
    const size_t m = level.names.size();
    std::vector<int64_t> weight(m, 0);
    std::vector<int32_t> unit(m, -1);
    std::vector<uint8_t> mixed(m, 0);
    for (size_t v = 0; v < level.part_of.size(); ++v) {
      const int32_t p = level.part_of[v];
      weight[p] += street_.weights[v];
      if (street_.units.empty()) continue;
      if (unit[p] >= 0 && unit[p] != street_.units[v]) mixed[p] = 1;
      unit[p] = street_.units[v];
    }
    const std::vector<int32_t> pieces = PiecesOf(level);
    for (size_t p = 0; p < m; ++p) {
      const std::string name = absl::StrCat(Noun(level), chinese_ ? "" : " ", level.names[p]);
      if (mixed[p] != 0)
        Say(absl::StrCat(name, " has households of two jurisdictions"), absl::StrCat(name, "跨了两个辖区"));
      if (weight[p] < level.bounds.min || weight[p] > level.bounds.max) {
        const std::string allowed = InWords(level.bounds, street_, chinese_);
        Say(absl::StrCat(name, " has ", weight[p], ", not ", allowed),
            absl::StrCat(name, "为", weight[p], "，不是", allowed));
      }
      if (pieces[p] > 1) {
        Say(absl::StrCat(name, " is in ", pieces[p], " pieces"), absl::StrCat(name, "不连通，分成", pieces[p], "块"));
      }
    }
    if (level.grids) return;
    least = *std::min_element(weight.begin(), weight.end());
    most = *std::max_element(weight.begin(), weight.end());
  }

  int64_t least = 0;  // of the micro-grids
  int64_t most = 0;

 private:
  std::string Noun(const Level& level) const {
    return level.grids ? (chinese_ ? "网格" : "grid") : (chinese_ ? "微网格" : "micro-grid");
  }

  // The connected components of each part; without a graph 1.
  std::vector<int32_t> PiecesOf(const Level& level) const {
    std::vector<int32_t> pieces(level.names.size(), 1);
    if (!street_.graph.has_value()) return pieces;
    std::vector<int32_t> root(level.part_of.size());
    std::iota(root.begin(), root.end(), 0);
    const auto find = [&](int32_t v) {
      while (root[v] != v) v = root[v] = root[root[v]];
      return v;
    };
    for (int32_t b = 0; b < street_.graph->border_count(); ++b) {
      const Border& border = street_.graph->border(b);
      if (level.part_of[border.a] == level.part_of[border.b]) root[find(border.a)] = find(border.b);
    }
    std::fill(pieces.begin(), pieces.end(), 0);
    for (size_t v = 0; v < root.size(); ++v) pieces[level.part_of[v]] += root[v] == static_cast<int32_t>(v) ? 1 : 0;
    return pieces;
  }

  const io::ContiguousStreet& street_;
  const bool chinese_;
  std::vector<std::string> sentences_;
};

// Everyone is in a micro-grid, and those of one node in the same one.
void CheckHouseholds(const io::ContiguousStreet& street, const io::PartColumn& column, Checker& checker) {
  const std::vector<std::string>& ids = street.street.households.ids;
  for (size_t h = 0; h < ids.size(); ++h) {
    const int32_t first = street.first_household[street.node_of[h]];
    if (column.part_of[h] < 0) {
      checker.Say(absl::StrCat("household ", ids[h], " is in no micro-grid"),
                  absl::StrCat("住户 ", ids[h], " 不在任何微网格"));
    } else if (column.part_of[first] >= 0 && column.part_of[h] != column.part_of[first]) {
      checker.Say(absl::StrCat("households ", ids[first], " and ", ids[h], " of one building are in two micro-grids"),
                  absl::StrCat("同一楼栋的住户 ", ids[first], " 和 ", ids[h], " 不在同一微网格"));
    }
  }
}

// Every micro-grid has a grid, and is numbered below it.
void CheckCodes(const io::PartColumn& column, Checker& checker) {
  for (size_t p = 0; p < column.names.size(); ++p) {
    const std::string& name = column.names[p];
    const int32_t grid = column.grid_of.empty() ? -1 : column.grid_of[p];
    if (grid < 0) {
      checker.Say(absl::StrCat("micro-grid ", name, " is in no grid"), absl::StrCat("微网格 ", name, " 不在任何网格"));
      continue;
    }
    const auto code = ParseUnitCode(name);
    if (!code.ok() || LevelOfCode(*code) != kMicroGrid || !absl::StartsWith(name, column.grid_names[grid])) {
      checker.Say(
          absl::StrCat("micro-grid ", name, " has no code of 18 digits below its grid ", column.grid_names[grid]),
          absl::StrCat("微网格 ", name, " 的编号不是网格 ", column.grid_names[grid], " 之下的18位编号"));
    }
  }
}

ExitCode Conclude(Checker& checker, bool chinese) {
  if (checker.sentences().empty()) return kDone;
  ComplainOf(checker.sentences(), chinese);
  Complain(chinese ? "核验未通过" : "check failed");
  return kVerificationFailed;
}

}  // namespace

ExitCode CheckDistrict(const DistrictArguments& arguments, const io::ContiguousStreet& street, Session& session) {
  const bool chinese = session.chinese();
  const absl::StatusOr<WeightBounds> bounds = BoundsOf(arguments, street);
  if (!bounds.ok()) return Complain(bounds.status());
  const absl::StatusOr<io::PartColumn> column = io::ReadParts(arguments.check, street, false);
  if (!column.ok()) return Complain(column.status());
  Checker checker(street, chinese);
  CheckHouseholds(street, *column, checker);
  if (!checker.sentences().empty()) return Conclude(checker, chinese);

  const Level micro{column->OfNodes(street), column->names, *bounds, false};
  if (arguments.count > 0 && arguments.count != static_cast<int64_t>(micro.names.size())) {
    checker.Say(absl::StrCat(micro.names.size(), " micro-grids, not ", arguments.count),
                absl::StrCat("共", micro.names.size(), "个微网格，不是", arguments.count, "个"));
  }
  checker.Check(micro);
  if (arguments.levels) {
    CheckCodes(*column, checker);
    if (!column->grid_of.empty() && checker.sentences().empty()) {
      Level grids{{}, column->grid_names, arguments.grid_bounds, true};
      for (const int32_t part : micro.part_of) grids.part_of.push_back(column->grid_of[part]);
      checker.Check(grids);
    }
  }
  if (!checker.sentences().empty()) return Conclude(checker, chinese);

  if (chinese) {
    absl::PrintF("微网格：%d个，每个%d至%d\n", micro.names.size(), checker.least, checker.most);
    if (arguments.levels) absl::PrintF("网格：%d个\n", column->grid_names.size());
    absl::PrintF("上下限与辖区：符合\n");
    if (street.graph.has_value()) absl::PrintF("每个微网格都连通\n");
  } else {
    absl::PrintF("micro-grids: %d of %d to %d\n", micro.names.size(), checker.least, checker.most);
    if (arguments.levels) absl::PrintF("grids:       %d\n", column->grid_names.size());
    absl::PrintF("bounds and jurisdictions: kept\n");
    if (street.graph.has_value()) absl::PrintF("connected:   every part\n");
  }
  if (arguments.by_borders()) {
    districting::ContiguousProblem problem = street.View();
    problem.bounds = *bounds;
    const auto figures = districting::FiguresOf(problem, micro.part_of);
    if (!figures.ok()) return Complain(figures.status());
    absl::PrintF("%s%d / %d\n", chinese ? "被切断的相邻关系：" : "borders cut: ", figures->edges_cut,
                 problem.graph->border_count());
    return kDone;
  }
  DistrictArguments without_grids = arguments;  // whose codes have been looked at
  without_grids.levels = false;
  DrawingInput input;
  if (auto status = Prepare(without_grids, street, input); !status.ok()) return Complain(status);
  const auto figures = districting::FiguresOf(input.problem, micro.part_of);
  if (!figures.ok()) return Complain(figures.status());
  const bool medians = input.problem.objective == districting::MicroGridObjective::kMedians;
  absl::PrintF("%s%.2f %s\n", chinese ? "目标值 objective: " : "objective:   ",
               medians ? figures->objective / 100 : figures->objective, medians ? "m" : "m2");
  if (arguments.summary.empty()) return kDone;
  io::Drawing drawing{.street = &street,
                      .problem = &input.problem,
                      .plan = &*figures,
                      .current = input.today.has_value() ? &*input.today : nullptr,
                      .names = micro.names};
  const auto status = io::WriteFiles(std::vector<io::FileContent>{{arguments.summary, FormatDrawingJson(drawing)}});
  return status.ok() ? kDone : Complain(status);
}

}  // namespace lianhu::cli
