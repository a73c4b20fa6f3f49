/* lianhu's C ABI: households to stewards, exactly and with proof. The only face that other languages see.
 *
 * Rules that hold for every function, each of which has a test:
 *
 *  1. Returns a status, LIANHU_OK (0) or a code below; only lianhu_version, lianhu_abi_version and the _free functions
 *     return something else. No exception, signal or exit comes out of the library, and nothing is printed.
 *  2. Outputs go through pointers and are untouched unless the status is LIANHU_OK. A pointer is not nullable unless
 *     its description says so; a null one is LIANHU_INVALID_ARGUMENT. An array of count 0 may be null.
 *  3. `error` is always nullable. When the status is not LIANHU_OK it receives the code, one sentence for a person and
 *     the field and row for a program (lianhu_error_get).
 *  4. What lianhu allocates lianhu frees: handles by lianhu_<handle>_free, for which a null handle is fine. Arrays seen
 *     through a view belong to the handle and live as long as it does.
 *  5. Every struct begins with its size. Call lianhu_<struct>_init(&s, sizeof s) before setting fields: it sets every
 *     default, and tells the library which fields the caller's header knew. A larger struct of a newer header is
 *     accepted if what this library does not know is zero, else refused.
 *  6. Text is UTF-8 and ends with a zero byte. Units of measure: metres in, centimetres (64-bit integers) out.
 *  7. Infeasible and cancelled are outcomes of a plan, not errors.
 *  8. Distinct handles may be used from distinct threads at once. A hierarchy, posts or a plan may be read from many
 *     threads; a context and an error serve one call at a time, but for lianhu_context_cancel, which may come from any
 *     thread or signal handler.
 *
 * Compiles as C99 and as C++17. There is no place for a resident's name, number or opinion: a household is an index
 * with a position. docs/abi.md says what may change between versions.
 */
#ifndef LIANHU_H_
#define LIANHU_H_

#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define LIANHU_API __attribute__((visibility("default")))
#else
#define LIANHU_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Versions ---- */

/* Changes when a caller must be recompiled; the number in the shared library's soname. */
#define LIANHU_ABI_VERSION 0

/* The ABI version of the library that is loaded. */
LIANHU_API uint32_t lianhu_abi_version(void);

/* "major.minor.patch" of the library that is loaded; never null, never freed. */
LIANHU_API const char* lianhu_version(void);

/* ---- Status and errors ---- */

#define LIANHU_OK 0
#define LIANHU_INVALID_ARGUMENT 1 /* bad input: the error names field and row */
#define LIANHU_NOT_FOUND 2        /* no such file */
#define LIANHU_DATA_LOSS 3        /* a damaged file */
#define LIANHU_UNAVAILABLE 4      /* reading or writing failed, permission, disk full */
#define LIANHU_UNSUPPORTED 5      /* made by another version: a file, or a struct with fields unknown here */
#define LIANHU_OUT_OF_MEMORY 6
#define LIANHU_INTERNAL 7 /* a defect of lianhu: please report it */

typedef struct lianhu_error lianhu_error;

typedef struct lianhu_error_info {
  uint32_t struct_size;
  int32_t code;        /* LIANHU_OK after lianhu_error_create */
  int64_t row;         /* 0-based, -1: the fault is not in one row */
  const char* field;   /* never null; "" when no field is at fault. Valid until the error is used again or freed */
  const char* message; /* never null; the same */
} lianhu_error_info;

LIANHU_API int32_t lianhu_error_info_init(lianhu_error_info* info, uint32_t struct_size);

LIANHU_API int32_t lianhu_error_create(lianhu_error** out);

/* What the last failing call that was given this error has said. */
LIANHU_API int32_t lianhu_error_get(const lianhu_error* error, lianhu_error_info* out);

LIANHU_API void lianhu_error_free(lianhu_error* error);

/* ---- Context: threads, progress, cancelling ---- */

typedef struct lianhu_context lianhu_context;

/* `fraction` runs from 0 to 1 and never falls within one call. Return 0 to go on; anything else cancels. Never entered
 * twice at once; may come from a thread of the library's. Must not throw or jump out. */
typedef int32_t (*lianhu_progress)(double fraction, void* user);

typedef struct lianhu_context_options {
  uint32_t struct_size;
  int32_t threads;          /* most threads to use; 0 (default): as many as the machine has. The result is the same. */
  uint64_t seed;            /* of every randomised method; assignment uses none. Default 0 */
  lianhu_progress progress; /* nullable; default null */
  void* user;               /* handed to `progress` as it is */
} lianhu_context_options;

LIANHU_API int32_t lianhu_context_options_init(lianhu_context_options* options, uint32_t struct_size);

/* `options` is nullable: all defaults. */
LIANHU_API int32_t lianhu_context_create(const lianhu_context_options* options, lianhu_context** out,
                                         lianhu_error* error);

/* Makes the call that uses this context return soon (within 100 ms) with outcome LIANHU_CANCELLED; from any thread,
 * from a signal handler or from `progress`. Lasts until lianhu_context_reset. */
LIANHU_API int32_t lianhu_context_cancel(lianhu_context* context);

/* Makes a cancelled context fit for another call. */
LIANHU_API int32_t lianhu_context_reset(lianhu_context* context);

LIANHU_API void lianhu_context_free(lianhu_context* context);

/* ---- Hierarchy: the tree of units ----
 *
 * Units are numbered 0..unit_count-1 in level order: the root is 0, every parent comes before its children, and the
 * children of one unit are side by side. The caller's rows keep their numbers in `rows` and `units`. */

typedef struct lianhu_hierarchy lianhu_hierarchy;

#define LIANHU_NONE (-1) /* no parent, no code, no row, no such unit, nobody */

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

/* ---- Assignment: every household one steward ----
 *
 * Cost of a pair: the planar distance in metres, rounded to the nearest centimetre. Each household is given to one
 * steward of its own jurisdiction, each steward serves between his minimum and his maximum, the sum of costs is least.
 */

/* Positions in arrays or inside the caller's records: point i is at (x, y) where x is `stride` bytes x i after `x` and
 * y likewise. Rows of two doubles: y = x + 1, stride 16 (then nothing is copied). Two columns: stride 8. */
typedef struct lianhu_points {
  const double* x;
  const double* y;
  int64_t count;
  int64_t stride; /* bytes, >= 8 */
} lianhu_points;

/* A column of integers, `stride` bytes apart; stride 0 means 4. `data` null: the column is not given. */
typedef struct lianhu_int32_column {
  const int32_t* data;
  int64_t count;
  int64_t stride;
} lianhu_int32_column;

#define LIANHU_PLANAR_METRES 0 /* x east, y north */
#define LIANHU_WGS84_DEGREES 1 /* x longitude -180..180, y latitude -85..85; projected once about the middle */

typedef struct lianhu_assignment_problem {
  uint32_t struct_size;
  int32_t datum;                       /* default LIANHU_PLANAR_METRES */
  lianhu_points households;            /* n */
  lianhu_points stewards;              /* m */
  lianhu_int32_column household_units; /* n jurisdictions >= 0, or not given (then neither may be) */
  lianhu_int32_column steward_units;   /* m */
  int32_t min_load;                    /* default 10 */
  int32_t max_load;                    /* default 20; 0 <= min_load <= max_load */
  lianhu_int32_column steward_min;     /* m, or not given: min_load for all */
  lianhu_int32_column steward_max;     /* m, or not given: max_load for all */
} lianhu_assignment_problem;

LIANHU_API int32_t lianhu_assignment_problem_init(lianhu_assignment_problem* problem, uint32_t struct_size);

typedef struct lianhu_assignment_options {
  uint32_t struct_size;
  /* 0 (default): when a jurisdiction cannot be planned the outcome is LIANHU_INFEASIBLE. 1: it is planned as well as
   * can be: with too few places as many households as there are places, at the least distance among such plans; with
   * too many places to fill the minimum is set aside there. */
  int32_t best_effort;
} lianhu_assignment_options;

LIANHU_API int32_t lianhu_assignment_options_init(lianhu_assignment_options* options, uint32_t struct_size);

typedef struct lianhu_plan lianhu_plan;

#define LIANHU_OPTIMAL 0
#define LIANHU_INFEASIBLE 1
#define LIANHU_BEST_EFFORT 2
#define LIANHU_CANCELLED 3

/* Solves to proved optimality over all pairs of each jurisdiction. The arrays of `problem` are read during the call
 * only. `options` and `context` are nullable. The same bytes for any number of threads. */
LIANHU_API int32_t lianhu_assignment_solve(const lianhu_assignment_problem* problem,
                                           const lianhu_assignment_options* options, lianhu_context* context,
                                           lianhu_plan** out, lianhu_error* error);

/* A plan's arrays and numbers; the arrays live as long as the plan does. */
typedef struct lianhu_plan_view {
  uint32_t struct_size;
  int32_t outcome;
  int64_t household_count;     /* n */
  int64_t steward_count;       /* m */
  const int32_t* steward_of;   /* n: the steward of each household, LIANHU_NONE for none */
  const int64_t* price_cm;     /* m: the certificate; what one more place at this steward would save */
  const int32_t* load;         /* m: households served */
  int64_t total_cost_cm;       /* over the households that are served */
  int64_t dual_bound_cm;       /* equal to total_cost_cm: no plan is cheaper. 0 when infeasible or cancelled */
  int64_t unserved;            /* households left over */
  int64_t infeasibility_count; /* jurisdictions that cannot be planned; see lianhu_plan_infeasibility */
  double seconds;              /* wall time of the solve */
} lianhu_plan_view;

LIANHU_API int32_t lianhu_plan_view_init(lianhu_plan_view* view, uint32_t struct_size);

/* `out` receives the numbers and views of the arrays: O(1), nothing is copied. */
LIANHU_API int32_t lianhu_plan_get(const lianhu_plan* plan, lianhu_plan_view* out, lianhu_error* error);

/* Why a jurisdiction cannot be planned. */
typedef struct lianhu_infeasibility {
  uint32_t struct_size;
  int32_t unit; /* the jurisdiction; -1 when the problem has none */
  int64_t households;
  int64_t stewards;
  int64_t capacity;        /* sum of the maxima */
  int64_t required;        /* sum of the minima */
  int64_t shortage;        /* households beyond the capacity, else 0 */
  int64_t surplus;         /* places that cannot be filled, else 0 */
  int64_t stewards_needed; /* how many stewards in all would do at the common bounds; -1: no number would */
  int64_t bound_needed;    /* the maximum (shortage) or minimum (surplus) that would do with these; -1: none would */
} lianhu_infeasibility;

LIANHU_API int32_t lianhu_infeasibility_init(lianhu_infeasibility* infeasibility, uint32_t struct_size);

/* The one at `index`, 0 .. infeasibility_count-1, by increasing unit. */
LIANHU_API int32_t lianhu_plan_infeasibility(const lianhu_plan* plan, int64_t index, lianhu_infeasibility* out,
                                             lianhu_error* error);

#define LIANHU_ENGLISH 0
#define LIANHU_CHINESE 1

/* One sentence for an official. `unit_name` is nullable: then the sentence names no jurisdiction. `out_size` receives
 * the bytes needed, the final zero included; what fits in `capacity` is written to `out_text`, always ended by a zero
 * byte and never cut inside a character. `out_text` may be null when `capacity` is 0. */
LIANHU_API int32_t lianhu_infeasibility_describe(const lianhu_infeasibility* infeasibility, int32_t min_load,
                                                 int32_t max_load, const char* unit_name, int32_t language,
                                                 char* out_text, int64_t capacity, int64_t* out_size,
                                                 lianhu_error* error);

/* Writes a snapshot, replacing `path` as a whole or not at all. */
LIANHU_API int32_t lianhu_plan_save(const lianhu_plan* plan, const char* path, lianhu_error* error);

/* Reads a snapshot; everything in it is checked, but whether it fits a problem is for lianhu_assignment_verify. */
LIANHU_API int32_t lianhu_plan_load(const char* path, lianhu_plan** out, lianhu_error* error);

LIANHU_API void lianhu_plan_free(lianhu_plan* plan);

/* What is wrong with a plan. */
#define LIANHU_UNSERVED 0           /* household `index` has no steward */
#define LIANHU_OTHER_JURISDICTION 1 /* household `index` is served by steward `value` of another jurisdiction */
#define LIANHU_ABOVE_MAXIMUM 2      /* steward `index` serves `value` households, more than his maximum */
#define LIANHU_BELOW_MINIMUM 3      /* steward `index` serves `value` households, fewer than his minimum */

typedef struct lianhu_violation {
  int64_t kind;
  int64_t index;
  int64_t value;
} lianhu_violation;

typedef struct lianhu_verification {
  uint32_t struct_size;
  int32_t feasible;  /* 1: no violation */
  int32_t proved;    /* 1: feasible, and total_cost_cm == dual_bound_cm: the plan is optimal */
  int32_t cancelled; /* 1: the caller cancelled; nothing else is to be relied on */
  int64_t total_cost_cm;
  int64_t dual_bound_cm; /* 0 when no prices were given */
  int64_t unserved;
  int32_t load_min; /* over all stewards; 0 for none */
  int32_t load_max;
  int64_t max_distance_cm;
  int64_t violation_count; /* all of them, of which the first 100 can be had */
} lianhu_verification;

LIANHU_API int32_t lianhu_verification_init(lianhu_verification* verification, uint32_t struct_size);

/* Checks a plan against the problem without using the solver: bounds, jurisdictions, total and dual bound. `steward_of`
 * has n = `household_count` entries, `price_cm` has m = `steward_count`; `price_cm` is nullable (feasibility only).
 * `options->best_effort` judges a best-effort plan as such. `options`, `context` are nullable. The first violations,
 * at most `violation_capacity` of them and at most 100, are written to `violations`, null when the capacity is 0. */
LIANHU_API int32_t lianhu_assignment_verify(const lianhu_assignment_problem* problem, const int32_t* steward_of,
                                            int64_t household_count, const int64_t* price_cm, int64_t steward_count,
                                            const lianhu_assignment_options* options, lianhu_context* context,
                                            lianhu_verification* out, lianhu_violation* violations,
                                            int64_t violation_capacity, lianhu_error* error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_H_ */
