// lianhu: the command line.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "cli/commands.h"
#include "lianhu/base/version.h"

namespace {

using lianhu::cli::ExitCode;

// A signal handler can reach nothing but what is global; RunContext::Cancel is one atomic store.
lianhu::RunContext* running = nullptr;

void CancelRun(int) {
  if (running != nullptr) running->Cancel();
}

void AddStreetOptions(CLI::App& command, lianhu::io::StreetFiles& street) {
  command.add_option("--households", street.households, "CSV with id and x,y (metres) or lon,lat (degrees)")
      ->required()
      ->type_name("FILE");
  command.add_option("--stewards", street.stewards, "CSV likewise; columns min and max override the bounds")
      ->required()
      ->type_name("FILE");
  command.add_option("--min", street.bounds.min, "fewest households a steward")->capture_default_str();
  command.add_option("--max", street.bounds.max, "most households a steward")->capture_default_str();
  command.add_option("--within", street.within, "column of the jurisdiction in both files: links stay inside it")
      ->type_name("COLUMN");
}

int Run(int argc, char** argv) {
  CLI::App app("lianhu links households to stewards: balanced, optimal, proved.", "lianhu");
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", std::string("lianhu ") + lianhu::kVersion);
  std::string language_name = "en";
  app.add_option("--lang", language_name, "language of messages: en or zh")
      ->check(CLI::IsMember({"en", "zh"}))
      ->type_name("LANG");

  lianhu::cli::AssignArguments assign;
  CLI::App* assign_command =
      app.add_subcommand("assign", "Plan: every household a steward, at the least total distance.");
  AddStreetOptions(*assign_command, assign.street);
  assign_command->add_flag("--best-effort", assign.best_effort, "when bounds cannot be met, serve as many as can be");
  assign_command->add_option("--threads", assign.threads, "most threads; 0: all cores")
      ->check(CLI::Range(0, 1024))
      ->type_name("N");
  assign_command->add_option("--out", assign.plan, "write household,steward,distance_m")->type_name("FILE");
  assign_command->add_option("--prices", assign.prices, "write steward,price_cm: the proof")->type_name("FILE");
  assign_command->add_option("--summary", assign.summary, "write the summary as JSON")->type_name("FILE");
  assign_command->add_option("--map", assign.map, "write a map page (HTML)")->type_name("FILE");

  lianhu::cli::VerifyArguments verify;
  CLI::App* verify_command = app.add_subcommand("verify", "Check a plan and, with its prices, its optimality.");
  AddStreetOptions(*verify_command, verify.street);
  verify_command->add_option("--plan", verify.plan, "the plan: household,steward")->required()->type_name("FILE");
  verify_command->add_option("--prices", verify.prices, "the proof: steward,price_cm")->type_name("FILE");
  verify_command->add_flag("--best-effort", verify.best_effort, "judge as a best-effort plan");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == 0;  // --help, --version
    if (asked) return app.exit(error);
    std::fprintf(stderr, "lianhu: %s (see lianhu --help)\n", error.what());
    return ExitCode::kBadInput;
  }

  const auto language =
      language_name == "zh" ? lianhu::assignment::Language::kChinese : lianhu::assignment::Language::kEnglish;
  lianhu::RunContext context;
  running = &context;
  std::signal(SIGINT, CancelRun);
  std::signal(SIGTERM, CancelRun);
  return *assign_command ? lianhu::cli::Assign(assign, language, context)
                         : lianhu::cli::VerifyPlan(verify, language, context);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lianhu: %s\n", error.what());
    return ExitCode::kBadInput;
  }
}
