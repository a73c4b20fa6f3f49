#include "lianhu/assignment/explain.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/events.h"
#include "lianhu/io/explanations.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::cli {
namespace {

using assignment::Alternative;
using assignment::BoundChange;
using assignment::Explainer;
using assignment::HouseholdExplanation;
using assignment::JurisdictionState;
using assignment::StewardExplanation;
using assignment::TownExplanation;

struct Arguments {
  io::StreetFiles street;
  io::ConditionFiles conditions;
  std::string plan;
  std::string prices;
  bool best_effort = false;
  std::string household;
  std::string steward;
  std::vector<std::string> others;
  int32_t count = 10;
  bool town = false;
  std::optional<int32_t> new_min;
  std::optional<int32_t> new_max;
  bool json = false;
};

// Both formats take the same arguments in the same order.
template <typename... Args>
void PrintIn(bool chinese, const absl::FormatSpec<Args...>& in_chinese, const absl::FormatSpec<Args...>& in_english,
             const Args&... args) {
  absl::PrintF(chinese ? in_chinese : in_english, args...);
}

absl::StatusOr<int32_t> Find(const io::Roster& roster, const char* option, const std::string& id) {
  const auto found = std::find(roster.ids.begin(), roster.ids.end(), id);
  if (found == roster.ids.end()) {
    return absl::InvalidArgumentError(absl::StrCat(option, ": not in ", roster.file, ": '", id, "'"));
  }
  return static_cast<int32_t>(found - roster.ids.begin());
}

// Who would then move, the first few.
void PrintMoves(const io::Street& street, absl::Span<const assignment::Transfer> transfers, bool chinese) {
  constexpr size_t kShown = 6;
  if (transfers.empty()) return;
  std::string chain = io::DescribeChain(street, transfers.subspan(0, kShown));
  if (transfers.size() > kShown) {
    absl::StrAppend(&chain, chinese ? "；等" : "; ... ", transfers.size(), chinese ? "户" : " in all");
  }
  if (transfers.back().to < 0) chain += chinese ? "（最后一户无人联系）" : " (nobody: the last is left over)";
  PrintIn(chinese, "   连带：%s\n", "   then: %s\n", chain);
}

// What a place with him, or his minimum, is worth by his price.
std::string Worth(int64_t price_cm, bool chinese) {
  if (price_cm == 0) return "";
  const std::string metres = io::FormatMetres(std::abs(price_cm));
  if (price_cm > 0) {
    return chinese ? absl::StrCat("，他的一个名额约值", metres, "米")
                   : absl::StrCat(", a place with him is worth about ", metres, " m");
  }
  return chinese ? absl::StrCat("，他的下限每户约多费", metres, "米")
                 : absl::StrCat(", the last of his minimum costs about ", metres, " m");
}

void Print(const io::Street& street, const HouseholdExplanation& why, const Alternative& a, int rank,
           Language language) {
  const bool chinese = language == Language::kChinese;
  const std::string distance = a.distance_cm < 0 ? (chinese ? "距离不明" : "no distance")
                                                 : absl::StrCat(io::FormatMetres(a.distance_cm), chinese ? "米" : " m");
  PrintIn(chinese, "%d. %s，%s：%s\n", "%d. %s, %s: %s\n", rank, street.stewards.ids[a.steward], distance,
          io::DescribeReason(why, a, language));
  if (!a.possible) {
    absl::PrintF("   %s\n", chinese ? "改由其联系：不可行" : "to be served by him: not possible");
    return;
  }
  const std::string lifted = !a.lifted ? "" : (chinese ? "（假定放开这一条）" : ", were that set aside for this pair");
  if (a.served_change > 0) {
    PrintIn(chinese, "   改由其联系%s：可多联系一户，总距离变化%s米（本户%s米，别户%s米）\n",
            "   to be served by him%s: one household more is served, and the total changes by %s m (%s m "
            "its own, %s m others)\n",
            lifted, io::FormatMetres(a.cost_cm), io::FormatMetres(a.own_cm), io::FormatMetres(a.knock_on_cm));
  } else {
    PrintIn(chinese, "   改由其联系%s：总计多%s米（本户%s米，别户%s米）\n",
            "   to be served by him%s: %s m more in all (%s m its own, %s m others)\n", lifted,
            io::FormatMetres(a.cost_cm), io::FormatMetres(a.own_cm), io::FormatMetres(a.knock_on_cm));
  }
  PrintMoves(street, a.knock_ons, chinese);
}

void Print(const io::Street& street, const HouseholdExplanation& why, Language language) {
  const bool chinese = language == Language::kChinese;
  const std::string& household = street.households.ids[why.household];
  if (why.steward < 0) {
    PrintIn(chinese, "住户%s：无人联系\n", "household %s: nobody serves it\n", household);
  } else {
    PrintIn(chinese, "住户%s：由%s联系，%s米；他联系%d户（%d至%d户）%s\n",
            "household %s: served by %s, %s m away; he serves %d (%d to %d)%s\n", household,
            street.stewards.ids[why.steward], io::FormatMetres(why.distance_cm), why.load, why.bounds.min,
            why.bounds.max, Worth(why.price_cm, chinese));
    PrintIn(chinese, "更近的红管事：%d名\n", "nearer stewards: %d\n", why.nearer);
  }
  int rank = 0;
  for (const Alternative& a : why.alternatives) Print(street, why, a, ++rank, language);
}

void Print(const io::Street& street, const std::string& what, const BoundChange& change, bool chinese) {
  if (!change.applies) return;
  std::string text;
  const std::string metres = io::FormatMetres(std::abs(change.cost_change_cm));
  if (change.unserved_change != 0) {
    const bool more = change.unserved_change < 0;
    text = chinese ? absl::StrCat(more ? "可多联系一户" : "须少联系一户", "，总距离变化",
                                  io::FormatMetres(change.cost_change_cm), "米")
                   : absl::StrCat(more ? "one household more is served" : "one household goes unserved",
                                  ", and the total changes by ", io::FormatMetres(change.cost_change_cm), " m");
  } else if (!change.possible) {
    text = chinese ? "不可行" : "not possible";
  } else if (change.cost_change_cm == 0) {
    text = chinese ? "没有影响" : "changes nothing";
  } else if (change.cost_change_cm < 0) {
    text = chinese ? absl::StrCat("节省", metres, "米") : absl::StrCat("saves ", metres, " m");
  } else {
    text = chinese ? absl::StrCat("多走", metres, "米") : absl::StrCat("costs ", metres, " m");
  }
  PrintIn(chinese, "%s：%s\n", "%s: %s\n", what, text);
  PrintMoves(street, change.transfers, chinese);
}

void Print(const io::Street& street, const StewardExplanation& worth, bool chinese) {
  PrintIn(chinese, "红管事%s：联系%d户（%d至%d户）\n", "steward %s: serves %d (%d to %d)\n",
          street.stewards.ids[worth.steward], worth.load, worth.bounds.min, worth.bounds.max);
  const auto limit = [&](const char* english, const char* other, int32_t bound) {
    return absl::StrCat(chinese ? other : english, bound);
  };
  Print(street, limit("a maximum of ", "上限改为", worth.bounds.max + 1), worth.max_more, chinese);
  Print(street, limit("a maximum of ", "上限改为", worth.bounds.max - 1), worth.max_less, chinese);
  Print(street, limit("a minimum of ", "下限改为", worth.bounds.min + 1), worth.min_more, chinese);
  Print(street, limit("a minimum of ", "下限改为", worth.bounds.min - 1), worth.min_less, chinese);
}

// How a jurisdiction stands, a line.
void Print(const io::Street& street, const JurisdictionState& where, bool chinese) {
  const std::string name = street.SetName(where.unit, where.kind);
  const int64_t free = where.capacity - (where.households - where.left_over);
  const std::string rest =
      where.left_over > 0
          ? absl::StrCat(chinese ? "无人联系" : "left over ", where.left_over, chinese ? "户" : "")
          : absl::StrCat(chinese ? "空" : "free ", free, chinese ? "个；再加一名最多省" : ", one more saves at most ",
                         io::FormatMetres(where.bound_cm), chinese ? "米" : " m");
  PrintIn(chinese, "%s：%d户，红管事%d名共%d个名额，%s\n", "%s: %d households, %d stewards with %d places, %s\n",
          name.empty() ? (chinese ? "全域" : "the whole area") : name, where.households, where.stewards, where.capacity,
          rest);
}

// The first fifty, a line each.
template <typename T, typename PrintOne>
void PrintFirst(const std::vector<T>& all, bool chinese, const PrintOne& print) {
  constexpr size_t kMostLines = 50;
  for (size_t k = 0; k < std::min(kMostLines, all.size()); ++k) print(all[k]);
  if (all.size() > kMostLines) {
    PrintIn(chinese, "另有%d个，见 --json\n", "and %d more: see --json\n", all.size() - kMostLines);
  }
}

void Print(const io::Street& street, const TownExplanation& town, assignment::LoadBounds bounds, Session& session) {
  const bool chinese = session.chinese();
  std::vector<JurisdictionState> worst = town.jurisdictions;
  std::stable_sort(worst.begin(), worst.end(), [](const JurisdictionState& a, const JurisdictionState& b) {
    return a.left_over != b.left_over ? a.left_over > b.left_over : a.bound_cm > b.bound_cm;
  });
  PrintFirst(worst, chinese, [&](const JurisdictionState& where) { Print(street, where, chinese); });
  std::vector<assignment::Infeasibility> lacks = town.infeasibilities;
  std::stable_sort(lacks.begin(), lacks.end(), [](const auto& a, const auto& b) { return a.shortage > b.shortage; });
  PrintFirst(lacks, chinese, [&](const assignment::Infeasibility& lack) {
    absl::PrintF("%s\n", Describe(lack, street.bounds, street.SetName(lack.unit, lack.kind), session.language));
  });
  PrintIn(chinese, "再加一名红管事（%d至%d户），设在哪里最有用：\n",
          "one more steward (%d to %d households), where he would help most:\n", bounds.min, bounds.max);
  if (town.sites.empty()) absl::PrintF("%s\n", chinese ? "没有合适的地点" : "nowhere");
  int rank = 0;
  for (const assignment::NewSteward& site : town.sites) {
    const std::string set = street.SetName(site.unit, site.kind);
    const std::string name = set.empty() ? "" : chinese ? absl::StrCat("（", set, "）") : absl::StrCat(" (", set, ")");
    const std::string metres = io::FormatMetres(std::abs(site.saving_cm));
    const bool saves = site.saving_cm >= 0;
    std::string gain = chinese ? absl::StrCat(saves ? "省" : "多走", metres, "米")
                               : absl::StrCat(saves ? "saves " : "costs ", metres, " m");
    if (site.served_more > 0) {
      gain = chinese ? absl::StrCat("可多联系", site.served_more, "户，", gain)
                     : absl::StrCat("serves ", site.served_more, " more, ", gain);
    }
    PrintIn(chinese, "%d. 住户%s处%s：%s，他联系%d户\n", "%d. at household %s%s: %s, and he serves %d\n", ++rank,
            street.households.ids[site.household], name, gain, site.load);
  }
  PrintIn(chinese, "在名额够用的辖区，设在任何一户门口都不会省下超过%s米\n",
          "where all are served, nobody at any door saves more than %s m\n", io::FormatMetres(town.bound_cm));
}

ExitCode ExplainHousehold(const Arguments& arguments, const io::Street& street, Explainer& explainer,
                          Session& session) {
  const absl::StatusOr<int32_t> household = Find(street.households, "--household", arguments.household);
  if (!household.ok()) return Complain(household.status());
  std::vector<int32_t> others;
  for (const std::string& id : arguments.others) {
    const absl::StatusOr<int32_t> steward = Find(street.stewards, "--with", id);
    if (!steward.ok()) return Complain(steward.status());
    if (std::find(others.begin(), others.end(), *steward) == others.end()) others.push_back(*steward);
  }
  const absl::StatusOr<HouseholdExplanation> why =
      explainer.ExplainHousehold(*household, {.count = arguments.count, .stewards = others}, session.context);
  if (absl::IsCancelled(why.status())) return kInterrupted;
  if (!why.ok()) return Complain(why.status());
  if (arguments.json) {
    absl::PrintF("%s", io::FormatExplanationJson(street, *why, session.language));
  } else {
    Print(street, *why, session.language);
  }
  return kDone;
}

ExitCode ExplainSteward(const Arguments& arguments, const io::Street& street, Explainer& explainer, Session& session) {
  const absl::StatusOr<int32_t> steward = Find(street.stewards, "--steward", arguments.steward);
  if (!steward.ok()) return Complain(steward.status());
  const absl::StatusOr<StewardExplanation> worth = explainer.ExplainSteward(*steward, session.context);
  if (absl::IsCancelled(worth.status())) return kInterrupted;
  if (!worth.ok()) return Complain(worth.status());
  if (arguments.json) {
    absl::PrintF("%s", io::FormatExplanationJson(street, *worth));
  } else {
    Print(street, *worth, session.chinese());
  }
  return kDone;
}

ExitCode ExplainTown(const Arguments& arguments, const io::Street& street, Explainer& explainer, Session& session) {
  const assignment::LoadBounds bounds{.min = arguments.new_min.value_or(street.bounds.min),
                                      .max = arguments.new_max.value_or(street.bounds.max)};
  const absl::StatusOr<TownExplanation> town =
      explainer.ExplainTown({.count = arguments.count, .bounds = bounds}, session.context);
  if (absl::IsCancelled(town.status())) return kInterrupted;
  if (!town.ok()) return Complain(town.status());
  if (arguments.json) {
    absl::PrintF("%s", io::FormatExplanationJson(street, *town));
  } else {
    Print(street, *town, bounds, session);
  }
  return kDone;
}

ExitCode Explain(const Arguments& arguments, Session& session) {
  const std::optional<io::Street> street = ReadStreetWithConditions(arguments.street, arguments.conditions);
  if (!street.has_value()) return kBadInput;
  const absl::StatusOr<std::vector<int32_t>> steward_of = io::ReadPlanCsv(*street, arguments.plan);
  if (!steward_of.ok()) return Complain(steward_of.status());
  std::vector<int64_t> prices;
  if (!arguments.prices.empty()) {
    absl::StatusOr<std::vector<int64_t>> read = io::ReadPricesCsv(*street, arguments.prices);
    if (!read.ok()) return Complain(read.status());
    prices = *std::move(read);
  }
  const absl::StatusOr<std::unique_ptr<Explainer>> explainer =
      Explainer::Create(street->View(), *steward_of, prices, {.best_effort = arguments.best_effort}, session.context);
  if (absl::IsCancelled(explainer.status())) return kInterrupted;
  if (absl::IsFailedPrecondition(explainer.status())) {
    Complain(explainer.status());
    return kVerificationFailed;
  }
  if (!explainer.ok()) return Complain(explainer.status());
  if (arguments.town) return ExplainTown(arguments, *street, **explainer, session);
  if (!arguments.household.empty()) return ExplainHousehold(arguments, *street, **explainer, session);
  return ExplainSteward(arguments, *street, **explainer, session);
}

}  // namespace

void AddExplain(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("explain", "Why an optimal plan is as it is: for a household, a steward, the town.");
  const auto arguments = std::make_shared<Arguments>();
  AddStreetOptions(*command, arguments->street);
  AddConditionOptions(*command, arguments->street, arguments->conditions);
  AddCurrentOptions(*command, arguments->conditions);
  command->add_option("--plan", arguments->plan, "the plan: household,steward")->required()->type_name("FILE");
  command->add_option("--prices", arguments->prices, "its proof: steward,price_cm; without it the plan is proved anew")
      ->type_name("FILE");
  command->add_flag("--best-effort", arguments->best_effort, "judge as a best-effort plan");
  CLI::Option_group* question = command->add_option_group("question", "what to explain");
  question
      ->add_option("--household", arguments->household, "why it has its steward and no other; what forcing it costs")
      ->type_name("ID");
  question->add_option("--steward", arguments->steward, "what one place more or less with him is worth")
      ->type_name("ID");
  question->add_flag("--town", arguments->town, "where one more steward would save the most; who lacks how many");
  question->require_option(1);
  command
      ->add_option("--count", arguments->count,
                   "how many of the nearest other stewards to look at, or with --town of the best places")
      ->check(CLI::Range(0, 1000000))
      ->capture_default_str();
  command->add_option("--with", arguments->others, "for a household: these stewards too, however far")->type_name("ID");
  command->add_option("--new-min", arguments->new_min, "with --town: the new steward's bounds; default --min and --max")
      ->type_name("N");
  command->add_option("--new-max", arguments->new_max)->type_name("N");
  command->add_flag("--json", arguments->json, "print JSON");
  AddThreadsOption(*command, session);
  command->callback([arguments, &session] { session.exit_code = Explain(*arguments, session); });
}

}  // namespace lianhu::cli
