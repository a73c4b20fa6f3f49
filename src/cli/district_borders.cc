#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/district.h"
#include "cli/progress.h"
#include "lianhu/districting/contiguous_partition.h"

namespace lianhu::cli {
namespace {

using districting::ContiguousPartition;
using districting::ContiguousProblem;
using districting::PartFigures;
using districting::PartitionFault;
using districting::PartitionOutcome;

// M0001, M0002, ... by number.
std::vector<std::string> NamesOf(size_t parts) {
  std::vector<std::string> names;
  for (size_t p = 0; p < parts; ++p) names.push_back(absl::StrFormat("M%04d", p + 1));
  return names;
}

std::string SentenceOf(const io::ContiguousStreet& street, const ContiguousProblem& problem,
                       const PartitionFault& fault, Language language) {
  constexpr size_t kShown = 10;
  const bool chinese = language == Language::kChinese;
  std::string text = Describe(fault, problem, street.street.UnitName(fault.unit), language);
  const std::vector<int32_t> households = street.HouseholdsOf(fault.nodes);
  for (size_t k = 0; k < std::min(kShown, households.size()); ++k) {
    absl::StrAppend(&text, k == 0 ? (chinese ? "。住户：" : ". Households: ") : (chinese ? "、" : ", "),
                    street.street.households.ids[households[k]]);
  }
  if (households.size() > kShown) absl::StrAppend(&text, chinese ? "等" : ", ...");
  return text;
}

void Print(const ContiguousPartition& partition, const ContiguousProblem& problem, bool chinese) {
  const auto [least, most] =
      std::minmax_element(partition.parts.begin(), partition.parts.end(),
                          [](const PartFigures& a, const PartFigures& b) { return a.weight < b.weight; });
  const auto apart = std::count_if(partition.parts.begin(), partition.parts.end(),
                                   [](const PartFigures& part) { return part.pieces != 1; });
  if (chinese) {
    absl::PrintF("结果：%s（%s）\n", partition.outcome == PartitionOutcome::kFeasible ? "可行" : "不在上下限之内",
                 OutcomeName(partition.outcome));
    absl::PrintF("划为%d片，每片%d至%d（要求%d至%d），与平均相差至多%.3f%%\n", partition.parts.size(), least->weight,
                 most->weight, problem.bounds.min, problem.bounds.max, partition.deviation_percent);
    absl::PrintF("不连通的片：%d\n", apart);
    absl::PrintF("被切断的相邻关系：%d / %d\n", partition.edges_cut, problem.graph->border_count());
    if (!problem.positions.empty()) absl::PrintF("惯量：%.6g 平方米\n", partition.inertia);
    return;
  }
  absl::PrintF("status:    %s\n", OutcomeName(partition.outcome));
  absl::PrintF("parts:     %d of %d to %d (bounds %d to %d), at most %.3f %% from the mean\n", partition.parts.size(),
               least->weight, most->weight, problem.bounds.min, problem.bounds.max, partition.deviation_percent);
  absl::PrintF("connected: %s\n", apart == 0 ? "every part" : absl::StrCat("but for ", apart, " parts"));
  absl::PrintF("borders:   %d of %d cut\n", partition.edges_cut, problem.graph->border_count());
  if (!problem.positions.empty()) absl::PrintF("inertia:   %.6g m2\n", partition.inertia);
  if (partition.edges_cut_bound > 0) {
    absl::PrintF("proof:     heuristic, no plan cuts fewer than %d\n", partition.edges_cut_bound);
  } else {
    absl::PrintF("proof:     heuristic, no bound\n");
  }
}

ExitCode Finish(const DistrictArguments& arguments, const io::ContiguousStreet& street,
                const ContiguousProblem& problem, const ContiguousPartition& partition,
                const std::vector<std::string>& names, Session& session) {
  std::vector<io::FileContent> outputs;
  if (!arguments.out.empty()) outputs.push_back({arguments.out, FormatContiguousCsv(street, partition, names)});
  if (!arguments.parts.empty()) {
    outputs.push_back({arguments.parts, FormatContiguousPartsCsv(street, problem, partition, names)});
  }
  if (!arguments.summary.empty()) {
    outputs.push_back({arguments.summary, FormatContiguousJson(street, problem, partition, names,
                                                               districting::PartitionObjective::kEdgesCut,
                                                               arguments.tolerance.value_or(-1))});
  }
  if (!arguments.map.empty()) {
    absl::StatusOr<std::string> page =
        RenderParts(street, {partition.part_of, names, problem.bounds}, session.chinese());
    if (!page.ok()) return Complain(page.status());
    outputs.push_back({arguments.map, *std::move(page)});
  }
  if (auto status = io::WriteFiles(outputs); !status.ok()) return Complain(status);
  Print(partition, problem, session.chinese());
  std::vector<std::string> sentences;
  sentences.reserve(partition.faults.size());
  for (const PartitionFault& fault : partition.faults) {
    sentences.push_back(SentenceOf(street, problem, fault, session.language));
  }
  ComplainOf(sentences, session.chinese());
  return kDone;
}

}  // namespace

ExitCode DistrictByBorders(const DistrictArguments& arguments, const io::ContiguousStreet& street, Session& session) {
  const absl::StatusOr<districting::WeightBounds> bounds = BoundsOf(arguments, street);
  if (!bounds.ok()) return Complain(bounds.status());
  ContiguousProblem problem = street.View();
  problem.bounds = *bounds;
  problem.count = static_cast<int32_t>(arguments.count);
  absl::StatusOr<ContiguousPartition> partition = ContiguousPartition{};
  {
    ProgressBar bar;
    session.context.set_progress([&](double fraction) {
      bar.Draw(fraction);
      return true;
    });
    partition = PartitionContiguously(problem, {.seconds = arguments.options.seconds}, session.context);
    session.context.set_progress(nullptr);
  }
  if (!partition.ok()) return Complain(partition.status());
  const bool chinese = session.chinese();
  if (partition->part_of.empty()) {
    Complain(chinese ? "已取消，未写出方案" : "cancelled, no plan written");
    return kInterrupted;
  }
  const std::vector<std::string> names = NamesOf(partition->parts.size());
  const ExitCode done = Finish(arguments, street, problem, *partition, names, session);
  if (done != kDone) return done;
  if (partition->outcome == PartitionOutcome::kNotFound) {
    Complain(chinese ? "未找到符合上下限的划分；并未证明没有"
                     : "no plan within the bounds was found; that there is none is not proved");
  }
  if (partition->cancelled) return kInterrupted;
  return partition->outcome == PartitionOutcome::kFeasible ? kDone : kInfeasible;
}

}  // namespace lianhu::cli
