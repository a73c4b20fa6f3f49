#include "capi/posts.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/hierarchy.h"
#include "capi/structs.h"

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckUnits;
using lianhu::capi::Guard;
using lianhu::capi::View;

int32_t lianhu_posts_create(const lianhu_hierarchy* hierarchy, const int32_t* holders, const int32_t* stand_ins,
                            int64_t count, lianhu_posts** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(hierarchy, "hierarchy"); !status.ok()) return status;
    if (auto status = CheckArray(holders, count, "holders"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    auto posts = lianhu::Posts::Create(*hierarchy->tree, View(holders, count), View(stand_ins, count));
    if (!posts.ok()) return posts.status();
    *out = new lianhu_posts{hierarchy->tree, *std::move(posts)};
    return absl::OkStatus();
  });
}

int32_t lianhu_posts_acting_for(const lianhu_posts* posts, const int32_t* units, int64_t count, int32_t* out_people,
                                int32_t* out_units, int32_t* out_kinds, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(posts, "posts"); !status.ok()) return status;
    if (auto status = CheckUnits(*posts->tree, units, count, "units"); !status.ok()) return status;
    for (int64_t i = 0; i < count; ++i) {
      const lianhu::Post post = posts->posts.ActingFor(*posts->tree, units[i]);
      if (out_people != nullptr) out_people[i] = post.person;
      if (out_units != nullptr) out_units[i] = post.unit;
      if (out_kinds != nullptr) {
        out_kinds[i] = post.person == lianhu::kVacant ? LIANHU_NONE : static_cast<int32_t>(post.kind);
      }
    }
    return absl::OkStatus();
  });
}

int32_t lianhu_posts_vacant(const lianhu_posts* posts, int32_t kind, int32_t* out_units, int64_t capacity,
                            int64_t* out_count, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(posts, "posts"); !status.ok()) return status;
    if (kind != LIANHU_HOLDER && kind != LIANHU_STAND_IN) {
      return lianhu::InvalidField("kind", -1, absl::StrCat("is ", kind, ": need LIANHU_HOLDER or LIANHU_STAND_IN"));
    }
    if (auto status = CheckArray(out_units, capacity, "out_units"); !status.ok()) return status;
    if (auto status = CheckPointer(out_count, "out_count"); !status.ok()) return status;
    const std::vector<lianhu::Unit> vacant = posts->posts.VacantUnits(static_cast<lianhu::PostKind>(kind));
    std::copy_n(vacant.begin(), std::min<int64_t>(capacity, static_cast<int64_t>(vacant.size())), out_units);
    *out_count = static_cast<int64_t>(vacant.size());
    return absl::OkStatus();
  });
}

int32_t lianhu_posts_several(const lianhu_posts* posts, int32_t* out_people, int32_t* out_posts, int64_t capacity,
                             int64_t* out_count, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(posts, "posts"); !status.ok()) return status;
    if (auto status = CheckArray(out_people, capacity, "out_people"); !status.ok()) return status;
    if (auto status = CheckArray(out_posts, capacity, "out_posts"); !status.ok()) return status;
    if (auto status = CheckPointer(out_count, "out_count"); !status.ok()) return status;
    const std::vector<lianhu::PersonPosts> several = posts->posts.PeopleWithSeveralPosts();
    const auto count = static_cast<int64_t>(several.size());
    for (int64_t i = 0; i < std::min(capacity, count); ++i) {
      out_people[i] = several[i].person;
      out_posts[i] = several[i].posts;
    }
    *out_count = count;
    return absl::OkStatus();
  });
}

void lianhu_posts_free(lianhu_posts* posts) {
  delete posts;
}
