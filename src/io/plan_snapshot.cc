#include "lianhu/io/plan_snapshot.h"

#include <algorithm>
#include <utility>

#include "io/snapshot_message.h"
#include "schema/plan.capnp.h"

namespace lianhu::io {
namespace {

using assignment::Infeasibility;
using assignment::Outcome;
using assignment::Plan;

constexpr int64_t kMaxPrice = int64_t{1} << 52;  // as in assignment::Verify
constexpr size_t kInfeasibilityWords = 12;
constexpr size_t kLeastInfeasibilityWords = 9;  // of version 1.0

// Checks steward_of, load and price_cm; sets `unassigned` to the number of households without a steward.
absl::Status CheckArrays(const Plan& plan, int64_t& unassigned) {
  const auto stewards = static_cast<int64_t>(plan.price_cm.size());
  if (plan.load.size() != plan.price_cm.size()) {
    return InvalidField("load", -1, absl::StrCat("has ", plan.load.size(), " entries, price_cm has ", stewards));
  }
  unassigned = 0;
  std::vector<int64_t> counted(plan.load.size(), 0);
  for (size_t h = 0; h < plan.steward_of.size(); ++h) {
    const int32_t steward = plan.steward_of[h];
    if (steward < assignment::kUnassigned || steward >= stewards) {
      return InvalidField("steward_of", static_cast<int64_t>(h), absl::StrCat("no such steward: ", steward));
    }
    ++(steward < 0 ? unassigned : counted[steward]);
  }
  for (size_t j = 0; j < counted.size(); ++j) {
    const auto row = static_cast<int64_t>(j);
    if (plan.load[j] != counted[j]) {
      return InvalidField("load", row, absl::StrCat(plan.load[j], ", but steward_of counts ", counted[j]));
    }
    if (plan.price_cm[j] < -kMaxPrice || plan.price_cm[j] > kMaxPrice) {
      return InvalidField("price_cm", row, absl::StrCat("beyond +-2^52: ", plan.price_cm[j]));
    }
  }
  return absl::OkStatus();
}

// A set of indices: empty for a whole jurisdiction, else ascending, below `limit` and as many as are said.
bool IsSet(const std::vector<int32_t>& set, bool whole, int64_t count, size_t limit) {
  if (whole) return set.empty();
  if (static_cast<int64_t>(set.size()) != count) return false;
  for (size_t k = 0; k < set.size(); ++k) {
    if (set[k] <= (k == 0 ? -1 : set[k - 1]) || set[k] >= static_cast<int64_t>(limit)) return false;
  }
  return true;
}

absl::Status CheckInfeasibilities(const Plan& plan) {
  std::pair<int64_t, int64_t> last(-1, -1);
  for (size_t k = 0; k < plan.infeasibilities.size(); ++k) {
    const Infeasibility& i = plan.infeasibilities[k];
    const auto wrong = [k](absl::string_view message) {
      return InvalidField("infeasibilities", static_cast<int64_t>(k), message);
    };
    const std::pair<int64_t, int64_t> place(i.unit, i.kind);
    if (i.unit < -1 || i.kind < -1 || place < last || (k > 0 && i.whole && place == last)) {
      return wrong("units must be -1 or more and increase");
    }
    last = place;
    if (i.households < 0 || i.households > static_cast<int64_t>(plan.steward_of.size())) {
      return wrong(absl::StrCat("households out of range: ", i.households));
    }
    if (i.stewards < 0 || i.stewards > static_cast<int64_t>(plan.load.size())) {
      return wrong(absl::StrCat("stewards out of range: ", i.stewards));
    }
    if (i.capacity < 0 || i.required < 0 || i.required > i.capacity) return wrong("need 0 <= required <= capacity");
    if (i.shortage != std::max<int64_t>(0, i.households - i.capacity)) {
      return wrong("shortage is not households - capacity");
    }
    if (i.surplus != std::max<int64_t>(0, i.required - i.households)) {
      return wrong("surplus is not required - households");
    }
    if (i.shortage == 0 && i.surplus == 0) return wrong("neither a shortage nor a surplus");
    if (i.stewards_needed < -1 || i.bound_needed < -1) return wrong("stewards and bound needed must be -1 or more");
    if (!IsSet(i.household_set, i.whole, i.households, plan.steward_of.size()) ||
        !IsSet(i.steward_set, i.whole, i.stewards, plan.load.size())) {
      return wrong("the sets are not what the numbers say");
    }
  }
  return absl::OkStatus();
}

// Whether outcome, totals and what is left over fit together, as plan.h promises.
absl::Status CheckOutcome(const Plan& plan, int64_t unassigned) {
  const bool planned =
      plan.outcome == Outcome::kOptimal || plan.outcome == Outcome::kBestEffort || plan.outcome == Outcome::kTimeLimit;
  if (!planned && plan.outcome != Outcome::kInfeasible && plan.outcome != Outcome::kCancelled) {
    return InvalidField("outcome", -1, absl::StrCat("unknown value ", static_cast<int32_t>(plan.outcome)));
  }
  const absl::string_view name = assignment::OutcomeName(plan.outcome);
  const bool explained = plan.outcome == Outcome::kInfeasible || plan.outcome == Outcome::kBestEffort;
  const bool either = plan.outcome == Outcome::kTimeLimit;  // in best effort or not
  if (!either && explained == plan.infeasibilities.empty()) {
    return InvalidField("infeasibilities", -1,
                        absl::StrCat(plan.infeasibilities.size(), " entries do not fit the outcome ", name));
  }
  if (planned && plan.infeasibilities.empty() && unassigned > 0) {
    return InvalidField("steward_of", -1,
                        absl::StrCat(unassigned, " households have no steward, and nothing tells why"));
  }
  if (!planned && unassigned != static_cast<int64_t>(plan.steward_of.size())) {
    return InvalidField("steward_of", -1, absl::StrCat("nobody may be assigned with the outcome ", name));
  }
  const int64_t unserved = planned ? unassigned : 0;
  if (plan.unserved != unserved) {
    return InvalidField("unserved", -1, absl::StrCat(plan.unserved, ", expected ", unserved));
  }
  // Preferences can bring the total below 0.
  if (!planned && plan.total_cost_cm != 0) {
    return InvalidField("total_cost_cm", -1, absl::StrCat(plan.total_cost_cm, " does not fit the outcome ", name));
  }
  if (either ? plan.dual_bound_cm >= plan.total_cost_cm : plan.dual_bound_cm != plan.total_cost_cm) {
    return InvalidField("dual_bound_cm", -1,
                        absl::StrCat(plan.dual_bound_cm, " does not fit the total cost ", plan.total_cost_cm));
  }
  return absl::OkStatus();
}

absl::Status CheckPlan(const Plan& plan) {
  const std::pair<absl::string_view, size_t> counts[] = {
      {"steward_of", plan.steward_of.size()},
      {"price_cm", plan.price_cm.size()},
      {"infeasibilities", plan.infeasibilities.size() * kInfeasibilityWords}};
  for (const auto& [field, count] : counts) {
    if (count > kMaxListEntries) return InvalidField(field, -1, "too many entries for a snapshot");
  }
  int64_t unassigned = 0;
  if (auto status = CheckArrays(plan, unassigned); !status.ok()) return status;
  if (auto status = CheckInfeasibilities(plan); !status.ok()) return status;
  if (plan.distance_cm < 0 || plan.switches < 0 || plan.switches > static_cast<int64_t>(plan.steward_of.size())) {
    return InvalidField(plan.distance_cm < 0 ? "distance_cm" : "switches", -1, "out of range");
  }
  return CheckOutcome(plan, unassigned);
}

size_t WordsFor(const Plan& plan) {
  size_t sets = 0;
  for (const Infeasibility& i : plan.infeasibilities) sets += (i.household_set.size() + i.steward_set.size()) / 2 + 2;
  return sets + (plan.steward_of.size() + plan.load.size()) / 2 + plan.price_cm.size() +
         plan.infeasibilities.size() * kInfeasibilityWords;
}

void FillInfeasibility(const Infeasibility& from, schema::Infeasibility::Builder to) {
  to.setUnit(from.unit);
  to.setHouseholds(from.households);
  to.setStewards(from.stewards);
  to.setCapacity(from.capacity);
  to.setRequired(from.required);
  to.setShortage(from.shortage);
  to.setSurplus(from.surplus);
  to.setStewardsNeeded(from.stewards_needed);
  to.setBoundNeeded(from.bound_needed);
  to.setKind(from.kind);
  to.setPart(!from.whole);
  if (from.whole) return;
  FillList<int32_t>(from.household_set, to.initHouseholdSet(static_cast<unsigned>(from.household_set.size())));
  FillList<int32_t>(from.steward_set, to.initStewardSet(static_cast<unsigned>(from.steward_set.size())));
}

Infeasibility CopyInfeasibility(schema::Infeasibility::Reader from) {
  return {.unit = from.getUnit(),
          .kind = from.getKind(),
          .whole = !from.getPart(),
          .households = from.getHouseholds(),
          .stewards = from.getStewards(),
          .capacity = from.getCapacity(),
          .required = from.getRequired(),
          .shortage = from.getShortage(),
          .surplus = from.getSurplus(),
          .stewards_needed = from.getStewardsNeeded(),
          .bound_needed = from.getBoundNeeded(),
          .household_set = CopyList<int32_t>(from.getHouseholdSet()),
          .steward_set = CopyList<int32_t>(from.getStewardSet())};
}

void FillPlan(const Plan& plan, schema::Plan::Builder root) {
  const auto count = [](const auto& column) { return static_cast<unsigned>(column.size()); };
  root.setOutcome(static_cast<schema::Outcome>(plan.outcome));
  FillList<int32_t>(plan.steward_of, root.initStewardOf(count(plan.steward_of)));
  FillList<int64_t>(plan.price_cm, root.initPriceCm(count(plan.price_cm)));
  FillList<int32_t>(plan.load, root.initLoad(count(plan.load)));
  root.setTotalCostCm(plan.total_cost_cm);
  root.setDualBoundCm(plan.dual_bound_cm);
  root.setUnserved(plan.unserved);
  root.setDistanceCm(plan.distance_cm);
  root.setSwitches(plan.switches);
  auto list = root.initInfeasibilities(count(plan.infeasibilities));
  for (unsigned i = 0; i < list.size(); ++i) FillInfeasibility(plan.infeasibilities[i], list[i]);
}

absl::StatusOr<Plan> PlanFromMessage(schema::Plan::Reader root, MessageExtent extent) {
  const auto infeasibilities = root.getInfeasibilities();
  if (auto s = extent.CheckCount("infeasibilities", infeasibilities.size(), kLeastInfeasibilityWords); !s.ok())
    return s;

  Plan plan;
  plan.outcome = static_cast<Outcome>(root.getOutcome());
  plan.steward_of = CopyList<int32_t>(root.getStewardOf());
  plan.price_cm = CopyList<int64_t>(root.getPriceCm());
  plan.load = CopyList<int32_t>(root.getLoad());
  plan.total_cost_cm = root.getTotalCostCm();
  plan.dual_bound_cm = root.getDualBoundCm();
  plan.unserved = root.getUnserved();
  plan.distance_cm = root.getDistanceCm();
  plan.switches = root.getSwitches();
  for (const auto infeasibility : infeasibilities) plan.infeasibilities.push_back(CopyInfeasibility(infeasibility));
  if (auto status = CheckPlan(plan); !status.ok()) return status;
  return plan;
}

}  // namespace

absl::Status WriteSnapshot(const std::string& path, const Plan& plan) {
  if (auto status = CheckPlan(plan); !status.ok()) return InSource(path, status);
  return WriteWith<schema::Plan>(path, SnapshotKind::kPlan, plan, WordsFor(plan), FillPlan);
}

absl::StatusOr<std::string> EncodeSnapshot(const Plan& plan) {
  if (auto status = CheckPlan(plan); !status.ok()) return status;
  return EncodeWith<schema::Plan>(SnapshotKind::kPlan, plan, WordsFor(plan), FillPlan);
}

absl::StatusOr<Plan> DecodePlanSnapshot(absl::Span<const std::byte> bytes, absl::string_view source) {
  const auto payload = OpenSnapshot(bytes, SnapshotKind::kPlan, source);
  if (!payload.ok()) return payload.status();
  return DecodeMessage<schema::Plan>(*payload, source, PlanFromMessage);
}

absl::StatusOr<Plan> ReadPlanSnapshot(const std::string& path) {
  return ReadWith(path, DecodePlanSnapshot);
}

}  // namespace lianhu::io
