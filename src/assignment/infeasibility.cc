#include "lianhu/assignment/infeasibility.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "assignment/hall.h"
#include "assignment/members.h"

namespace lianhu::assignment {
namespace {

using internal::Members;

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
    // A part of a jurisdiction may be served together with what surrounds it.
    if (!result.whole || result.required + more * common.min <= result.households) {
      result.stewards_needed = result.stewards + more;
    }
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
  result.stewards_needed = !result.whole || capacity >= result.households ? kept : -1;
  result.bound_needed = -1;
  if (staff.following_min > 0) {
    const int64_t fixed = result.required - staff.following_min * common.min;
    if (fixed <= result.households) result.bound_needed = (result.households - fixed) / staff.following_min;
  }
}

template <typename Stewards>
Staff StaffOf(const Problem& problem, const Stewards& stewards) {
  Staff staff;
  for (const int32_t j : stewards) {
    staff.bounds.push_back(problem.BoundsOf(j));
    staff.following_min += problem.steward_min.empty() || problem.steward_min[j] == problem.bounds.min;
    staff.following_max += problem.steward_max.empty() || problem.steward_max[j] == problem.bounds.max;
  }
  return staff;
}

void CountSet(int64_t households, const Staff& staff, Infeasibility& result) {
  result.households = households;
  result.stewards = static_cast<int64_t>(staff.bounds.size());
  result.capacity = Capacity(staff);
  result.required = Required(staff);
}

void FindInWhole(const Problem& problem, const Members& members, std::vector<Infeasibility>& found) {
  Staff staff = StaffOf(problem, members.stewards);
  Infeasibility result;
  result.unit = members.unit;
  result.kind = members.kind;
  CountSet(static_cast<int64_t>(members.households.size()), staff, result);
  result.shortage = std::max<int64_t>(0, result.households - result.capacity);
  result.surplus = std::max<int64_t>(0, result.required - result.households);
  if (result.shortage > 0) {
    ExplainShortage(staff, problem.bounds, result);
  } else if (result.surplus > 0) {
    ExplainSurplus(staff, problem.bounds, result);
  } else {
    return;
  }
  found.push_back(std::move(result));
}

Infeasibility FromViolator(const Problem& problem, const Members& members, const internal::HallViolator& violator,
                           bool shortage) {
  Infeasibility result;
  result.unit = members.unit;
  result.kind = members.kind;
  result.whole =
      violator.households.size() == members.households.size() && violator.stewards.size() == members.stewards.size();
  std::vector<int32_t> stewards;
  stewards.reserve(violator.stewards.size());
  for (const int32_t k : violator.stewards) stewards.push_back(members.stewards[k]);
  Staff staff = StaffOf(problem, stewards);
  CountSet(static_cast<int64_t>(violator.households.size()), staff, result);
  (shortage ? result.shortage : result.surplus) = violator.missing;
  if (shortage) {
    ExplainShortage(staff, problem.bounds, result);
  } else {
    ExplainSurplus(staff, problem.bounds, result);
  }
  if (result.whole) return result;
  result.steward_set = std::move(stewards);
  for (const int32_t k : violator.households) result.household_set.push_back(members.households[k]);
  return result;
}

}  // namespace

bool FindInfeasibilities(const Problem& problem, RunContext& context, std::vector<Infeasibility>& found) {
  found.clear();
  const std::vector<Members> jurisdictions = internal::SplitByJurisdiction(problem);
  if (!problem.HasPairConditions()) {
    for (const Members& members : jurisdictions) FindInWhole(problem, members, found);
    return true;
  }
  const internal::Common common(problem, jurisdictions);
  for (const Members& members : jurisdictions) {
    const internal::HallViolators violators = internal::FindHallViolators(common.InputOf(members), context);
    if (violators.cancelled) return false;
    for (const auto& v : violators.shortages) found.push_back(FromViolator(problem, members, v, true));
    for (const auto& v : violators.surpluses) found.push_back(FromViolator(problem, members, v, false));
  }
  return true;
}

std::vector<Infeasibility> FindInfeasibilities(const Problem& problem) {
  RunContext context;
  std::vector<Infeasibility> found;
  FindInfeasibilities(problem, context, found);
  return found;
}

namespace {

std::string Plural(int64_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

std::string DescribePartInEnglish(const Infeasibility& i) {
  if (i.shortage > 0 && i.stewards == 0) {
    return absl::StrCat(
        Plural(i.households, "household"), i.households == 1 ? " has" : " have",
        " no steward allowed and within reach: allow a greater distance, lift what is forbidden, or add "
        "a steward there.");
  }
  if (i.shortage > 0) {
    std::string text = absl::StrCat(Plural(i.households, "household"), " can be served by no more than ",
                                    Plural(i.stewards, "steward"), ", who can take ", i.capacity,
                                    " at most: ", i.shortage, i.shortage == 1 ? " is" : " are", " left over.");
    if (i.stewards_needed > i.stewards) {
      absl::StrAppend(&text, " At least ", Plural(i.stewards_needed - i.stewards, "further steward"),
                      " within their reach would be needed");
      if (i.bound_needed >= 0) absl::StrAppend(&text, ", or up to ", i.bound_needed, " households each");
      text += ".";
    }
    return text;
  }
  std::string text = absl::StrCat(Plural(i.stewards, "steward"), i.stewards == 1 ? " needs " : " need ",
                                  Plural(i.required, "household"), " at least, but only ", i.households,
                                  " may be given to them: ", i.surplus, " too few.");
  if (i.bound_needed >= 0) {
    absl::StrAppend(&text, " A minimum of ", i.bound_needed,
                    " each would be the most they can fill, or allow a greater "
                    "distance.");
  }
  return text;
}

std::string DescribePartInChinese(const Infeasibility& i) {
  if (i.shortage > 0 && i.stewards == 0) {
    return absl::StrCat("有", i.households,
                        "户在允许的距离和条件内没有红管事：请放宽距离、取消禁配，或在当地增加红管事。");
  }
  if (i.shortage > 0) {
    std::string text = absl::StrCat("有", i.households, "户只能由", i.stewards, "名红管事联系，最多", i.capacity,
                                    "户，还有", i.shortage, "户无人联系。");
    if (i.stewards_needed > i.stewards) {
      absl::StrAppend(&text, "在其可及范围内至少还需", i.stewards_needed - i.stewards, "名红管事");
      if (i.bound_needed >= 0) absl::StrAppend(&text, "，或每人最多联系", i.bound_needed, "户");
      text += "。";
    }
    return text;
  }
  std::string text = absl::StrCat(i.stewards, "名红管事至少要联系", i.required, "户，但可分给他们的只有", i.households,
                                  "户，少", i.surplus, "户。");
  if (i.bound_needed >= 0) absl::StrAppend(&text, "每人最少", i.bound_needed, "户才排得满，或放宽距离。");
  return text;
}

std::string DescribeInEnglish(const Infeasibility& i, LoadBounds bounds, absl::string_view unit) {
  std::string text = unit.empty() ? "" : absl::StrCat(unit, ": ");
  if (!i.whole) return text + DescribePartInEnglish(i);
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
  if (!i.whole) return text + DescribePartInChinese(i);
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
