#include "lianhu/scoring/sample.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "lianhu/scoring/apportionment.h"

namespace lianhu::scoring {
namespace {

absl::Status Check(const SampleInput& input, const SampleOptions& options) {
  if (options.per_steward < 1) return InvalidField("per_steward", -1, "must be at least 1");
  if (!input.strata.empty() && input.strata.size() != input.steward_of.size()) {
    return InvalidField("strata", -1,
                        absl::StrCat("has ", input.strata.size(), " entries, expected ", input.steward_of.size()));
  }
  for (size_t h = 0; h < input.steward_of.size(); ++h) {
    const auto row = static_cast<int64_t>(h);
    if (input.steward_of[h] < -1 || input.steward_of[h] >= static_cast<int64_t>(input.streams.size())) {
      return InvalidField("steward_of", row, absl::StrCat("no such steward: ", input.steward_of[h]));
    }
    if (!input.strata.empty() && input.strata[h] < 0) return InvalidField("strata", row, "must not be negative");
  }
  return absl::OkStatus();
}

}  // namespace

uint64_t StreamOfId(absl::string_view id) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

absl::StatusOr<std::vector<SampledHousehold>> SampleHouseholds(const SampleInput& input, const SampleOptions& options) {
  if (auto status = Check(input, options); !status.ok()) return status;
  std::vector<std::map<int32_t, std::vector<int32_t>>> strata_of(input.streams.size());
  for (size_t h = 0; h < input.steward_of.size(); ++h) {
    if (input.steward_of[h] < 0) continue;
    strata_of[input.steward_of[h]][input.strata.empty() ? 0 : input.strata[h]].push_back(static_cast<int32_t>(h));
  }
  std::vector<SampledHousehold> sample;
  for (size_t s = 0; s < strata_of.size(); ++s) {
    std::vector<absl::int128> sizes;
    absl::int128 all = 0;
    for (const auto& [stratum, households] : strata_of[s]) {
      sizes.emplace_back(households.size());
      all += households.size();
    }
    const auto places = Apportion({.amount = std::min<absl::int128>(options.per_steward, all), .weights = sizes}, {});
    if (!places.ok()) return places.status();
    // The stream goes through the generator, so that neighbouring numbers give unlike draws.
    Random random(options.seed ^ Random(input.streams[s]).Next());
    int32_t draw = 0;
    size_t k = 0;
    for (auto& [stratum, households] : strata_of[s]) {
      const auto wanted = static_cast<int64_t>(places->shares[k++]);
      for (int64_t d = 0; d < wanted; ++d) {
        const int64_t chosen = d + random.Below(static_cast<int64_t>(households.size()) - d);
        std::swap(households[d], households[chosen]);
        sample.push_back({households[d], static_cast<int32_t>(s), stratum, ++draw});
      }
    }
  }
  return sample;
}

}  // namespace lianhu::scoring
