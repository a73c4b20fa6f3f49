#include "capi/hierarchy.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/structs.h"
#include "lianhu/hierarchy/ancestry.h"
#include "lianhu/hierarchy/roll_up.h"
#include "lianhu/io/hierarchy_snapshot.h"

namespace lianhu::capi {

absl::Status CheckUnits(const Hierarchy& tree, const int32_t* units, int64_t count, absl::string_view field) {
  if (auto status = CheckArray(units, count, field); !status.ok()) return status;
  for (int64_t i = 0; i < count; ++i) {
    if (units[i] >= 0 && units[i] < tree.size()) continue;
    return InvalidField(field, i, absl::StrCat(units[i], " is not a unit: there are ", tree.size()));
  }
  return absl::OkStatus();
}

namespace {

absl::Status Give(absl::StatusOr<Hierarchy> tree, lianhu_hierarchy** out) {
  if (!tree.ok()) return tree.status();
  *out = new lianhu_hierarchy{std::make_shared<const Hierarchy>(*std::move(tree))};
  return absl::OkStatus();
}

template <typename T>
int32_t RollUpAs(const lianhu_hierarchy* hierarchy, int32_t operation, const T* values, int64_t count, T* out_totals,
                 lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(hierarchy, "hierarchy"); !status.ok()) return status;
    if (auto status = CheckArray(values, count, "values"); !status.ok()) return status;
    if (auto status = CheckPointer(out_totals, "out_totals"); !status.ok()) return status;
    if (operation < LIANHU_SUM || operation > LIANHU_MAX) {
      return InvalidField("operation", -1, absl::StrCat("is ", operation, ": need LIANHU_SUM, _MIN or _MAX"));
    }
    const auto roll_up = operation == LIANHU_SUM ? RollUpSum<T> : operation == LIANHU_MIN ? RollUpMin<T> : RollUpMax<T>;
    const absl::StatusOr<std::vector<T>> totals = roll_up(*hierarchy->tree, View(values, count));
    if (!totals.ok()) return totals.status();
    std::copy(totals->begin(), totals->end(), out_totals);
    return absl::OkStatus();
  });
}

}  // namespace
}  // namespace lianhu::capi

using lianhu::Hierarchy;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckUnits;
using lianhu::capi::Give;
using lianhu::capi::Guard;
using lianhu::capi::View;

int32_t lianhu_hierarchy_from_parents(const int32_t* parents, const int64_t* codes, const int32_t* levels,
                                      int64_t count, lianhu_hierarchy** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckArray(parents, count, "parents"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    return Give(Hierarchy::FromParents(
                    {.parents = View(parents, count), .codes = View(codes, count), .levels = View(levels, count)}),
                out);
  });
}

int32_t lianhu_hierarchy_from_parent_codes(const int64_t* codes, const int64_t* parent_codes, const int32_t* levels,
                                           int64_t count, lianhu_hierarchy** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckArray(codes, count, "codes"); !status.ok()) return status;
    if (auto status = CheckArray(parent_codes, count, "parent_codes"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    return Give(Hierarchy::FromParentCodes(View(codes, count), View(parent_codes, count), View(levels, count)), out);
  });
}

int32_t lianhu_hierarchy_from_codes(const int64_t* codes, int64_t count, int64_t root, lianhu_hierarchy** out,
                                    lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckArray(codes, count, "codes"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    return Give(Hierarchy::FromCodes(View(codes, count), {.root = root}), out);
  });
}

int32_t lianhu_hierarchy_view_init(lianhu_hierarchy_view* view, uint32_t struct_size) {
  return lianhu::capi::InitStruct(view, struct_size, {});
}

int32_t lianhu_hierarchy_get(const lianhu_hierarchy* hierarchy, lianhu_hierarchy_view* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(hierarchy, "hierarchy"); !status.ok()) return status;
    if (auto status = lianhu::capi::CheckStruct(out, "out"); !status.ok()) return status;
    const Hierarchy& tree = *hierarchy->tree;
    const lianhu::HierarchyView view = tree.view();
    lianhu::capi::WriteStruct({.height = tree.height(),
                               .unit_count = tree.size(),
                               .row_count = tree.row_count(),
                               .parents = view.parents.data(),
                               .first_children = view.first_children.data(),
                               .levels = view.levels.data(),
                               .codes = view.codes.empty() ? nullptr : view.codes.data(),
                               .rows = view.rows.data(),
                               .units = tree.units_of_rows().data()},
                              out);
    return absl::OkStatus();
  });
}

int32_t lianhu_hierarchy_find(const lianhu_hierarchy* hierarchy, const int64_t* codes, int64_t count,
                              int32_t* out_units, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(hierarchy, "hierarchy"); !status.ok()) return status;
    if (auto status = CheckArray(codes, count, "codes"); !status.ok()) return status;
    if (auto status = CheckArray(out_units, count, "out_units"); !status.ok()) return status;
    std::transform(codes, codes + count, out_units, [&](int64_t code) { return hierarchy->tree->Find(code); });
    return absl::OkStatus();
  });
}

int32_t lianhu_hierarchy_ancestor(const lianhu_hierarchy* hierarchy, const int32_t* units, int64_t count, int32_t level,
                                  int32_t* out_units, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(hierarchy, "hierarchy"); !status.ok()) return status;
    if (auto status = CheckUnits(*hierarchy->tree, units, count, "units"); !status.ok()) return status;
    if (auto status = CheckArray(out_units, count, "out_units"); !status.ok()) return status;
    std::transform(units, units + count, out_units,
                   [&](int32_t unit) { return lianhu::AncestorAtLevel(*hierarchy->tree, unit, level); });
    return absl::OkStatus();
  });
}

int32_t lianhu_hierarchy_common_ancestor(const lianhu_hierarchy* hierarchy, const int32_t* a, const int32_t* b,
                                         int64_t count, int32_t* out_units, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(hierarchy, "hierarchy"); !status.ok()) return status;
    if (auto status = CheckUnits(*hierarchy->tree, a, count, "a"); !status.ok()) return status;
    if (auto status = CheckUnits(*hierarchy->tree, b, count, "b"); !status.ok()) return status;
    if (auto status = CheckArray(out_units, count, "out_units"); !status.ok()) return status;
    std::transform(a, a + count, b, out_units, [&](int32_t one, int32_t other) {
      return lianhu::LowestCommonAncestor(*hierarchy->tree, one, other);
    });
    return absl::OkStatus();
  });
}

int32_t lianhu_hierarchy_subtree_size(const lianhu_hierarchy* hierarchy, const int32_t* units, int64_t count,
                                      int32_t* out_sizes, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(hierarchy, "hierarchy"); !status.ok()) return status;
    if (auto status = CheckUnits(*hierarchy->tree, units, count, "units"); !status.ok()) return status;
    if (auto status = CheckArray(out_sizes, count, "out_sizes"); !status.ok()) return status;
    std::transform(units, units + count, out_sizes,
                   [&](int32_t unit) { return lianhu::SubtreeSize(*hierarchy->tree, unit); });
    return absl::OkStatus();
  });
}

int32_t lianhu_hierarchy_roll_up_int64(const lianhu_hierarchy* hierarchy, int32_t operation, const int64_t* values,
                                       int64_t count, int64_t* out_totals, lianhu_error* error) {
  return lianhu::capi::RollUpAs(hierarchy, operation, values, count, out_totals, error);
}

int32_t lianhu_hierarchy_roll_up_double(const lianhu_hierarchy* hierarchy, int32_t operation, const double* values,
                                        int64_t count, double* out_totals, lianhu_error* error) {
  return lianhu::capi::RollUpAs(hierarchy, operation, values, count, out_totals, error);
}

int32_t lianhu_hierarchy_save(const lianhu_hierarchy* hierarchy, const char* path, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(hierarchy, "hierarchy"); !status.ok()) return status;
    if (auto status = CheckPointer(path, "path"); !status.ok()) return status;
    return lianhu::io::WriteSnapshot(path, *hierarchy->tree);
  });
}

int32_t lianhu_hierarchy_load(const char* path, lianhu_hierarchy** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(path, "path"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    return Give(lianhu::io::ReadHierarchySnapshot(path), out);
  });
}

void lianhu_hierarchy_free(lianhu_hierarchy* hierarchy) {
  delete hierarchy;
}
