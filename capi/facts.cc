#include <algorithm>
#include <utility>
#include <vector>

#include "capi/checklist.h"
#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/structs.h"
#include "capi/text.h"
#include "lianhu/io/derived_facts.h"
#include "lianhu/scoring/counted_facts.h"

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckCount;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::InitStruct;
using lianhu::capi::ReadStruct;
using lianhu::capi::TextOrEmpty;
using lianhu::capi::View;
using lianhu::capi::WriteText;
namespace io = lianhu::io;
namespace scoring = lianhu::scoring;

namespace {

// `given` as a T between its ends, which is how the ABI numbers it too.
template <typename T>
absl::Status ReadEnum(int32_t given, T lowest, T highest, absl::string_view field, int64_t row, T& out) {
  if (given < static_cast<int32_t>(lowest) || given > static_cast<int32_t>(highest)) {
    return InvalidField(field, row, absl::StrCat("unknown value ", given));
  }
  out = static_cast<T>(given);
  return absl::OkStatus();
}

absl::Status ReadVisits(const lianhu_fact_events& given, std::vector<scoring::Visit>& visits) {
  const int64_t count = given.visit_count;
  if (auto status = CheckArray(given.visit_households, count, "visit_households"); !status.ok()) return status;
  if (auto status = CheckArray(given.visit_times, count, "visit_times"); !status.ok()) return status;
  for (int64_t i = 0; i < count; ++i) {
    scoring::Visit visit{.household = given.visit_households[i], .time = given.visit_times[i]};
    const int32_t kind = given.visit_kinds == nullptr ? LIANHU_VISIT_CONTACT : given.visit_kinds[i];
    if (auto status =
            ReadEnum(kind, scoring::VisitKind::kContact, scoring::VisitKind::kLivelihood, "visit_kinds", i, visit.kind);
        !status.ok()) {
      return status;
    }
    visits.push_back(visit);
  }
  return absl::OkStatus();
}

absl::Status ReadHardship(const lianhu_fact_events& given, std::vector<scoring::HardshipEntry>& hardship) {
  const int64_t count = given.hardship_count;
  if (auto status = CheckArray(given.hardship_households, count, "hardship_households"); !status.ok()) return status;
  if (auto status = CheckArray(given.hardship_contacts, count, "hardship_contacts"); !status.ok()) return status;
  for (int64_t i = 0; i < count; ++i) {
    hardship.push_back({.household = given.hardship_households[i], .contacts_due = given.hardship_contacts[i]});
  }
  return absl::OkStatus();
}

absl::Status ReadSample(const lianhu_fact_events& given, std::vector<scoring::SampleAnswer>& sample) {
  const int64_t count = given.sample_count;
  if (auto status = CheckArray(given.sample_households, count, "sample_households"); !status.ok()) return status;
  if (auto status = CheckArray(given.sample_knows, count, "sample_knows"); !status.ok()) return status;
  for (int64_t i = 0; i < count; ++i) {
    const int32_t knows = given.sample_knows[i];
    if (knows != 0 && knows != 1) return InvalidField("sample_knows", i, absl::StrCat("must be 0 or 1: ", knows));
    sample.push_back({.household = given.sample_households[i], .knows_steward = knows == 1});
  }
  return absl::OkStatus();
}

absl::Status ReadCases(const lianhu_fact_events& given, std::vector<scoring::StewardCase>& cases) {
  const int64_t count = given.case_count;
  for (const auto& [field, column] :
       {std::pair("case_stewards", given.case_stewards), std::pair("case_resolved", given.case_resolved),
        std::pair("case_satisfied", given.case_satisfied)}) {
    if (auto status = CheckArray(column, count, field); !status.ok()) return status;
  }
  for (const auto& [field, column] :
       {std::pair("case_registered", given.case_registered), std::pair("case_answered", given.case_answered)}) {
    if (auto status = CheckArray(column, count, field); !status.ok()) return status;
  }
  for (int64_t i = 0; i < count; ++i) {
    scoring::StewardCase one{.steward = given.case_stewards[i],
                             .help = given.case_modes != nullptr && given.case_modes[i] == LIANHU_MODE_HELP,
                             .registered = given.case_registered[i],
                             .answered = given.case_answered[i] != LIANHU_NONE,
                             .breaches = given.case_breaches == nullptr ? 0 : given.case_breaches[i]};
    if (given.case_shortest_stand != nullptr) one.shortest_stand = given.case_shortest_stand[i];
    const int32_t kind = given.case_kinds == nullptr ? LIANHU_COUNTED_REQUEST : given.case_kinds[i];
    auto status =
        ReadEnum(kind, scoring::StewardCaseKind::kRequest, scoring::StewardCaseKind::kOther, "case_kinds", i, one.kind);
    status.Update(ReadEnum(given.case_resolved[i], scoring::Answer::kUnknown, scoring::Answer::kYes, "case_resolved", i,
                           one.resolved));
    status.Update(ReadEnum(given.case_satisfied[i], scoring::Answer::kUnknown, scoring::Answer::kYes, "case_satisfied",
                           i, one.satisfied));
    if (!status.ok()) return status;
    cases.push_back(one);
  }
  return absl::OkStatus();
}

// An error of CountFacts by the name that the field has here: "visits.household" is "visit_households".
absl::Status RenameField(const absl::Status& status) {
  constexpr std::pair<absl::string_view, absl::string_view> kNames[] = {
      {"visits.household", "visit_households"},
      {"hardship.household", "hardship_households"},
      {"hardship.contacts_due", "hardship_contacts"},
      {"sample.household", "sample_households"},
      {"cases.steward", "case_stewards"},
      {"cases.breaches", "case_breaches"},
      {"cases.shortest_stand", "case_shortest_stand"}};
  const lianhu::ErrorDetail detail = lianhu::GetErrorDetail(status);
  for (const auto& [from, to] : kNames) {
    if (detail.field != from) continue;
    return InvalidField(to, detail.row, status.message().substr(status.message().find(": ") + 2));
  }
  return status;
}

}  // namespace

int32_t lianhu_fact_sources_init(lianhu_fact_sources* sources, uint32_t struct_size) {
  return InitStruct(sources, struct_size, {});
}

int32_t lianhu_facts_derive(const lianhu_checklist* checklist, const lianhu_fact_sources* sources, char* out_csv,
                            int64_t capacity, int64_t* out_size, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(checklist, "checklist"); !status.ok()) return status;
    if (auto status = CheckStruct(sources, "sources"); !status.ok()) return status;
    const lianhu_fact_sources given = ReadStruct(sources, {});
    if (auto status = CheckPointer(given.plan, "plan"); !status.ok()) return status;
    const absl::StatusOr<io::DerivedFacts> facts =
        io::DeriveFacts(checklist->checklist, {.plan = given.plan,
                                               .visits = TextOrEmpty(given.visits),
                                               .hardship = TextOrEmpty(given.hardship),
                                               .sample = TextOrEmpty(given.sample),
                                               .cases = TextOrEmpty(given.cases),
                                               .counts = TextOrEmpty(given.counts),
                                               .posts = TextOrEmpty(given.posts),
                                               .earlier_plan = TextOrEmpty(given.earlier_plan),
                                               .period = TextOrEmpty(given.period),
                                               .from = given.from,
                                               .to = given.to});
    if (!facts.ok()) return facts.status();
    return WriteText(facts->csv, out_csv, capacity, out_size);
  });
}

int32_t lianhu_fact_events_init(lianhu_fact_events* events, uint32_t struct_size) {
  return InitStruct(events, struct_size, {});
}

int32_t lianhu_facts_count(const lianhu_checklist* checklist, const lianhu_fact_events* events, int64_t* values,
                           lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(checklist, "checklist"); !status.ok()) return status;
    if (auto status = CheckStruct(events, "events"); !status.ok()) return status;
    const lianhu_fact_events given = ReadStruct(events, {});
    if (auto status = CheckCount(given.steward_count, "steward_count"); !status.ok()) return status;
    if (auto status = CheckArray(given.steward_of, given.household_count, "steward_of"); !status.ok()) return status;
    if (given.steward_count > 0) {
      if (auto status = CheckPointer(values, "values"); !status.ok()) return status;
    }
    std::vector<scoring::Visit> visits;
    std::vector<scoring::HardshipEntry> hardship;
    std::vector<scoring::SampleAnswer> sample;
    std::vector<scoring::StewardCase> cases;
    if (auto status = ReadVisits(given, visits); !status.ok()) return status;
    if (auto status = ReadHardship(given, hardship); !status.ok()) return status;
    if (auto status = ReadSample(given, sample); !status.ok()) return status;
    if (auto status = ReadCases(given, cases); !status.ok()) return status;
    const auto counted =
        scoring::CountFacts(checklist->checklist, {.stewards = static_cast<int32_t>(given.steward_count),
                                                   .steward_of = View(given.steward_of, given.household_count),
                                                   .visits = visits,
                                                   .hardship = hardship,
                                                   .sample = sample,
                                                   .cases = cases,
                                                   .from = given.from,
                                                   .to = given.to});
    if (!counted.ok()) return RenameField(counted.status());
    const std::vector<scoring::Fact>& facts = checklist->checklist.facts;
    const absl::Span<const scoring::CountedFactName> names = scoring::CountedFactNames();
    for (size_t f = 0; f < facts.size(); ++f) {
      const auto is_counted = [&](const scoring::CountedFactName& each) { return each.name == facts[f].name; };
      if (std::none_of(names.begin(), names.end(), is_counted)) continue;
      for (size_t i = f; i < counted->size(); i += facts.size()) values[i] = (*counted)[i];
    }
    return absl::OkStatus();
  });
}
