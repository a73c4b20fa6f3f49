// The files of a fund: scores and headcounts in, fund.csv out.
#ifndef LIANHU_IO_FUND_FILES_H_
#define LIANHU_IO_FUND_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/scoring/apportionment.h"

namespace lianhu::io {

// "1000000.00", "1000000" or "1000000.5" yuan to fen; at most scoring::kMaxAmount. Errors have no field.
absl::StatusOr<absl::int128> ParseYuan(absl::string_view text);

// Yuan with two decimals.
std::string FormatYuan(absl::int128 fen);

// Those among whom to divide, by row of the scores file.
struct FundClaims {
  std::string file;
  std::vector<std::string> stewards;
  std::vector<std::string> score_texts;  // as they are in the file; empty: not rated
  std::vector<absl::int128> scores;      // in units of 10^-9 points; 0: not rated
  std::vector<absl::int128> headcounts;  // empty, or the households of each
  std::vector<int32_t> tie_order;        // rank of each id among all, in ascending order
  std::vector<bool> rated;
};

// Reads `steward` and `total` (a number >= 0 of up to nine decimals and 18 digits before them; empty where, and only
// where, the column `status` says "not rated"), others ignored. Errors name file, row, column and value: a missing or
// negative number, a steward who is there twice.
absl::StatusOr<FundClaims> ReadFundClaims(const std::string& path);

// Fills `headcounts` from a file with `steward` and `households`, or from a plan with `household` and `steward`, whose
// rows are counted. Errors as above, and a steward who is not among the claims, a household that is there twice; every
// steward of the claims must be there in the former, and one whom a plan does not name has no households.
absl::Status ReadHeadcounts(const std::string& path, FundClaims& claims);

// Least and most for each, in fen, by row of the claims; ceilings without a bound are kMaxAmount.
struct FundBounds {
  std::vector<absl::int128> floors;
  std::vector<absl::int128> ceilings;
};

// Replaces the bounds of those whom a file with `steward` and `floor`, `ceiling` or both (yuan; an empty field leaves
// the bound as it is) names. Errors as above, and one who is not among the claims, a ceiling below its floor.
absl::Status ReadFundBounds(const std::string& path, const FundClaims& claims, FundBounds& bounds);

// `steward,score,amount`, a row a steward in the order of the claims; yuan with two decimals.
std::string FormatFundCsv(const FundClaims& claims, const scoring::Apportionment& fund);

// Those who had the same claim on the last fen, as rows of the claims, in the order in which they were served.
std::vector<int32_t> TiedInOrder(const FundClaims& claims, const scoring::Apportionment& fund);

// `steward,given`, a row for each of them, yuan.
std::string FormatTiesCsv(const FundClaims& claims, const scoring::Apportionment& fund);

}  // namespace lianhu::io

#endif  // LIANHU_IO_FUND_FILES_H_
