#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "assignment/pair_book.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using internal::PairBook;

class SetChecker {
 public:
  SetChecker(const Problem& problem, const Infeasibility& reason)
      : problem_(problem),
        reason_(reason),
        book_(problem),
        household_inside_(problem.households.size(), false),
        steward_inside_(problem.stewards.size(), false) {}

  absl::Status Run() {
    if (auto s = Mark("household_set", reason_.household_set, household_inside_); !s.ok()) return s;
    if (auto s = Mark("steward_set", reason_.steward_set, steward_inside_); !s.ok()) return s;
    if (auto s = CheckNumbers(); !s.ok()) return s;
    return CheckClosed();
  }

 private:
  bool IsMember(int32_t unit, int32_t kind) const { return unit == reason_.unit && kind == reason_.kind; }
  bool HouseholdIsMember(int32_t h) const { return IsMember(problem_.HouseholdUnit(h), problem_.HouseholdKind(h)); }
  bool StewardIsMember(int32_t j) const { return IsMember(problem_.StewardUnit(j), problem_.StewardKind(j)); }

  absl::Status Mark(absl::string_view field, const std::vector<int32_t>& set, std::vector<bool>& inside) const {
    const bool households = &inside == &household_inside_;
    const auto member = [&](int32_t i) { return households ? HouseholdIsMember(i) : StewardIsMember(i); };
    if (reason_.whole) {
      if (!set.empty()) return InvalidField(field, -1, "must be empty: the whole jurisdiction is meant");
      for (size_t i = 0; i < inside.size(); ++i) inside[i] = member(static_cast<int32_t>(i));
      return absl::OkStatus();
    }
    for (size_t k = 0; k < set.size(); ++k) {
      const auto row = static_cast<int64_t>(k);
      const int32_t i = set[k];
      if (i < 0 || i >= static_cast<int64_t>(inside.size())) return InvalidField(field, row, "no such index");
      if (inside[i]) return InvalidField(field, row, absl::StrCat(i, " is there twice"));
      if (!member(i)) return InvalidField(field, row, absl::StrCat(i, " is of another jurisdiction or kind"));
      inside[i] = true;
    }
    return absl::OkStatus();
  }

  absl::Status CheckNumbers() const {
    int64_t capacity = 0;
    int64_t required = 0;
    for (size_t j = 0; j < steward_inside_.size(); ++j) {
      if (!steward_inside_[j]) continue;
      capacity += problem_.BoundsOf(static_cast<int64_t>(j)).max;
      required += problem_.BoundsOf(static_cast<int64_t>(j)).min;
    }
    const auto households = std::count(household_inside_.begin(), household_inside_.end(), true);
    const auto stewards = std::count(steward_inside_.begin(), steward_inside_.end(), true);
    const bool short_of_places = reason_.shortage > 0;
    const struct {
      absl::string_view field;
      int64_t said;
      int64_t counted;
    } figures[] = {
        {"households", reason_.households, households},
        {"stewards", reason_.stewards, stewards},
        {"capacity", reason_.capacity, capacity},
        {"required", reason_.required, required},
        {"shortage", reason_.shortage, short_of_places ? households - capacity : 0},
        {"surplus", reason_.surplus, short_of_places ? 0 : required - households},
    };
    for (const auto& figure : figures) {
      if (figure.said == figure.counted) continue;
      return InvalidField(figure.field, -1, absl::StrCat("is said to be ", figure.said, ", but is ", figure.counted));
    }
    if (reason_.shortage > 0 || reason_.surplus > 0) return absl::OkStatus();
    return InvalidField("shortage", -1, "neither a shortage nor a surplus");
  }

  absl::Status CheckClosed() const {
    const bool short_of_places = reason_.shortage > 0;
    for (int32_t h = 0; h < static_cast<int32_t>(household_inside_.size()); ++h) {
      if (!HouseholdIsMember(h) || household_inside_[h] != short_of_places) continue;
      for (int32_t j = 0; j < static_cast<int32_t>(steward_inside_.size()); ++j) {
        if (steward_inside_[j] == short_of_places || !book_.Allowed(h, j)) continue;
        const std::string pair = absl::StrCat("household ", h, " may be served by steward ", j);
        return InvalidField(short_of_places ? "steward_set" : "household_set", -1,
                            absl::StrCat(pair, short_of_places ? ", who is" : ", but is", " not in the set"));
      }
    }
    return absl::OkStatus();
  }

  const Problem& problem_;
  const Infeasibility& reason_;
  const PairBook book_;
  std::vector<bool> household_inside_;
  std::vector<bool> steward_inside_;
};

}  // namespace

absl::Status CheckInfeasibility(const Problem& problem, const Infeasibility& infeasibility) {
  if (auto status = Validate(problem); !status.ok()) return status;
  return SetChecker(problem, infeasibility).Run();
}

}  // namespace lianhu::assignment
