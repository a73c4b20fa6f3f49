#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/live_street.h"
#include "lianhu/assignment/rebalancer.h"
#include "lianhu/base/status.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/events.h"

namespace lianhu::cli {
namespace {

using assignment::EventType;
using assignment::Offer;
using assignment::Rebalancer;

struct Arguments {
  LivePlanFiles files;
  std::string events;
  Point position = assignment::kSamePosition;
  std::string unit;
  int32_t count = 5;
  std::string out;
};

// A household that wants a steward.
struct Applicant {
  std::string id;
  Point position;
  int32_t unit = -1;
};

absl::StatusOr<std::vector<Applicant>> Applicants(const Arguments& arguments, const io::Street& street) {
  const std::string& within = arguments.files.street.within;
  std::vector<Applicant> applicants;
  if (!arguments.events.empty()) {
    const absl::StatusOr<io::StreetEvents> events = io::ReadEventsCsv(street, arguments.events, within);
    if (!events.ok()) return events.status();
    size_t next = street.households.ids.size();
    for (const assignment::Event& event : events->events) {
      if (event.type != EventType::kHouseholdArrives) continue;
      applicants.push_back({events->household_ids[next++], event.position, event.unit});
    }
    if (applicants.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(arguments.events, ": no row of type household_arrives"));
    }
    return applicants;
  }
  if (std::isnan(arguments.position.x) || std::isnan(arguments.position.y)) {
    return absl::InvalidArgumentError("--x and --y are both needed, or --events (see lianhu offers --help)");
  }
  Applicant applicant{.id = "", .position = arguments.position, .unit = -1};
  if (within.empty() != arguments.unit.empty()) {
    return absl::InvalidArgumentError(within.empty() ? "--unit: needs --within" : "--unit: needed with --within");
  }
  if (!within.empty()) {
    const auto found = std::find(street.unit_names.begin(), street.unit_names.end(), arguments.unit);
    if (found == street.unit_names.end()) {
      return absl::InvalidArgumentError(absl::StrCat("--unit: no such unit in the street: '", arguments.unit, "'"));
    }
    applicant.unit = static_cast<int32_t>(found - street.unit_names.begin());
  }
  applicants.push_back(applicant);
  return applicants;
}

void Print(const io::Street& street, const Applicant& applicant, const std::vector<Offer>& offers, bool chinese) {
  if (!applicant.id.empty()) absl::PrintF("%s %s\n", chinese ? "住户" : "household", applicant.id);
  if (offers.empty()) absl::PrintF("%s\n", chinese ? "没有可以接收的红管事" : "no steward could take it");
  int rank = 0;
  for (const Offer& offer : offers) {
    const std::string& steward = street.stewards.ids[offer.steward];
    const double total = static_cast<double>(offer.total_cm) / 100;
    const double distance = static_cast<double>(offer.distance_cm) / 100;
    const double knock_on = static_cast<double>(offer.knock_on_cm) / 100;
    ++rank;
    if (chinese) {
      absl::PrintF("%d. %s：合计%.2f米 = 距离%.2f米 + 连带%.2f米\n", rank, steward, total, distance, knock_on);
    } else {
      absl::PrintF("%d. %s: %.2f m in all = %.2f m + %.2f m of knock-on moves\n", rank, steward, total, distance,
                   knock_on);
    }
    if (!offer.knock_ons.empty()) absl::PrintF("   %s\n", io::DescribeChain(street, offer.knock_ons));
    if (!offer.knock_ons.empty() && offer.knock_ons.back().to < 0) {
      absl::PrintF("   %s\n", chinese ? "名额已满：链条末尾的住户将无人联系"
                                      : "every place is taken: the last household would be left over");
    }
  }
}

ExitCode Offers(const Arguments& arguments, Session& session) {
  const bool chinese = session.chinese();
  const absl::StatusOr<LivePlan> live = ReadLivePlan(arguments.files);
  if (!live.ok()) return Complain(live.status());
  const absl::StatusOr<std::vector<Applicant>> applicants = Applicants(arguments, live->street);
  if (!applicants.ok()) return Complain(applicants.status());
  const assignment::RebalancerOptions options{
      .steward_of = live->steward_of, .price_cm = live->prices, .projection_middle = std::nullopt};
  const absl::StatusOr<std::unique_ptr<Rebalancer>> rebalancer =
      Rebalancer::Create(live->street.View(), options, session.context);
  if (absl::IsCancelled(rebalancer.status())) return kInterrupted;
  if (!rebalancer.ok()) return Complain(rebalancer.status());
  if ((*rebalancer)->start().kind == assignment::StartKind::kImproved) {
    Complain(chinese ? "原方案不是最优，先重新求解；以下以最优方案为准"
                     : "the given plan is not optimal; solved anew first, the offers are to the optimal plan");
  }
  std::vector<io::HouseholdOffers> found;
  for (const Applicant& applicant : *applicants) {
    absl::StatusOr<std::vector<Offer>> offers =
        (*rebalancer)->Offers(applicant.position, applicant.unit, arguments.count, session.context);
    if (absl::IsCancelled(offers.status())) return kInterrupted;
    if (!offers.ok()) return Complain(offers.status());
    found.push_back({applicant.id, *std::move(offers)});
  }
  if (!arguments.out.empty()) {
    const auto status = io::WriteFiles({{arguments.out, io::FormatOffersCsv(live->street, found)}});
    if (!status.ok()) return Complain(status);
  }
  for (size_t k = 0; k < found.size(); ++k) Print(live->street, (*applicants)[k], found[k].offers, chinese);
  return kDone;
}

}  // namespace

void AddOffers(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("offers", "Who should take a new household: stewards by what it would cost in all.");
  const auto arguments = std::make_shared<Arguments>();
  AddLivePlanOptions(*command, arguments->files);
  command->add_option("--x,--lon", arguments->position.x, "where it is: metres east, or longitude")->type_name("X");
  command->add_option("--y,--lat", arguments->position.y, "metres north, or latitude")->type_name("Y");
  command->add_option("--unit", arguments->unit, "its jurisdiction, with --within")->type_name("UNIT");
  command->add_option("--events", arguments->events, "instead: every household_arrives of a file of events")
      ->type_name("FILE");
  command->add_option("--count", arguments->count, "how many offers")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command->add_option("--out", arguments->out, "write household,rank,steward,distance_m,knock_on_m,total_m,chain")
      ->type_name(kOutputFile);
  AddThreadsOption(*command, session);
  command->callback([arguments, &session] { session.exit_code = Offers(*arguments, session); });
}

}  // namespace lianhu::cli
