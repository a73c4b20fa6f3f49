#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "lianhu/assignment/generalized_assignment.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/gap_file.h"

namespace lianhu::cli {
namespace {

using assignment::GapOutcome;
using assignment::GapPlan;

struct Arguments {
  std::string file;
  assignment::GapOptions options;
  bool maximize = false;
  std::string out;
};

// The gap in percent of the bound; 0 for a bound of 0 that is met.
double GapPercent(const GapPlan& plan) {
  const double bound = std::abs(static_cast<double>(plan.bound));
  const auto gap = static_cast<double>(plan.objective - plan.bound);
  return gap == 0 ? 0 : 100 * gap / std::max(bound, 1.0);
}

void Print(const GapPlan& plan, int64_t sign, bool chinese) {
  const bool found = !plan.agent_of.empty();
  const bool optimal = plan.outcome == GapOutcome::kOptimal;
  const char* name = assignment::GapOutcomeName(plan.outcome);
  if (chinese) {
    const char* status = optimal                                   ? "最优"
                         : found                                   ? "可行"
                         : plan.outcome == GapOutcome::kInfeasible ? "无解"
                                                                   : "未找到";
    absl::PrintF("结果：%s（%s）\n", status, name);
    if (found) absl::PrintF("目标值 objective: %d\n", sign * plan.objective);
    if (plan.outcome != GapOutcome::kInfeasible) absl::PrintF("界 bound: %d\n", sign * plan.bound);
    if (found && !optimal) absl::PrintF("启发式结果，与界相差不超过%.3f%%\n", GapPercent(plan));
    absl::PrintF("用时 seconds: %.3f\n", plan.seconds);
    return;
  }
  absl::PrintF("status:    %s\n", name);
  if (found) absl::PrintF("objective: %d\n", sign * plan.objective);
  if (plan.outcome != GapOutcome::kInfeasible) absl::PrintF("bound:     %d\n", sign * plan.bound);
  if (found) {
    absl::PrintF("proof:     %s\n", optimal
                                        ? "the objective equals the bound"
                                        : absl::StrFormat("heuristic, within %.3f %% of the bound", GapPercent(plan)));
  }
  absl::PrintF("seconds:   %.3f\n", plan.seconds);
}

// Items and agents are counted from 1, as in the literature.
void AppendRows(const io::GapInstance& instance, const GapPlan& plan, int64_t sign, const std::string& prefix,
                std::string& csv) {
  for (size_t h = 0; h < plan.agent_of.size(); ++h) {
    const size_t at = static_cast<size_t>(plan.agent_of[h]) * instance.items + h;
    absl::StrAppend(&csv, prefix, h + 1, ",", plan.agent_of[h] + 1, ",", sign * instance.cost[at], ",",
                    instance.weight[at], "\n");
  }
}

ExitCode Gap(const Arguments& arguments, Session& session) {
  absl::StatusOr<std::vector<io::GapInstance>> instances = io::ReadGapFile(arguments.file);
  if (!instances.ok()) return Complain(instances.status());
  assignment::GapOptions options = arguments.options;
  // A time limit replaces the limit on work.
  if (options.seconds > 0) options.evaluations = std::numeric_limits<int64_t>::max();
  const int64_t sign = arguments.maximize ? -1 : 1;
  const bool several = instances->size() > 1;
  std::string csv = several ? "instance,item,agent,cost,weight\n" : "item,agent,cost,weight\n";
  std::vector<GapPlan> plans;
  ExitCode exit_code = kDone;
  for (io::GapInstance& instance : *instances) {
    for (int64_t& cost : instance.cost) cost *= sign;
    ProgressBar bar;
    session.context.set_progress([&](double fraction) {
      bar.Draw(fraction);
      return true;
    });
    absl::StatusOr<GapPlan> plan = assignment::SolveGeneralizedAssignment(instance.View(), options, session.context);
    session.context.set_progress(nullptr);
    if (!plan.ok()) return Complain(plan.status());
    if (plan->outcome == GapOutcome::kCancelled) {
      Complain(session.chinese() ? "已取消，未写出方案" : "cancelled, no plan written");
      return kInterrupted;
    }
    if (plan->agent_of.empty()) exit_code = kInfeasible;
    plans.push_back(*std::move(plan));
    AppendRows(instance, plans.back(), sign, several ? absl::StrCat(plans.size(), ",") : "", csv);
  }
  if (!arguments.out.empty() && exit_code == kDone) {
    if (auto status = io::WriteFiles({{arguments.out, csv}}); !status.ok()) return Complain(status);
  }
  for (size_t k = 0; k < plans.size(); ++k) {
    if (several) absl::PrintF("%s%d\n", session.chinese() ? "算例 instance: " : "instance:  ", k + 1);
    Print(plans[k], sign, session.chinese());
    if (plans[k].outcome == GapOutcome::kInfeasible) {
      Complain(session.chinese() ? "无解：有任务无人能承担，或总重量超过总容量，或松弛问题无解"
                                 : "infeasible: an item fits no agent, or the weights exceed the capacities");
    } else if (plans[k].outcome == GapOutcome::kNotFound) {
      Complain(session.chinese() ? "在限定的工作量内未找到可行方案；并未证明无解"
                                 : "no plan was found within the limits; that there is none is not proved");
    }
  }
  return exit_code;
}

}  // namespace

void AddGap(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("gap", "Generalised assignment: a plan, a lower bound and the gap between.");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("file", arguments->file, "instances in the OR-Library's format")->required()->type_name("FILE");
  command->add_option("--seconds", arguments->options.seconds, "time limit an instance; 0: none, the work is limited")
      ->check(CLI::NonNegativeNumber)
      ->type_name("S");
  AddSeedOption(*command, session.context.seed, "seed of the search")->capture_default_str();
  command->add_flag("--maximize", arguments->maximize, "costs are profits: the greatest sum is wanted");
  command->add_option("--out", arguments->out, "write item,agent,cost,weight, counted from 1")->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = Gap(*arguments, session); });
}

}  // namespace lianhu::cli
