#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/one_of.h"
#include "lianhu/base/status.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/fund_files.h"

namespace lianhu::cli {
namespace {

using scoring::Apportionment;
using scoring::ApportionmentMethod;
using scoring::ApportionmentOutcome;

enum class By { kScore, kHeadcount, kBoth };

struct Arguments {
  std::string amount;
  std::string scores;
  ApportionmentMethod method = ApportionmentMethod::kLargestRemainder;
  By by = By::kScore;
  std::string headcounts;
  std::string floor;
  std::string ceiling;
  std::string bounds;
  std::string out;
  std::string ties;
};

const std::map<std::string, ApportionmentMethod>& Methods() {
  static const auto* const kMethods = [] {
    auto* methods = new std::map<std::string, ApportionmentMethod>;
    for (const ApportionmentMethod method :
         {ApportionmentMethod::kLargestRemainder, ApportionmentMethod::kAdams, ApportionmentMethod::kHuntingtonHill,
          ApportionmentMethod::kSainteLague, ApportionmentMethod::kDHondt}) {
      methods->emplace(scoring::MethodName(method), method);
    }
    return methods;
  }();
  return *kMethods;
}

absl::StatusOr<absl::int128> YuanOption(absl::string_view option, const std::string& text) {
  absl::StatusOr<absl::int128> fen = io::ParseYuan(text);
  if (fen.ok()) return fen;
  return absl::InvalidArgumentError(absl::StrCat(option, ": ", fen.status().message(), ": '", text, "'"));
}

std::vector<absl::int128> Weights(const io::FundClaims& claims, By by) {
  if (by == By::kHeadcount) return claims.headcounts;
  std::vector<absl::int128> weights = claims.scores;
  if (by == By::kScore) return weights;
  // Scores are below 10^27 units and headcounts up to 10^9: the products stay below 2^127.
  for (size_t i = 0; i < weights.size(); ++i) weights[i] *= claims.headcounts[i];
  return weights;
}

std::string Reason(const Apportionment& fund, const std::vector<absl::int128>& weights, absl::int128 amount,
                   bool chinese) {
  const std::string bound = io::FormatYuan(fund.bound_sum);
  const std::string whole = io::FormatYuan(amount);
  if (fund.outcome == ApportionmentOutcome::kFloorsExceedAmount) {
    return chinese ? absl::StrCat("保底金额合计", bound, "元，超过总额", whole, "元")
                   : absl::StrCat("the floors come to ", bound, " yuan, more than the ", whole, " there are");
  }
  const bool nobody = std::all_of(weights.begin(), weights.end(), [](absl::int128 weight) { return weight == 0; });
  if (nobody)
    return chinese ? "没有人有份额：各人的得分或户数都是0" : "nobody has a claim: all scores or headcounts are 0";
  return chinese ? absl::StrCat("有得分者的封顶金额合计", bound, "元，不足总额", whole, "元")
                 : absl::StrCat("the ceilings of all who have a claim come to ", bound, " yuan, less than the ", whole,
                                " there are");
}

const char* ChineseMethodName(ApportionmentMethod method) {
  static constexpr const char* kNames[] = {"最大余数法", "亚当斯法", "亨廷顿-希尔法", "圣拉古法", "顿特法"};
  return kNames[static_cast<size_t>(method)];
}

// Who had the same claim on the last fen, those served first; at most ten names of each.
std::string Ties(const io::FundClaims& claims, const Apportionment& fund, bool chinese) {
  const std::vector<int32_t> tied = io::TiedInOrder(claims, fund);
  const auto names = [&](size_t begin, size_t end) {
    std::string list;
    for (size_t k = begin; k < std::min(end, begin + 10); ++k) absl::StrAppend(&list, " ", claims.stewards[tied[k]]);
    if (end > begin + 10) absl::StrAppend(&list, " ...");
    return list;
  };
  const auto served = static_cast<size_t>(fund.tied_served);
  if (chinese) {
    return absl::StrFormat("并列：%d人对最后%d分钱权利相同，按编号先后，得到的：%s；未得到的：%s\n", tied.size(),
                           served, names(0, served), names(served, tied.size()));
  }
  return absl::StrFormat(
      "tie:       %d stewards had the same claim on the last %d fen; by order of id it went to%s, not to%s\n",
      tied.size(), served, names(0, served), names(served, tied.size()));
}

void Print(const io::FundClaims& claims, const std::vector<absl::int128>& weights, const Apportionment& fund,
           const Arguments& arguments, absl::int128 amount, bool chinese) {
  int64_t among = 0;
  absl::int128 least = amount;
  absl::int128 most = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0 && fund.shares[i] == 0) continue;
    ++among;
    least = std::min(least, fund.shares[i]);
    most = std::max(most, fund.shares[i]);
  }
  if (among == 0) least = 0;
  const auto without = static_cast<int64_t>(weights.size()) - among;
  const auto not_rated = std::count(claims.rated.begin(), claims.rated.end(), false);
  const std::string whole = io::FormatYuan(amount);
  const std::string low = io::FormatYuan(least);
  const std::string high = io::FormatYuan(most);
  if (chinese) {
    absl::PrintF("%s元分给%d人（%s），每人%s至%s元，合计分毫不差\n", whole, among, ChineseMethodName(arguments.method),
                 low, high);
  } else {
    absl::PrintF("divided:   %s yuan among %s by %s, %s to %s each, exact to the fen\n", whole,
                 among == 1 ? "1 steward" : absl::StrCat(among, " stewards"), scoring::MethodName(arguments.method),
                 low, high);
  }
  const bool by_score = arguments.by != By::kHeadcount;
  if (without > 0) {
    const std::string unrated = !by_score || not_rated == 0 ? ""
                                : chinese                   ? absl::StrCat("，其中未评定", not_rated, "人")
                                                            : absl::StrCat(", of these not rated ", not_rated);
    if (chinese) {
      absl::PrintF("无份额：%d人%s，分得0元\n", without, unrated);
    } else {
      absl::PrintF("no claim:  %d%s; they get nothing\n", without, unrated);
    }
  }
  if (not_rated > 0 && !by_score) {
    if (chinese) {
      absl::PrintF("未评定：%d人，仍按户数分配\n", not_rated);
    } else {
      absl::PrintF("not rated: %d, who share by their households all the same\n", not_rated);
    }
  }
  if (!fund.tied.empty()) absl::PrintF("%s", Ties(claims, fund, chinese));
}

// The bounds of all who have a claim, then those of some.
absl::StatusOr<io::FundBounds> Bounds(const Arguments& arguments, const io::FundClaims& claims,
                                      const std::vector<absl::int128>& weights) {
  io::FundBounds bounds{.floors = std::vector<absl::int128>(weights.size(), 0),
                        .ceilings = std::vector<absl::int128>(weights.size(), scoring::kMaxAmount)};
  absl::int128 floor = 0;
  if (!arguments.floor.empty()) {
    const absl::StatusOr<absl::int128> given = YuanOption("--floor", arguments.floor);
    if (!given.ok()) return given.status();
    floor = *given;
    // Who has no claim has none on the floor of all.
    for (size_t i = 0; i < weights.size(); ++i) bounds.floors[i] = weights[i] == 0 ? 0 : floor;
  }
  if (!arguments.ceiling.empty()) {
    const absl::StatusOr<absl::int128> given = YuanOption("--ceiling", arguments.ceiling);
    if (!given.ok()) return given.status();
    if (*given < floor) {
      return absl::InvalidArgumentError(
          absl::StrCat("--ceiling: ", io::FormatYuan(*given), " is below the --floor of ", io::FormatYuan(floor)));
    }
    bounds.ceilings.assign(weights.size(), *given);
  }
  if (arguments.bounds.empty()) return bounds;
  if (auto status = io::ReadFundBounds(arguments.bounds, claims, bounds); !status.ok()) return status;
  return bounds;
}

ExitCode Fund(const Arguments& arguments, Session& session) {
  const absl::StatusOr<absl::int128> amount = YuanOption("--amount", arguments.amount);
  if (!amount.ok()) return Complain(amount.status());
  absl::StatusOr<io::FundClaims> claims = io::ReadFundClaims(arguments.scores);
  if (!claims.ok()) return Complain(claims.status());
  if (arguments.by != By::kScore) {
    if (arguments.headcounts.empty()) {
      return Complain(absl::InvalidArgumentError("--by headcount and --by both need --headcounts"));
    }
    if (auto status = io::ReadHeadcounts(arguments.headcounts, *claims); !status.ok()) return Complain(status);
  }
  const std::vector<absl::int128> weights = Weights(*claims, arguments.by);
  const absl::StatusOr<io::FundBounds> bounds = Bounds(arguments, *claims, weights);
  if (!bounds.ok()) return Complain(bounds.status());
  const absl::StatusOr<Apportionment> fund = scoring::Apportion({.amount = *amount,
                                                                 .weights = weights,
                                                                 .floors = bounds->floors,
                                                                 .ceilings = bounds->ceilings,
                                                                 .tie_order = claims->tie_order},
                                                                {.method = arguments.method});
  if (!fund.ok()) return Complain(fund.status());
  if (fund->outcome != ApportionmentOutcome::kDivided) {
    Complain(Reason(*fund, weights, *amount, session.chinese()));
    return kInfeasible;
  }
  std::vector<io::FileContent> outputs = {{arguments.out, io::FormatFundCsv(*claims, *fund)}};
  if (!arguments.ties.empty()) outputs.push_back({arguments.ties, io::FormatTiesCsv(*claims, *fund)});
  if (auto status = io::WriteFiles(outputs); !status.ok()) return Complain(status);
  Print(*claims, weights, *fund, arguments, *amount, session.chinese());
  return kDone;
}

}  // namespace

void AddFund(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("fund", "Divide an amount among stewards, exact to the fen.");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("--amount", arguments->amount, "yuan, as 1000000.00")->required()->type_name("YUAN");
  command->add_option("--scores", arguments->scores, "CSV with steward and total")->required()->type_name("FILE");
  command->add_option("--method", arguments->method, "how to round")->transform(OneOf(Methods()))->type_name("METHOD");
  const std::map<std::string, By> by{{"score", By::kScore}, {"headcount", By::kHeadcount}, {"both", By::kBoth}};
  command->add_option("--by", arguments->by, "score, headcount, or both: score x households")
      ->transform(OneOf(by))
      ->type_name("WEIGHT");
  command->add_option("--headcounts", arguments->headcounts, "CSV with steward and households, or a plan")
      ->type_name("FILE");
  command->add_option("--floor", arguments->floor, "least for everyone with a claim")->type_name("YUAN");
  command->add_option("--ceiling", arguments->ceiling, "most for anyone")->type_name("YUAN");
  command
      ->add_option("--bounds", arguments->bounds,
                   "CSV with steward, floor, ceiling in yuan, for those who have their own")
      ->type_name("FILE");
  command->add_option("--out", arguments->out, "write steward,score,amount")->required()->type_name(kOutputFile);
  command->add_option("--ties", arguments->ties, "write who had the same claim on the last fen: steward,given")
      ->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = Fund(*arguments, session); });
}

}  // namespace lianhu::cli
