#include "lianhu/io/explanations.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::io {
namespace {

using assignment::Alternative;
using assignment::BoundChange;
using assignment::HouseholdExplanation;
using assignment::StewardExplanation;
using assignment::TownExplanation;
using assignment::Transfer;
using assignment::WhyNot;
using Json = nlohmann::ordered_json;

std::string Dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json StewardId(const Street& street, int32_t j) {
  return j < 0 ? Json(nullptr) : Json(street.stewards.ids[j]);
}

Json Transfers(const Street& street, absl::Span<const Transfer> transfers) {
  Json list = Json::array();
  for (const Transfer& t : transfers) {
    Json entry;
    entry["household"] = street.households.ids[t.household];
    entry["from"] = StewardId(street, t.from);
    entry["to"] = StewardId(street, t.to);
    list.push_back(std::move(entry));
  }
  return list;
}

Json Changed(const Street& street, const BoundChange& change) {
  if (!change.applies) return nullptr;
  Json entry;
  entry["possible"] = change.possible;
  entry["cost_change_cm"] = change.cost_change_cm;
  entry["unserved_change"] = change.unserved_change;
  entry["transfers"] = Transfers(street, change.transfers);
  return entry;
}

}  // namespace

std::string DescribeReason(const HouseholdExplanation& why, const Alternative& alternative, Language language) {
  const bool chinese = language == Language::kChinese;
  switch (alternative.reason) {
    case WhyNot::kOtherJurisdiction:
      return chinese ? "属于另一辖区" : "of another jurisdiction";
    case WhyNot::kOtherKind:
      return chinese ? "属于另一类别" : "of another kind";
    case WhyNot::kFixedElsewhere:
      return chinese ? "该住户指定了别的红管事" : "the household is fixed to another steward";
    case WhyNot::kForbidden:
      return chinese ? "不得联系该住户" : "forbidden";
    case WhyNot::kUnreachable:
      return chinese ? "走不到" : "cannot be reached";
    case WhyNot::kTooFar:
      return chinese ? "超过最远距离" : "too far: beyond the greatest distance allowed";
    case WhyNot::kImpossible:
      return chinese ? "上下限与条件不允许" : "bounds and conditions leave no plan with him";
    case WhyNot::kEquallyGood:
      return chinese ? "同样好，二者任选其一" : "just as good, chosen by chance";
    case WhyNot::kDearer:
      if (alternative.distance_cm >= why.distance_cm) return chinese ? "不比现在近" : "no nearer than its own";
      return chinese ? "虽近，计入偏好或更换代价后更贵" : "nearer, but dearer with preference or switch cost";
    case WhyNot::kFull:
      return chinese ? absl::StrCat("已满（", alternative.load, "/", alternative.max, "户），名额给别的住户更省")
                     : absl::StrCat("full (", alternative.load, " of ", alternative.max,
                                    "): his places save others more than they would save it");
    case WhyNot::kNeededByOwn:
      return chinese ? "现红管事已是下限，换走须另补一户，更贵"
                     : "its own steward is at his minimum, and another in its place would cost more";
    case WhyNot::kLoadCost:
      return chinese ? "再多一户的负担代价超过所省距离" : "one household more is a load that costs more than it saves";
  }
  return "";
}

std::string FormatExplanationJson(const Street& street, const HouseholdExplanation& why, Language language) {
  Json json;
  json["household"] = street.households.ids[why.household];
  json["steward"] = StewardId(street, why.steward);
  if (why.steward >= 0) {
    json["distance_cm"] = why.distance_cm;
    json["pair_cost_cm"] = why.pair_cost_cm;
    json["price_cm"] = why.price_cm;
    json["load"] = why.load;
    json["min"] = why.bounds.min;
    json["max"] = why.bounds.max;
  }
  json["nearer"] = why.nearer;
  json["alternatives"] = Json::array();
  for (const Alternative& a : why.alternatives) {
    Json entry;
    entry["steward"] = StewardId(street, a.steward);
    entry["distance_cm"] = a.distance_cm < 0 ? Json(nullptr) : Json(a.distance_cm);
    entry["pair_cost_cm"] = a.distance_cm < 0 ? Json(nullptr) : Json(a.pair_cost_cm);
    entry["price_cm"] = a.price_cm;
    entry["load"] = a.load;
    entry["max"] = a.max;
    entry["reason"] = assignment::WhyNotName(a.reason);
    entry["reason_text"] = DescribeReason(why, a, language);
    entry["lifted"] = a.lifted;
    entry["possible"] = a.possible;
    if (a.possible) {
      entry["cost_cm"] = a.cost_cm;
      entry["own_cm"] = a.own_cm;
      entry["knock_on_cm"] = a.knock_on_cm;
      entry["served_change"] = a.served_change;
      entry["knock_ons"] = Transfers(street, a.knock_ons);
    }
    json["alternatives"].push_back(std::move(entry));
  }
  return Dump(json);
}

std::string FormatExplanationJson(const Street& street, const StewardExplanation& worth) {
  Json json;
  json["steward"] = StewardId(street, worth.steward);
  json["load"] = worth.load;
  json["min"] = worth.bounds.min;
  json["max"] = worth.bounds.max;
  json["price_cm"] = worth.price_cm;
  json["max_more"] = Changed(street, worth.max_more);
  json["max_less"] = Changed(street, worth.max_less);
  json["min_more"] = Changed(street, worth.min_more);
  json["min_less"] = Changed(street, worth.min_less);
  return Dump(json);
}

std::string FormatExplanationJson(const Street& street, const TownExplanation& town) {
  const auto unit = [&](int32_t u) { return u < 0 ? Json(nullptr) : Json(street.UnitName(u)); };
  const auto kind = [&](int32_t k) { return k < 0 ? Json(nullptr) : Json(street.kind_names[k]); };
  Json json;
  json["bound_cm"] = town.bound_cm;
  json["sites"] = Json::array();
  for (const assignment::NewSteward& site : town.sites) {
    Json entry;
    entry["household"] = street.households.ids[site.household];
    entry["unit"] = unit(site.unit);
    entry["kind"] = kind(site.kind);
    entry["served_more"] = site.served_more;
    entry["saving_cm"] = site.saving_cm;
    entry["bound_cm"] = site.bound_cm;
    entry["load"] = site.load;
    json["sites"].push_back(std::move(entry));
  }
  json["jurisdictions"] = Json::array();
  for (const assignment::JurisdictionState& where : town.jurisdictions) {
    Json entry;
    entry["unit"] = unit(where.unit);
    entry["kind"] = kind(where.kind);
    entry["households"] = where.households;
    entry["stewards"] = where.stewards;
    entry["capacity"] = where.capacity;
    entry["required"] = where.required;
    entry["left_over"] = where.left_over;
    entry["minima_aside"] = where.minima_aside;
    entry["cost_cm"] = where.cost_cm;
    entry["bound_cm"] = where.bound_cm;
    json["jurisdictions"].push_back(std::move(entry));
  }
  json["infeasibilities"] = Json::parse(FormatInfeasibilitiesJson(street, town.infeasibilities));
  return Dump(json);
}

}  // namespace lianhu::io
