// The commands of `lianhu`, each a thin caller of the floors below, in a file of its own.
#ifndef LIANHU_SRC_CLI_COMMANDS_H_
#define LIANHU_SRC_CLI_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "cli/session.h"

namespace lianhu::cli {

// Each adds its command with its options to `app`. When the command is given, it runs at the end of parsing and leaves
// its exit code in `session`, which must outlive the parsing. Results are printed on stdout, complaints on stderr.
void AddAssign(CLI::App& app, Session& session);
void AddCalendar(CLI::App& app, Session& session);
void AddCards(CLI::App& app, Session& session);
void AddCascade(CLI::App& app, Session& session);
void AddCpmp(CLI::App& app, Session& session);
void AddDistrict(CLI::App& app, Session& session);
void AddDocket(CLI::App& app, Session& session);
void AddExplain(CLI::App& app, Session& session);
void AddFacts(CLI::App& app, Session& session);
void AddFund(CLI::App& app, Session& session);
void AddGap(CLI::App& app, Session& session);
void AddGroups(CLI::App& app, Session& session);
void AddOffers(CLI::App& app, Session& session);
void AddRebalance(CLI::App& app, Session& session);
void AddRoute(CLI::App& app, Session& session);
void AddSample(CLI::App& app, Session& session);
void AddScore(CLI::App& app, Session& session);
void AddSelect(CLI::App& app, Session& session);
void AddTable(CLI::App& app, Session& session);
void AddVerify(CLI::App& app, Session& session);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_COMMANDS_H_
