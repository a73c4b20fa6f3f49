#include "lianhu/assignment/infeasibility.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "absl/strings/str_cat.h"

namespace lianhu::assignment {
namespace {

int64_t CeilDivide(int64_t a, int64_t b) {
  return (a + b - 1) / b;
}

// The stewards of one jurisdiction: each one's bounds, and how many follow the problem's common bounds.
struct Staff {
  std::vector<LoadBounds> bounds;
  int64_t following_min = 0;
  int64_t following_max = 0;
};

int64_t Capacity(const Staff& staff) {
  return std::accumulate(staff.bounds.begin(), staff.bounds.end(), int64_t{0},
                         [](int64_t sum, const LoadBounds& b) { return sum + b.max; });
}

int64_t Required(const Staff& staff) {
  return std::accumulate(staff.bounds.begin(), staff.bounds.end(), int64_t{0},
                         [](int64_t sum, const LoadBounds& b) { return sum + b.min; });
}

// Too few places: add stewards with the common bounds.
void ExplainShortage(const Staff& staff, LoadBounds common, Infeasibility& result) {
  result.stewards_needed = -1;
  if (common.max > 0) {
    const int64_t more = CeilDivide(result.shortage, common.max);
    if (result.required + more * common.min <= result.households) result.stewards_needed = result.stewards + more;
  }
  result.bound_needed = -1;
  if (staff.following_max > 0) {
    const int64_t fixed = result.capacity - staff.following_max * common.max;
    result.bound_needed = CeilDivide(result.households - fixed, staff.following_max);
  }
}

// Too many places to fill: release stewards, those with the largest minimum first.
void ExplainSurplus(Staff& staff, LoadBounds common, Infeasibility& result) {
  std::sort(staff.bounds.begin(), staff.bounds.end(),
            [](const LoadBounds& a, const LoadBounds& b) { return a.min != b.min ? a.min < b.min : a.max > b.max; });
  int64_t required = 0;
  int64_t capacity = 0;
  int64_t kept = 0;
  for (const LoadBounds& b : staff.bounds) {
    if (required + b.min > result.households) break;
    required += b.min;
    capacity += b.max;
    ++kept;
  }
  result.stewards_needed = capacity >= result.households ? kept : -1;
  result.bound_needed = -1;
  if (staff.following_min > 0) {
    const int64_t fixed = result.required - staff.following_min * common.min;
    if (fixed <= result.households) result.bound_needed = (result.households - fixed) / staff.following_min;
  }
}

}  // namespace

std::vector<Infeasibility> FindInfeasibilities(const Problem& problem) {
  const bool by_unit = !problem.household_units.empty() || !problem.steward_units.empty();
  std::map<int32_t, int64_t> households;
  std::map<int32_t, Staff> staff_of;
  if (by_unit) {
    for (const int32_t unit : problem.household_units) ++households[unit];
  } else {
    households[-1] = static_cast<int64_t>(problem.households.size());
  }
  for (size_t j = 0; j < problem.stewards.size(); ++j) {
    const int32_t unit = by_unit ? problem.steward_units[j] : -1;
    Staff& staff = staff_of[unit];
    staff.bounds.push_back(problem.BoundsOf(static_cast<int64_t>(j)));
    staff.following_min += problem.steward_min.empty() || problem.steward_min[j] == problem.bounds.min;
    staff.following_max += problem.steward_max.empty() || problem.steward_max[j] == problem.bounds.max;
    households.try_emplace(unit, 0);
  }

  std::vector<Infeasibility> found;
  for (const auto& [unit, count] : households) {
    Staff& staff = staff_of[unit];
    Infeasibility result;
    result.unit = unit;
    result.households = count;
    result.stewards = static_cast<int64_t>(staff.bounds.size());
    result.capacity = Capacity(staff);
    result.required = Required(staff);
    result.shortage = std::max<int64_t>(0, count - result.capacity);
    result.surplus = std::max<int64_t>(0, result.required - count);
    if (result.shortage > 0) {
      ExplainShortage(staff, problem.bounds, result);
    } else if (result.surplus > 0) {
      ExplainSurplus(staff, problem.bounds, result);
    } else {
      continue;
    }
    found.push_back(result);
  }
  return found;
}

namespace {

std::string DescribeInEnglish(const Infeasibility& i, LoadBounds bounds, absl::string_view unit) {
  std::string text = unit.empty() ? "" : absl::StrCat(unit, ": ");
  if (i.shortage > 0) {
    absl::StrAppend(&text, i.households, " households, but ", i.stewards, " stewards can serve ", i.capacity,
                    " at most: ", i.shortage, " are left over.");
    if (i.stewards_needed >= 0) {
      absl::StrAppend(&text, " At ", bounds.min, " to ", bounds.max, " each, ", i.stewards_needed,
                      " stewards would do, ", i.stewards_needed - i.stewards, " more than there are");
      if (i.bound_needed >= 0) {
        absl::StrAppend(&text, "; or these ", i.stewards, " with up to ", i.bound_needed, " households each");
      }
      return text + ".";
    }
    absl::StrAppend(&text, " At ", bounds.min, " to ", bounds.max, " each, no number of further stewards would do");
    if (i.bound_needed >= 0) {
      absl::StrAppend(&text, "; these ", i.stewards, " would with up to ", i.bound_needed, " households each");
    }
    return text + ".";
  }
  absl::StrAppend(&text, i.stewards, " stewards need ", i.required, " households at least, but there are ",
                  i.households, ": ", i.surplus, " too few.");
  if (i.stewards_needed >= 0) {
    absl::StrAppend(&text, " With ", i.stewards_needed, " stewards, ", i.stewards - i.stewards_needed,
                    " fewer, the present bounds would do");
    if (i.bound_needed >= 0) absl::StrAppend(&text, "; or all ", i.stewards, " with a minimum of ", i.bound_needed);
    return text + ".";
  }
  absl::StrAppend(&text, " No smaller number of stewards would do at the present bounds");
  if (i.bound_needed >= 0) absl::StrAppend(&text, "; all ", i.stewards, " would with a minimum of ", i.bound_needed);
  return text + ".";
}

std::string DescribeInChinese(const Infeasibility& i, LoadBounds bounds, absl::string_view unit) {
  std::string text = unit.empty() ? "" : absl::StrCat(unit, "：");
  if (i.shortage > 0) {
    absl::StrAppend(&text, "共", i.households, "户，", i.stewards, "名红管事最多联系", i.capacity, "户，还有",
                    i.shortage, "户无人联系。");
    if (i.stewards_needed >= 0) {
      absl::StrAppend(&text, "按每人", bounds.min, "至", bounds.max, "户，需要", i.stewards_needed, "名，还差",
                      i.stewards_needed - i.stewards, "名");
      if (i.bound_needed >= 0) {
        absl::StrAppend(&text, "；或由现有", i.stewards, "名每人最多联系", i.bound_needed, "户");
      }
      return text + "。";
    }
    absl::StrAppend(&text, "按每人", bounds.min, "至", bounds.max, "户，增加多少名都排不下");
    if (i.bound_needed >= 0) absl::StrAppend(&text, "；现有", i.stewards, "名每人最多联系", i.bound_needed, "户则可以");
    return text + "。";
  }
  absl::StrAppend(&text, i.stewards, "名红管事至少要联系", i.required, "户，实有", i.households, "户，少", i.surplus,
                  "户。");
  if (i.stewards_needed >= 0) {
    absl::StrAppend(&text, "按现有上下限，用", i.stewards_needed, "名即可，减少", i.stewards - i.stewards_needed, "名");
    if (i.bound_needed >= 0) absl::StrAppend(&text, "；或", i.stewards, "名都保留，每人最少联系", i.bound_needed, "户");
    return text + "。";
  }
  absl::StrAppend(&text, "按现有上下限，减少多少名都排不成");
  if (i.bound_needed >= 0) absl::StrAppend(&text, "；", i.stewards, "名每人最少联系", i.bound_needed, "户则可以");
  return text + "。";
}

}  // namespace

std::string Describe(const Infeasibility& infeasibility, LoadBounds bounds, absl::string_view unit_name,
                     Language language) {
  return language == Language::kChinese ? DescribeInChinese(infeasibility, bounds, unit_name)
                                        : DescribeInEnglish(infeasibility, bounds, unit_name);
}

}  // namespace lianhu::assignment
