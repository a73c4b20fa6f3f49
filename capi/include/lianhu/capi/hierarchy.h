/* The tree of units, and who answers for each. Included by lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_HIERARCHY_H_
#define LIANHU_ABI_HIERARCHY_H_

#include <lianhu/capi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Hierarchy: the tree of units ----
 *
 * Units are numbered 0..unit_count-1 in level order: the root is 0, every parent comes before its children, and the
 * children of one unit are side by side. The caller's rows keep their numbers in `rows` and `units`. */

typedef struct lianhu_hierarchy lianhu_hierarchy;

/* From each row's parent row: `parents[row]`, LIANHU_NONE for the one root. `codes` (>= 0, all different, LIANHU_NONE
 * where a unit has none) and `levels` (>= 0, greater than the parent's; without them the depth) are nullable. All have
 * `count` entries. Errors name the unit: no root or two, cycle, orphan, duplicate code, child above its parent. O(n)
 * for ascending codes, else O(n log n). */
LIANHU_API int32_t lianhu_hierarchy_from_parents(const int32_t* parents, const int64_t* codes, const int32_t* levels,
                                                 int64_t count, lianhu_hierarchy** out, lianhu_error* error);

/* From each row's code and its parent's code, LIANHU_NONE for the one root. `levels` is nullable, as above. */
LIANHU_API int32_t lianhu_hierarchy_from_parent_codes(const int64_t* codes, const int64_t* parent_codes,
                                                      const int32_t* levels, int64_t count, lianhu_hierarchy** out,
                                                      lianhu_error* error);

/* From statistical codes of 2, 4, 6, 9, 12, 15 or 18 digits, in any mixture, which nest by themselves; ancestors that
 * are not listed are made. `root` is 0 for the country, or the code that all others must lie below. Levels are then
 * 0 country .. 4 street, 5 community, 6 grid, 7 micro-grid. */
LIANHU_API int32_t lianhu_hierarchy_from_codes(const int64_t* codes, int64_t count, int64_t root,
                                               lianhu_hierarchy** out, lianhu_error* error);

/* The arrays of a hierarchy; they live as long as it does. */
typedef struct lianhu_hierarchy_view {
  uint32_t struct_size;
  int32_t height;                /* greatest depth; 0 for the root alone */
  int64_t unit_count;            /* n, >= 1 */
  int64_t row_count;             /* k: rows that the caller gave */
  const int32_t* parents;        /* n; LIANHU_NONE for the root */
  const int32_t* first_children; /* n + 1: the children of u are first_children[u] .. first_children[u + 1] - 1 */
  const int32_t* levels;         /* n */
  const int64_t* codes;          /* n; null when no unit has a code */
  const int32_t* rows;           /* n: the caller's row, LIANHU_NONE for a unit that the library made */
  const int32_t* units;          /* k: the unit of each row */
} lianhu_hierarchy_view;

LIANHU_API int32_t lianhu_hierarchy_view_init(lianhu_hierarchy_view* view, uint32_t struct_size);

/* `out` receives views of the hierarchy's arrays: O(1), nothing is copied. */
LIANHU_API int32_t lianhu_hierarchy_get(const lianhu_hierarchy* hierarchy, lianhu_hierarchy_view* out,
                                        lianhu_error* error);

/* The unit of each code, LIANHU_NONE where there is none: `count` entries in and out. O(log n) each. */
LIANHU_API int32_t lianhu_hierarchy_find(const lianhu_hierarchy* hierarchy, const int64_t* codes, int64_t count,
                                         int32_t* out_units, lianhu_error* error);

/* The unit on `level` among each unit and its ancestors, LIANHU_NONE where that level is left out or below it. */
LIANHU_API int32_t lianhu_hierarchy_ancestor(const lianhu_hierarchy* hierarchy, const int32_t* units, int64_t count,
                                             int32_t level, int32_t* out_units, lianhu_error* error);

/* The lowest common ancestor of a[i] and b[i]. */
LIANHU_API int32_t lianhu_hierarchy_common_ancestor(const lianhu_hierarchy* hierarchy, const int32_t* a,
                                                    const int32_t* b, int64_t count, int32_t* out_units,
                                                    lianhu_error* error);

/* Number of units in the sub-tree of each unit, itself included. */
LIANHU_API int32_t lianhu_hierarchy_subtree_size(const lianhu_hierarchy* hierarchy, const int32_t* units, int64_t count,
                                                 int32_t* out_sizes, lianhu_error* error);

#define LIANHU_SUM 0
#define LIANHU_MIN 1
#define LIANHU_MAX 2

/* Every unit's value combined with those of all units below it: `count` = unit_count values by unit in, as many totals
 * out. A sum that leaves 64 bits is an error that names the unit. O(n). */
LIANHU_API int32_t lianhu_hierarchy_roll_up_int64(const lianhu_hierarchy* hierarchy, int32_t operation,
                                                  const int64_t* values, int64_t count, int64_t* out_totals,
                                                  lianhu_error* error);

/* The same for doubles; a value that is not a number is an error. */
LIANHU_API int32_t lianhu_hierarchy_roll_up_double(const lianhu_hierarchy* hierarchy, int32_t operation,
                                                   const double* values, int64_t count, double* out_totals,
                                                   lianhu_error* error);

/* Writes a snapshot, replacing `path` as a whole or not at all. */
LIANHU_API int32_t lianhu_hierarchy_save(const lianhu_hierarchy* hierarchy, const char* path, lianhu_error* error);

/* Reads a snapshot; everything in it is checked. */
LIANHU_API int32_t lianhu_hierarchy_load(const char* path, lianhu_hierarchy** out, lianhu_error* error);

LIANHU_API void lianhu_hierarchy_free(lianhu_hierarchy* hierarchy);

/* ---- Posts: who answers for a unit ----
 *
 * Every unit has two posts, a holder (A) and a stand-in (B), each filled by one person or vacant. People are numbers
 * >= 0 of the caller's; one may fill many posts, but not both of one unit. */

typedef struct lianhu_posts lianhu_posts;

#define LIANHU_HOLDER 0
#define LIANHU_STAND_IN 1

/* `holders` and `stand_ins` have `count` = unit_count entries, LIANHU_NONE for vacant; `stand_ins` is nullable: all
 * vacant. The posts keep the hierarchy alive: either may be freed first. */
LIANHU_API int32_t lianhu_posts_create(const lianhu_hierarchy* hierarchy, const int32_t* holders,
                                       const int32_t* stand_ins, int64_t count, lianhu_posts** out,
                                       lianhu_error* error);

/* Who acts for each unit: its holder, else its stand-in, else whoever acts for its parent. Out, `count` entries each:
 * the person, the unit whose post that is, LIANHU_HOLDER or LIANHU_STAND_IN; LIANHU_NONE in all three when nobody up to
 * the root is there. Each of the three outputs is nullable. */
LIANHU_API int32_t lianhu_posts_acting_for(const lianhu_posts* posts, const int32_t* units, int64_t count,
                                           int32_t* out_people, int32_t* out_units, int32_t* out_kinds,
                                           lianhu_error* error);

/* The units whose post of this kind is vacant, ascending. `out_count` receives how many there are; the first
 * min(capacity, that) are written to `out_units`, which may be null when `capacity` is 0. */
LIANHU_API int32_t lianhu_posts_vacant(const lianhu_posts* posts, int32_t kind, int32_t* out_units, int64_t capacity,
                                       int64_t* out_count, lianhu_error* error);

/* The people with two posts or more, ascending, and how many each has; capacity and count as above. */
LIANHU_API int32_t lianhu_posts_several(const lianhu_posts* posts, int32_t* out_people, int32_t* out_posts,
                                        int64_t capacity, int64_t* out_count, lianhu_error* error);

LIANHU_API void lianhu_posts_free(lianhu_posts* posts);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_HIERARCHY_H_ */
