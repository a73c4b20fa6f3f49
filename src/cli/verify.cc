#include "lianhu/assignment/verify.h"

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/assign_roads.h"
#include "cli/commands.h"
#include "cli/verify_weighted.h"
#include "lianhu/assignment/objective.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::cli {
namespace {

using assignment::Objective;
using assignment::ObjectiveVerification;
using assignment::Verification;
using assignment::Violation;
using assignment::ViolationKind;

struct Arguments {
  io::StreetFiles street;
  io::ConditionFiles conditions;
  bool best_effort = false;
  bool allow_gap = false;
  std::string plan;
  std::string prices;
  std::string objective = "total";
  std::string weights;  // column; empty: every household counts one
  std::string multipliers;
  RoadArguments roads;
};

Objective ObjectiveOf(const std::string& name) {
  if (name == "bottleneck") return Objective::kBottleneck;
  return name == "even" ? Objective::kEven : Objective::kTotal;
}

std::string Sentence(const io::Street& street, const Violation& violation, Language language) {
  const bool chinese = language == Language::kChinese;
  const auto household = [&] { return street.households.ids[violation.index]; };
  const auto steward = [&](int64_t index) { return street.stewards.ids[index]; };
  switch (violation.kind) {
    case ViolationKind::kUnserved:
      return chinese ? absl::StrCat("住户 ", household(), " 没有红管事")
                     : absl::StrCat("household ", household(), " has no steward");
    case ViolationKind::kOtherJurisdiction:
      return chinese ? absl::StrCat("住户 ", household(), " 的红管事 ", steward(violation.value), " 属于另一辖区")
                     : absl::StrCat("household ", household(), " is served by ", steward(violation.value),
                                    " of another jurisdiction");
    case ViolationKind::kAboveMaximum:
      return chinese ? absl::StrCat("红管事 ", steward(violation.index), " 联系", violation.value, "户，超过上限")
                     : absl::StrCat("steward ", steward(violation.index), " serves ", violation.value,
                                    " households, above his maximum");
    case ViolationKind::kBelowMinimum:
      return chinese ? absl::StrCat("红管事 ", steward(violation.index), " 联系", violation.value, "户，低于下限")
                     : absl::StrCat("steward ", steward(violation.index), " serves ", violation.value,
                                    " households, below his minimum");
    case ViolationKind::kOtherKind:
      return chinese ? absl::StrCat("住户 ", household(), " 的红管事 ", steward(violation.value), " 属于另一类别")
                     : absl::StrCat("household ", household(), " is served by ", steward(violation.value),
                                    " of another kind");
    case ViolationKind::kFixedElsewhere:
      return chinese ? absl::StrCat("住户 ", household(), " 指定了别的红管事，不是 ", steward(violation.value))
                     : absl::StrCat("household ", household(), " is fixed to another steward than ",
                                    steward(violation.value));
    case ViolationKind::kForbiddenPair:
      return chinese ? absl::StrCat("住户 ", household(), " 不得由红管事 ", steward(violation.value), " 联系")
                     : absl::StrCat("household ", household(), " is forbidden to ", steward(violation.value));
    case ViolationKind::kTooFar:
      return chinese ? absl::StrCat("住户 ", household(), " 离红管事 ", steward(violation.value), " 太远")
                     : absl::StrCat("household ", household(), " is too far from ", steward(violation.value));
    case ViolationKind::kUnreachable:
      return chinese ? absl::StrCat("住户 ", household(), " 到不了红管事 ", steward(violation.value))
                     : absl::StrCat("household ", household(), " cannot reach ", steward(violation.value));
  }
  return "";
}

// What was checked and found, a line each.
std::string Report(const Verification& result, bool priced, Language language) {
  const int64_t gap = result.total_cost_cm - result.dual_bound_cm;
  if (language == Language::kChinese) {
    return absl::StrCat(
        result.feasible ? "上下限与辖区：符合\n" : "上下限与辖区：不符合\n", "每人", result.load_min, "至",
        result.load_max, "户，无人联系", result.unserved, "户，总距离", result.total_cost_cm, "厘米\n",
        !priced         ? "未给出价格，没有检查是否最优"
        : result.proved ? absl::StrCat("下界", result.dual_bound_cm, "厘米 = 总距离：已证明最优")
                        : absl::StrCat("下界", result.dual_bound_cm, "厘米，与总距离相差", gap, "厘米：未证明最优"));
  }
  return absl::StrCat(result.feasible ? "bounds and jurisdictions: kept\n" : "bounds and jurisdictions: violated\n",
                      "loads ", result.load_min, " to ", result.load_max, ", unserved ", result.unserved, ", total ",
                      result.total_cost_cm, " cm\n",
                      !priced         ? "no prices given: optimality was not checked"
                      : result.proved ? absl::StrCat("dual bound ", result.dual_bound_cm, " cm = total: proved optimal")
                                      : absl::StrCat("dual bound ", result.dual_bound_cm, " cm, ", gap,
                                                     " cm from the total: not proved"));
}

// What an objective makes least first.
std::string FirstFigure(const ObjectiveVerification& result, Objective objective, bool chinese) {
  const bool bottleneck = objective == Objective::kBottleneck;
  const std::string metres = absl::StrFormat("%.2f", static_cast<double>(result.distance_cm) / 100);
  const auto reasons = result.reasons.size();
  if (chinese) {
    const std::string figure = bottleneck ? absl::StrCat("最远距离", metres, "米")
                                          : absl::StrCat("每人", result.load_min, "至", result.load_max, "户");
    return absl::StrCat(figure,
                        result.first_proved ? absl::StrCat("：已证明不能再小（理由", reasons, "条）") : "：还可以更小");
  }
  const std::string figure = bottleneck ? absl::StrCat("greatest distance ", metres, " m")
                                        : absl::StrCat("loads ", result.load_min, " to ", result.load_max);
  return absl::StrCat(figure, result.first_proved
                                  ? absl::StrCat(": proved, no plan does with less (reasons: ", reasons, ")")
                                  : ": not the least");
}

ExitCode VerifyPlan(const Arguments& arguments, Session& session) {
  const Language language = session.language;
  const bool chinese = session.chinese();
  const std::optional<io::Street> street = ReadStreetWithConditions(arguments.street, arguments.conditions);
  if (!street.has_value()) return kBadInput;
  if (!arguments.weights.empty()) {
    return VerifyWeightedPlan(*street,
                              {.households = arguments.street.households,
                               .column = arguments.weights,
                               .plan = arguments.plan,
                               .multipliers = arguments.multipliers},
                              session);
  }
  const absl::StatusOr<std::vector<int32_t>> steward_of = io::ReadPlanCsv(*street, arguments.plan);
  if (!steward_of.ok()) return Complain(steward_of.status());
  std::vector<int64_t> prices;
  if (!arguments.prices.empty()) {
    absl::StatusOr<std::vector<int64_t>> read = io::ReadPricesCsv(*street, arguments.prices);
    if (!read.ok()) return Complain(read.status());
    prices = *std::move(read);
  }
  const Objective objective = ObjectiveOf(arguments.objective);
  if (objective != Objective::kTotal && (arguments.best_effort || !arguments.roads.nodes.empty())) {
    return Complain(
        absl::InvalidArgumentError("--objective bottleneck and even do not go with --best-effort or --road-nodes"));
  }
  absl::StatusOr<ObjectiveVerification> aimed = ObjectiveVerification{};
  absl::StatusOr<Verification> result = Verification{};
  if (objective != Objective::kTotal) {
    aimed = assignment::VerifyObjective(street->View(), objective, *steward_of, prices, session.context);
    if (!aimed.ok()) return Complain(aimed.status());
    result = aimed->verification;
  } else if (!arguments.roads.nodes.empty()) {
    result = VerifyAlongRoads(*street, arguments.roads, *steward_of, prices);
  } else {
    result = assignment::Verify(street->View(), *steward_of, prices, {.best_effort = arguments.best_effort},
                                session.context);
  }
  if (!result.ok()) return Complain(result.status());
  if (result->cancelled) return kInterrupted;

  for (const Violation& violation : result->violations) {
    Complain(Sentence(*street, violation, language));
  }
  if (const int64_t more = result->violation_count - static_cast<int64_t>(result->violations.size()); more > 0) {
    Complain(chinese ? absl::StrCat("另有", more, "处不符") : absl::StrCat("and ", more, " violations more"));
  }
  absl::PrintF("%s\n", Report(*result, !arguments.prices.empty(), language));
  if (objective != Objective::kTotal && result->feasible) absl::PrintF("%s\n", FirstFigure(*aimed, objective, chinese));
  const bool first = objective == Objective::kTotal || aimed->first_proved || arguments.allow_gap;
  const bool enough = arguments.prices.empty() || arguments.allow_gap;
  if (first && (enough ? result->feasible : result->proved)) return kDone;
  Complain(chinese ? "核验未通过" : "verification failed");
  return kVerificationFailed;
}

}  // namespace

void AddVerify(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("verify", "Check a plan and, with its prices, its optimality.");
  const auto arguments = std::make_shared<Arguments>();
  AddStreetOptions(*command, arguments->street);
  AddConditionOptions(*command, arguments->street, arguments->conditions);
  AddCurrentOptions(*command, arguments->conditions);
  command->add_option("--plan", arguments->plan, "the plan: household,steward")->required()->type_name("FILE");
  command->add_option("--prices", arguments->prices, "the proof: steward,price_cm")->type_name("FILE");
  command->add_flag("--best-effort", arguments->best_effort, "judge as a best-effort plan");
  command
      ->add_option("--objective", arguments->objective,
                   "what the plan is to be best in: total (or load-cost, with --load-cost); bottleneck, even")
      ->check(CLI::IsMember({"total", "bottleneck", "even", "load-cost"}));
  command
      ->add_option("--weights", arguments->weights,
                   "column of whole weights in the households' file: bounds hold for their sums")
      ->type_name("COLUMN");
  command->add_option("--multipliers", arguments->multipliers, "the proof of its bound: household,multiplier_cm")
      ->needs(command->get_option("--weights"))
      ->type_name("FILE");
  AddRoadOptions(*command, arguments->roads);
  command->get_option("--road-nodes")->excludes(command->get_option("--best-effort"));
  for (const char* option : {"--kind", "--max-distance", "--forbid", "--fix", "--prefer", "--load-cost", "--current",
                             "--prices", "--best-effort", "--road-nodes", "--objective"}) {
    command->get_option("--weights")->excludes(command->get_option(option));
  }
  command->add_flag("--allow-gap", arguments->allow_gap,
                    "feasible is enough, as for a plan made under a time limit; the gap is stated");
  command->callback([arguments, &session] { session.exit_code = VerifyPlan(*arguments, session); });
}

}  // namespace lianhu::cli
