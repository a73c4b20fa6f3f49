#include "lianhu/io/derived_facts.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/docket_files.h"
#include "lianhu/io/household_links.h"
#include "lianhu/io/instant.h"

namespace lianhu::io {
namespace {

constexpr int64_t kLivelihoodSeconds = int64_t{90} * 86400;

class Deriver {
 public:
  Deriver(const scoring::Checklist& checklist, const FactSources& sources) : sources_(sources) {
    for (const scoring::Fact& fact : checklist.facts) names_.push_back(fact.name);
    for (size_t f = 0; f < names_.size(); ++f) fact_index_[names_[f]] = f;
  }

  absl::StatusOr<std::string> Run() {
    if (auto s = TakePlan(); !s.ok()) return s;
    if (auto s = TakeVisits(); !s.ok()) return s;
    if (auto s = TakeHardship(); !s.ok()) return s;
    if (auto s = TakeSample(); !s.ok()) return s;
    if (auto s = TakeCases(); !s.ok()) return s;
    if (auto s = TakeCounts(); !s.ok()) return s;
    return Format();
  }

 private:
  // A checklist without a fact has no use for it.
  void Add(const std::string& steward, absl::string_view fact, int64_t count = 1) {
    std::vector<int64_t>& row = rows_[steward];
    row.resize(names_.size(), 0);
    const auto found = fact_index_.find(fact);
    if (found != fact_index_.end()) row[found->second] += count;
  }

  bool InPeriod(int64_t time) const { return sources_.from <= time && time < sources_.to; }

  absl::Status TakePlan() {
    absl::StatusOr<HouseholdLinks> links = ReadHouseholdLinks(sources_.plan);
    if (!links.ok()) return links.status();
    for (size_t h = 0; h < links->households.size(); ++h) {
      const int32_t steward = links->steward_of[h];
      const std::string id = steward < 0 ? std::string() : links->stewards[steward];
      steward_of_[links->households[h]] = id;
      if (steward >= 0) Add(id, "households_assigned");
    }
    return absl::OkStatus();
  }

  // The steward of a household in a field, or an error.
  absl::StatusOr<std::string> StewardOf(const CsvTable& table, int64_t row, int column) const {
    const auto found = steward_of_.find(std::string(table.Field(row, column)));
    if (found != steward_of_.end()) return found->second;
    return table.Complain(row, column, absl::StrCat("not in ", sources_.plan));
  }

  absl::Status TakeVisits() {
    if (sources_.visits.empty()) return absl::OkStatus();
    const absl::StatusOr<CsvTable> table = CsvTable::Read(sources_.visits);
    if (!table.ok()) return table.status();
    int columns[4];
    const char* const wanted[] = {"steward", "household", "time", "kind"};
    for (int c = 0; c < 4; ++c) {
      const absl::StatusOr<int> column = table->RequireColumn(wanted[c]);
      if (!column.ok()) return column.status();
      columns[c] = *column;
    }
    std::set<std::pair<std::string, std::string>> counted;  // fact and household
    for (int64_t row = 0; row < table->rows(); ++row) {
      const absl::StatusOr<std::string> steward = StewardOf(*table, row, columns[1]);
      if (!steward.ok()) return steward.status();
      if (*steward != table->Field(row, columns[0])) {
        return table->Complain(row, columns[0], absl::StrCat("the household's steward is '", *steward, "'"));
      }
      const std::optional<int64_t> time = ParseInstant(table->Field(row, columns[2]));
      if (!time.has_value()) return table->Complain(row, columns[2], "not a time");
      const std::string household(table->Field(row, columns[1]));
      const absl::string_view kind = table->Field(row, columns[3]);
      const auto once = [&](const char* fact) {
        if (counted.emplace(fact, household).second) Add(*steward, fact);
      };
      if (kind == "livelihood" && *time < sources_.to && *time >= sources_.to - kLivelihoodSeconds) {
        once("livelihood_current");
      }
      if (!InPeriod(*time)) continue;
      if (kind == "verify") once("households_verified");
      ++contacts_[household];
    }
    return absl::OkStatus();
  }

  absl::Status TakeHardship() {
    if (sources_.hardship.empty()) return absl::OkStatus();
    const absl::StatusOr<CsvTable> table = CsvTable::Read(sources_.hardship);
    if (!table.ok()) return table.status();
    const absl::StatusOr<int> household = table->RequireColumn("household");
    if (!household.ok()) return household.status();
    const absl::StatusOr<int> contacts = table->RequireColumn("contacts");
    if (!contacts.ok()) return contacts.status();
    std::set<absl::string_view> seen;
    for (int64_t row = 0; row < table->rows(); ++row) {
      const absl::StatusOr<std::string> steward = StewardOf(*table, row, *household);
      if (!steward.ok()) return steward.status();
      if (!seen.insert(table->Field(row, *household)).second) return table->Complain(row, *household, "is there twice");
      int64_t due = 0;
      if (!absl::SimpleAtoi(table->Field(row, *contacts), &due) || due < 0) {
        return table->Complain(row, *contacts, "not a whole number of 0 or more");
      }
      if (steward->empty()) continue;
      Add(*steward, "hardship_listed");
      if (Contacts(table->Field(row, *household)) >= due) Add(*steward, "hardship_contacted");
    }
    return absl::OkStatus();
  }

  int64_t Contacts(absl::string_view household) const {
    const auto found = contacts_.find(household);
    return found == contacts_.end() ? 0 : found->second;
  }

  absl::Status TakeSample() {
    if (sources_.sample.empty()) return absl::OkStatus();
    const absl::StatusOr<CsvTable> table = CsvTable::Read(sources_.sample);
    if (!table.ok()) return table.status();
    const absl::StatusOr<int> household = table->RequireColumn("household");
    if (!household.ok()) return household.status();
    const absl::StatusOr<int> knows = table->RequireColumn("knows_steward");
    if (!knows.ok()) return knows.status();
    std::set<absl::string_view> seen;
    for (int64_t row = 0; row < table->rows(); ++row) {
      const absl::StatusOr<std::string> steward = StewardOf(*table, row, *household);
      if (!steward.ok()) return steward.status();
      if (!seen.insert(table->Field(row, *household)).second) return table->Complain(row, *household, "is there twice");
      const absl::string_view answer = table->Field(row, *knows);
      if (answer != "yes" && answer != "no") return table->Complain(row, *knows, "must be yes or no");
      if (steward->empty()) continue;
      Add(*steward, "households_sampled");
      if (answer == "yes" && Contacts(table->Field(row, *household)) > 0) Add(*steward, "households_heard");
    }
    return absl::OkStatus();
  }

  absl::Status TakeCases() {
    if (sources_.cases.empty()) return absl::OkStatus();
    const absl::StatusOr<std::vector<CaseRecord>> cases = ReadCases(sources_.cases);
    if (!cases.ok()) return cases.status();
    for (const CaseRecord& record : *cases) {
      // Offices above the stewards have no row here.
      if (!InPeriod(record.registered) || rows_.count(record.responsible) == 0) continue;
      if (record.answered == routing::kNoInstant && record.breaches == 0) continue;
      if (record.kind == "tip" || record.kind == "hazard") continue;
      const bool in_time = record.in_time == routing::Verdict::kYes;
      const bool resolved = record.resolved == routing::Verdict::kYes;
      const std::string& steward = record.responsible;
      if (record.kind == "dispute") {
        Add(steward, "disputes_received");
        if (resolved && record.reopened == 0) Add(steward, "disputes_settled");
        continue;
      }
      Add(steward, "requests_received");
      if (in_time) Add(steward, "requests_in_time");
      if (resolved) Add(steward, "requests_resolved");
      if (record.satisfied != routing::Verdict::kUnknown) Add(steward, "requests_rated");
      if (record.satisfied == routing::Verdict::kYes) Add(steward, "requests_satisfied");
      if (record.mode != "help") continue;
      Add(steward, "help_accepted");
      if (in_time) Add(steward, "help_in_time");
    }
    return absl::OkStatus();
  }

  absl::Status TakeCounts() {
    if (sources_.counts.empty()) return absl::OkStatus();
    const absl::StatusOr<CsvTable> table = CsvTable::Read(sources_.counts);
    if (!table.ok()) return table.status();
    int columns[3];
    const char* const wanted[] = {"steward", "fact", "count"};
    for (int c = 0; c < 3; ++c) {
      const absl::StatusOr<int> column = table->RequireColumn(wanted[c]);
      if (!column.ok()) return column.status();
      columns[c] = *column;
    }
    for (int64_t row = 0; row < table->rows(); ++row) {
      const std::string steward(table->Field(row, columns[0]));
      if (rows_.count(steward) == 0) {
        return table->Complain(row, columns[0], absl::StrCat("unknown steward, not in ", sources_.plan));
      }
      if (fact_index_.count(table->Field(row, columns[1])) == 0) {
        return table->Complain(row, columns[1], "no fact of the checklist");
      }
      int32_t count = 0;  // 2^31 rows of these stay in 63 bits
      if (!absl::SimpleAtoi(table->Field(row, columns[2]), &count) || count < 0) {
        return table->Complain(row, columns[2], "not a whole number of 0 or more");
      }
      Add(steward, table->Field(row, columns[1]), count);
    }
    return absl::OkStatus();
  }

  std::string Format() const {
    std::string csv = sources_.period.empty() ? "steward" : "steward,period";
    for (const std::string& name : names_) absl::StrAppend(&csv, ",", name);
    csv += "\n";
    for (const auto& [steward, row] : rows_) {
      absl::StrAppend(&csv, QuoteCsvField(steward));
      if (!sources_.period.empty()) absl::StrAppend(&csv, ",", QuoteCsvField(sources_.period));
      for (const int64_t value : row) absl::StrAppend(&csv, ",", value);
      csv += "\n";
    }
    return csv;
  }

  const FactSources& sources_;
  std::vector<std::string> names_;
  absl::flat_hash_map<std::string, size_t> fact_index_;
  absl::flat_hash_map<std::string, std::string> steward_of_;  // by household; empty: nobody's
  absl::flat_hash_map<std::string, int64_t> contacts_;        // by household
  std::map<std::string, std::vector<int64_t>> rows_;          // by steward
};

absl::StatusOr<absl::flat_hash_map<std::string, std::string>> ReadStrata(const std::string& path,
                                                                         const std::string& column) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  int id = table->FindColumn("household");
  if (id < 0) {
    const absl::StatusOr<int> required = table->RequireColumn("id");
    if (!required.ok()) return required.status();
    id = *required;
  }
  const absl::StatusOr<int> stratum = table->RequireColumn(column);
  if (!stratum.ok()) return stratum.status();
  absl::flat_hash_map<std::string, std::string> stratum_of;
  for (int64_t row = 0; row < table->rows(); ++row) {
    if (!stratum_of.try_emplace(table->Field(row, id), table->Field(row, *stratum)).second) {
      return table->Complain(row, id, "is there twice");
    }
  }
  return stratum_of;
}

}  // namespace

absl::StatusOr<std::string> DeriveFactsCsv(const scoring::Checklist& checklist, const FactSources& sources) {
  if (sources.from >= sources.to) return absl::InvalidArgumentError("the period must begin before it ends");
  return Deriver(checklist, sources).Run();
}

absl::StatusOr<std::string> DrawSampleCsv(const std::string& plan, const std::string& strata,
                                          const std::string& strata_column, const scoring::SampleOptions& options) {
  const absl::StatusOr<HouseholdLinks> links = ReadHouseholdLinks(plan);
  if (!links.ok()) return links.status();
  absl::flat_hash_map<std::string, std::string> stratum_of;
  if (!strata.empty()) {
    absl::StatusOr<absl::flat_hash_map<std::string, std::string>> read = ReadStrata(strata, strata_column);
    if (!read.ok()) return read.status();
    stratum_of = *std::move(read);
  }
  // In the order of ids, so that the order of the plan's rows changes nothing.
  const size_t n = links->households.size();
  std::vector<int32_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](int32_t a, int32_t b) { return links->households[a] < links->households[b]; });
  std::map<std::string, int32_t> steward_index;
  for (const std::string& steward : links->stewards) steward_index.emplace(steward, 0);
  std::vector<std::string> stewards;
  std::vector<uint64_t> streams;
  for (auto& [id, index] : steward_index) {
    index = static_cast<int32_t>(stewards.size());
    stewards.push_back(id);
    streams.push_back(scoring::StreamOfId(id));
  }
  std::map<std::string, int32_t> stratum_index;
  std::vector<std::string> stratum_names;
  for (const auto& [household, name] : stratum_of) stratum_index.emplace(name, 0);
  if (strata.empty()) stratum_index.emplace("", 0);
  for (auto& [name, index] : stratum_index) {
    index = static_cast<int32_t>(stratum_names.size());
    stratum_names.push_back(name);
  }
  std::vector<int32_t> steward_of(n);
  std::vector<int32_t> stratum(n, 0);
  for (size_t k = 0; k < n; ++k) {
    const int32_t h = order[k];
    steward_of[k] = links->steward_of[h] < 0 ? -1 : steward_index.at(links->stewards[links->steward_of[h]]);
    if (strata.empty()) continue;
    const auto found = stratum_of.find(links->households[h]);
    if (found == stratum_of.end()) {
      return absl::InvalidArgumentError(absl::StrCat(plan, ": row ", links->row_numbers[h],
                                                     ", column household: not in ", strata, ": '",
                                                     ShownValue(links->households[h]), "'"));
    }
    stratum[k] = stratum_index.at(found->second);
  }
  const auto sample = scoring::SampleHouseholds({steward_of, stratum, streams}, options);
  if (!sample.ok()) return sample.status();
  std::string csv = "steward,household,stratum,draw,seed,knows_steward\n";
  for (const scoring::SampledHousehold& one : *sample) {
    absl::StrAppend(&csv, QuoteCsvField(stewards[one.steward]), ",",
                    QuoteCsvField(links->households[order[one.household]]), ",",
                    QuoteCsvField(stratum_names[one.stratum]), ",", one.draw, ",", options.seed, ",\n");
  }
  return csv;
}

}  // namespace lianhu::io
