#include "lianhu/io/sample_file.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/household_links.h"

namespace lianhu::io {
namespace {

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
