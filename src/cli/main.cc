// lianhu: the command line.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>

#include "cli/commands.h"
#include "cli/session.h"
#include "lianhu/base/version.h"

namespace {

// A signal handler can reach nothing but what is global; RunContext::Cancel is one atomic store.
lianhu::RunContext* running = nullptr;

void CancelRun(int) {
  if (running != nullptr) running->Cancel();
}

int Run(int argc, char** argv) {
  lianhu::cli::Session session;
  running = &session.context;
  std::signal(SIGINT, CancelRun);
  std::signal(SIGTERM, CancelRun);

  CLI::App app("lianhu links households to stewards: balanced, optimal, proved.", "lianhu");
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", std::string("lianhu ") + lianhu::kVersion);
  const auto set_language = [&](const std::string& name) {
    session.language = name == "zh" ? lianhu::Language::kChinese : lianhu::Language::kEnglish;
    lianhu::cli::SpeakIn(session.language);
  };
  app.add_option_function<std::string>("--lang", set_language, "language of messages: en or zh")
      ->check(CLI::IsMember({"en", "zh"}))
      ->type_name("LANG");
  lianhu::cli::AddAssign(app, session);
  lianhu::cli::AddCalendar(app, session);
  lianhu::cli::AddCards(app, session);
  lianhu::cli::AddCascade(app, session);
  lianhu::cli::AddCpmp(app, session);
  lianhu::cli::AddDistrict(app, session);
  lianhu::cli::AddDocket(app, session);
  lianhu::cli::AddExplain(app, session);
  lianhu::cli::AddFacts(app, session);
  lianhu::cli::AddFund(app, session);
  lianhu::cli::AddGap(app, session);
  lianhu::cli::AddGroups(app, session);
  lianhu::cli::AddOffers(app, session);
  lianhu::cli::AddRebalance(app, session);
  lianhu::cli::AddRoute(app, session);
  lianhu::cli::AddSample(app, session);
  lianhu::cli::AddScore(app, session);
  lianhu::cli::AddSelect(app, session);
  lianhu::cli::AddTable(app, session);
  lianhu::cli::AddVerify(app, session);
  lianhu::cli::KeepFilesApart(app);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == 0;  // --help, --version
    if (asked) return app.exit(error);
    std::fprintf(stderr, "lianhu: %s (see lianhu --help)\n", error.what());
    return lianhu::cli::kBadInput;
  }
  return session.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lianhu: %s\n", error.what());
    return lianhu::cli::kBadInput;
  }
}
