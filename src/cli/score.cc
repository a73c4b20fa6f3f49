#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/checklist.h"
#include "lianhu/io/score_files.h"
#include "lianhu/io/units.h"
#include "lianhu/report/score_page.h"
#include "lianhu/scoring/explain.h"
#include "lianhu/scoring/roll_up.h"
#include "lianhu/scoring/sensitivity.h"
#include "lianhu/scoring/strata.h"

namespace lianhu::cli {
namespace {

using scoring::Checklist;
using scoring::Scores;

constexpr size_t kMostFiles = 500;

struct Arguments {
  std::string checklist;
  std::string facts;
  std::string period;
  std::string roster;
  std::string hierarchy;
  std::string posts;
  std::string units;
  std::string difficulty;
  std::string strata;
  std::string out;
  std::string explain;
  std::string explain_data;
  std::string html;
  std::string title;
  int64_t stewards_per_file = 0;
  std::string sensitivity;
  std::string influence;
  std::string range = "0.2";
  int32_t samples = 1000;
  int32_t boxes = -1;
};

void Print(const Checklist& checklist, const io::FactFile& facts, const Scores& scores, bool chinese) {
  const auto rated = std::count(scores.status.begin(), scores.status.end(), scoring::ScoreStatus::kRated);
  const auto not_rated = scores.stewards - rated;
  if (chinese) {
    absl::PrintF("已评定：%d人；未评定：%d人\n", rated, not_rated);
  } else {
    absl::PrintF("rated:     %d stewards, not rated %d\n", rated, not_rated);
  }
  std::vector<std::string> grades;
  for (size_t b = 0; b < checklist.bands.size(); ++b) {
    const scoring::Band& band = checklist.bands[b];
    const auto count = std::count(scores.grade.begin(), scores.grade.end(), static_cast<int32_t>(b));
    const std::string& title = chinese ? band.title.title_zh : band.title.title;
    grades.push_back(absl::StrCat(title.empty() ? band.grade : title, " ", count));
  }
  if (chinese) {
    absl::PrintF("等次：%s\n", absl::StrJoin(grades, "、"));
  } else {
    absl::PrintF("grades:    %s\n", absl::StrJoin(grades, ", "));
  }
  if (!facts.periods.empty()) {
    if (chinese) {
      absl::PrintF("期间：%s\n", absl::StrJoin(facts.periods, "、"));
    } else {
      absl::PrintF("periods:   %s\n", absl::StrJoin(facts.periods, ", "));
    }
  }
  if (!facts.other_columns.empty()) {
    if (chinese) {
      absl::PrintF("不属于考评事实的列：%s\n", absl::StrJoin(facts.other_columns, "、"));
    } else {
      absl::PrintF("passed over, no facts of the checklist: %s\n", absl::StrJoin(facts.other_columns, ", "));
    }
    // One of the former may be one of these, misspelt.
    if (!facts.absent_facts.empty()) {
      if (chinese) {
        absl::PrintF("没有列、按0计的事实：%s\n", absl::StrJoin(facts.absent_facts, "、"));
      } else {
        absl::PrintF("no column, counted as 0: %s\n", absl::StrJoin(facts.absent_facts, ", "));
      }
    }
  }
}

// Who is on the roster, but has no row among the facts.
void PrintMissing(const std::vector<std::string>& roster, const io::FactFile& facts, bool chinese) {
  constexpr size_t kMostNames = 10;
  std::vector<std::string> missing;
  std::set_difference(roster.begin(), roster.end(), facts.stewards.begin(), facts.stewards.end(),
                      std::back_inserter(missing));
  if (missing.empty()) return;
  const size_t count = missing.size();
  if (count > kMostNames) {
    missing.resize(kMostNames);
    missing.emplace_back("...");
  }
  if (chinese) {
    absl::PrintF("名册上没有事实数据：%d人：%s\n", count, absl::StrJoin(missing, " "));
  } else {
    absl::PrintF("no facts:  %d stewards of the roster: %s\n", count, absl::StrJoin(missing, " "));
  }
}

// How many of the rank intervals are known exactly.
void PrintExactness(const Scores& scores, const scoring::Sensitivity& sensitivity, bool chinese) {
  int32_t exact = 0;
  int32_t rated = 0;
  for (int32_t s = 0; s < scores.stewards; ++s) {
    if (scores.status[s] != scoring::ScoreStatus::kRated) continue;
    ++rated;
    exact += sensitivity.Exact(s) ? 1 : 0;
  }
  if (chinese) {
    absl::PrintF("名次范围：%d人中%d人为精确值%s\n", rated, exact, exact < rated ? "，其余为已证范围" : "");
  } else {
    absl::PrintF("intervals: exact for %d of %d stewards%s\n", exact, rated,
                 exact < rated ? ", proved bounds for the others" : "");
  }
}

// kNoIndex: nobody, or not there.
int32_t Explained(const Arguments& arguments, const io::FactFile& facts) {
  const auto found = std::lower_bound(facts.stewards.begin(), facts.stewards.end(), arguments.explain);
  if (arguments.explain.empty() || found == facts.stewards.end() || *found != arguments.explain)
    return scoring::kNoIndex;
  return static_cast<int32_t>(found - facts.stewards.begin());
}

// Under the explanation, where the sensitivity was asked for too.
void PrintInterval(const scoring::Sensitivity& sensitivity, int32_t s, const std::string& range, bool chinese) {
  if (sensitivity.rank[s] == 0) return;
  const int32_t best = sensitivity.attained_best[s];
  const int32_t worst = sensitivity.attained_worst[s];
  const std::string how = sensitivity.Exact(s) ? (chinese ? "精确值" : "exact")
                          : chinese ? absl::StrCat("已证范围，其中已达到第", best, "至", worst, "名")
                                    : absl::StrCat("proved bounds; ", best, " to ", worst, " were reached");
  if (chinese) {
    absl::PrintF("名次：第%d名；各项权重上下浮动不超过%s时为第%d至%d名（%s）\n", sensitivity.rank[s], range,
                 sensitivity.best_rank[s], sensitivity.worst_rank[s], how);
  } else {
    absl::PrintF("rank: %d; %d to %d with weights up to %s of each more or less (%s)\n", sensitivity.rank[s],
                 sensitivity.best_rank[s], sensitivity.worst_rank[s], range, how);
  }
}

absl::Status Explain(const Arguments& arguments, const Checklist& checklist, const io::FactFile& facts,
                     const Session& session, std::string& text, std::vector<io::FileContent>& outputs) {
  if (arguments.explain.empty()) {
    if (arguments.explain_data.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError("--explain-data needs --explain");
  }
  const int32_t steward = Explained(arguments, facts);
  if (steward == scoring::kNoIndex) {
    return absl::InvalidArgumentError(
        absl::StrCat("--explain: no such steward in ", facts.file, ": '", arguments.explain, "'"));
  }
  const size_t columns = checklist.facts.size();
  const auto row = absl::MakeConstSpan(facts.values).subspan(steward * columns, columns);
  const absl::StatusOr<scoring::Explanation> explanation = scoring::Explain(checklist, row);
  if (!explanation.ok()) return explanation.status();
  text = "\n" + scoring::Describe(checklist, *explanation, arguments.explain, session.language);
  if (!arguments.explain_data.empty()) {
    outputs.push_back({arguments.explain_data, io::FormatExplanationJson(checklist, arguments.explain, *explanation)});
  }
  return absl::OkStatus();
}

// Empty where nothing asks for it.
absl::StatusOr<scoring::Sensitivity> Analyse(const Arguments& arguments, const Checklist& checklist,
                                             const io::FactFile& facts, const Scores& scores, Session& session,
                                             std::vector<io::FileContent>& outputs) {
  if (arguments.sensitivity.empty() && arguments.influence.empty()) return scoring::Sensitivity{};
  const absl::StatusOr<scoring::Decimal> range = scoring::ParseDecimal(arguments.range);
  if (!range.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("--range: ", range.status().message(), ": '", arguments.range, "'"));
  }
  absl::StatusOr<scoring::Sensitivity> sensitivity = scoring::AnalyseSensitivity(
      checklist, facts.View(),
      {.range = *range, .samples = arguments.samples, .boxes = arguments.boxes, .steward = Explained(arguments, facts)},
      session.context);
  if (!sensitivity.ok() || sensitivity->cancelled) return sensitivity;
  if (!arguments.sensitivity.empty()) {
    outputs.push_back({arguments.sensitivity, io::FormatSensitivityCsv(checklist, facts, scores, *sensitivity)});
  }
  if (!arguments.influence.empty()) {
    outputs.push_back({arguments.influence, io::FormatInfluenceCsv(checklist, *sensitivity)});
  }
  return sensitivity;
}

// Means by unit, and ranks among those whose work is as hard.
absl::Status Compare(const Arguments& arguments, const Checklist& checklist, const io::FactFile& facts,
                     const Scores& scores, std::vector<io::FileContent>& outputs) {
  if (arguments.hierarchy.empty() && !(arguments.posts.empty() && arguments.units.empty())) {
    return absl::InvalidArgumentError("--posts and --units need --hierarchy");
  }
  if (!arguments.hierarchy.empty()) {
    const absl::StatusOr<io::UnitTable> units = io::ReadUnits({.units = arguments.hierarchy});
    if (!units.ok()) return units.status();
    const absl::StatusOr<io::StewardPlaces> places = io::PlaceStewards(checklist, facts, *units, arguments.posts);
    if (!places.ok()) return places.status();
    const absl::StatusOr<scoring::UnitScores> means =
        scoring::RollUpScores(units->hierarchy, scores, {places->units, places->households});
    if (!means.ok()) return means.status();
    if (!arguments.units.empty()) outputs.push_back({arguments.units, io::FormatUnitScoresCsv(*units, *means)});
  }
  if (arguments.difficulty.empty() != arguments.strata.empty()) {
    return absl::InvalidArgumentError("--difficulty and --strata need each other");
  }
  if (arguments.difficulty.empty()) return absl::OkStatus();
  const absl::StatusOr<io::DifficultyFile> difficulty = io::ReadDifficultyCsv(arguments.difficulty, facts);
  if (!difficulty.ok()) return difficulty.status();
  const absl::StatusOr<scoring::Strata> strata =
      scoring::Stratify(scores, difficulty->View(), {.full_marks = checklist.full_marks.millionths / 1000});
  if (!strata.ok()) return strata.status();
  outputs.push_back({arguments.strata, io::FormatStrataCsv(facts, scores, *strata)});
  return absl::OkStatus();
}

// Of a report in parts: p-1.html, p-2.html, ... beside p.html, with so many stewards each.
std::vector<std::string> PartFiles(const Arguments& arguments, int32_t stewards) {
  if (arguments.stewards_per_file == 0) return {};
  const int64_t count =
      std::max<int64_t>(1, (stewards + arguments.stewards_per_file - 1) / arguments.stewards_per_file);
  const std::filesystem::path page(arguments.html);
  const int digits = static_cast<int>(absl::StrCat(count).size());
  std::vector<std::string> files;
  for (int64_t k = 1; k <= count; ++k) {
    files.push_back(absl::StrFormat("%s-%0*d%s", page.stem().string(), digits, k, page.extension().string()));
  }
  return files;
}

// The report page, with the rank intervals when they were asked for; what is written waits in `pages` to be committed.
absl::Status Report(const Arguments& arguments, const Checklist& checklist, const io::FactFile& facts,
                    const Scores& scores, const scoring::Sensitivity& sensitivity, Session& session,
                    std::vector<io::AtomicFile>& pages) {
  if (arguments.html.empty()) return absl::OkStatus();
  const report::ScorePageInput input{.checklist = &checklist,
                                     .scores = &scores,
                                     .facts = facts.View(),
                                     .ids = facts.stewards,
                                     .units = facts.units,
                                     .best_rank = sensitivity.best_rank,
                                     .worst_rank = sensitivity.worst_rank};
  const auto write = [&](const std::string& path, const report::ScorePageOptions& options) -> absl::Status {
    absl::StatusOr<io::AtomicFile> file = io::AtomicFile::Create(path);
    if (!file.ok()) return file.status();
    const auto sink = [&file](absl::string_view piece) { return file->Write(piece); };
    if (auto status = report::WriteScorePage(input, options, sink, session.context); !status.ok()) return status;
    pages.push_back(*std::move(file));
    return absl::OkStatus();
  };
  report::ScorePageOptions options{.title = arguments.title,
                                   .period = absl::StrJoin(facts.periods, ", "),
                                   .language = session.language,
                                   .steward_pages = arguments.stewards_per_file == 0,
                                   .most_stewards = arguments.stewards_per_file,
                                   .part_files = PartFiles(arguments, scores.stewards)};
  if (options.part_files.size() > kMostFiles) {
    return absl::InvalidArgumentError(
        absl::StrCat("--stewards-per-file: makes ", options.part_files.size(), " files, at most ", kMostFiles));
  }
  if (auto status = write(arguments.html, options); !status.ok()) return status;
  options.front = false;
  options.steward_pages = true;
  const std::filesystem::path folder = std::filesystem::path(arguments.html).parent_path();
  for (const std::string& name : options.part_files) {
    if (auto status = write((folder / name).string(), options); !status.ok()) return status;
    options.first_steward += options.most_stewards;
  }
  return absl::OkStatus();
}

ExitCode RunScore(const Arguments& arguments, Session& session) {
  absl::StatusOr<Checklist> checklist = scoring::FoundingChecklist();
  if (!arguments.checklist.empty()) checklist = io::ReadChecklist(arguments.checklist);
  if (!checklist.ok()) return Complain(checklist.status());
  io::FactFileOptions options{.period = arguments.period};
  if (!arguments.roster.empty()) {
    absl::StatusOr<std::vector<std::string>> roster = io::ReadRoster(arguments.roster, "id");
    if (!roster.ok()) return Complain(roster.status());
    options.roster = *std::move(roster);
    options.roster_file = arguments.roster;
  }
  const absl::StatusOr<io::FactFile> facts = io::ReadFactsCsv(arguments.facts, *checklist, options);
  if (!facts.ok()) return Complain(facts.status());
  const absl::StatusOr<Scores> scores = scoring::Score(*checklist, facts->View(), session.context);
  if (!scores.ok()) return Complain(scores.status());
  if (scores->cancelled) return kInterrupted;
  std::vector<io::FileContent> outputs;
  std::string explained;
  if (auto status = Explain(arguments, *checklist, *facts, session, explained, outputs); !status.ok()) {
    return Complain(status);
  }
  if (auto status = Compare(arguments, *checklist, *facts, *scores, outputs); !status.ok()) return Complain(status);
  const absl::StatusOr<scoring::Sensitivity> sensitivity =
      Analyse(arguments, *checklist, *facts, *scores, session, outputs);
  if (!sensitivity.ok()) return Complain(sensitivity.status());
  if (sensitivity->cancelled) return kInterrupted;
  std::vector<io::AtomicFile> pages;
  if (auto status = Report(arguments, *checklist, *facts, *scores, *sensitivity, session, pages); !status.ok()) {
    return absl::IsCancelled(status) ? kInterrupted : Complain(status);
  }
  if (!arguments.out.empty()) outputs.push_back({arguments.out, io::FormatScoresCsv(*checklist, *facts, *scores)});
  if (auto status = io::WriteFiles(outputs); !status.ok()) return Complain(status);
  for (io::AtomicFile& page : pages) {
    if (auto status = page.Commit(); !status.ok()) return Complain(status);
  }
  Print(*checklist, *facts, *scores, session.chinese());
  PrintMissing(options.roster, *facts, session.chinese());
  if (!sensitivity->rank.empty()) PrintExactness(*scores, *sensitivity, session.chinese());
  absl::PrintF("%s", explained);
  if (const int32_t steward = Explained(arguments, *facts);
      steward != scoring::kNoIndex && !sensitivity->rank.empty()) {
    PrintInterval(*sensitivity, steward, arguments.range, session.chinese());
  }
  return kDone;
}

}  // namespace

void AddScore(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("score", "Score stewards by a checklist, from counted facts.");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("--checklist", arguments->checklist, "the checklist in JSON; without it the founding one")
      ->type_name("FILE");
  command->add_option("--facts", arguments->facts, "CSV with steward, perhaps period, and the facts")
      ->required()
      ->type_name("FILE");
  command->add_option("--period", arguments->period, "this period alone; without it all are added up")
      ->type_name("PERIOD");
  command->add_option("--roster", arguments->roster, "CSV whose column id names all stewards")->type_name("FILE");
  command->add_option("--hierarchy", arguments->hierarchy, "CSV of the units; every steward must belong to one")
      ->type_name("FILE");
  command->add_option("--posts", arguments->posts, "CSV of who holds which unit; else by column unit, else by id")
      ->type_name("FILE");
  command->add_option("--units", arguments->units, "write the mean of each unit, weighted by households")
      ->type_name(kOutputFile);
  command->add_option("--difficulty", arguments->difficulty, "CSV with steward, dispersion_m, households, hardship")
      ->type_name("FILE");
  command->add_option("--strata", arguments->strata, "write ranks among those whose work is as hard")
      ->type_name(kOutputFile);
  AddThreadsOption(*command, session);
  command->add_option("--out", arguments->out, "write steward,A1..C5,bonus,deduction,total,grade,status,rank")
      ->type_name(kOutputFile);
  command->add_option("--html", arguments->html, "write a report page to print")->type_name(kOutputFile);
  command->add_option("--title", arguments->title, "of the report page; without it the checklist's")->type_name("TEXT");
  command
      ->add_option("--stewards-per-file", arguments->stewards_per_file,
                   "the stewards' pages in several files, for a browser to print one after the other")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  command->add_option("--explain", arguments->explain, "print the derivation for one steward")->type_name("ID");
  command->add_option("--explain-data", arguments->explain_data, "write it as JSON too")->type_name(kOutputFile);
  command->add_option("--sensitivity", arguments->sensitivity, "write each steward's interval of ranks")
      ->type_name(kOutputFile);
  command->add_option("--influence", arguments->influence, "write how much each indicator moves the ranks")
      ->type_name(kOutputFile);
  command->add_option("--range", arguments->range, "how far weights may go, as a part of each")
      ->capture_default_str()
      ->type_name("PART");
  command->add_option("--samples", arguments->samples, "random weights beside the proof")
      ->capture_default_str()
      ->type_name("N");
  command
      ->add_option("--boxes", arguments->boxes, "boxes of weights searched for each end of an interval; -1: by number")
      ->capture_default_str()
      ->type_name("N");
  AddSeedOption(*command, session.context.seed, "of the random weights");
  command->callback([arguments, &session] { session.exit_code = RunScore(*arguments, session); });
}

}  // namespace lianhu::cli
