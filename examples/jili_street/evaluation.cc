#include "evaluation.h"

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "lianhu/base/random.h"
#include "lianhu/io/derived_facts.h"
#include "lianhu/io/fund_files.h"
#include "lianhu/io/household_links.h"
#include "lianhu/io/instant.h"
#include "lianhu/io/sample_file.h"
#include "lianhu/io/score_files.h"
#include "lianhu/report/score_page.h"
#include "lianhu/scoring/apportionment.h"
#include "lianhu/scoring/score.h"
#include "month.h"

namespace jili {
namespace {

using lianhu::Random;
using lianhu::io::FormatInstant;
using lianhu::io::HouseholdLinks;

constexpr absl::int128 kFundFen = 100'000'000;  // 1,000,000 yuan

// How much of what is due a steward does, 0.7 to 1, most near 0.9.
std::vector<double> DrawDiligence(Random& random, size_t stewards) {
  std::vector<double> diligence;
  for (size_t j = 0; j < stewards; ++j) diligence.push_back(std::clamp(0.9 + 0.06 * random.Normal(), 0.7, 1.0));
  return diligence;
}

struct Records {
  std::string visits = "steward,household,time,kind\n";
  std::string hardship = "household,contacts\n";
  std::string counts = "steward,fact,count\n";
};

Records DrawRecords(const HouseholdLinks& links, const std::vector<double>& diligence, Random& random) {
  Records records;
  for (size_t h = 0; h < links.households.size(); ++h) {
    const auto j = static_cast<size_t>(links.steward_of[h]);
    const auto visit = [&](const char* kind) {
      // Some minute of some day between 8 and 20 o'clock.
      constexpr int64_t kHour = 3600;
      const int64_t minute = random.Below((kMonthEnd - kMonthBegin) / (24 * kHour) * 720);
      const int64_t time = kMonthBegin + minute / 720 * (24 * kHour) + 8 * kHour + minute % 720 * 60;
      absl::StrAppend(&records.visits, links.stewards[j], ",", links.households[h], ",", FormatInstant(time), ",", kind,
                      "\n");
    };
    for (const char* kind : {"verify", "livelihood", "contact"}) {
      if (random.Real() < diligence[j]) visit(kind);
    }
    if (random.Below(100) >= 10) continue;
    absl::StrAppend(&records.hardship, links.households[h], ",2\n");
    if (random.Real() < diligence[j]) visit("contact");
  }
  std::vector<int32_t> load(links.stewards.size(), 0);
  for (const int32_t steward : links.steward_of) ++load[static_cast<size_t>(steward)];
  for (size_t j = 0; j < links.stewards.size(); ++j) {
    const auto count = [&](const char* due_fact, const char* done_fact, int32_t due) {
      int32_t done = 0;
      for (int32_t k = 0; k < due; ++k) done += random.Real() < diligence[j];
      absl::StrAppend(&records.counts, links.stewards[j], ",", due_fact, ",", due, "\n", links.stewards[j], ",",
                      done_fact, ",", done, "\n");
    };
    // The notice to households is in `delivery_counts`; merchants had one of their own.
    if (links.stewards[j].front() == 'T') count("deliveries_due", "deliveries_acknowledged", load[j]);
    count("sessions_planned", "sessions_held", 2);
    count("reports_made", "reports_valid", random.Between(0, 6));
    count("patrols_due", "patrols_done", 4);
    count("tasks_assigned", "tasks_on_time", random.Between(1, 5));
    if (random.Below(40) == 0) absl::StrAppend(&records.counts, links.stewards[j], ",commendations,1\n");
    if (random.Below(200) == 0) absl::StrAppend(&records.counts, links.stewards[j], ",late_reports,1\n");
  }
  return records;
}

// Nine of ten of those asked know their steward.
std::string FillSample(const std::string& drawn, Random& random) {
  std::string filled;
  for (const absl::string_view line : absl::StrSplit(drawn, '\n', absl::SkipEmpty())) {
    const bool header = filled.empty();
    absl::StrAppend(&filled, line, header ? "" : random.Below(10) > 0 ? "yes" : "no", "\n");
  }
  return filled;
}

absl::Status DeriveFacts(const std::string& merchant_links, const std::string& delivery_counts, uint64_t seed,
                         const Folder& out) {
  const auto plan = lianhu::io::ReadHouseholdLinks(out.File("plan.csv"));
  if (!plan.ok()) return plan.status();
  std::string served = "household,steward\n";
  for (size_t h = 0; h < plan->households.size(); ++h) {
    absl::StrAppend(&served, plan->households[h], ",", plan->stewards[static_cast<size_t>(plan->steward_of[h])], "\n");
  }
  if (auto status = out.Write("served.csv", served + merchant_links); !status.ok()) return status;
  const auto links = lianhu::io::ReadHouseholdLinks(out.File("served.csv"));
  if (!links.ok()) return links.status();

  Random random(seed);
  const std::vector<double> diligence = DrawDiligence(random, links->stewards.size());
  const Records records = DrawRecords(*links, diligence, random);
  const auto sample = lianhu::io::DrawSampleCsv(out.File("served.csv"), "", "", {.per_steward = 5, .seed = seed});
  if (!sample.ok()) return sample.status();
  for (const auto& [name, content] :
       std::vector<std::pair<const char*, std::string>>{{"visits.csv", records.visits},
                                                        {"hardship.csv", records.hardship},
                                                        {"sample.csv", FillSample(*sample, random)},
                                                        {"counts.csv", records.counts + delivery_counts}}) {
    if (auto status = out.Write(name, content); !status.ok()) return status;
  }
  const auto facts =
      lianhu::io::DeriveFacts(lianhu::scoring::FoundingChecklist(), {.plan = out.File("served.csv"),
                                                                     .visits = out.File("visits.csv"),
                                                                     .hardship = out.File("hardship.csv"),
                                                                     .sample = out.File("sample.csv"),
                                                                     .cases = out.File("cases.csv"),
                                                                     .counts = out.File("counts.csv"),
                                                                     .period = "2026-10",
                                                                     .from = kMonthBegin,
                                                                     .to = kMonthEnd});
  if (!facts.ok()) return facts.status();
  return out.Write("facts.csv", facts->csv);
}

absl::Status ScoreAll(const Folder& out, lianhu::RunContext& context, Evaluation& result) {
  const lianhu::scoring::Checklist checklist = lianhu::scoring::FoundingChecklist();
  const auto facts = lianhu::io::ReadFactsCsv(out.File("facts.csv"), checklist);
  if (!facts.ok()) return facts.status();
  const auto scores = lianhu::scoring::Score(checklist, facts->View(), context);
  if (!scores.ok()) return scores.status();
  if (auto status = out.Write("scores.csv", FormatScoresCsv(checklist, *facts, *scores)); !status.ok()) return status;

  absl::StatusOr<lianhu::io::AtomicFile> page = lianhu::io::AtomicFile::Create(out.File("scores.html"));
  if (!page.ok()) return page.status();
  const auto sink = [&](absl::string_view text) { return page->Write(text); };
  absl::Status written = lianhu::report::WriteScorePage(
      {.checklist = &checklist, .scores = &*scores, .facts = facts->View(), .ids = facts->stewards},
      {.title = "集里街道红管事考评", .period = "2026-10", .language = lianhu::Language::kChinese}, sink, context);
  if (!written.ok()) return written;
  if (auto status = page->Commit(); !status.ok()) return status;

  result.stewards = scores->stewards;
  for (const lianhu::scoring::Band& band : checklist.bands) result.grades.emplace_back(band.title.title_zh, 0);
  int64_t sum = 0;
  for (int32_t s = 0; s < scores->stewards; ++s) {
    if (scores->rank[s] == 0) continue;
    ++result.rated;
    sum += scores->total[s];
    ++result.grades[static_cast<size_t>(scores->grade[s])].second;
  }
  result.mean = lianhu::scoring::FormatPoints(result.rated == 0 ? 0 : (2 * sum + result.rated) / (2 * result.rated));
  return absl::OkStatus();
}

absl::Status DivideFund(const Folder& out, Evaluation& result) {
  const auto claims = lianhu::io::ReadFundClaims(out.File("scores.csv"));
  if (!claims.ok()) return claims.status();
  const auto fund =
      lianhu::scoring::Apportion({.amount = kFundFen, .weights = claims->scores, .tie_order = claims->tie_order}, {});
  if (!fund.ok()) return fund.status();
  absl::int128 least = kFundFen;
  absl::int128 most = 0;
  for (const absl::int128 share : fund->shares) {
    if (share > 0) least = std::min(least, share);
    most = std::max(most, share);
  }
  result.least = lianhu::io::FormatYuan(least);
  result.most = lianhu::io::FormatYuan(most);
  return out.Write("fund.csv", FormatFundCsv(*claims, *fund));
}

}  // namespace

absl::StatusOr<Evaluation> Evaluate(const std::string& merchant_links, const std::string& delivery_counts,
                                    uint64_t seed, const Folder& out, lianhu::RunContext& context) {
  Evaluation result;
  if (auto status = DeriveFacts(merchant_links, delivery_counts, seed, out); !status.ok()) return status;
  if (auto status = ScoreAll(out, context, result); !status.ok()) return status;
  if (auto status = DivideFund(out, result); !status.ok()) return status;
  absl::PrintF("\nEvaluation: %d stewards, %d rated, mean %s points;", result.stewards, result.rated, result.mean);
  for (const auto& [grade, count] : result.grades) absl::PrintF(" %s %d", grade, count);
  absl::PrintF("\nFund: 1000000.00 yuan divided to the fen among those rated, %s to %s each\n", result.least,
               result.most);
  return result;
}

}  // namespace jili
