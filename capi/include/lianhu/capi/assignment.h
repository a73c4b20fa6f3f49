/* Every household one steward: solve and verify. Included by lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_ASSIGNMENT_H_
#define LIANHU_ABI_ASSIGNMENT_H_

#include <lianhu/capi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Assignment: every household one steward ----
 *
 * Cost of a pair: the planar distance in metres, rounded to the nearest centimetre. Each household is given to one
 * steward of its own jurisdiction (and kind), each steward serves between his minimum and his maximum, the sum of costs
 * is least.
 *
 * Conditions forbid pairs, fix them, make them dearer or cheaper. The optimum stays exact, and provable by one price a
 * steward. Solve and verify take them all; another function that cannot keep one refuses it by name.
 */

/* Pairs of a household and a steward in columns or inside the caller's records: pair i is (household, steward) with
 * `stride` bytes x i after each; stride 0 means 4. Rows of two: steward = household + 1, stride 8 (then nothing is
 * copied). Count 0: none. */
typedef struct lianhu_pairs {
  const int32_t* household;
  const int32_t* steward;
  int64_t count;
  int64_t stride; /* bytes, 0 or >= 4 */
} lianhu_pairs;

/* Each household of a steward beyond the `above`-th costs `cost_cm`, up to the next step. */
typedef struct lianhu_load_cost_step {
  int64_t above;   /* 0..2^31-1, increasing */
  int64_t cost_cm; /* 0..3*10^8, not decreasing */
} lianhu_load_cost_step;

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
  lianhu_int32_column household_kinds; /* n kinds >= 0 (resident, merchant): as for units */
  lianhu_int32_column steward_kinds;   /* m */
  double max_distance;      /* pairs farther apart are not allowed, but fixed ones; metres >= 0; default: infinite */
  lianhu_pairs forbidden;   /* in any order */
  lianhu_pairs fixed;       /* the household is served by this steward and no other, at any distance */
  lianhu_pairs preferences; /* each pair once */
  const int64_t* preference_cm; /* preferences.count entries, +-3*10^8, added to the cost: above 0 it is avoided */
  lianhu_int32_column current;  /* n: the present steward, LIANHU_NONE for none; or not given */
  int64_t switch_cost_cm;       /* 0..3*10^8, what a change of steward must save; default 0 */
  const lianhu_load_cost_step* load_cost; /* the same for every steward; null when there are none */
  int64_t load_cost_count;
  /* Costs of one's own in place of distances, to which max_distance then applies: household h can be served by
   * cost_stewards[k] for k in cost_begin[h] .. cost_begin[h + 1] - 1, ascending, at costs_cm[k], 0..1.45*10^9, and by
   * nobody else. Null: distances. */
  const int64_t* cost_begin;    /* n + 1, from 0 to cost_count */
  const int32_t* cost_stewards; /* cost_count */
  const int64_t* costs_cm;      /* cost_count */
  int64_t cost_count;
} lianhu_assignment_problem;

LIANHU_API int32_t lianhu_assignment_problem_init(lianhu_assignment_problem* problem, uint32_t struct_size);

#define LIANHU_OBJECTIVE_TOTAL 0      /* the least sum of costs */
#define LIANHU_OBJECTIVE_BOTTLENECK 1 /* the least greatest distance, then the least sum of costs */
#define LIANHU_OBJECTIVE_EVEN 2       /* the least spread of loads over all stewards, then the least sum of costs */

typedef struct lianhu_assignment_options {
  uint32_t struct_size;
  /* 0 (default): when a jurisdiction cannot be planned the outcome is LIANHU_INFEASIBLE. 1: it is planned as well as
   * can be: with too few places as many households as there are places, at the least distance among such plans; with
   * too many places to fill the minimum is set aside there. */
  int32_t best_effort;
  /* Seconds after which the search ends with the best plan it has, made feasible, and a bound over all pairs: outcome
   * LIANHU_TIME_LIMIT. >= 0; 0 (default): no limit. A limit is passed by the first candidate lists, the repair and the
   * bound: about 2 s for each million households on one core. With a load cost the search goes on to the end. Not used
   * by lianhu_assignment_verify. */
  double time_limit_seconds;
  /* What is least: LIANHU_OBJECTIVE_TOTAL (default), _BOTTLENECK or _EVEN, both exact and with reasons why
   * the first figure cannot be smaller, neither with best_effort nor with a time limit. */
  int32_t objective;
} lianhu_assignment_options;

LIANHU_API int32_t lianhu_assignment_options_init(lianhu_assignment_options* options, uint32_t struct_size);

typedef struct lianhu_plan lianhu_plan;

#define LIANHU_OPTIMAL 0
#define LIANHU_INFEASIBLE 1
#define LIANHU_BEST_EFFORT 2
#define LIANHU_CANCELLED 3
#define LIANHU_TIME_LIMIT 4 /* all bounds hold, and dual_bound_cm <= the optimum <= total_cost_cm */

/* Solves to proved optimality over all pairs of each jurisdiction. The arrays of `problem` are read during the call
 * only. `options` and `context` are nullable. The same bytes for any number of threads. */
LIANHU_API int32_t lianhu_assignment_solve(const lianhu_assignment_problem* problem,
                                           const lianhu_assignment_options* options, lianhu_context* context,
                                           lianhu_plan** out, lianhu_error* error);

/* A plan's arrays and numbers; the arrays live as long as the plan does. */
typedef struct lianhu_plan_view {
  uint32_t struct_size;
  int32_t outcome;
  int64_t household_count;   /* n */
  int64_t steward_count;     /* m */
  const int32_t* steward_of; /* n: the steward of each household, LIANHU_NONE for none */
  const int64_t* price_cm;   /* m: the certificate; what one more place at this steward would save */
  const int32_t* load;       /* m: households served */
  int64_t total_cost_cm;     /* over the households that are served */
  int64_t dual_bound_cm; /* no plan is cheaper; equal to total_cost_cm but at a time limit. 0: infeasible, cancelled */
  int64_t unserved;      /* households left over */
  int64_t infeasibility_count; /* jurisdictions that cannot be planned; see lianhu_plan_infeasibility */
  double seconds;              /* wall time of the solve */
  int64_t distance_cm;         /* sum of distances alone; equal to total_cost_cm without further costs */
  int64_t switches;            /* households that have another steward than their current one */
  /* The objective's figures: 0 and null where it is another, or there is no plan; not kept in snapshots. The plan is of
   * least total, proved by its prices, for the problem with the limits found put in: max_distance `bottleneck_cm` / 100
   * (if that is less than the problem's own), or `steward_min` and `steward_max`. */
  int32_t objective;          /* LIANHU_OBJECTIVE_TOTAL, ... */
  int32_t even_min;           /* any plan has somebody who serves so few, */
  int32_t even_max;           /* and somebody who serves so many: none has a smaller spread */
  int64_t bottleneck_cm;      /* no plan keeps every distance below this */
  const int32_t* steward_min; /* m: the bounds that an even plan keeps */
  const int32_t* steward_max; /* m */
  int64_t reason_count;       /* why the figure cannot be smaller; see lianhu_plan_reason */
} lianhu_plan_view;

LIANHU_API int32_t lianhu_plan_view_init(lianhu_plan_view* view, uint32_t struct_size);

/* `out` receives the numbers and views of the arrays: O(1), nothing is copied. */
LIANHU_API int32_t lianhu_plan_get(const lianhu_plan* plan, lianhu_plan_view* out, lianhu_error* error);

/* Why a jurisdiction cannot be planned: a set that no plan can satisfy. Without pair conditions it is the jurisdiction
 * as a whole. With them it is a Hall violator. Of a shortage: its households can be served by nobody but its stewards,
 * whose maxima are less than them. Of a surplus: its stewards can serve nobody but its households, who are fewer than
 * their minima. */
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
  int32_t kind;            /* -1 (default) when the problem has none */
  int32_t part;            /* 1: the set is the two lists below; 0 (default): it is all of the unit and kind */
  const int32_t* household_set; /* `households` entries, ascending; null when `part` is 0. Both live as long as */
  const int32_t* steward_set;   /* `stewards` entries; the plan that they were had from */
} lianhu_infeasibility;

LIANHU_API int32_t lianhu_infeasibility_init(lianhu_infeasibility* infeasibility, uint32_t struct_size);

/* The one at `index`, 0 .. infeasibility_count-1, by increasing unit, then kind; shortages first, the greatest first.
 */
LIANHU_API int32_t lianhu_plan_infeasibility(const lianhu_plan* plan, int64_t index, lianhu_infeasibility* out,
                                             lianhu_error* error);

/* Of an objective's plan: the reason at `index`, 0 .. reason_count-1, why no plan has a smaller figure. Of a bottleneck
 * they are those against the problem without pairs of that distance and more; of an even plan those against common
 * maxima of one less (shortages), and minima of one more (surpluses). */
LIANHU_API int32_t lianhu_plan_reason(const lianhu_plan* plan, int64_t index, lianhu_infeasibility* out,
                                      lianhu_error* error);

/* Checks a reason why nothing can be planned against the problem alone: the set is a part of its jurisdiction, every
 * number but the advice (stewards_needed, bound_needed) is what the problem says, and no household of a shortage may be
 * given to a steward outside the set, no household outside it to a steward of a surplus. LIANHU_OK: it holds;
 * LIANHU_INVALID_ARGUMENT: the problem is not valid, or the reason is not one, and the error says where. */
LIANHU_API int32_t lianhu_infeasibility_verify(const lianhu_assignment_problem* problem,
                                               const lianhu_infeasibility* infeasibility, lianhu_error* error);

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
#define LIANHU_OTHER_KIND 4         /* household `index` is served by steward `value` of another kind */
#define LIANHU_FIXED_ELSEWHERE 5    /* household `index` is fixed to another steward than `value` */
#define LIANHU_FORBIDDEN_PAIR 6     /* household `index` is forbidden to steward `value` */
#define LIANHU_TOO_FAR 7            /* household `index` is farther from steward `value` than max_distance */
#define LIANHU_UNREACHABLE 8        /* household `index` and steward `value` are a pair without a cost */

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
  int64_t distance_cm;     /* the distances alone; total_cost_cm counts all costs */
  int64_t switches;        /* households that have another steward than their current one */
  /* 1: no plan has a smaller greatest distance (bottleneck) or spread of loads (even), found anew from the problem
   * alone. `proved` then says both: that, and that the total is least among the plans that do as well. 0:
   * LIANHU_OBJECTIVE_TOTAL, or it is not so. */
  int32_t first_proved;
  int32_t reserved; /* 0 */
} lianhu_verification;

LIANHU_API int32_t lianhu_verification_init(lianhu_verification* verification, uint32_t struct_size);

/* Checks a plan against the problem without using the solver: bounds, conditions, total and dual bound, and for
 * another `options->objective` its first figure, under whose limits the rest is then judged. `steward_of`
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

#endif /* LIANHU_ABI_ASSIGNMENT_H_ */
