// lianhu route: help, mediate or report, and who, where and by when.
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/town.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/issues.h"

namespace lianhu::cli {
namespace {

struct Arguments {
  TownArguments town;
  std::string issues;
  std::string out;
};

// Why the table of modes gives no answer, with the issue's row and the rules concerned.
absl::Status NotRouted(const Town& town, const io::IssueTable& issues, size_t row,
                       const routing::IssueDecision& decision) {
  std::string rules;
  for (const int32_t rule : decision.rules) {
    absl::StrAppend(&rules, rules.empty() ? "" : ", ", town.router.modes().definition().rules[rule].id);
  }
  const std::string& table = town.router.modes().definition().name;
  return absl::InvalidArgumentError(
      absl::StrCat(issues.file, ": row ", issues.row_numbers[row], ", id '", issues.ids[row], "': ",
                   decision.outcome == routing::RouteOutcome::kNoRule
                       ? absl::StrCat("no rule of ", table, " matches")
                       : absl::StrCat("the hit policy of ", table, " is violated by rules ", rules)));
}

ExitCode RunRoute(const Arguments& arguments, Session& session) {
  const absl::StatusOr<Town> town = ReadTown(arguments.town);
  if (!town.ok()) return Complain(town.status());
  const absl::StatusOr<io::IssueTable> issues =
      io::ReadIssues(arguments.issues, town->router.taxonomy(), town->units, town->router.calendar());
  if (!issues.ok()) return Complain(issues.status());

  std::vector<routing::IssueDecision> decisions;
  std::array<int64_t, 3> by_mode = {};
  int64_t unsettled = 0;
  int64_t vacant = 0;
  std::vector<uint8_t> absent = town->absent;
  for (size_t i = 0; i < issues->issues.size(); ++i) {
    const routing::Issue& issue = issues->issues[i];
    if (!town->absences.empty()) absent = io::AbsentAt(town->absent, town->absences, issue.time);
    const routing::Offices offices{&town->units.hierarchy, &town->posts.posts, absent};
    absl::StatusOr<routing::IssueDecision> decision = town->router.Route(issue, offices);
    if (!decision.ok()) {
      return Complain(absl::InvalidArgumentError(absl::StrCat(issues->file, ": row ", issues->row_numbers[i], ", id '",
                                                              issues->ids[i], "': ", decision.status().message())));
    }
    if (decision->outcome != routing::RouteOutcome::kRouted) return Complain(NotRouted(*town, *issues, i, *decision));
    ++by_mode[static_cast<size_t>(decision->mode)];
    unsettled += decision->settled ? 0 : 1;
    vacant += decision->post.person == kVacant ? 1 : 0;
    decisions.push_back(*std::move(decision));
  }
  const io::DecisionNames names{town->router, town->units, town->posts.people};
  const std::string csv = io::FormatDecisionsCsv(names, *issues, decisions, session.language);
  const io::FileContent output{arguments.out, csv};
  if (absl::Status status = io::WriteFiles({&output, 1}); !status.ok()) return Complain(status);

  if (session.chinese()) {
    absl::PrintF("分派诉求%d件：帮%d件，劝%d件，报%d件\n", decisions.size(), by_mode[0], by_mode[1], by_mode[2]);
    if (vacant > 0) absl::PrintF("其中%d件各级岗位均空缺，无人经办\n", vacant);
    if (unsettled > 0) absl::PrintF("其中%d件的期限超出已公布的放假安排，暂按一般周计算\n", unsettled);
  } else {
    absl::PrintF("routed: %d issues: %d help, %d mediate, %d report\n", decisions.size(), by_mode[0], by_mode[1],
                 by_mode[2]);
    if (vacant > 0) absl::PrintF("vacant: %d of them have nobody in any post up to the root\n", vacant);
    if (unsettled > 0) {
      absl::PrintF("unsettled: %d limits end beyond the lists of holidays, by the plain week\n", unsettled);
    }
  }
  return kDone;
}

}  // namespace

void AddRoute(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("route", "Issues: help, mediate or report; who, where and by when.");
  const auto arguments = std::make_shared<Arguments>();
  AddTownOptions(*command, arguments->town, true);
  command->add_option("--issues", arguments->issues, "id,category,severity,spread,power,attempts,household,time")
      ->required()
      ->type_name("FILE");
  command->add_option("--out", arguments->out, "write a decision for each issue")->required()->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = RunRoute(*arguments, session); });
}

}  // namespace lianhu::cli
