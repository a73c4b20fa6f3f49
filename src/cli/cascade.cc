#include "lianhu/hierarchy/cascade.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/cascade_files.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/household_links.h"
#include "lianhu/io/instant.h"

namespace lianhu::cli {
namespace {

constexpr size_t kStopsPrinted = 5;

struct Arguments {
  io::UnitFiles units;
  std::string posts;
  std::string plan;
  std::string notice;
  std::string sent;
  std::string acks;
  std::string at;
  std::string coverage;
  std::string retransmit;
  std::string summary;
};

// "2 d 3 h", "1 h 20 min", "45 s".
std::string Duration(int64_t seconds, bool chinese) {
  const char* const days = chinese ? "天" : " d";
  const char* const hours = chinese ? "小时" : " h";
  const char* const minutes = chinese ? "分" : " min";
  const char* const blank = chinese ? "" : " ";
  if (seconds < 60) return absl::StrCat(seconds, chinese ? "秒" : " s");
  if (seconds < 3600) return absl::StrCat(seconds / 60, minutes);
  if (seconds < 86400) return absl::StrCat(seconds / 3600, hours, blank, seconds / 60 % 60, minutes);
  return absl::StrCat(seconds / 86400, days, blank, seconds / 3600 % 24, hours);
}

std::string LevelWord(const std::string& level, bool chinese) {
  static constexpr std::pair<absl::string_view, absl::string_view> kWords[] = {
      {"country", "全国"},   {"province", "省"}, {"city", "市"},           {"county", "县区"},     {"street", "街道"},
      {"community", "社区"}, {"grid", "网格"},   {"micro-grid", "微网格"}, {"household", "联系户"}};
  for (const auto& [english, word] : kWords) {
    if (chinese && level == english) return std::string(word);
  }
  return level;
}

// What there is to say, a line each.
std::string Sentences(const io::CascadeReport& report, bool chinese) {
  const Cascade& cascade = report.cascade;
  const Unit origin = cascade.options().origin;
  const CascadeCounts& counts = cascade.counts(origin);
  const auto name = [&](Unit unit) {
    return report.units.names[unit].empty() ? report.units.ids[unit]
                                            : absl::StrCat(report.units.ids[unit], " ", report.units.names[unit]);
  };
  // Rounded down: 100.00 is complete.
  const int64_t parts = int64_t{10'000} * counts.reached / counts.targets;
  const std::string percent = absl::StrFormat("%d.%02d", parts / 100, parts % 100);
  const std::string sent = io::FormatInstant(cascade.options().sent);
  std::string text = chinese
                         ? absl::StrCat("通知：", name(origin), "，", sent, "发出\n覆盖：", counts.targets, "个对象中",
                                        counts.reached, "个已确认（", percent, "%）\n")
                         : absl::StrCat("notice:  from ", name(origin), ", sent ", sent, "\nreached: ", counts.reached,
                                        " of ", counts.targets, " targets (", percent, " %)\n");
  for (const io::CascadeLevel& level : io::CascadeLevels(report.units, cascade)) {
    absl::StrAppend(&text, "  ", LevelWord(level.name, chinese), chinese ? "：" : ": ", level.acknowledged,
                    chinese ? "/" : " of ", level.units, chinese ? "已确认\n" : " acknowledged\n");
  }
  text += chinese ? "用时：" : "time to: ";
  constexpr int32_t kPercents[] = {50, 90, 100};
  const std::vector<int64_t> seconds = cascade.SecondsToReach(origin, kPercents);
  for (size_t k = 0; k < seconds.size(); ++k) {
    const std::string duration = seconds[k] != Cascade::kNever ? Duration(seconds[k], chinese)
                                 : chinese                     ? "未达到"
                                                               : "not yet";
    absl::StrAppend(&text, k == 0 ? "" : chinese ? "，" : ", ", kPercents[k], chinese ? "%：" : " %: ", duration);
  }
  const std::vector<NotPassedOn> stops = cascade.NotPassedOnUnits();
  absl::StrAppend(&text, chinese ? "\n未传到底的单位：" : "\nunits that have not passed it on: ", stops.size(),
                  chinese ? "个\n" : "\n");
  for (size_t k = 0; k < std::min(stops.size(), kStopsPrinted); ++k) {
    absl::StrAppend(&text, "  ", name(stops[k].unit),
                    chinese ? "：下级未收到" : ": below it without the notice: ", stops[k].children,
                    chinese ? "个，涉及对象" : ", targets there: ", stops[k].targets, chinese ? "个\n" : "\n");
  }
  if (stops.size() > kStopsPrinted) {
    const size_t more = stops.size() - kStopsPrinted;
    absl::StrAppend(&text, chinese ? "  另有" : "  and ", more, chinese ? "个单位\n" : " more\n");
  }
  if (report.without_steward > 0) {
    absl::StrAppend(
        &text, report.without_steward,
        chinese ? "户没有红管事，通知到不了\n" : " households have no steward: the notice cannot come there\n");
  }
  return text;
}

absl::Status BadOption(absl::string_view option, absl::string_view message, absl::string_view value) {
  return absl::InvalidArgumentError(absl::StrCat(option, ": ", message, ": '", io::ShownValue(value), "'"));
}

// The instant of an option; `otherwise` where it is not given.
absl::StatusOr<int64_t> InstantOf(absl::string_view option, const std::string& text, int64_t otherwise) {
  if (text.empty()) return otherwise;
  const std::optional<int64_t> instant = io::ParseInstant(text);
  if (!instant) return BadOption(option, "not a time such as 2026-11-24T08:30:00+08:00", text);
  return *instant;
}

ExitCode RunCascade(const Arguments& arguments, Session& session) {
  absl::StatusOr<io::UnitTable> units = io::ReadUnits(arguments.units);
  if (!units.ok()) return Complain(units.status());
  std::optional<io::PostTable> posts;
  if (!arguments.posts.empty()) {
    absl::StatusOr<io::PostTable> read = io::ReadPosts(arguments.posts, *units);
    if (!read.ok()) return Complain(read.status());
    posts = *std::move(read);
  }
  int64_t without_steward = 0;
  if (!arguments.plan.empty() && posts.has_value()) {  // --plan needs --posts
    const absl::StatusOr<io::HouseholdLinks> links = io::ReadHouseholdLinks(arguments.plan);
    if (!links.ok()) return Complain(links.status());
    absl::StatusOr<io::LinkedUnits> grown = io::HangLinks(*units, *posts, *links);
    if (!grown.ok()) return Complain(grown.status());
    without_steward = grown->without_steward;
    units = std::move(grown->units);
    posts = std::move(grown->posts);
  }
  const Unit origin = units->Find(arguments.notice);
  if (origin == kNoUnit) {
    return Complain(BadOption("--notice", absl::StrCat("not in ", units->file), arguments.notice));
  }
  const absl::StatusOr<io::Acknowledgements> acks = io::ReadAcknowledgements(arguments.acks, *units);
  if (!acks.ok()) return Complain(acks.status());
  if (arguments.sent.empty() && acks->times.empty()) {
    return Complain(absl::InvalidArgumentError(
        absl::StrCat("--sent: needed, for ", arguments.acks,
                     " has no acknowledgement from which to take when the notice was sent")));
  }
  const auto earliest = std::min_element(acks->times.begin(), acks->times.end());
  const auto sent = InstantOf("--sent", arguments.sent, earliest == acks->times.end() ? 0 : *earliest);
  if (!sent.ok()) return Complain(sent.status());
  const auto at = InstantOf("--at", arguments.at, std::numeric_limits<int64_t>::max());
  if (!at.ok()) return Complain(at.status());
  if (*at < *sent) return Complain(BadOption("--at", "before the notice was sent", arguments.at));

  const auto is_household = [&](int32_t level) { return level == kHousehold; };
  const auto levels = units->hierarchy.view().levels;
  const bool households = std::any_of(levels.begin(), levels.end(), is_household);
  absl::StatusOr<Cascade> cascade = Cascade::Create(
      units->hierarchy, {.origin = origin, .sent = *sent, .target_level = households ? int32_t{kHousehold} : -1});
  if (!cascade.ok()) return Complain(BadOption("--notice", "has no household below it", arguments.notice));
  const absl::StatusOr<io::AcknowledgementCounts> counts = io::ReplayAcknowledgements(*acks, *units, *cascade, *at);
  if (!counts.ok()) return Complain(counts.status());

  const io::CascadeReport report{.units = *units,
                                 .cascade = *cascade,
                                 .posts = posts ? &*posts : nullptr,
                                 .counts = *counts,
                                 .at = arguments.at.empty() ? -1 : *at,
                                 .without_steward = without_steward};
  std::vector<io::FileContent> outputs;
  if (!arguments.coverage.empty()) outputs.push_back({arguments.coverage, io::FormatCoverageCsv(report)});
  if (!arguments.retransmit.empty()) outputs.push_back({arguments.retransmit, io::FormatRetransmitCsv(report)});
  if (!arguments.summary.empty()) outputs.push_back({arguments.summary, io::FormatCascadeSummaryJson(report)});
  if (auto status = io::WriteFiles(outputs); !status.ok()) return Complain(status);
  absl::PrintF("%s", Sentences(report, session.chinese()));
  return kDone;
}

}  // namespace

void AddCascade(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("cascade", "A notice passed on downward: who has it, where it stopped.");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("--hierarchy", arguments->units.units, "the units: code,parent,level,name")
      ->required()
      ->type_name("FILE");
  CLI::Option* households =
      command->add_option("--households", arguments->units.households, "households to hang below the units: id,unit")
          ->type_name("FILE");
  command->add_option("--household-unit", arguments->units.household_unit, "the column of --households with the unit")
      ->needs(households)
      ->capture_default_str()
      ->type_name("COLUMN");
  CLI::Option* posts =
      command->add_option("--posts", arguments->posts, "who holds which unit: unit,holder,stand_in")->type_name("FILE");
  command->add_option("--plan", arguments->plan, "households below the units of their stewards: household,steward")
      ->needs(posts)
      ->excludes(households)
      ->type_name("FILE");
  command->add_option("--notice", arguments->notice, "the unit that sends the notice")->required()->type_name("UNIT");
  command->add_option("--sent", arguments->sent, "when it was sent; default: the first acknowledgement")
      ->type_name("TIME");
  command->add_option("--acks", arguments->acks, "acknowledgements: unit,time")->required()->type_name("FILE");
  command->add_option("--at", arguments->at, "look at this moment: later acknowledgements are passed over")
      ->type_name("TIME");
  command->add_option("--out", arguments->coverage, "write the coverage, a row a unit")->type_name(kOutputFile);
  command->add_option("--retransmit", arguments->retransmit, "write where to send it again")->type_name(kOutputFile);
  command->add_option("--summary", arguments->summary, "write the summary as JSON")->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = RunCascade(*arguments, session); });
}

}  // namespace lianhu::cli
