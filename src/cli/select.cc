#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "lianhu/districting/steward_choice.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/candidates.h"
#include "lianhu/io/choice_files.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::cli {
namespace {

using districting::ChoiceOutcome;
using districting::CountRule;
using districting::StewardChoice;

struct Arguments {
  io::CandidateFiles files;
  int64_t count = 0;
  double cost_per_steward_m = 0;
  bool fewest = false;
  districting::ChoiceOptions options;
  std::string out;  // files to write; empty: not wanted
  std::string plan;
  std::string prices;
  std::string summary;
};

void PrintChinese(const io::CandidatePool& pool, const StewardChoice& choice) {
  const io::PlanFigures figures = io::FiguresOf(io::ChosenStreet(pool, choice), io::ChosenPlan(choice));
  absl::PrintF("结果：可行（%s）\n", OutcomeName(choice.outcome));
  absl::PrintF("从%d名候选人中选出%d名红管事（按上下限可选%d至%d名）\n", pool.street.stewards.ids.size(),
               choice.chosen.size(), choice.least_count, choice.most_count);
  for (const io::KindCount& each : io::CountKinds(pool, choice)) {
    absl::PrintF("类别 %s：%d名中选%d名\n", each.kind, each.candidates, each.chosen);
  }
  absl::PrintF("联系%d户，每人%d至%d户\n", figures.served, figures.load_min, figures.load_max);
  absl::PrintF("距离：平均%.1f米，最远%.1f米，合计%s米\n", figures.mean_distance_m, figures.max_distance_m,
               io::FormatMetres(choice.distance_cm));
  absl::PrintF("目标值 objective: %s米（距离%s，适宜度%s，人数%s）\n", io::FormatMetres(choice.objective_cm),
               io::FormatMetres(choice.distance_cm), io::FormatMetres(choice.suitability_cm),
               io::FormatMetres(choice.stewards_cm));
  absl::PrintF("下界 bound: %s米\n", io::FormatMetres(choice.bound_cm));
  if (choice.objective_cm == choice.bound_cm) {
    absl::PrintF("已证明最优\n");
  } else {
    absl::PrintF("启发式结果，距下界不超过%.3f%%\n", choice.gap_percent);
  }
  for (const districting::NextCandidate& each : choice.next) {
    if (!each.feasible) continue;
    absl::PrintF("再选一名：选%s可%s%s米\n", pool.street.stewards.ids[each.candidate],
                 each.saves_cm >= 0 ? "减少" : "增加", io::FormatMetres(std::abs(each.saves_cm)));
    break;
  }
  absl::PrintF("用时 seconds: %.3f\n", choice.seconds);
}

void Print(const io::CandidatePool& pool, const StewardChoice& choice) {
  const io::PlanFigures figures = io::FiguresOf(io::ChosenStreet(pool, choice), io::ChosenPlan(choice));
  absl::PrintF("status:    %s\n", OutcomeName(choice.outcome));
  absl::PrintF("chosen:    %d of %d candidates (bounds allow %d to %d)\n", choice.chosen.size(),
               pool.street.stewards.ids.size(), choice.least_count, choice.most_count);
  for (const io::KindCount& each : io::CountKinds(pool, choice)) {
    absl::PrintF("kind:      %s, %d of %d\n", each.kind, each.chosen, each.candidates);
  }
  absl::PrintF("linked:    %d households, %d to %d each\n", figures.served, figures.load_min, figures.load_max);
  absl::PrintF("distance:  mean %.1f m, greatest %.1f m, total %s m\n", figures.mean_distance_m, figures.max_distance_m,
               io::FormatMetres(choice.distance_cm));
  absl::PrintF("objective: %s m (distance %s, suitability %s, stewards %s)\n", io::FormatMetres(choice.objective_cm),
               io::FormatMetres(choice.distance_cm), io::FormatMetres(choice.suitability_cm),
               io::FormatMetres(choice.stewards_cm));
  absl::PrintF("bound:     %s m\n", io::FormatMetres(choice.bound_cm));
  if (choice.objective_cm == choice.bound_cm) {
    absl::PrintF("proof:     optimal\n");
  } else {
    absl::PrintF("proof:     heuristic, within %.3f %% of the bound\n", choice.gap_percent);
  }
  for (const districting::NextCandidate& each : choice.next) {
    if (!each.feasible) continue;
    absl::PrintF("next:      %s as well would %s %s m\n", pool.street.stewards.ids[each.candidate],
                 each.saves_cm >= 0 ? "save" : "cost", io::FormatMetres(std::abs(each.saves_cm)));
    break;
  }
  absl::PrintF("seconds:   %.3f\n", choice.seconds);
}

absl::Status SetRule(const Arguments& arguments, districting::CandidateProblem& problem) {
  if (arguments.fewest) {
    problem.rule = CountRule::kFewest;
  } else if (arguments.count != 0) {
    problem.rule = CountRule::kExactly;
    problem.count = arguments.count;
  } else {
    const double most = static_cast<double>(assignment::kMaxCharge) / 100;
    if (!(arguments.cost_per_steward_m >= 0 && arguments.cost_per_steward_m <= most)) {
      return absl::InvalidArgumentError(
          absl::StrCat("--cost-per-steward: must be 0 to ", most, " m: ", arguments.cost_per_steward_m));
    }
    problem.rule = CountRule::kCostPerSteward;
    problem.cost_per_steward_cm = std::llround(100 * arguments.cost_per_steward_m);
  }
  return absl::OkStatus();
}

absl::Status Write(const Arguments& arguments, const io::CandidatePool& pool,
                   const districting::CandidateProblem& problem, const StewardChoice& choice) {
  std::vector<io::FileContent> outputs;
  if (choice.outcome == ChoiceOutcome::kFeasible) {
    const io::Street street = io::ChosenStreet(pool, choice);
    const assignment::Plan plan = io::ChosenPlan(choice);
    if (!arguments.out.empty()) {
      outputs.push_back({arguments.out, io::FormatChosenCsv(pool, choice, arguments.files.within)});
    }
    if (!arguments.plan.empty()) outputs.push_back({arguments.plan, io::FormatPlanCsv(street, plan)});
    if (!arguments.prices.empty()) outputs.push_back({arguments.prices, io::FormatPricesCsv(street, plan)});
  }
  if (!arguments.summary.empty()) {
    outputs.push_back({arguments.summary, io::FormatChoiceJson(pool, problem, choice)});
  }
  return io::WriteFiles(outputs);
}

ExitCode Select(const Arguments& arguments, Session& session) {
  const bool chinese = session.chinese();
  const absl::StatusOr<io::CandidatePool> pool = io::ReadCandidates(arguments.files);
  if (!pool.ok()) return Complain(pool.status());
  districting::CandidateProblem problem = pool->View();
  if (auto status = SetRule(arguments, problem); !status.ok()) return Complain(status);
  absl::StatusOr<StewardChoice> choice = StewardChoice{};
  {
    ProgressBar bar;
    session.context.set_progress([&](double fraction) {
      bar.Draw(fraction);
      return true;
    });
    choice = districting::ChooseStewards(problem, arguments.options, session.context);
    session.context.set_progress(nullptr);
  }
  if (!choice.ok()) return Complain(choice.status());
  if (auto status = Write(arguments, *pool, problem, *choice); !status.ok()) return Complain(status);
  switch (choice->outcome) {
    case ChoiceOutcome::kCancelled:
      Complain(chinese ? "已取消，未写出方案" : "cancelled, no plan written");
      return kInterrupted;
    case ChoiceOutcome::kInfeasible:
      for (const districting::ChoiceShortfall& shortfall : choice->shortfalls) {
        Complain(Describe(shortfall, pool->street.UnitName(shortfall.unit), session.language));
      }
      return kInfeasible;
    case ChoiceOutcome::kNotFound:
      Complain(chinese ? "未找到符合各自上下限的选法；并未证明没有"
                       : "no choice was found within the candidates' own bounds; that there is none is not proved");
      return kInfeasible;
    case ChoiceOutcome::kFeasible:
      break;
  }
  if (chinese) {
    PrintChinese(*pool, *choice);
  } else {
    Print(*pool, *choice);
  }
  return choice->cancelled ? kInterrupted : kDone;
}

}  // namespace

void AddSelect(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("select", "Choose stewards among candidates: a choice, a bound and the gap.");
  const auto arguments = std::make_shared<Arguments>();
  io::CandidateFiles& files = arguments->files;
  command->add_option("--households", files.households, "CSV with id and x,y (metres) or lon,lat (degrees)")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--candidates", files.candidates,
                   "CSV likewise; columns min and max override the bounds; kind, cost_m, must (have or not)")
      ->required()
      ->type_name("FILE");
  CLI::Option_group* rule = command->add_option_group("rule", "how many to choose");
  rule->add_option("--count", arguments->count, "so many in all")->check(CLI::PositiveNumber)->type_name("P");
  rule->add_option("--cost-per-steward", arguments->cost_per_steward_m, "as many as save so many metres each")
      ->type_name("M");
  rule->add_flag("--fewest", arguments->fewest, "as few as the maxima allow");
  rule->require_option(1);
  command->add_option("--min", files.bounds.min, "fewest households a steward")->capture_default_str();
  command->add_option("--max", files.bounds.max, "most households a steward")->capture_default_str();
  command->add_option("--within", files.within, "column of the jurisdiction in both files: links stay inside it")
      ->type_name("COLUMN");
  command->add_option("--kind-cost", files.kind_cost, "KIND:M,...: metres that each of a kind costs besides")
      ->type_name("COSTS");
  command->add_option("--seconds", arguments->options.seconds, "time to spend")
      ->capture_default_str()
      ->check(CLI::PositiveNumber)
      ->type_name("S");
  AddSeedOption(*command, session.context.seed, "seed of the search")->capture_default_str();
  command->add_option("--next", arguments->options.next, "for so many others, what choosing them too would save")
      ->capture_default_str()
      ->check(CLI::Range(0, 1000))
      ->type_name("N");
  AddThreadsOption(*command, session);
  command->add_option("--out", arguments->out, "write the chosen, a stewards file")->type_name(kOutputFile);
  command->add_option("--plan", arguments->plan, "write household,steward,distance_m")->type_name(kOutputFile);
  command->add_option("--prices", arguments->prices, "write steward,price_cm: the proof of the plan")
      ->type_name(kOutputFile);
  command->add_option("--summary", arguments->summary, "write the summary as JSON")->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = Select(*arguments, session); });
}

}  // namespace lianhu::cli
