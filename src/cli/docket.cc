// lianhu docket replay: the events of cases as they happened, and what became due by then.
#include "lianhu/routing/docket.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/town.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/calendar_files.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/docket_events.h"
#include "lianhu/io/docket_files.h"

namespace lianhu::cli {
namespace {

struct Arguments {
  TownArguments town;
  std::string events;
  std::string until;
  bool keep_going = false;
  std::string cases;  // files to write; empty: not wanted
  std::string actions;
  std::string figures;
  std::string summary;
};

std::string Percent(const routing::Rate& rate, bool chinese) {
  if (!rate.applicable()) return chinese ? "不适用" : "not applicable";
  return absl::StrFormat("%.1f %% (%d/%d)", 100 * rate.value(), rate.met, rate.due);
}

void Print(const routing::Docket& docket, const io::Replay& replay, bool chinese) {
  routing::CaseFigures all;
  for (const routing::Case& c : docket.cases()) all += routing::FiguresOf(c, docket.now());
  std::vector<int64_t> of_kind(9);
  for (const routing::Action& action : replay.actions) ++of_kind[static_cast<size_t>(action.kind)];
  const int64_t warned = of_kind[static_cast<size_t>(routing::ActionKind::kWarn)];
  const int64_t escalated = of_kind[static_cast<size_t>(routing::ActionKind::kEscalate)];
  const std::string until = io::FormatInstantIn(docket.calendar(), docket.now());
  if (chinese) {
    absl::PrintF("截至%s：应用事件%d条，拒绝%d条\n", until, replay.applied, replay.refused.size());
    absl::PrintF("案件%d件，未结%d件，其中暂停或挂账%d件，超期%d件，督办%d件\n", all.cases, all.open, all.stopped,
                 all.overdue, all.supervised);
    absl::PrintF("预警%d次，升级%d次，重办%d次\n", warned, escalated, all.reopened);
    absl::PrintF("响应率：%s\n办结及时率：%s\n解决率：%s\n满意率：%s\n", Percent(all.response, true),
                 Percent(all.in_time, true), Percent(all.resolution, true), Percent(all.satisfaction, true));
    return;
  }
  absl::PrintF("until:        %s\n", until);
  absl::PrintF("events:       %d applied, %d refused\n", replay.applied, replay.refused.size());
  absl::PrintF("cases:        %d, open %d, of these stopped %d, overdue %d, supervised %d\n", all.cases, all.open,
               all.stopped, all.overdue, all.supervised);
  absl::PrintF("timers:       %d warnings, %d escalations; reopened %d times\n", warned, escalated, all.reopened);
  absl::PrintF("response:     %s\n", Percent(all.response, false));
  absl::PrintF("in time:      %s\n", Percent(all.in_time, false));
  absl::PrintF("resolution:   %s\n", Percent(all.resolution, false));
  absl::PrintF("satisfaction: %s\n", Percent(all.satisfaction, false));
}

ExitCode RunReplay(const Arguments& arguments, Session& session) {
  std::optional<io::UnitTable> units;
  if (arguments.town.hierarchy.empty()) {
    absl::StatusOr<io::UnitTable> named = io::UnitsOfEvents(arguments.events);
    if (!named.ok()) return Complain(named.status());
    units = *std::move(named);
  }
  const absl::StatusOr<Town> town = ReadTown(arguments.town, std::move(units));
  if (!town.ok()) return Complain(town.status());
  const routing::WorkCalendar& calendar = town->router.calendar();
  const std::optional<routing::Instant> until = io::ParseInstantIn(calendar, arguments.until);
  if (!until) {
    return Complain(absl::InvalidArgumentError(absl::StrCat("--until: not a time such as 2026-03-02T10:00:00+08:00: '",
                                                            io::ShownValue(arguments.until), "'")));
  }
  const absl::StatusOr<io::DocketEvents> events =
      io::ReadDocketEvents(arguments.events, town->router, town->units, town->posts, town->absent);
  if (!events.ok()) return Complain(events.status());
  absl::StatusOr<routing::Docket> docket = routing::Docket::Create(town->units.hierarchy, town->posts.posts, calendar,
                                                                   town->router.escalation(), town->absent);
  if (!docket.ok()) return Complain(docket.status());
  const absl::StatusOr<io::Replay> replay =
      io::ReplayEvents(io::WithAbsences(*events, town->absences), *until, *docket);
  if (!replay.ok()) return Complain(replay.status());
  for (const std::string& refused : replay->refused) Complain(refused);
  if (!replay->refused.empty() && !arguments.keep_going) return kBadInput;

  const io::DocketNames names{town->router.taxonomy(), town->units, town->posts.people, events->case_ids};
  std::vector<io::FileContent> outputs;
  if (!arguments.cases.empty()) outputs.push_back({arguments.cases, io::FormatCasesCsv(names, *docket)});
  if (!arguments.actions.empty()) {
    outputs.push_back({arguments.actions, io::FormatActionsCsv(names, *docket, replay->actions)});
  }
  if (!arguments.figures.empty()) outputs.push_back({arguments.figures, io::FormatFiguresCsv(names, *docket)});
  if (!arguments.summary.empty()) outputs.push_back({arguments.summary, io::FormatDocketSummaryJson(names, *docket)});
  if (absl::Status status = io::WriteFiles(outputs); !status.ok()) return Complain(status);
  Print(*docket, *replay, session.chinese());
  return replay->refused.empty() ? kDone : kVerificationFailed;
}

}  // namespace

void AddDocket(CLI::App& app, Session& session) {
  CLI::App* docket = app.add_subcommand("docket", "Cases with their time limits: replay what happened.");
  docket->require_subcommand(1);
  CLI::App* replay = docket->add_subcommand("replay", "Apply events in order of time, timers and all, up to a moment.");
  const auto arguments = std::make_shared<Arguments>();
  AddTownOptions(*replay, arguments->town, false);
  replay->add_option("--events", arguments->events, "time,case,event,unit,value,person,category,severity,household ...")
      ->required()
      ->type_name("FILE");
  replay->add_option("--until", arguments->until, "let the clock run until then")->required()->type_name("TIME");
  replay->add_flag("--keep-going", arguments->keep_going, "leave out events that are not legal, list them, exit 1");
  replay->add_option("--out", arguments->cases, "write the cases")->type_name(kOutputFile);
  replay->add_option("--actions", arguments->actions, "write warnings, escalations and the rest")
      ->type_name(kOutputFile);
  replay->add_option("--figures", arguments->figures, "write rates and ages by unit")->type_name(kOutputFile);
  replay->add_option("--summary", arguments->summary, "write the summary as JSON")->type_name(kOutputFile);
  replay->callback([arguments, &session] { session.exit_code = RunReplay(*arguments, session); });
}

}  // namespace lianhu::cli
