#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/events.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::io {
namespace {

using Json = nlohmann::ordered_json;

const char* StartName(assignment::StartKind kind) {
  switch (kind) {
    case assignment::StartKind::kSolved:
      return "solved";
    case assignment::StartKind::kGivenProved:
      return "given_proved";
    case assignment::StartKind::kGivenOptimal:
      return "given_optimal";
    case assignment::StartKind::kImproved:
      return "improved";
  }
  return "unknown";
}

}  // namespace

std::string FormatRebalanceJson(const StreetEvents& events, const assignment::Plan& plan,
                                const RebalanceFigures& figures) {
  Json summary = Json::parse(FormatSummaryJson(events.after, plan));
  summary["switch_cost_cm"] = figures.switch_cost_cm;
  summary["distance_cm"] = plan.distance_cm;
  summary["switches"] = plan.switches;
  summary["start"] = figures.given_proved ? "given_proved" : StartName(figures.start.kind);
  summary["given_distance_cm"] = figures.start.given_distance_cm;
  summary["start_distance_cm"] = figures.start.change.distance_cm;
  summary["start_moved"] = figures.start.change.transfers.size();
  summary["events"] = events.events.size();
  std::map<assignment::EventType, int64_t> counts;
  for (const assignment::Event& event : events.events) ++counts[event.type];
  summary["events_by_type"] = Json::object();
  for (const auto& [type, count] : counts) summary["events_by_type"][assignment::EventTypeName(type)] = count;
  summary["moved"] = figures.moved;
  summary["moved_between_stewards"] = figures.moved_between;
  summary["event_seconds"] = figures.event_seconds;
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string DescribeChain(const Street& street, absl::Span<const assignment::Transfer> transfers) {
  std::string chain;
  for (const assignment::Transfer& step : transfers) {
    if (!chain.empty()) chain += "; ";
    absl::StrAppend(&chain, street.households.ids[step.household], ": ",
                    step.from < 0 ? "" : street.stewards.ids[step.from], " >",
                    step.to < 0 ? "" : absl::StrCat(" ", street.stewards.ids[step.to]));
  }
  return chain;
}

std::string FormatOffersCsv(const Street& street, const std::vector<HouseholdOffers>& households) {
  std::string csv = "household,rank,steward,distance_m,knock_on_m,total_m,chain\n";
  for (const HouseholdOffers& household : households) {
    int rank = 0;
    for (const assignment::Offer& offer : household.offers) {
      absl::StrAppend(&csv, QuoteCsvField(household.household), ",", ++rank, ",",
                      QuoteCsvField(street.stewards.ids[offer.steward]), ",", FormatMetres(offer.distance_cm), ",",
                      FormatMetres(offer.knock_on_cm), ",", FormatMetres(offer.total_cm), ",",
                      QuoteCsvField(DescribeChain(street, offer.knock_ons)), "\n");
    }
  }
  return csv;
}

}  // namespace lianhu::io
