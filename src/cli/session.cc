#include "cli/session.h"

#include <cstdio>
#include <string>

#include "absl/strings/str_format.h"

namespace lianhu::cli {

void Complain(absl::string_view message) {
  absl::FPrintF(stderr, "lianhu: %s\n", message);
}

ExitCode Complain(const absl::Status& status) {
  Complain(status.message());
  return kBadInput;
}

void AddStreetOptions(CLI::App& command, io::StreetFiles& street) {
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

void AddThreadsOption(CLI::App& command, Session& session) {
  command.add_option("--threads", session.context.threads, "most threads; 0: all cores")
      ->check(CLI::Range(0, 1024))
      ->type_name("N");
}

}  // namespace lianhu::cli
