/* Choosing stewards among candidates, and the capacitated p-median. Included by lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_SELECTION_H_
#define LIANHU_ABI_SELECTION_H_

#include <lianhu/capi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Both problems are NP-hard: an answer comes with a lower bound that no answer is below, and the gap between. The seed
 * is the context's. The search is cut by work, so that the input and the seed decide the answer as long as the clock
 * did not end it first (`by_clock`). */
typedef struct lianhu_selection_options {
  uint32_t struct_size;
  int32_t next;   /* for so many candidates not chosen, what choosing them as well would save; 0..1000, default 10.
                   * Not used by the p-median */
  double seconds; /* time to spend, >= 0; 0 (default): 60, for the p-median 5 */
  int64_t work;   /* pairs of household and candidate to look at; 0 (default): as many as a core does in the time */
} lianhu_selection_options;

LIANHU_API int32_t lianhu_selection_options_init(lianhu_selection_options* options, uint32_t struct_size);

#define LIANHU_SELECTION_FEASIBLE 0   /* an answer with its bound */
#define LIANHU_SELECTION_INFEASIBLE 1 /* numbers alone rule one out */
#define LIANHU_SELECTION_NOT_FOUND 2  /* none was found; that there is none is not proved */
#define LIANHU_SELECTION_CANCELLED 3  /* before there was one */

/* ---- The capacitated p-median ---- */

#define LIANHU_DISTANCE_CENTIMETRE 0 /* 100 x distance, rounded half away from zero */
#define LIANHU_DISTANCE_EUCLIDEAN 1  /* the distance itself */
#define LIANHU_DISTANCE_WHOLE 2      /* the distance cut off to a whole number */

/* Choose `count` of m candidates and give each of n households to a chosen one, so that nobody takes more demand than
 * his capacity and the sum of distances, not weighted by demand, is least. */
typedef struct lianhu_p_median {
  uint32_t struct_size;
  int32_t distance;             /* default LIANHU_DISTANCE_CENTIMETRE */
  lianhu_points households;     /* n, planar */
  lianhu_points candidates;     /* m, planar */
  lianhu_int32_column demand;   /* n, each >= 1; or not given: 1 each */
  lianhu_int32_column capacity; /* m, each >= 0 */
  int64_t count;                /* p, 1..m */
} lianhu_p_median;

LIANHU_API int32_t lianhu_p_median_init(lianhu_p_median* problem, uint32_t struct_size);

typedef struct lianhu_p_median_result {
  uint32_t struct_size;
  int32_t outcome;    /* LIANHU_SELECTION_FEASIBLE, ... */
  int32_t by_clock;   /* 1: the clock ended the search before its work was done */
  int32_t cancelled;  /* 1: the caller did; the plan is the best so far */
  double objective;   /* 0 without a plan, as the next two */
  double bound;       /* no plan is below it */
  double gap_percent; /* (objective - bound) / objective x 100; 0: proved optimal */
  int64_t demand;     /* in all */
  int64_t capacity;   /* of the p largest */
  double seconds;
} lianhu_p_median_result;

LIANHU_API int32_t lianhu_p_median_result_init(lianhu_p_median_result* result, uint32_t struct_size);

/* `candidate_of` receives n = `household_count` candidates, LIANHU_NONE without a plan. `options`, `context` are
 * nullable. */
LIANHU_API int32_t lianhu_p_median_solve(const lianhu_p_median* problem, const lianhu_selection_options* options,
                                         lianhu_context* context, int32_t* candidate_of, int64_t household_count,
                                         lianhu_p_median_result* out, lianhu_error* error);

/* Checks a plan without the search: everybody given to a candidate, at most `count` of them used, nobody above his
 * capacity. `out_objective` receives the sum of distances; LIANHU_INVALID_ARGUMENT: the problem is not valid, or the
 * plan is none, and the error says where. O(n + m). */
LIANHU_API int32_t lianhu_p_median_verify(const lianhu_p_median* problem, const int32_t* candidate_of,
                                          int64_t household_count, double* out_objective, lianhu_error* error);

/* ---- Choosing stewards ---- */

#define LIANHU_REQUIREMENT_FREE 0
#define LIANHU_REQUIREMENT_MUST_HAVE 1 /* is chosen */
#define LIANHU_REQUIREMENT_MUST_NOT 2  /* is not */

#define LIANHU_COUNT_EXACTLY 0          /* `count` stewards in all, shared out among jurisdictions at the least cost */
#define LIANHU_COUNT_COST_PER_STEWARD 1 /* as many as pay: each costs `cost_per_steward_cm` */
#define LIANHU_COUNT_FEWEST 2           /* as few as bounds allow in each jurisdiction, then the least cost */

/* Choose among candidates and give each household to a chosen one of its own jurisdiction, so that everybody chosen
 * serves between his minimum and his maximum and the sum of distances, of the suitability of the chosen and of the cost
 * per steward is least. */
typedef struct lianhu_candidate_problem {
  uint32_t struct_size;
  int32_t datum;                       /* default LIANHU_PLANAR_METRES */
  lianhu_points households;            /* n */
  lianhu_points candidates;            /* m */
  lianhu_int32_column household_units; /* n jurisdictions >= 0, or not given (then neither may be) */
  lianhu_int32_column candidate_units; /* m */
  int32_t min_load;                    /* default 10 */
  int32_t max_load;                    /* default 20; 0 <= min_load <= max_load */
  lianhu_int32_column candidate_min;   /* m, or not given: min_load for all */
  lianhu_int32_column candidate_max;   /* m, or not given: max_load for all */
  lianhu_int32_column requirement;     /* m of LIANHU_REQUIREMENT_..., or not given: all free */
  const int64_t* suitability_cm;       /* m, +-3*10^8: what choosing this one costs; or null: nothing */
  int32_t count_rule;                  /* default LIANHU_COUNT_EXACTLY */
  int64_t count;                       /* 1..m, with LIANHU_COUNT_EXACTLY */
  int64_t cost_per_steward_cm;         /* 0..3*10^8, with LIANHU_COUNT_COST_PER_STEWARD */
} lianhu_candidate_problem;

LIANHU_API int32_t lianhu_candidate_problem_init(lianhu_candidate_problem* problem, uint32_t struct_size);

/* A jurisdiction of the answer; without jurisdictions there is one, of unit -1. */
typedef struct lianhu_choice_unit {
  int64_t unit;
  int64_t households;
  int64_t candidates; /* who may be chosen */
  int64_t chosen;
  int64_t least; /* stewards that bounds ask for */
  int64_t most;  /* stewards that bounds allow */
  int64_t distance_cm;
} lianhu_choice_unit;

/* What one more steward would save, exactly. */
typedef struct lianhu_next_candidate {
  int32_t candidate;
  int32_t feasible; /* 0: no plan gives everybody chosen and this one their minimum */
  int64_t saves_cm; /* distance, less the suitability of this one; below 0: it would cost */
} lianhu_next_candidate;

#define LIANHU_SHORTFALL_CAPACITY 0  /* all candidates together take fewer households than there are */
#define LIANHU_SHORTFALL_MUST_HAVE 1 /* the minima of those who must be chosen are more than the households */
#define LIANHU_SHORTFALL_MINIMUM 2   /* the `least` candidates needed want more households than there are */
#define LIANHU_SHORTFALL_TOO_FEW 3   /* all jurisdictions together need `least` stewards, more than the count */
#define LIANHU_SHORTFALL_TOO_MANY 4  /* no more than `most` can have their minimum, fewer than the count */

/* Why there is no choice; of one jurisdiction, or (kinds 3 and 4) of all, as unit -1. */
typedef struct lianhu_choice_shortfall {
  int32_t kind;
  int32_t unit;
  int64_t households;
  int64_t candidates; /* who may be chosen */
  int64_t capacity;   /* sum of their maxima */
  int64_t required;   /* sum of the minima in question */
  int64_t least;
  int64_t most;
  int64_t count; /* asked for */
} lianhu_choice_shortfall;

typedef struct lianhu_choice lianhu_choice;

/* Arrays live as long as the choice. */
typedef struct lianhu_choice_view {
  uint32_t struct_size;
  int32_t outcome;   /* LIANHU_SELECTION_FEASIBLE, ... */
  int32_t by_clock;  /* 1: the clock ended the search before its work was done */
  int32_t cancelled; /* 1: the caller did; the choice is the best so far */
  int64_t household_count;
  const int32_t* candidate_of; /* household_count: whom each household is given to */
  int64_t chosen_count;
  const int32_t* chosen;   /* candidates, ascending */
  const int64_t* price_cm; /* of each chosen: the proof that the assignment to them is optimal */
  const int32_t* load;     /* of each chosen */
  int64_t objective_cm;    /* = distance + suitability + stewards */
  int64_t distance_cm;
  int64_t suitability_cm;
  int64_t stewards_cm; /* the cost per steward, in all */
  int64_t bound_cm;    /* no choice is below it; with LIANHU_COUNT_FEWEST: none of as many stewards */
  double gap_percent;  /* (objective - bound) / objective x 100 */
  int64_t least_count; /* of stewards, that bounds ask for */
  int64_t most_count;  /* that they allow */
  int64_t unit_count;
  const lianhu_choice_unit* units; /* ascending */
  int64_t next_count;
  const lianhu_next_candidate* next; /* the one that saves most first */
  int64_t shortfall_count;
  const lianhu_choice_shortfall* shortfalls; /* some when the outcome is LIANHU_SELECTION_INFEASIBLE */
  double seconds;
} lianhu_choice_view;

LIANHU_API int32_t lianhu_choice_view_init(lianhu_choice_view* view, uint32_t struct_size);

/* Chooses. `options`, `context` are nullable; cancelled: the best choice so far. Memory O(n + m). */
LIANHU_API int32_t lianhu_choice_solve(const lianhu_candidate_problem* problem, const lianhu_selection_options* options,
                                       lianhu_context* context, lianhu_choice** out, lianhu_error* error);

/* `out` receives the numbers and views of the arrays: O(1). */
LIANHU_API int32_t lianhu_choice_get(const lianhu_choice* choice, lianhu_choice_view* out, lianhu_error* error);

/* Why there is no choice, shortfall `index` of the view, in a sentence or two for an official. `unit_name` is nullable:
 * then it names no jurisdiction. `out_size` receives the bytes needed, the final zero included; what fits in `capacity`
 * is written to `out_text`, always ended by a zero byte and never cut inside a character. `out_text` may be null when
 * `capacity` is 0. */
LIANHU_API int32_t lianhu_choice_describe(const lianhu_choice* choice, int64_t index, const char* unit_name,
                                          int32_t language, char* out_text, int64_t capacity, int64_t* out_size,
                                          lianhu_error* error);

LIANHU_API void lianhu_choice_free(lianhu_choice* choice);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_SELECTION_H_ */
