#include "lianhu/scoring/apportionment.h"

#include <algorithm>
#include <vector>

#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/structs.h"

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::InitStruct;
using lianhu::capi::ReadStruct;
using lianhu::capi::View;
namespace scoring = lianhu::scoring;

namespace {

std::vector<absl::int128> Widen(const int64_t* data, int64_t count) {
  const absl::Span<const int64_t> column = View(data, count);
  return {column.begin(), column.end()};
}

}  // namespace

int32_t lianhu_apportionment_init(lianhu_apportionment* input, uint32_t struct_size) {
  return InitStruct(input, struct_size, {});
}

int32_t lianhu_apportionment_divide(const lianhu_apportionment* input, int64_t* out_shares, int32_t* out_outcome,
                                    int32_t* out_tied, int64_t* out_tied_count, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckStruct(input, "input"); !status.ok()) return status;
    const lianhu_apportionment given = ReadStruct(input, {});
    if (auto status = CheckArray(given.weights, given.count, "weights"); !status.ok()) return status;
    if (auto status = CheckArray(out_shares, given.count, "out_shares"); !status.ok()) return status;
    if (auto status = CheckPointer(out_outcome, "out_outcome"); !status.ok()) return status;
    const std::vector<absl::int128> weights = Widen(given.weights, given.count);
    const std::vector<absl::int128> floors = Widen(given.floors, given.count);
    const std::vector<absl::int128> ceilings = Widen(given.ceilings, given.count);
    const auto result = scoring::Apportion({.amount = given.amount,
                                            .weights = weights,
                                            .floors = floors,
                                            .ceilings = ceilings,
                                            .tie_order = View(given.tie_order, given.count)},
                                           {.method = static_cast<scoring::ApportionmentMethod>(given.method)});
    if (!result.ok()) return result.status();
    std::transform(result->shares.begin(), result->shares.end(), out_shares,
                   [](absl::int128 share) { return static_cast<int64_t>(share); });
    if (out_tied != nullptr) std::copy(result->tied.begin(), result->tied.end(), out_tied);
    if (out_tied_count != nullptr) *out_tied_count = static_cast<int64_t>(result->tied.size());
    *out_outcome = static_cast<int32_t>(result->outcome);
    return absl::OkStatus();
  });
}
