/* Why a plan is as it is: for a household, a steward, the town. Included by lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_EXPLAIN_H_
#define LIANHU_ABI_EXPLAIN_H_

#include <lianhu/capi/assignment.h>
#include <lianhu/capi/base.h>
#include <lianhu/capi/live.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Explains an optimal plan. Every figure is exact: the optimum of the problem so changed less the present one, over all
 * pairs. What a call shows lives until the next call with the same explainer. */
typedef struct lianhu_explainer lianhu_explainer;

/* Takes up the plan `steward_of` (household_count entries, LIANHU_NONE for nobody) after proving it by `price_cm`
 * (steward_count entries), or where that is null by solving anew. The arrays of `problem` must outlive the explainer.
 * `options` (nullable): best_effort says how the plan is judged; another objective or a time limit is refused. A plan
 * that is not optimal, or breaks a bound or a condition, is LIANHU_INVALID_ARGUMENT with field "steward_of". `context`
 * is nullable; when it cancels `out` receives null. */
LIANHU_API int32_t lianhu_explainer_create(const lianhu_assignment_problem* problem, const int32_t* steward_of,
                                           int64_t household_count, const int64_t* price_cm, int64_t steward_count,
                                           const lianhu_assignment_options* options, lianhu_context* context,
                                           lianhu_explainer** out, lianhu_error* error);

/* Why a household is not served by a certain steward; the first that applies. Up to LIANHU_WHY_TOO_FAR he may not. */
#define LIANHU_WHY_OTHER_JURISDICTION 0
#define LIANHU_WHY_OTHER_KIND 1
#define LIANHU_WHY_FIXED_ELSEWHERE 2 /* the household is fixed to another */
#define LIANHU_WHY_FORBIDDEN 3
#define LIANHU_WHY_UNREACHABLE 4 /* no cost is listed for the pair */
#define LIANHU_WHY_TOO_FAR 5
#define LIANHU_WHY_IMPOSSIBLE 6     /* no plan that serves as many and keeps the bounds has it with him */
#define LIANHU_WHY_EQUALLY_GOOD 7   /* another plan, just as good, has it with him */
#define LIANHU_WHY_DEARER 8         /* the pair itself costs as much or more */
#define LIANHU_WHY_FULL 9           /* he has his maximum, and his places are worth more to others */
#define LIANHU_WHY_NEEDED_BY_OWN 10 /* its own steward is at his minimum, and another in its place would cost more */
#define LIANHU_WHY_LOAD_COST 11     /* one household more is a load that costs more than it gains */

/* A steward whom a household does not have. */
typedef struct lianhu_alternative {
  int32_t steward;
  int32_t reason;         /* LIANHU_WHY_... */
  int32_t lifted;         /* 1: the pair is not allowed; what follows supposes it allowed, for this pair alone */
  int32_t possible;       /* 0: it cannot be forced there, and the costs below are 0 */
  int32_t load;           /* households that he serves */
  int32_t max_load;       /* places that he has */
  int64_t distance_cm;    /* -1: none is listed */
  int64_t pair_cost_cm;   /* with preference and switch cost */
  int64_t price_cm;       /* his */
  int64_t cost_cm;        /* what the optimum rises by when the household must be served by him */
  int64_t own_cm;         /* of that, the household's own */
  int64_t knock_on_cm;    /* and that of all others */
  int64_t served_change;  /* best effort: households served more */
  int64_t first_transfer; /* who then move: transfers[first_transfer .. + transfer_count) of the view */
  int64_t transfer_count; /*  */
} lianhu_alternative;

typedef struct lianhu_household_explanation {
  uint32_t struct_size;
  int32_t cancelled; /* 1: the caller cancelled; there is nothing else */
  int32_t household;
  int32_t steward;      /* LIANHU_NONE: nobody serves it */
  int64_t distance_cm;  /* to him */
  int64_t pair_cost_cm; /* with preference and switch cost */
  int64_t price_cm;     /* his */
  int32_t load;         /* his */
  int32_t min_load;     /* his */
  int32_t max_load;     /* his */
  int32_t ignored;      /*  */
  int64_t nearer;       /* stewards strictly nearer than its own, of whatever jurisdiction and kind */
  int64_t alternative_count;
  const lianhu_alternative* alternatives; /* by distance, then those asked for */
  int64_t transfer_count;
  const lianhu_transfer* transfers;
} lianhu_household_explanation;

LIANHU_API int32_t lianhu_household_explanation_init(lianhu_household_explanation* explanation, uint32_t struct_size);

/* Looks at the `count` >= 0 nearest stewards but its own, and at `stewards` (steward_count entries, each once).
 * `context` is nullable. */
LIANHU_API int32_t lianhu_explainer_household(lianhu_explainer* explainer, int32_t household, int32_t count,
                                              const int32_t* stewards, int64_t steward_count, lianhu_context* context,
                                              lianhu_household_explanation* out, lianhu_error* error);

/* What a bound that is one greater or one less would do to the optimum. */
typedef struct lianhu_bound_change {
  int32_t applies;         /* 0: the changed bound makes no sense, or minima are set aside */
  int32_t possible;        /* 1: there is a plan that serves as many; 0 with unserved_change 0: there is none */
  int64_t cost_change_cm;  /* the new optimum less the present one */
  int64_t unserved_change; /* -1, 0 or 1 */
  int64_t first_transfer;  /* who would change hands, in the view's transfers */
  int64_t transfer_count;  /*  */
} lianhu_bound_change;

typedef struct lianhu_steward_explanation {
  uint32_t struct_size;
  int32_t cancelled; /* 1: the caller cancelled; there is nothing else */
  int32_t steward;
  int32_t load; /* households that he serves */
  int32_t min_load;
  int32_t max_load;
  int64_t price_cm;
  const lianhu_bound_change* changes; /* four: a maximum of one more, of one less, a minimum of one more, of one less */
  int64_t transfer_count;
  const lianhu_transfer* transfers;
} lianhu_steward_explanation;

LIANHU_API int32_t lianhu_steward_explanation_init(lianhu_steward_explanation* explanation, uint32_t struct_size);

/* `context` is nullable. */
LIANHU_API int32_t lianhu_explainer_steward(lianhu_explainer* explainer, int32_t steward, lianhu_context* context,
                                            lianhu_steward_explanation* out, lianhu_error* error);

/* One more steward, at the door of a household, for its jurisdiction and kind. */
typedef struct lianhu_new_steward {
  int32_t household;
  int32_t unit; /* LIANHU_NONE: no jurisdictions */
  int32_t kind; /* LIANHU_NONE: no kinds */
  int32_t load; /* households that he then serves */
  int64_t served_more;
  int64_t saving_cm; /* the present optimum less that with him */
  int64_t bound_cm;  /* he cannot save more, by the prices; where households are left over an estimate */
} lianhu_new_steward;

/* How a jurisdiction stands. */
typedef struct lianhu_jurisdiction_state {
  int32_t unit; /* LIANHU_NONE: no jurisdictions */
  int32_t kind; /* LIANHU_NONE: no kinds */
  int64_t households;
  int64_t stewards;
  int64_t capacity; /* sum of maxima */
  int64_t required; /* sum of minima */
  int64_t left_over;
  int64_t minima_aside; /* 1, best effort: some steward has fewer than his minimum */
  int64_t cost_cm;      /* its part of the total */
  int64_t bound_cm;     /* nobody more at any of its doors saves more; where households are left over an estimate */
} lianhu_jurisdiction_state;

typedef struct lianhu_town_explanation {
  uint32_t struct_size;
  int32_t cancelled; /* 1: the caller cancelled; there is nothing else */
  int64_t bound_cm;  /* where all are served, nobody at a household's door saves more */
  int64_t site_count;
  const lianhu_new_steward* sites; /* solved anew, best first, one of each neighbourhood */
  int64_t jurisdiction_count;
  const lianhu_jurisdiction_state* jurisdictions; /* by unit, then kind */
} lianhu_town_explanation;

LIANHU_API int32_t lianhu_town_explanation_init(lianhu_town_explanation* explanation, uint32_t struct_size);

/* Where one more steward would save the most: bounds it at every door and solves the `count` >= 0 most promising anew.
 * His bounds are min_load and max_load, LIANHU_NONE for the problem's common one. Not for problems that list costs of
 * the caller's own, LIANHU_INVALID_ARGUMENT. `context` is nullable. */
LIANHU_API int32_t lianhu_explainer_town(lianhu_explainer* explainer, int32_t count, int32_t min_load, int32_t max_load,
                                         lianhu_context* context, lianhu_town_explanation* out, lianhu_error* error);

LIANHU_API void lianhu_explainer_free(lianhu_explainer* explainer);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_EXPLAIN_H_ */
