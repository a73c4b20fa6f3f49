// The households that are asked whether they know their steward (indicator A3): a seeded, stratified sample.
//
// Each steward's households are sampled by themselves, `per_steward` of them (all, where there are fewer). The places
// are divided among the strata of his households by largest remainder, ties to the smaller stratum, and within a
// stratum every choice is equally likely (Fisher-Yates). A draw depends on the seed and the steward's stream alone:
// neither other stewards nor threads change it, so that anyone can draw it again.
#ifndef LIANHU_SCORING_SAMPLE_H_
#define LIANHU_SCORING_SAMPLE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lianhu::scoring {

struct SampleInput {
  absl::Span<const int32_t> steward_of = {};  // by household: 0..m-1, or -1: nobody's, never drawn
  absl::Span<const int32_t> strata = {};      // by household, >= 0; empty: one stratum
  absl::Span<const uint64_t> streams = {};    // by steward: any number that stays his, as StreamOfId
};

// The stream of a steward with this id: FNV-1a of its bytes, the same on every machine and in every version.
uint64_t StreamOfId(absl::string_view id);

struct SampleOptions {
  int32_t per_steward = 5;  // >= 1
  uint64_t seed = 0;
};

struct SampledHousehold {
  int32_t household = 0;
  int32_t steward = 0;
  int32_t stratum = 0;
  int32_t draw = 0;  // 1 is the first of this steward
  friend bool operator==(const SampledHousehold&, const SampledHousehold&) = default;
};

// By steward, then in the order of the draws. Errors name the field and the row. O(n log n).
absl::StatusOr<std::vector<SampledHousehold>> SampleHouseholds(const SampleInput& input, const SampleOptions& options);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_SAMPLE_H_
