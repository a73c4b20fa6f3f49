#include "lianhu/io/derived_facts.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/io/calendar_files.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/docket_files.h"
#include "lianhu/io/household_links.h"
#include "lianhu/io/instant.h"
#include "lianhu/scoring/counted_facts.h"

namespace lianhu::io {
namespace {

// The fields of the named columns, all required.
class Columns {
 public:
  static absl::StatusOr<Columns> Read(const std::string& path, absl::Span<const char* const> names) {
    absl::StatusOr<CsvTable> table = CsvTable::Read(path);
    if (!table.ok()) return table.status();
    Columns columns(*std::move(table));
    for (const char* const name : names) {
      const absl::StatusOr<int> column = columns.table_.RequireColumn(name);
      if (!column.ok()) return column.status();
      columns.columns_.push_back(*column);
    }
    return columns;
  }

  int64_t rows() const { return table_.rows(); }
  absl::string_view Field(int64_t row, size_t column) const { return table_.Field(row, columns_[column]); }
  absl::Status Complain(int64_t row, size_t column, absl::string_view message) const {
    return table_.Complain(row, columns_[column], message);
  }
  // A whole number >= 0 that fits T.
  template <typename T>
  absl::Status Count(int64_t row, size_t column, T& count) const {
    if (absl::SimpleAtoi(Field(row, column), &count) && count >= 0) return absl::OkStatus();
    return Complain(row, column, "not a whole number of 0 or more");
  }
  // A column that need not be there, as a number for the above.
  std::optional<size_t> Find(absl::string_view name) {
    const int column = table_.FindColumn(name);
    if (column < 0) return std::nullopt;
    columns_.push_back(column);
    return columns_.size() - 1;
  }

 private:
  explicit Columns(CsvTable table) : table_(std::move(table)) {}

  CsvTable table_;
  std::vector<int> columns_;
};

class Deriver {
 public:
  Deriver(const scoring::Checklist& checklist, const FactSources& sources) : checklist_(checklist), sources_(sources) {}

  absl::StatusOr<DerivedFacts> Run() {
    if (auto s = TakePlan(); !s.ok()) return s;
    if (auto s = TakeOthers(); !s.ok()) return s;
    if (auto s = TakeVisits(); !s.ok()) return s;
    if (auto s = TakeHardship(); !s.ok()) return s;
    if (auto s = TakeSample(); !s.ok()) return s;
    if (auto s = TakeCases(); !s.ok()) return s;
    absl::StatusOr<std::vector<int64_t>> values =
        scoring::CountFacts(checklist_, {.stewards = static_cast<int32_t>(stewards_.size()),
                                         .steward_of = steward_of_,
                                         .visits = visits_,
                                         .hardship = hardship_,
                                         .sample = sample_,
                                         .cases = cases_,
                                         .from = sources_.from,
                                         .to = sources_.to});
    if (!values.ok()) return values.status();
    if (auto s = AddCounts(*values); !s.ok()) return s;
    DerivedFacts facts{.csv = Format(*values), .other_visits = {}};
    for (const auto& [kind, count] : other_kinds_) facts.other_visits.push_back({kind, count});
    return facts;
  }

 private:
  absl::Status TakePlan() {
    absl::StatusOr<HouseholdLinks> links = ReadHouseholdLinks(sources_.plan);
    if (!links.ok()) return links.status();
    stewards_ = links->stewards;
    std::sort(stewards_.begin(), stewards_.end());
    for (size_t s = 0; s < stewards_.size(); ++s) steward_index_[stewards_[s]] = static_cast<int32_t>(s);
    for (size_t h = 0; h < links->households.size(); ++h) {
      const int32_t steward = links->steward_of[h];
      household_index_[links->households[h]] = static_cast<int32_t>(h);
      steward_of_.push_back(steward < 0 ? -1 : steward_index_.at(links->stewards[steward]));
    }
    return absl::OkStatus();
  }

  absl::Status TakeOthers() {
    if (!sources_.posts.empty()) {
      const absl::StatusOr<Columns> posts = Columns::Read(sources_.posts, {"unit", "holder", "stand_in"});
      if (!posts.ok()) return posts.status();
      for (int64_t row = 0; row < posts->rows(); ++row) {
        const std::string holder(posts->Field(row, 1));
        const std::string stand_in(posts->Field(row, 2));
        if (holder.empty() || stand_in.empty()) continue;  // a vacant post is nobody's colleague
        colleagues_.emplace(holder, stand_in);
        colleagues_.emplace(stand_in, holder);
      }
    }
    if (sources_.earlier_plan.empty()) return absl::OkStatus();
    const absl::StatusOr<HouseholdLinks> links = ReadHouseholdLinks(sources_.earlier_plan);
    if (!links.ok()) return links.status();
    for (size_t h = 0; h < links->households.size(); ++h) {
      const int32_t steward = links->steward_of[h];
      if (steward >= 0) earlier_steward_[links->households[h]] = links->stewards[steward];
    }
    return absl::OkStatus();
  }

  // The household in a field, or an error.
  absl::Status Household(const Columns& table, int64_t row, size_t column, int32_t& household) const {
    const auto found = household_index_.find(table.Field(row, column));
    if (found == household_index_.end()) return table.Complain(row, column, absl::StrCat("not in ", sources_.plan));
    household = found->second;
    return absl::OkStatus();
  }

  // Whether the person in a field is the household's steward, or another whose work there counts.
  absl::Status CheckSteward(const Columns& table, int64_t row, size_t column, int32_t household,
                            absl::string_view household_id) const {
    const int32_t s = steward_of_[household];
    const std::string steward = s < 0 ? "" : stewards_[s];
    const std::string person(table.Field(row, column));
    if (person == steward || colleagues_.contains({person, steward})) return absl::OkStatus();
    const auto earlier = earlier_steward_.find(household_id);
    if (earlier != earlier_steward_.end() && person == earlier->second) return absl::OkStatus();
    return table.Complain(row, column, absl::StrCat("the household's steward is '", steward, "'"));
  }

  scoring::VisitKind VisitKindOf(absl::string_view text) {
    const std::string word = absl::AsciiStrToLower(text);
    if (word == "verify" || word == "核实") return scoring::VisitKind::kVerify;
    if (word == "livelihood" || word == "从业") return scoring::VisitKind::kLivelihood;
    if (!word.empty() && word != "contact" && word != "联系") ++other_kinds_[std::string(text)];
    return scoring::VisitKind::kContact;
  }

  // Rows of other times are passed over: the household or its steward may have been others then.
  absl::Status TakeVisits() {
    if (sources_.visits.empty()) return absl::OkStatus();
    const absl::StatusOr<Columns> visits = Columns::Read(sources_.visits, {"steward", "household", "time", "kind"});
    if (!visits.ok()) return visits.status();
    for (int64_t row = 0; row < visits->rows(); ++row) {
      scoring::Visit visit;
      const std::optional<int64_t> time = ParseInstant(visits->Field(row, 2));
      if (!time.has_value()) return visits->Complain(row, 2, "not a time");
      visit.time = *time;
      if (visit.time < std::min(sources_.from, sources_.to - scoring::kLivelihoodSeconds) ||
          visit.time >= sources_.to) {
        continue;
      }
      visit.kind = VisitKindOf(visits->Field(row, 3));
      if (visit.time < sources_.from && visit.kind != scoring::VisitKind::kLivelihood) continue;
      if (auto status = Household(*visits, row, 1, visit.household); !status.ok()) return status;
      if (auto status = CheckSteward(*visits, row, 0, visit.household, visits->Field(row, 1)); !status.ok()) {
        return status;
      }
      visits_.push_back(visit);
    }
    return absl::OkStatus();
  }

  absl::Status TakeHardship() {
    if (sources_.hardship.empty()) return absl::OkStatus();
    const absl::StatusOr<Columns> listed = Columns::Read(sources_.hardship, {"household", "contacts"});
    if (!listed.ok()) return listed.status();
    absl::flat_hash_set<int32_t> seen;
    for (int64_t row = 0; row < listed->rows(); ++row) {
      scoring::HardshipEntry entry;
      if (auto status = Household(*listed, row, 0, entry.household); !status.ok()) return status;
      if (!seen.insert(entry.household).second) return listed->Complain(row, 0, "is there twice");
      if (auto status = listed->Count(row, 1, entry.contacts_due); !status.ok()) return status;
      hardship_.push_back(entry);
    }
    return absl::OkStatus();
  }

  // A sample says whose household it was when it was drawn.
  absl::Status CheckSampled(const Columns& asked, std::optional<size_t> steward, int64_t row, int32_t household) const {
    if (!steward.has_value()) return absl::OkStatus();
    return CheckSteward(asked, row, *steward, household, asked.Field(row, 0));
  }

  absl::Status TakeSample() {
    if (sources_.sample.empty()) return absl::OkStatus();
    absl::StatusOr<Columns> asked = Columns::Read(sources_.sample, {"household", "knows_steward"});
    if (!asked.ok()) return asked.status();
    const std::optional<size_t> steward = asked->Find("steward");
    absl::flat_hash_set<int32_t> seen;
    for (int64_t row = 0; row < asked->rows(); ++row) {
      scoring::SampleAnswer answer;
      if (auto status = Household(*asked, row, 0, answer.household); !status.ok()) return status;
      if (!seen.insert(answer.household).second) return asked->Complain(row, 0, "is there twice");
      if (auto status = CheckSampled(*asked, steward, row, answer.household); !status.ok()) return status;
      const std::optional<bool> knows = ParseYesNo(asked->Field(row, 1));
      if (!knows.has_value()) return asked->Complain(row, 1, "must be yes or no");
      answer.knows_steward = *knows;
      sample_.push_back(answer);
    }
    return absl::OkStatus();
  }

  absl::Status TakeCases() {
    if (sources_.cases.empty()) return absl::OkStatus();
    const absl::StatusOr<std::vector<CaseRecord>> records = ReadCases(sources_.cases);
    if (!records.ok()) return records.status();
    for (const CaseRecord& record : *records) {
      const auto steward = steward_index_.find(record.responsible);
      if (steward == steward_index_.end()) continue;  // an office above the stewards
      scoring::StewardCaseKind kind = scoring::StewardCaseKind::kRequest;
      if (record.kind == "dispute") kind = scoring::StewardCaseKind::kDispute;
      if (record.kind == "tip" || record.kind == "hazard") kind = scoring::StewardCaseKind::kOther;
      const bool late = record.breaches > 0 || record.in_time == routing::Verdict::kNo;
      cases_.push_back({.steward = steward->second,
                        .kind = kind,
                        .help = record.mode == "help",
                        .registered = record.registered,
                        .answered = record.answered != routing::kNoInstant,
                        .breaches = late ? 1 : 0,
                        .resolved = static_cast<scoring::Answer>(record.resolved),
                        .satisfied = static_cast<scoring::Answer>(record.satisfied),
                        .shortest_stand = record.shortest_stand});
    }
    return absl::OkStatus();
  }

  const std::string& FileOf(scoring::FactSource source) const {
    switch (source) {
      case scoring::FactSource::kVisits:
        return sources_.visits;
      case scoring::FactSource::kHardship:
        return sources_.hardship;
      case scoring::FactSource::kSample:
        return sources_.sample;
      case scoring::FactSource::kCases:
        return sources_.cases;
      case scoring::FactSource::kLinks:
        break;
    }
    return sources_.plan;
  }

  absl::Status AddCounts(std::vector<int64_t>& values) const {
    if (sources_.counts.empty()) return absl::OkStatus();
    const absl::StatusOr<Columns> counts = Columns::Read(sources_.counts, {"steward", "fact", "count"});
    if (!counts.ok()) return counts.status();
    absl::flat_hash_map<std::string, size_t> fact_index;
    for (const scoring::Fact& fact : checklist_.facts) fact_index.emplace(fact.name, fact_index.size());
    absl::flat_hash_map<absl::string_view, const std::string*> counted_from;
    for (const auto& [name, source] : scoring::CountedFactNames()) {
      if (const std::string& file = FileOf(source); !file.empty()) counted_from[name] = &file;
    }
    for (int64_t row = 0; row < counts->rows(); ++row) {
      const auto steward = steward_index_.find(counts->Field(row, 0));
      if (steward == steward_index_.end()) {
        return counts->Complain(row, 0, absl::StrCat("unknown steward, not in ", sources_.plan));
      }
      const auto fact = fact_index.find(counts->Field(row, 1));
      if (fact == fact_index.end()) return counts->Complain(row, 1, "no fact of the checklist");
      const auto counted = counted_from.find(fact->first);
      if (counted != counted_from.end()) {
        return counts->Complain(row, 1, absl::StrCat("is counted from ", *counted->second, " already"));
      }
      int64_t count = 0;
      if (auto status = counts->Count(row, 2, count); !status.ok()) return status;
      int64_t& value = values[static_cast<size_t>(steward->second) * fact_index.size() + fact->second];
      if (value > std::numeric_limits<int64_t>::max() - count)
        return counts->Complain(row, 2, "the sum is out of range");
      value += count;
    }
    return absl::OkStatus();
  }

  std::string Format(absl::Span<const int64_t> values) const {
    std::string csv = sources_.period.empty() ? "steward" : "steward,period";
    for (const scoring::Fact& fact : checklist_.facts) absl::StrAppend(&csv, ",", QuoteCsvField(fact.name));
    csv += "\n";
    for (const std::string& steward : stewards_) {
      absl::StrAppend(&csv, QuoteCsvField(steward));
      if (!sources_.period.empty()) absl::StrAppend(&csv, ",", QuoteCsvField(sources_.period));
      for (const int64_t value : values.first(checklist_.facts.size())) absl::StrAppend(&csv, ",", value);
      values.remove_prefix(checklist_.facts.size());
      csv += "\n";
    }
    return csv;
  }

  const scoring::Checklist& checklist_;
  const FactSources& sources_;
  std::vector<std::string> stewards_;  // ascending
  absl::flat_hash_map<std::string, int32_t> steward_index_;
  absl::flat_hash_map<std::string, int32_t> household_index_;
  std::vector<int32_t> steward_of_;                                      // by household; -1: nobody's
  absl::flat_hash_set<std::pair<std::string, std::string>> colleagues_;  // visitor and steward
  absl::flat_hash_map<std::string, std::string> earlier_steward_;        // by household
  std::map<std::string, int64_t> other_kinds_;                           // of visits, by the word
  std::vector<scoring::Visit> visits_;
  std::vector<scoring::HardshipEntry> hardship_;
  std::vector<scoring::SampleAnswer> sample_;
  std::vector<scoring::StewardCase> cases_;
};

}  // namespace

absl::StatusOr<DerivedFacts> DeriveFacts(const scoring::Checklist& checklist, const FactSources& sources) {
  if (sources.from >= sources.to) return absl::InvalidArgumentError("the period must begin before it ends");
  return Deriver(checklist, sources).Run();
}

}  // namespace lianhu::io
