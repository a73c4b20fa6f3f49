#include <cstdio>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "lianhu/districting/selection.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/p_median_file.h"

namespace lianhu::cli {
namespace {

using districting::DistanceRule;
using districting::Selection;
using districting::SelectionOutcome;

struct Arguments {
  std::string file;
  districting::SelectionOptions options;
  std::string distance = "euclidean";
  std::string out;
  std::string check;  // a file to check instead of a search; empty: search
};

void Print(const Selection& selection, bool chinese) {
  absl::PrintF("objective: %.6f\n", selection.objective);
  absl::PrintF("bound:     %.6f\n", selection.bound);
  if (selection.gap_percent == 0) {
    absl::PrintF("proof:     %s\n", chinese ? "已证明最优" : "optimal");
  } else if (chinese) {
    absl::PrintF("proof:     启发式，距下界不超过%.3f%%\n", selection.gap_percent);
  } else {
    absl::PrintF("proof:     heuristic, within %.3f %% of the bound\n", selection.gap_percent);
  }
  absl::PrintF("seconds:   %.3f\n", selection.seconds);
}

// Nothing of the search: the file, the distances and the sums.
ExitCode Check(const Arguments& arguments, const districting::SelectionProblem& problem, bool chinese) {
  const auto candidate_of = io::ReadMediansCsv(arguments.check, static_cast<int64_t>(problem.households.size()));
  if (!candidate_of.ok()) return Complain(candidate_of.status());
  const absl::StatusOr<double> objective = districting::VerifySelection(problem, *candidate_of);
  if (!objective.ok()) {
    Complain(
        absl::StrCat(arguments.check, ": ", chinese ? "不是可行方案：" : "not a plan: ", objective.status().message()));
    return kVerificationFailed;
  }
  absl::PrintF("objective: %.6f\n", *objective);
  absl::PrintF("check:     %s\n", chinese ? "可行" : "feasible");
  return kDone;
}

ExitCode PMedian(const Arguments& arguments, Session& session) {
  const absl::StatusOr<io::PMedianInstance> instance = io::ReadPMedianFile(arguments.file);
  if (!instance.ok()) return Complain(instance.status());
  const auto problem = instance->View(arguments.distance == "whole" ? DistanceRule::kWhole : DistanceRule::kEuclidean);
  if (!arguments.check.empty()) return Check(arguments, problem, session.chinese());
  absl::StatusOr<Selection> selection = Selection{};
  {
    ProgressBar bar;
    session.context.set_progress([&](double fraction) {
      bar.Draw(fraction);
      return true;
    });
    selection = districting::Select(problem, arguments.options, session.context);
    session.context.set_progress(nullptr);
  }
  if (!selection.ok()) return Complain(selection.status());
  if (selection->outcome != SelectionOutcome::kFeasible) {
    if (selection->outcome == SelectionOutcome::kCancelled) {
      Complain(session.chinese() ? "已取消，未写出方案" : "cancelled, no plan written");
      return kInterrupted;
    }
    Complain(Describe(*selection, problem, session.language));
    return kInfeasible;
  }
  // The best so far is worth keeping, also when the search was interrupted.
  if (!arguments.out.empty()) {
    if (auto status = io::WriteFiles({{arguments.out, io::FormatMediansCsv(selection->candidate_of)}}); !status.ok())
      return Complain(status);
  }
  Print(*selection, session.chinese());
  return selection->cancelled ? kInterrupted : kDone;
}

}  // namespace

void AddCpmp(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("cpmp", "Capacitated p-median: a plan, a lower bound and the gap between.");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("file", arguments->file, "n p, then x y capacity demand of each node")
      ->required()
      ->type_name("FILE");
  command->add_option("--seconds", arguments->options.seconds, "time to spend")
      ->capture_default_str()
      ->check(CLI::PositiveNumber)
      ->type_name("S");
  command
      ->add_option("--work", arguments->options.work,
                   "pairs to look at: the same plan on every machine that does so much in the time; 0: by the time")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  AddSeedOption(*command, session.context.seed, "seed of the search")->capture_default_str();
  command->add_option("--distance", arguments->distance, "euclidean, or whole: cut off to whole numbers")
      ->capture_default_str()
      ->check(CLI::IsMember({"euclidean", "whole"}));
  command->add_option("--out", arguments->out, "write node,median, counted from 0")->type_name(kOutputFile);
  command->add_option("--check", arguments->check, "check such a file against the instance instead, without a search")
      ->type_name("FILE");
  command->callback([arguments, &session] { session.exit_code = PMedian(*arguments, session); });
}

}  // namespace lianhu::cli
