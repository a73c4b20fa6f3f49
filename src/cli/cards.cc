#include "lianhu/report/cards.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/one_of.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/household_links.h"
#include "lianhu/io/text.h"

namespace lianhu::cli {
namespace {

const std::map<std::string, report::CardKind> kKinds = {{"card", report::CardKind::kCard},
                                                        {"badge", report::CardKind::kBadge},
                                                        {"board", report::CardKind::kBoard},
                                                        {"diary", report::CardKind::kDiary}};

struct Arguments {
  std::string stewards;
  std::string plan;
  std::string templates;
  report::CardKind kind = report::CardKind::kCard;
  bool per_household = false;
  std::string title;
  int64_t pages_per_file = 0;
  std::string out;
};

// The stewards' own columns, and the households of each, side by side.
struct Roster {
  io::CsvTable table;
  std::vector<int64_t> first_household;
  std::vector<std::string> households;
  std::vector<std::string> distances_m;
};

absl::StatusOr<Roster> ReadRoster(const Arguments& arguments) {
  absl::StatusOr<io::CsvTable> table = io::CsvTable::Read(arguments.stewards);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> id = table->RequireColumn("id");
  if (!id.ok()) return id.status();
  std::unordered_map<std::string, int64_t> row_of_id;
  for (int64_t row = 0; row < table->rows(); ++row) {
    if (table->Field(row, *id).empty()) return table->Complain(row, *id, "value missing");
    const auto [first, fresh] = row_of_id.try_emplace(std::string(table->Field(row, *id)), row);
    if (!fresh) {
      return table->Complain(row, *id, absl::StrCat("is there already, in row ", table->RowNumber(first->second)));
    }
  }
  if (table->rows() == 0) return absl::InvalidArgumentError(absl::StrCat(arguments.stewards, ": has no stewards"));
  Roster roster{.table = *std::move(table), .first_household = {}, .households = {}, .distances_m = {}};
  if (arguments.plan.empty()) return roster;

  const absl::StatusOr<io::HouseholdLinks> links = io::ReadHouseholdLinks(arguments.plan);
  if (!links.ok()) return links.status();
  std::vector<std::vector<size_t>> served(roster.table.rows());
  for (size_t h = 0; h < links->households.size(); ++h) {
    if (links->steward_of[h] < 0) continue;
    const std::string& steward = links->stewards[links->steward_of[h]];
    const auto row = row_of_id.find(steward);
    if (row == row_of_id.end()) {
      return absl::InvalidArgumentError(absl::StrCat(links->file, ": row ", links->row_numbers[h],
                                                     ", column steward: not in ", arguments.stewards, ": '",
                                                     io::ShownValue(steward), "'"));
    }
    if (!links->distances_m.empty()) {
      const std::string& distance = links->distances_m[h];
      double metres = 0;
      if (!distance.empty() && (!absl::SimpleAtod(distance, &metres) || !(metres >= 0 && metres < 1e9))) {
        return absl::InvalidArgumentError(absl::StrCat(links->file, ": row ", links->row_numbers[h],
                                                       ", column distance_m: not a distance in metres: '",
                                                       io::ShownValue(distance), "'"));
      }
    }
    served[row->second].push_back(h);
  }
  roster.first_household.push_back(0);
  for (const std::vector<size_t>& households : served) {
    for (const size_t h : households) {
      roster.households.push_back(links->households[h]);
      if (!links->distances_m.empty()) roster.distances_m.push_back(links->distances_m[h]);
    }
    roster.first_household.push_back(static_cast<int64_t>(roster.households.size()));
  }
  return roster;
}

absl::StatusOr<report::CardTemplate> ReadTemplate(const Arguments& arguments, Language language) {
  if (arguments.templates.empty()) {
    return report::CardTemplate::Parse(report::DefaultCardTemplate(arguments.kind, language), "the default template");
  }
  const std::string path = absl::StrCat(arguments.templates, "/", report::CardKindName(arguments.kind), ".html");
  const absl::StatusOr<std::string> text = io::ReadTextFile(path);
  if (!text.ok()) return text.status();
  return report::CardTemplate::Parse(*text, path);
}

constexpr int64_t kMostFiles = 500;

// One file, or cards-01.html, cards-02.html, ... with so many sheets each.
std::vector<std::string> Paths(const Arguments& arguments, int64_t pages) {
  if (arguments.pages_per_file == 0) return {arguments.out};
  const int64_t count = std::max<int64_t>(1, (pages + arguments.pages_per_file - 1) / arguments.pages_per_file);
  const std::filesystem::path out(arguments.out);
  const int digits = static_cast<int>(absl::StrCat(count).size());
  std::vector<std::string> paths;
  for (int64_t k = 1; k <= count; ++k) {
    const std::string name = absl::StrFormat("%s-%0*d%s", out.stem().string(), digits, k, out.extension().string());
    paths.push_back((out.parent_path() / name).string());
  }
  return paths;
}

ExitCode Cards(const Arguments& arguments, Session& session) {
  const absl::StatusOr<report::CardTemplate> cards = ReadTemplate(arguments, session.language);
  if (!cards.ok()) return Complain(cards.status());
  const absl::StatusOr<Roster> roster = ReadRoster(arguments);
  if (!roster.ok()) return Complain(roster.status());
  const auto field = [&](int64_t row, size_t column) { return roster->table.Field(row, static_cast<int>(column)); };
  const report::CardsInput input{.stewards = roster->table.rows(),
                                 .columns = roster->table.header(),
                                 .field = field,
                                 .first_household = roster->first_household,
                                 .households = roster->households,
                                 .distances_m = roster->distances_m};
  report::CardsOptions options{
      .title = arguments.title, .per_household = arguments.per_household, .most_pages = arguments.pages_per_file};
  const std::vector<std::string> paths = Paths(arguments, report::PagesOf(*cards, input, options));
  if (static_cast<int64_t>(paths.size()) > kMostFiles) {
    return Complain(absl::InvalidArgumentError(
        absl::StrCat("--pages-per-file: makes ", paths.size(), " files, at most ", kMostFiles)));
  }
  std::vector<io::AtomicFile> files;
  report::CardsResult whole;
  for (const std::string& path : paths) {
    absl::StatusOr<io::AtomicFile> file = io::AtomicFile::Create(path);
    if (!file.ok()) return Complain(file.status());
    const absl::StatusOr<report::CardsResult> result = report::WriteCards(
        *cards, input, options, [&](absl::string_view text) { return file->Write(text); }, session.context);
    if (!result.ok()) return Complain(result.status());
    if (result->cancelled) {
      Complain(session.chinese() ? "已取消，未写出文件" : "cancelled, nothing written");
      return kInterrupted;
    }
    whole.cards += result->cards;
    whole.pages += result->pages;
    options.first_page += arguments.pages_per_file;
    files.push_back(*std::move(file));
  }
  for (io::AtomicFile& file : files) {
    if (auto status = file.Commit(); !status.ok()) return Complain(status);
  }
  if (session.chinese()) {
    absl::PrintF("已写出%d张，排成%d页", whole.cards, whole.pages);
  } else {
    absl::PrintF("%d on %d sheets", whole.cards, whole.pages);
  }
  if (arguments.pages_per_file > 0) {
    if (session.chinese()) {
      absl::PrintF("，分为%d个文件：%s至%s", files.size(), paths.front(), paths.back());
    } else {
      absl::PrintF(", in %d files: %s to %s", files.size(), paths.front(), paths.back());
    }
  }
  absl::PrintF("\n");
  return kDone;
}

}  // namespace

void AddCards(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("cards", "Contact cards, badges, notice boards and diary sheets to print.");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("--stewards", arguments->stewards, "the stewards: id and whatever the template shows")
      ->required()
      ->type_name("FILE");
  CLI::Option* plan = command->add_option("--plan", arguments->plan, "who serves which household: household,steward")
                          ->type_name("FILE");
  command->add_option("--template", arguments->templates, "a folder with card.html, badge.html, board.html, diary.html")
      ->type_name("DIR");
  command->add_option("--kind", arguments->kind, "card, badge, board or diary")
      ->transform(OneOf(kKinds))
      ->default_str("card")
      ->type_name("KIND");
  command->add_flag("--per-household", arguments->per_household, "one for each linked household, to give out")
      ->needs(plan);
  command->add_option("--title", arguments->title, "the name of the street or town, printed on each")
      ->type_name("TEXT");
  command
      ->add_option("--pages-per-file", arguments->pages_per_file,
                   "several files of so many sheets each, for a browser to print one after the other")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  command->add_option("--out", arguments->out, "write the page (HTML)")->required()->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = Cards(*arguments, session); });
}

}  // namespace lianhu::cli
