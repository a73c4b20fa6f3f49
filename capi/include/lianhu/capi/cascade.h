/* A notice passed on downward, and contact groups. Included by lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_CASCADE_H_
#define LIANHU_ABI_CASCADE_H_

#include <lianhu/capi/base.h>
#include <lianhu/capi/hierarchy.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Cascade: who has acknowledged a notice, and where it stopped ----
 *
 * A notice goes from a unit, the origin, to every unit below it, each of which acknowledges it once. The targets are
 * the units of one level or, without one, the leaves; units below the targets take no part. A unit has heard when it or
 * a unit below it has acknowledged. Times are UTC seconds. One cascade is used by one thread at a time. */

typedef struct lianhu_cascade lianhu_cascade;

#define LIANHU_CASCADE_NOT_HEARD 0 /* nothing from here or below */
#define LIANHU_CASCADE_STOPPED 1   /* has the notice, none of its children has heard */
#define LIANHU_CASCADE_PARTLY 2    /* some of its children have */
#define LIANHU_CASCADE_PASSED_ON 3 /* all of its children have, some target below is not reached */
#define LIANHU_CASCADE_COMPLETE 4  /* every target below is reached */

/* A notice sent at `sent` >= 0 by the unit `origin` to the units of `target_level`, or LIANHU_NONE: the leaves. The
 * cascade keeps the hierarchy alive: either may be freed first. Errors: an origin that is no unit, no target. O(n). */
LIANHU_API int32_t lianhu_cascade_create(const lianhu_hierarchy* hierarchy, int32_t origin, int64_t sent,
                                         int32_t target_level, lianhu_cascade** out, lianhu_error* error);

/* Takes `count` acknowledgements, all or, if one is wrong, none: a unit that takes no part, a time before the notice
 * was sent. Of several by one unit the earliest counts. `out_fresh`, nullable, receives how many units acknowledged for
 * the first time. O(depth) each. */
LIANHU_API int32_t lianhu_cascade_acknowledge(lianhu_cascade* cascade, const int32_t* units, const int64_t* times,
                                              int64_t count, int64_t* out_fresh, lianhu_error* error);

/* For each of `count` units what is at and below it, 0 where it takes no part; each output, `count` entries, is
 * nullable: targets, those reached, units taking part, those that have acknowledged, children with targets, those that
 * have heard, LIANHU_CASCADE_NOT_HEARD .. LIANHU_CASCADE_COMPLETE, and the unit's own acknowledgement, LIANHU_NONE:
 * never. O(1) each. */
LIANHU_API int32_t lianhu_cascade_get(const lianhu_cascade* cascade, const int32_t* units, int64_t count,
                                      int32_t* out_targets, int32_t* out_reached, int32_t* out_units,
                                      int32_t* out_acknowledged, int32_t* out_children, int32_t* out_children_heard,
                                      int32_t* out_states, int64_t* out_acknowledged_at, lianhu_error* error);

/* For each of `count` units and each of `percent_count` percents (1..100): the seconds from sending until that share of
 * the targets below was reached, LIANHU_NONE: not yet. `out_seconds` has count * percent_count entries, those of one
 * unit side by side. O(sub-tree) each. */
LIANHU_API int32_t lianhu_cascade_seconds_to_reach(const lianhu_cascade* cascade, const int32_t* units, int64_t count,
                                                   const int32_t* percents, int64_t percent_count, int64_t* out_seconds,
                                                   lianhu_error* error);

/* Where the notice stopped: `to` has not heard, `from` above it has, and so many targets are at and below `to`. Every
 * target that is not reached is at or below exactly one `to`. `out_count` receives how many there are; the first
 * min(capacity, that) are written. The arrays may be null when `capacity` is 0. O(n). */
LIANHU_API int32_t lianhu_cascade_retransmissions(const lianhu_cascade* cascade, int32_t* out_from, int32_t* out_to,
                                                  int32_t* out_targets, int64_t capacity, int64_t* out_count,
                                                  lianhu_error* error);

LIANHU_API void lianhu_cascade_free(lianhu_cascade* cascade);

/* ---- Contact groups: who belongs in which ----
 *
 * The command group of a street: its leaders and those of its communities; the backbone group of a community: and those
 * of its grids; the operating group of a grid: and its stewards; the household group of a steward: and his households.
 * Leaders are holder and stand-in. Levels are those of lianhu_hierarchy_from_codes, households 8. */

typedef struct lianhu_contact_groups lianhu_contact_groups;

#define LIANHU_GROUP_COMMAND 0
#define LIANHU_GROUP_BACKBONE 1
#define LIANHU_GROUP_OPERATING 2
#define LIANHU_GROUP_HOUSEHOLD 3

#define LIANHU_ROLE_HOLDER 0
#define LIANHU_ROLE_STAND_IN 1
#define LIANHU_ROLE_ACTING 2    /* leads from the post of a unit above */
#define LIANHU_ROLE_STEWARD 3   /* of a household group */
#define LIANHU_ROLE_HOUSEHOLD 4 /* the member is a household's index */

/* Derives the groups. `steward_of`, nullable, gives for each of `household_count` households its steward, LIANHU_NONE
 * where it has none; without it there are no household groups. */
LIANHU_API int32_t lianhu_contact_groups_create(const lianhu_posts* posts, const int32_t* steward_of,
                                                int64_t household_count, lianhu_contact_groups** out,
                                                lianhu_error* error);

/* The arrays of the groups; they live as long as these. */
typedef struct lianhu_contact_groups_view {
  uint32_t struct_size;
  int32_t reserved;             /* 0 */
  int64_t group_count;          /* g */
  int64_t member_count;         /* m */
  const int32_t* kinds;         /* g: LIANHU_GROUP_COMMAND .. */
  const int32_t* units;         /* g: LIANHU_NONE for a household group */
  const int32_t* leaders;       /* g: the first of its members */
  const int64_t* first_members; /* g + 1: the members of group k are first_members[k] .. first_members[k + 1] - 1 */
  const int32_t* members;       /* m: a person, or a household's index */
  const int32_t* roles;         /* m: LIANHU_ROLE_HOLDER .. */
  const int32_t* posts;         /* m: the unit whose post it is, LIANHU_NONE in household groups */
} lianhu_contact_groups_view;

LIANHU_API int32_t lianhu_contact_groups_view_init(lianhu_contact_groups_view* view, uint32_t struct_size);

/* `out` receives views of the arrays: O(1), nothing is copied. */
LIANHU_API int32_t lianhu_contact_groups_get(const lianhu_contact_groups* groups, lianhu_contact_groups_view* out,
                                             lianhu_error* error);

LIANHU_API void lianhu_contact_groups_free(lianhu_contact_groups* groups);

#define LIANHU_MEMBER_JOINS 0
#define LIANHU_MEMBER_LEAVES 1
#define LIANHU_MEMBER_CHANGES_ROLE 2

/* Who joins and who leaves. Each list has a group, a member and a role in each row, numbers of the caller's that mean
 * the same in both; a member of a group is named once. Out, by group and member: LIANHU_MEMBER_JOINS .., group, member,
 * role (of before for who leaves), role before. `out_count` receives how many there are; the first min(capacity, that)
 * are written to the arrays, each nullable. O(n log n). */
LIANHU_API int32_t lianhu_memberships_compare(const int32_t* before_groups, const int32_t* before_members,
                                              const int32_t* before_roles, int64_t before_count,
                                              const int32_t* after_groups, const int32_t* after_members,
                                              const int32_t* after_roles, int64_t after_count, int32_t* out_kinds,
                                              int32_t* out_groups, int32_t* out_members, int32_t* out_roles,
                                              int32_t* out_roles_before, int64_t capacity, int64_t* out_count,
                                              lianhu_error* error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_CASCADE_H_ */
