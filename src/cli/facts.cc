#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/checklist.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/derived_facts.h"
#include "lianhu/io/instant.h"
#include "lianhu/io/sample_file.h"

namespace lianhu::cli {
namespace {

struct FactsArguments {
  io::FactSources sources;
  std::string checklist;
  std::string from;
  std::string to;
  std::string out;
};

struct SampleArguments {
  std::string plan;
  std::string strata;
  std::string stratum = "kind";
  scoring::SampleOptions options;
  std::string out;
};

absl::StatusOr<int64_t> Time(absl::string_view option, const std::string& text) {
  const std::optional<int64_t> time = io::ParseInstant(text);
  if (time.has_value()) return *time;
  return absl::InvalidArgumentError(absl::StrCat(option, ": not a time: '", text, "'"));
}

ExitCode Facts(FactsArguments& arguments, const Session& session) {
  absl::StatusOr<scoring::Checklist> checklist = scoring::FoundingChecklist();
  if (!arguments.checklist.empty()) checklist = io::ReadChecklist(arguments.checklist);
  if (!checklist.ok()) return Complain(checklist.status());
  const absl::StatusOr<int64_t> from = Time("--from", arguments.from);
  if (!from.ok()) return Complain(from.status());
  const absl::StatusOr<int64_t> to = Time("--to", arguments.to);
  if (!to.ok()) return Complain(to.status());
  arguments.sources.from = *from;
  arguments.sources.to = *to;
  const absl::StatusOr<io::DerivedFacts> facts = io::DeriveFacts(*checklist, arguments.sources);
  if (!facts.ok()) return Complain(facts.status());
  if (auto status = io::WriteFiles({{arguments.out, facts->csv}}); !status.ok()) return Complain(status);
  for (const io::OtherVisits& other : facts->other_visits) {
    const std::string kind = io::ShownValue(other.kind);
    if (session.chinese()) {
      absl::PrintF("走访记录：%d行的类别为“%s”，只计为联系\n", other.rows, kind);
    } else {
      absl::PrintF("visits: %d of kind '%s', counted as contacts only\n", other.rows, kind);
    }
  }
  return kDone;
}

ExitCode Sample(const SampleArguments& arguments, Session&) {
  const absl::StatusOr<std::string> csv =
      io::DrawSampleCsv(arguments.plan, arguments.strata, arguments.stratum, arguments.options);
  if (!csv.ok()) return Complain(csv.status());
  if (auto status = io::WriteFiles({{arguments.out, *csv}}); !status.ok()) return Complain(status);
  return kDone;
}

}  // namespace

void AddFacts(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("facts", "Draw facts from the plan, the docket, the log of visits, a sample.");
  const auto arguments = std::make_shared<FactsArguments>();
  io::FactSources& sources = arguments->sources;
  command->add_option("--plan", sources.plan, "CSV with household and steward")->required()->type_name("FILE");
  command->add_option("--docket", sources.cases, "cases.csv of a docket")->type_name("FILE");
  command->add_option("--visits", sources.visits, "CSV with steward, household, time, kind")->type_name("FILE");
  command->add_option("--posts", sources.posts, "who holds which unit: a stand-in's visits count too")
      ->type_name("FILE");
  command
      ->add_option("--earlier-plan", sources.earlier_plan,
                   "an earlier plan: visits by who served a household then count too")
      ->type_name("FILE");
  command->add_option("--hardship", sources.hardship, "CSV with household and contacts due")->type_name("FILE");
  command->add_option("--sample", sources.sample, "a sample with knows_steward filled in")->type_name("FILE");
  command->add_option("--counts", sources.counts, "CSV with steward, fact, count")->type_name("FILE");
  command->add_option("--checklist", arguments->checklist, "whose facts; without it the founding one")
      ->type_name("FILE");
  command->add_option("--from", arguments->from, "the period begins")->required()->type_name("TIME");
  command->add_option("--to", arguments->to, "the period has ended")->required()->type_name("TIME");
  command->add_option("--period", sources.period, "what the column period says")->type_name("NAME");
  command->add_option("--out", arguments->out, "write facts.csv")->required()->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = Facts(*arguments, session); });
}

void AddSample(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("sample", "Draw the households to be asked whether they know their steward.");
  const auto arguments = std::make_shared<SampleArguments>();
  command->add_option("--plan", arguments->plan, "CSV with household and steward")->required()->type_name("FILE");
  command->add_option("--strata", arguments->strata, "CSV with id or household and the stratum")->type_name("FILE");
  command->add_option("--stratum", arguments->stratum, "the column of the stratum")
      ->capture_default_str()
      ->type_name("COLUMN");
  command->add_option("--per-steward", arguments->options.per_steward, "households a steward")
      ->capture_default_str()
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  AddSeedOption(*command, arguments->options.seed, "of the draw; it is recorded")->required();
  command->add_option("--out", arguments->out, "write steward,household,stratum,draw,seed,knows_steward")
      ->required()
      ->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = Sample(*arguments, session); });
}

}  // namespace lianhu::cli
