#include "cli/session.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/chinese_complaint.h"

namespace lianhu::cli {
namespace {

Language spoken_language = Language::kEnglish;

void ComplainOf(const assignment::Infeasibility& reason, const io::Street& street, Language language) {
  constexpr size_t kShown = 10;
  const bool chinese = language == Language::kChinese;
  std::string text = Describe(reason, street.bounds, street.SetName(reason.unit, reason.kind), language);
  const auto list = [&](const char* label, const io::Roster& roster, const std::vector<int32_t>& set) {
    if (set.empty()) return;
    absl::StrAppend(&text, chinese ? "" : " ", label);
    for (size_t k = 0; k < std::min(kShown, set.size()); ++k) {
      absl::StrAppend(&text, k == 0 ? "" : chinese ? "、" : ", ", roster.ids[set[k]]);
    }
    absl::StrAppend(&text, set.size() > kShown ? chinese ? "等" : ", ..." : "", chinese ? "。" : ".");
  };
  list(chinese ? "住户：" : "Households: ", street.households, reason.household_set);
  list(chinese ? "红管事：" : "Stewards: ", street.stewards, reason.steward_set);
  Complain(text);
}

// Whatever is no regular file (/dev/null) can be shared.
bool SameFile(const std::string& a, const std::string& b) {
  std::error_code error;
  if (std::filesystem::exists(a, error) && !std::filesystem::is_regular_file(a, error)) return false;
  if (std::filesystem::equivalent(a, b, error)) return true;
  const auto canonical = [&](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  };
  return canonical(a) == canonical(b);
}

void CheckFiles(const CLI::App& command) {
  std::vector<std::pair<std::string, std::string>> files;  // name of the option and path, those to write first
  for (const char* const type : {kOutputFile, kInputFile}) {
    const size_t written = files.size();
    for (const CLI::Option* option : command.get_options()) {
      if (option->get_type_name() != type) continue;
      for (const std::string& path : option->results()) {
        for (size_t k = 0; k < (type == kInputFile ? written : files.size()); ++k) {
          if (!SameFile(files[k].second, path)) continue;
          throw CLI::ValidationError(files[k].first,
                                     absl::StrCat("is the file of ", option->get_name(), " too: '", path, "'"));
        }
        if (type == kOutputFile) files.emplace_back(option->get_name(), path);
      }
    }
  }
}

}  // namespace

void KeepFilesApart(CLI::App& command) {
  command.parse_complete_callback([&command] { CheckFiles(command); });
  for (CLI::App* const below : command.get_subcommands({})) KeepFilesApart(*below);
}

void Complain(absl::string_view message) {
  absl::FPrintF(stderr, "lianhu: %s\n", message);
}

ExitCode Complain(const absl::Status& status) {
  Complain(spoken_language == Language::kChinese ? ChineseComplaint(status.message()) : std::string(status.message()));
  return kBadInput;
}

void SpeakIn(Language language) {
  spoken_language = language;
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

void AddConditionOptions(CLI::App& command, io::StreetFiles& street, io::ConditionFiles& conditions) {
  command.add_option("--kind", street.kind, "column of the kind in both files: a household's steward is of its kind")
      ->type_name("COLUMN");
  command.add_option("--max-distance", conditions.max_distance_m, "metres; pairs farther apart are not allowed")
      ->type_name("M");
  command.add_option("--forbid", conditions.forbidden, "CSV household,steward: pairs not allowed")->type_name("FILE");
  command.add_option("--fix", conditions.fixed, "CSV household,steward: pairs that must be, however far")
      ->type_name("FILE");
  command.add_option("--prefer", conditions.preferences, "CSV household,steward,cost_m: metres added to a pair")
      ->type_name("FILE");
  command
      .add_option("--load-cost", conditions.load_cost, "ABOVE:M,...: each household of a steward above so many costs M")
      ->type_name("STEPS");
}

void AddCurrentOptions(CLI::App& command, io::ConditionFiles& conditions) {
  command.add_option("--current", conditions.current, "the present plan: household,steward")->type_name("FILE");
  command.add_option("--switch-cost", conditions.switch_cost_m, "metres that a change of steward must save")
      ->needs(command.get_option("--current"))
      ->type_name("M");
}

std::optional<io::Street> ReadStreetWithConditions(const io::StreetFiles& files, const io::ConditionFiles& conditions) {
  absl::StatusOr<io::Street> street = io::ReadStreet(files);
  absl::Status status = street.ok() ? io::ReadConditions(conditions, *street) : street.status();
  if (status.ok()) return *std::move(street);
  Complain(status);
  return std::nullopt;
}

void ComplainOf(const std::vector<assignment::Infeasibility>& reasons, const io::Street& street, Language language) {
  constexpr int kMostParts = 50;
  int parts = 0;
  for (const assignment::Infeasibility& reason : reasons) {
    if (!reason.whole && ++parts > kMostParts) continue;
    ComplainOf(reason, street, language);
  }
  if (parts <= kMostParts) return;
  Complain(language == Language::kChinese ? absl::StrCat("另有", parts - kMostParts, "条，见 --summary")
                                          : absl::StrCat("and ", parts - kMostParts, " more: see --summary"));
}

CLI::Option* AddSeedOption(CLI::App& command, uint64_t& seed, const std::string& description) {
  // CLI11 would wrap a negative number and cut a large one.
  const auto check = [](const std::string& text) -> std::string {
    uint64_t value = 0;
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits && absl::SimpleAtoi(text, &value) ? "" : absl::StrCat("not a whole number below 2^64: '", text, "'");
  };
  return command.add_option("--seed", seed, description)->check(check)->type_name("N");
}

void AddThreadsOption(CLI::App& command, Session& session) {
  command.add_option("--threads", session.context.threads, "most threads; 0: all cores")
      ->check(CLI::Range(0, 1024))
      ->type_name("N");
}

}  // namespace lianhu::cli
