// What all commands share: language, threads and cancelling, exit codes, complaints.
#ifndef LIANHU_SRC_CLI_SESSION_H_
#define LIANHU_SRC_CLI_SESSION_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lianhu/assignment/infeasibility.h"
#include "lianhu/base/language.h"
#include "lianhu/base/run_context.h"
#include "lianhu/io/conditions.h"
#include "lianhu/io/street.h"

namespace lianhu::cli {

enum ExitCode { kDone = 0, kVerificationFailed = 1, kBadInput = 2, kInfeasible = 3, kInterrupted = 130 };

struct Session {
  Language language = Language::kEnglish;
  RunContext context;  // SIGINT and SIGTERM cancel it
  ExitCode exit_code = kDone;

  bool chinese() const { return language == Language::kChinese; }
};

// "lianhu: <message>" on stderr.
void Complain(absl::string_view message);

// The same for a status that is not OK, in the language that was asked for; returns kBadInput.
ExitCode Complain(const absl::Status& status);

// The language of complaints from now on: there is one --lang a process.
void SpeakIn(Language language);

// --households, --stewards, --min, --max, --within.
void AddStreetOptions(CLI::App& command, io::StreetFiles& street);

// --kind, --max-distance, --forbid, --fix, --prefer, --load-cost.
void AddConditionOptions(CLI::App& command, io::StreetFiles& street, io::ConditionFiles& conditions);

// --current, --switch-cost.
void AddCurrentOptions(CLI::App& command, io::ConditionFiles& conditions);

// The street with its conditions; on a fault, complains and returns nothing.
std::optional<io::Street> ReadStreetWithConditions(const io::StreetFiles& files, const io::ConditionFiles& conditions);

// The reasons why nothing can be planned, with the ids of the first few of each set; the first fifty parts of
// jurisdictions (all are in the summary).
void ComplainOf(const std::vector<assignment::Infeasibility>& reasons, const io::Street& street, Language language);

// The type names of options that are files to read and to write.
inline constexpr const char* kInputFile = "FILE";
inline constexpr const char* kOutputFile = "NEWFILE";

// Makes `command` and its subcommands refuse to run when a file to be written is one that is read, or is to be written
// under another option too: one of the two would be lost.
void KeepFilesApart(CLI::App& command);

// --seed, 0 to 2^64 - 1.
CLI::Option* AddSeedOption(CLI::App& command, uint64_t& seed, const std::string& description);

// --threads.
void AddThreadsOption(CLI::App& command, Session& session);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_SESSION_H_
