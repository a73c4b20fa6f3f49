// Structs that cross the ABI, of whatever size the caller's header gave them.
//
// A caller built with an older header passes a smaller struct: the fields it lacks take their defaults, or are not
// written. One built with a newer header passes a larger one: accepted while all that this library does not know is
// zero, for then the caller has not asked for it.
#ifndef LIANHU_CAPI_STRUCTS_H_
#define LIANHU_CAPI_STRUCTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "capi/guard.h"
#include "lianhu/base/point.h"
#include "lianhu/base/status.h"

namespace lianhu::capi {

// The size of each struct in the first release of ABI 0. A field added later does not change these numbers.
template <typename T>
inline constexpr uint32_t kOldestSize = 0;
template <>
inline constexpr uint32_t kOldestSize<lianhu_error_info> = 32;
template <>
inline constexpr uint32_t kOldestSize<lianhu_context_options> = 32;
template <>
inline constexpr uint32_t kOldestSize<lianhu_hierarchy_view> = 72;
template <>
inline constexpr uint32_t kOldestSize<lianhu_contact_groups_view> = 80;
template <>
inline constexpr uint32_t kOldestSize<lianhu_calendar_options> = 32;
template <>
inline constexpr uint32_t kOldestSize<lianhu_issues> = 72;
template <>
inline constexpr uint32_t kOldestSize<lianhu_decisions> = 88;
template <>
inline constexpr uint32_t kOldestSize<lianhu_registrations> = 72;
template <>
inline constexpr uint32_t kOldestSize<lianhu_case_events> = 64;
template <>
inline constexpr uint32_t kOldestSize<lianhu_docket_view> = 176;
template <>
inline constexpr uint32_t kOldestSize<lianhu_figures> = 136;
template <>
inline constexpr uint32_t kOldestSize<lianhu_assignment_problem> = 176;
template <>
inline constexpr uint32_t kOldestSize<lianhu_assignment_options> = 8;
template <>
inline constexpr uint32_t kOldestSize<lianhu_plan_view> = 88;
template <>
inline constexpr uint32_t kOldestSize<lianhu_infeasibility> = 72;
template <>
inline constexpr uint32_t kOldestSize<lianhu_verification> = 64;
template <>
inline constexpr uint32_t kOldestSize<lianhu_fact_events> = 208;
template <>
inline constexpr uint32_t kOldestSize<lianhu_score_page> = 96;
template <>
inline constexpr uint32_t kOldestSize<lianhu_cards> = 112;
template <>
inline constexpr uint32_t kOldestSize<lianhu_scores_view> = 104;
template <>
inline constexpr uint32_t kOldestSize<lianhu_sensitivity_options> = 16;
template <>
inline constexpr uint32_t kOldestSize<lianhu_sensitivity_view> = 136;
template <>
inline constexpr uint32_t kOldestSize<lianhu_strata> = 104;
template <>
inline constexpr uint32_t kOldestSize<lianhu_fact_sources> = 80;
template <>
inline constexpr uint32_t kOldestSize<lianhu_composite> = 248;
template <>
inline constexpr uint32_t kOldestSize<lianhu_apportionment> = 56;
template <>
inline constexpr uint32_t kOldestSize<lianhu_change> = 88;
template <>
inline constexpr uint32_t kOldestSize<lianhu_live_view> = 136;
template <>
inline constexpr uint32_t kOldestSize<lianhu_offers_view> = 40;
template <>
inline constexpr uint32_t kOldestSize<lianhu_frontier_view> = 40;
template <>
inline constexpr uint32_t kOldestSize<lianhu_limit> = 56;
template <>
inline constexpr uint32_t kOldestSize<lianhu_heuristic_options> = 24;
template <>
inline constexpr uint32_t kOldestSize<lianhu_heuristic_result> = 56;
template <>
inline constexpr uint32_t kOldestSize<lianhu_weighted_verification> = 64;
template <>
inline constexpr uint32_t kOldestSize<lianhu_generalized_assignment> = 48;
template <>
inline constexpr uint32_t kOldestSize<lianhu_road_network> = 80;
template <>
inline constexpr uint32_t kOldestSize<lianhu_cohesion_result> = 88;
template <>
inline constexpr uint32_t kOldestSize<lianhu_selection_options> = 24;
template <>
inline constexpr uint32_t kOldestSize<lianhu_p_median> = 128;
template <>
inline constexpr uint32_t kOldestSize<lianhu_p_median_result> = 64;
template <>
inline constexpr uint32_t kOldestSize<lianhu_candidate_problem> = 232;
template <>
inline constexpr uint32_t kOldestSize<lianhu_choice_view> = 184;
template <>
inline constexpr uint32_t kOldestSize<lianhu_micro_grid_problem> = 224;
template <>
inline constexpr uint32_t kOldestSize<lianhu_micro_grid_options> = 24;
template <>
inline constexpr uint32_t kOldestSize<lianhu_micro_grids_view> = 216;
template <>
inline constexpr uint32_t kOldestSize<lianhu_grid_level> = 32;
template <>
inline constexpr uint32_t kOldestSize<lianhu_drawn_hierarchy_view> = 88;
template <>
inline constexpr uint32_t kOldestSize<lianhu_household_explanation> = 96;
template <>
inline constexpr uint32_t kOldestSize<lianhu_steward_explanation> = 56;
template <>
inline constexpr uint32_t kOldestSize<lianhu_town_explanation> = 48;

inline absl::Status CheckPointer(const void* pointer, absl::string_view field) {
  if (pointer != nullptr) return absl::OkStatus();
  return InvalidField(field, -1, "must not be null");
}

// The size of a struct is one that this library can serve.
template <typename T>
absl::Status CheckStruct(const T* given, absl::string_view field) {
  static_assert(kOldestSize<T> > 0 && kOldestSize<T> <= sizeof(T));
  if (auto status = CheckPointer(given, field); !status.ok()) return status;
  const uint32_t size = given->struct_size;
  if (size < kOldestSize<T>) {
    return InvalidField(absl::StrCat(field, ".struct_size"), -1,
                        absl::StrCat("is ", size, ", less than ", kOldestSize<T>, ": initialise the struct first"));
  }
  const char* bytes = reinterpret_cast<const char*>(given);
  const bool known = size <= sizeof(T) || std::all_of(bytes + sizeof(T), bytes + size, [](char b) { return b == 0; });
  if (known) return absl::OkStatus();
  return absl::UnimplementedError(absl::StrCat(field, ": sets fields that this version of lianhu does not know"));
}

// The caller's struct on top of the defaults; it has passed CheckStruct.
template <typename T>
T ReadStruct(const T* given, T defaults) {
  std::memcpy(&defaults, given, std::min<size_t>(given->struct_size, sizeof(T)));
  return defaults;
}

// Writes the fields that the caller's struct, which has passed CheckStruct, has room for.
template <typename T>
void WriteStruct(T value, T* out) {
  value.struct_size = out->struct_size;
  std::memcpy(out, &value, std::min<size_t>(out->struct_size, sizeof(T)));
}

inline absl::StatusOr<bool> ReadFlag(int32_t value, absl::string_view field) {
  if (value == 0 || value == 1) return value == 1;
  return InvalidField(field, -1, absl::StrCat("is ", value, ": need 0 or 1"));
}

inline absl::StatusOr<Datum> ReadDatum(int32_t value) {
  if (value == LIANHU_PLANAR_METRES || value == LIANHU_WGS84_DEGREES) return static_cast<Datum>(value);
  return InvalidField("datum", -1, absl::StrCat("is ", value, ": need LIANHU_PLANAR_METRES or LIANHU_WGS84_DEGREES"));
}

template <typename T>
int32_t InitStruct(T* out, uint32_t struct_size, T defaults) noexcept {
  if (out == nullptr || struct_size < kOldestSize<T>) return LIANHU_INVALID_ARGUMENT;
  std::memset(static_cast<void*>(out), 0, struct_size);
  out->struct_size = struct_size;
  WriteStruct(defaults, out);
  return LIANHU_OK;
}

}  // namespace lianhu::capi

#endif  // LIANHU_CAPI_STRUCTS_H_
