#include "lianhu/scoring/strata.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "scoring/rational.h"

namespace lianhu::scoring {
namespace {

// Twice the number of those below plus the number of equals (himself included), for each of `members`: 2n times a
// percentile.
std::vector<int64_t> Percentiles(int64_t count, const std::function<bool(int64_t, int64_t)>& less) {
  std::vector<int64_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), less);
  std::vector<int64_t> result(count);
  for (int64_t begin = 0; begin < count;) {
    int64_t end = begin;
    while (end < count && !less(order[begin], order[end])) ++end;
    for (int64_t k = begin; k < end; ++k) result[order[k]] = begin + end;
    begin = end;
  }
  return result;
}

absl::Status CheckColumn(absl::string_view field, absl::Span<const int64_t> column, int32_t stewards) {
  if (column.size() != static_cast<size_t>(stewards)) {
    return InvalidField(field, -1, absl::StrCat("has ", column.size(), " entries, expected ", stewards));
  }
  const auto negative = std::find_if(column.begin(), column.end(), [](int64_t v) { return v < 0; });
  if (negative == column.end()) return absl::OkStatus();
  return InvalidField(field, negative - column.begin(), absl::StrCat("must not be negative: ", *negative));
}

absl::Status Check(const Scores& scores, const Difficulty& difficulty, const StrataOptions& options) {
  if (auto s = CheckColumn("dispersion_cm", difficulty.dispersion_cm, scores.stewards); !s.ok()) return s;
  if (auto s = CheckColumn("households", difficulty.households, scores.stewards); !s.ok()) return s;
  if (auto s = CheckColumn("hardship", difficulty.hardship, scores.stewards); !s.ok()) return s;
  for (int32_t s = 0; s < scores.stewards; ++s) {
    if (difficulty.hardship[s] > difficulty.households[s]) {
      return InvalidField("hardship", s,
                          absl::StrCat("the ratio is above 1: ", difficulty.hardship[s], " of ",
                                       difficulty.households[s], " households"));
    }
  }
  if (options.strata < 1 || options.strata > 100) {
    return InvalidField("strata", -1, absl::StrCat(options.strata, ", need 1 to 100"));
  }
  if (options.cap < 0 || options.cap > 5000) {
    return InvalidField("cap", -1, absl::StrCat(FormatPoints(options.cap), ", need 0 to 5 points"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Strata> Stratify(const Scores& scores, const Difficulty& difficulty, const StrataOptions& options) {
  if (auto status = Check(scores, difficulty, options); !status.ok()) return status;
  std::vector<int32_t> rated;
  for (int32_t s = 0; s < scores.stewards; ++s) {
    if (scores.status[s] == ScoreStatus::kRated) rated.push_back(s);
  }
  const auto n = static_cast<int64_t>(rated.size());
  const auto by = [&](absl::Span<const int64_t> column) {
    return Percentiles(n, [&, column](int64_t a, int64_t b) { return column[rated[a]] < column[rated[b]]; });
  };
  const auto less_share = [&](int64_t a, int64_t b) {  // an empty district has no hardship
    const auto whole = [&](int64_t m) { return std::max<int64_t>(difficulty.households[rated[m]], 1); };
    return absl::int128(difficulty.hardship[rated[a]]) * whole(b) <
           absl::int128(difficulty.hardship[rated[b]]) * whole(a);
  };
  std::vector<int64_t> sum = by(difficulty.dispersion_cm);
  const std::vector<int64_t> load = by(difficulty.households);
  const std::vector<int64_t> hardship = Percentiles(n, less_share);
  for (int64_t m = 0; m < n; ++m) sum[m] += load[m] + hardship[m];  // 6n times the difficulty
  const std::vector<int64_t> place = Percentiles(n, [&](int64_t a, int64_t b) { return sum[a] < sum[b]; });

  const auto all = static_cast<size_t>(scores.stewards);
  Strata result{.difficulty = std::vector<int64_t>(all, 0),
                .stratum = std::vector<int32_t>(all, kNoIndex),
                .stratum_rank = std::vector<int32_t>(all, 0),
                .adjustment = std::vector<Points>(all, 0),
                .adjusted = std::vector<Points>(all, kNotApplicable),
                .adjusted_rank = {},
                .stratum_mean = {}};
  std::vector<std::vector<int32_t>> members(options.strata);
  int64_t grand = 0;
  for (int64_t m = 0; m < n; ++m) {
    const int32_t s = rated[m];
    result.difficulty[s] = (sum[m] * 1'000'000 + 3 * n) / (6 * n);
    result.stratum[s] =
        static_cast<int32_t>(std::min<int64_t>(place[m] * options.strata / (2 * n), options.strata - 1));
    members[result.stratum[s]].push_back(s);
    grand += scores.total[s];
  }
  for (const std::vector<int32_t>& stratum : members) {
    int64_t points = 0;
    std::vector<Points> totals;
    totals.reserve(stratum.size());
    for (const int32_t s : stratum) totals.push_back(scores.total[s]);
    points = std::accumulate(totals.begin(), totals.end(), int64_t{0});
    const auto size = static_cast<int64_t>(stratum.size());
    result.stratum_mean.push_back(size == 0 ? kNotApplicable : (2 * points + size) / (2 * size));
    const std::vector<int32_t> ranks = RanksOf(totals);
    for (size_t k = 0; k < stratum.size(); ++k) {
      const int32_t s = stratum[k];
      result.stratum_rank[s] = ranks[k];
      // Totals and means are in thousandths; one rounding, of the difference.
      const Rational gap = Rational(grand, n) - Rational(points, size);
      result.adjustment[s] = std::clamp<Points>(RoundPoints(gap / 1000), -options.cap, options.cap);
      result.adjusted[s] = std::clamp<Points>(scores.total[s] + result.adjustment[s], 0, options.full_marks);
    }
  }
  result.adjusted_rank = RanksOf(result.adjusted);
  return result;
}

}  // namespace lianhu::scoring
