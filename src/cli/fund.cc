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
  // A product of nine decimals and a headcount stays below 2^96 for every score below 7.9e10.
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

void Print(const io::FundClaims& claims, const Apportionment& fund, const Arguments& arguments, absl::int128 amount,
           bool chinese) {
  const auto [least, most] = std::minmax_element(fund.shares.begin(), fund.shares.end());
  const std::string low = fund.shares.empty() ? "0.00" : io::FormatYuan(*least);
  const std::string high = fund.shares.empty() ? "0.00" : io::FormatYuan(*most);
  if (chinese) {
    absl::PrintF("%s元分给%d人（%s），每人%s至%s元，合计分毫不差\n", io::FormatYuan(amount), claims.stewards.size(),
                 scoring::MethodName(arguments.method), low, high);
  } else {
    absl::PrintF("divided:   %s yuan among %d stewards by %s, %s to %s each, exact to the fen\n",
                 io::FormatYuan(amount), claims.stewards.size(), scoring::MethodName(arguments.method), low, high);
  }
  if (claims.not_rated > 0) {
    if (chinese) {
      absl::PrintF("未评定：%d人\n", claims.not_rated);
    } else {
      absl::PrintF("not rated: %d stewards, whose score counts as 0\n", claims.not_rated);
    }
  }
  if (fund.tied.empty()) return;
  std::vector<std::string> names;
  for (size_t k = 0; k < fund.tied.size() && k < 10; ++k) names.push_back(claims.stewards[fund.tied[k]]);
  if (fund.tied.size() > names.size()) names.emplace_back("...");
  if (chinese) {
    absl::PrintF("并列：%d人对最后%d分钱权利相同，按编号先后给予：%s\n", fund.tied.size(), fund.tied_served,
                 absl::StrJoin(names, " "));
  } else {
    absl::PrintF("tie:       %d stewards had the same claim on the last %d fen, given in order of id: %s\n",
                 fund.tied.size(), fund.tied_served, absl::StrJoin(names, " "));
  }
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
  io::FundBounds bounds{.floors = std::vector<absl::int128>(weights.size(), 0),
                        .ceilings = std::vector<absl::int128>(weights.size(), scoring::kMaxAmount)};
  for (const auto& [option, text, values] : {std::tuple("--floor", &arguments.floor, &bounds.floors),
                                             std::tuple("--ceiling", &arguments.ceiling, &bounds.ceilings)}) {
    if (text->empty()) continue;
    const absl::StatusOr<absl::int128> bound = YuanOption(option, *text);
    if (!bound.ok()) return Complain(bound.status());
    values->assign(weights.size(), *bound);
  }
  // Who is not rated has no claim, not even on the floor of all.
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) bounds.floors[i] = 0;
  }
  if (!arguments.bounds.empty()) {
    if (auto status = io::ReadFundBounds(arguments.bounds, *claims, bounds); !status.ok()) return Complain(status);
  }
  const absl::StatusOr<Apportionment> fund = scoring::Apportion({.amount = *amount,
                                                                 .weights = weights,
                                                                 .floors = bounds.floors,
                                                                 .ceilings = bounds.ceilings,
                                                                 .tie_order = claims->tie_order},
                                                                {.method = arguments.method});
  if (!fund.ok()) return Complain(fund.status());
  if (fund->outcome != ApportionmentOutcome::kDivided) {
    Complain(Reason(*fund, weights, *amount, session.chinese()));
    return kInfeasible;
  }
  if (auto status = io::WriteFiles({{arguments.out, io::FormatFundCsv(*claims, *fund)}}); !status.ok()) {
    return Complain(status);
  }
  Print(*claims, *fund, arguments, *amount, session.chinese());
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
  command->add_option("--out", arguments->out, "write steward,score,amount")->required()->type_name("FILE");
  command->callback([arguments, &session] { session.exit_code = Fund(*arguments, session); });
}

}  // namespace lianhu::cli
