#include "lianhu/io/fund_files.h"

#include <algorithm>
#include <numeric>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/household_links.h"

namespace lianhu::io {
namespace {

constexpr int kScoreDecimals = 9;
constexpr absl::int128 kMaxScore = absl::MakeInt128(0x33B2E3C, 0x9FD0803CE8000000);  // 10^18 points

// `text`, digits with at most `decimals` of them behind a point, in units of 10^-decimals.
absl::StatusOr<absl::int128> ParseUnits(absl::string_view text, int decimals, absl::int128 greatest) {
  const size_t point = text.find('.');
  const absl::string_view whole = text.substr(0, point);
  const absl::string_view part = point == absl::string_view::npos ? absl::string_view() : text.substr(point + 1);
  const auto digits = [](absl::string_view s) { return std::all_of(s.begin(), s.end(), absl::ascii_isdigit); };
  if (!text.empty() && text.front() == '-') return absl::InvalidArgumentError("must not be negative");
  if (whole.empty() || !digits(whole) || !digits(part) || (point != absl::string_view::npos && part.empty())) {
    return absl::InvalidArgumentError("not a number");
  }
  if (part.size() > static_cast<size_t>(decimals) &&
      part.substr(decimals).find_first_not_of('0') != absl::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat("more than ", decimals, " decimals"));
  }
  absl::int128 value = 0;
  const auto take = [&](char digit) {
    if (value > (greatest - (digit - '0')) / 10) return false;
    value = value * 10 + (digit - '0');
    return true;
  };
  for (const char digit : whole) {
    if (!take(digit)) return absl::InvalidArgumentError("out of range");
  }
  for (int d = 0; d < decimals; ++d) {
    if (!take(static_cast<size_t>(d) < part.size() ? part[d] : '0')) return absl::InvalidArgumentError("out of range");
  }
  return value;
}

std::string Digits(absl::int128 value) {
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  return digits;
}

using StewardIndex = absl::flat_hash_map<absl::string_view, int32_t>;

absl::Status CountPlan(const std::string& path, const StewardIndex& index, FundClaims& claims) {
  const absl::StatusOr<HouseholdLinks> links = ReadHouseholdLinks(path);
  if (!links.ok()) return links.status();
  for (size_t h = 0; h < links->households.size(); ++h) {
    if (links->steward_of[h] < 0) continue;
    const std::string& steward = links->stewards[links->steward_of[h]];
    const auto found = index.find(steward);
    if (found == index.end()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": row ", links->row_numbers[h],
                                                     ", column steward: unknown steward, not in ", claims.file, ": '",
                                                     ShownValue(steward), "'"));
    }
    ++claims.headcounts[found->second];
  }
  return absl::OkStatus();
}

absl::Status TakeHeadcounts(const CsvTable& table, int steward, int households, const StewardIndex& index,
                            FundClaims& claims) {
  std::vector<bool> seen(claims.stewards.size(), false);
  for (int64_t row = 0; row < table.rows(); ++row) {
    const auto found = index.find(table.Field(row, steward));
    if (found == index.end()) {
      return table.Complain(row, steward, absl::StrCat("unknown steward, not in ", claims.file));
    }
    if (seen[found->second]) return table.Complain(row, steward, "is there twice");
    seen[found->second] = true;
    const absl::StatusOr<absl::int128> count = ParseUnits(table.Field(row, households), 0, 1'000'000'000);
    if (!count.ok()) return table.Complain(row, households, count.status().message());
    claims.headcounts[found->second] = *count;
  }
  const auto missing = std::find(seen.begin(), seen.end(), false);
  if (missing == seen.end()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(table.name(), ": no row for steward '", ShownValue(claims.stewards[missing - seen.begin()]), "'"));
}

}  // namespace

absl::StatusOr<absl::int128> ParseYuan(absl::string_view text) {
  return ParseUnits(text, 2, scoring::kMaxAmount);
}

std::string FormatYuan(absl::int128 fen) {
  std::string digits = Digits(fen);
  if (digits.size() < 3) digits = absl::StrCat(std::string(3 - digits.size(), '0'), digits);
  const absl::string_view all = digits;
  return absl::StrCat(all.substr(0, all.size() - 2), ".", all.substr(all.size() - 2));
}

absl::StatusOr<FundClaims> ReadFundClaims(const std::string& path) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> steward = table->RequireColumn("steward");
  if (!steward.ok()) return steward.status();
  const absl::StatusOr<int> total = table->RequireColumn("total");
  if (!total.ok()) return total.status();
  const int status = table->FindColumn("status");
  FundClaims claims;
  claims.file = path;
  absl::flat_hash_map<absl::string_view, int64_t> seen;
  for (int64_t row = 0; row < table->rows(); ++row) {
    const absl::string_view id = table->Field(row, *steward);
    if (id.empty()) return table->Complain(row, *steward, "value missing");
    const auto [first, fresh] = seen.try_emplace(id, row);
    if (!fresh) {
      return table->Complain(row, *steward, absl::StrCat("is there already, in row ", table->RowNumber(first->second)));
    }
    const absl::string_view text = table->Field(row, *total);
    const bool rated = status < 0 || table->Field(row, status) != "not rated";
    if (rated && text.empty()) return table->Complain(row, *total, "value missing");
    if (!rated && !text.empty()) return table->Complain(row, *total, "the steward is not rated, but has a total");
    absl::StatusOr<absl::int128> score = 0;
    if (rated) score = ParseUnits(text, kScoreDecimals, kMaxScore);
    if (!score.ok()) return table->Complain(row, *total, score.status().message());
    claims.stewards.emplace_back(id);
    claims.score_texts.emplace_back(text);
    claims.scores.push_back(*score);
    claims.rated.push_back(rated);
  }
  std::vector<int32_t> order(claims.stewards.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) { return claims.stewards[a] < claims.stewards[b]; });
  claims.tie_order.resize(order.size());
  for (size_t k = 0; k < order.size(); ++k) claims.tie_order[order[k]] = static_cast<int32_t>(k);
  return claims;
}

absl::Status ReadHeadcounts(const std::string& path, FundClaims& claims) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> steward = table->RequireColumn("steward");
  if (!steward.ok()) return steward.status();
  StewardIndex index;
  for (size_t i = 0; i < claims.stewards.size(); ++i) index[claims.stewards[i]] = static_cast<int32_t>(i);
  claims.headcounts.assign(claims.stewards.size(), 0);
  const int households = table->FindColumn("households");
  if (households >= 0) return TakeHeadcounts(*table, *steward, households, index, claims);
  if (table->FindColumn("household") >= 0) return CountPlan(path, index, claims);
  return table->RequireColumn("households").status();
}

absl::Status ReadFundBounds(const std::string& path, const FundClaims& claims, FundBounds& bounds) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> steward = table->RequireColumn("steward");
  if (!steward.ok()) return steward.status();
  const int floor = table->FindColumn("floor");
  const int ceiling = table->FindColumn("ceiling");
  if (floor < 0 && ceiling < 0) return table->RequireColumn("floor").status();
  StewardIndex index;
  for (size_t i = 0; i < claims.stewards.size(); ++i) index[claims.stewards[i]] = static_cast<int32_t>(i);
  std::vector<bool> seen(claims.stewards.size(), false);
  for (int64_t row = 0; row < table->rows(); ++row) {
    const auto found = index.find(table->Field(row, *steward));
    if (found == index.end()) {
      return table->Complain(row, *steward, absl::StrCat("unknown steward, not in ", claims.file));
    }
    const int32_t who = found->second;
    if (seen[who]) return table->Complain(row, *steward, "is there twice");
    seen[who] = true;
    for (const auto& [column, values] : {std::pair(floor, &bounds.floors), std::pair(ceiling, &bounds.ceilings)}) {
      if (column < 0 || table->Field(row, column).empty()) continue;
      const absl::StatusOr<absl::int128> fen = ParseYuan(table->Field(row, column));
      if (!fen.ok()) return table->Complain(row, column, fen.status().message());
      (*values)[who] = *fen;
    }
    if (bounds.ceilings[who] < bounds.floors[who]) {
      return table->Complain(row, ceiling < 0 ? floor : ceiling,
                             absl::StrCat("the ceiling ", FormatYuan(bounds.ceilings[who]), " is below the floor ",
                                          FormatYuan(bounds.floors[who])));
    }
  }
  return absl::OkStatus();
}

std::string FormatFundCsv(const FundClaims& claims, const scoring::Apportionment& fund) {
  std::string csv = "steward,score,amount\n";
  for (size_t i = 0; i < claims.stewards.size(); ++i) {
    absl::StrAppend(&csv, QuoteCsvField(claims.stewards[i]), ",", claims.score_texts[i], ",",
                    FormatYuan(fund.shares[i]), "\n");
  }
  return csv;
}

std::vector<int32_t> TiedInOrder(const FundClaims& claims, const scoring::Apportionment& fund) {
  std::vector<int32_t> tied = fund.tied;
  std::sort(tied.begin(), tied.end(), [&](int32_t a, int32_t b) { return claims.tie_order[a] < claims.tie_order[b]; });
  return tied;
}

std::string FormatTiesCsv(const FundClaims& claims, const scoring::Apportionment& fund) {
  std::string csv = "steward,given\n";
  int32_t given = 0;
  for (const int32_t steward : TiedInOrder(claims, fund)) {
    absl::StrAppend(&csv, QuoteCsvField(claims.stewards[steward]), given++ < fund.tied_served ? ",0.01\n" : ",0.00\n");
  }
  return csv;
}

}  // namespace lianhu::io
