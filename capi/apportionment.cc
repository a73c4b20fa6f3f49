#include "lianhu/scoring/apportionment.h"

#include <vector>

#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/structs.h"

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::CopyOut;
using lianhu::capi::Guard;
using lianhu::capi::InitStruct;
using lianhu::capi::ReadStruct;
using lianhu::capi::View;
namespace scoring = lianhu::scoring;

namespace {

using Numbers = std::vector<absl::int128>;

Numbers Widen(const int64_t* data, int64_t count) {
  const absl::Span<const int64_t> column = View(data, count);
  return {column.begin(), column.end()};
}

// Two words each, the low one first.
Numbers Join(const uint64_t* words, int64_t count) {
  Numbers numbers;
  if (words == nullptr) return numbers;
  numbers.reserve(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) {
    numbers.push_back(absl::MakeInt128(static_cast<int64_t>(words[2 * i + 1]), words[2 * i]));
  }
  return numbers;
}

struct Claims {
  absl::int128 amount = 0;
  Numbers weights;
  Numbers floors;
  Numbers ceilings;
  absl::Span<const int32_t> tie_order;
  int32_t method = LIANHU_LARGEST_REMAINDER;
};

// `put` receives the shares when there are any.
template <typename Put>
absl::Status Divide(const Claims& claims, const Put& put, int32_t* out_outcome, int32_t* out_tied,
                    int64_t* out_tied_count) {
  const auto result = scoring::Apportion({.amount = claims.amount,
                                          .weights = claims.weights,
                                          .floors = claims.floors,
                                          .ceilings = claims.ceilings,
                                          .tie_order = claims.tie_order},
                                         {.method = static_cast<scoring::ApportionmentMethod>(claims.method)});
  if (!result.ok()) return result.status();
  put(result->shares);
  CopyOut(result->tied, out_tied);
  if (out_tied_count != nullptr) *out_tied_count = static_cast<int64_t>(result->tied.size());
  *out_outcome = static_cast<int32_t>(result->outcome);
  return absl::OkStatus();
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
    const Claims claims{.amount = given.amount,
                        .weights = Widen(given.weights, given.count),
                        .floors = Widen(given.floors, given.count),
                        .ceilings = Widen(given.ceilings, given.count),
                        .tie_order = View(given.tie_order, given.count),
                        .method = given.method};
    const auto put = [out_shares](const Numbers& shares) {
      std::transform(shares.begin(), shares.end(), out_shares,
                     [](absl::int128 share) { return static_cast<int64_t>(share); });
    };
    return Divide(claims, put, out_outcome, out_tied, out_tied_count);
  });
}

int32_t lianhu_apportionment_divide_wide(int32_t method, const uint64_t* amount, int64_t count, const uint64_t* weights,
                                         const uint64_t* floors, const uint64_t* ceilings, const int32_t* tie_order,
                                         uint64_t* out_shares, int32_t* out_outcome, int32_t* out_tied,
                                         int64_t* out_tied_count, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(amount, "amount"); !status.ok()) return status;
    if (auto status = CheckArray(weights, count, "weights"); !status.ok()) return status;
    if (auto status = CheckArray(out_shares, count, "out_shares"); !status.ok()) return status;
    if (auto status = CheckPointer(out_outcome, "out_outcome"); !status.ok()) return status;
    const Claims claims{.amount = Join(amount, 1).front(),
                        .weights = Join(weights, count),
                        .floors = Join(floors, count),
                        .ceilings = Join(ceilings, count),
                        .tie_order = View(tie_order, count),
                        .method = method};
    const auto put = [out_shares](const Numbers& shares) {
      uint64_t* word = out_shares;
      for (const absl::int128 share : shares) {
        *word++ = absl::Int128Low64(share);
        *word++ = static_cast<uint64_t>(absl::Int128High64(share));
      }
    };
    return Divide(claims, put, out_outcome, out_tied, out_tied_count);
  });
}
