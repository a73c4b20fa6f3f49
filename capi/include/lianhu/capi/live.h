/* Plans that live on: events, offers, the frontier of moves. Included by lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_LIVE_H_
#define LIANHU_ABI_LIVE_H_

#include <lianhu/capi/assignment.h>
#include <lianhu/capi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- A plan that lives on ----
 *
 * Households arrive, leave and move, stewards join, leave and change; after every batch of events the plan is optimal
 * again, proved over all pairs, and only those move who must. Households and stewards keep the numbers of the problem's
 * rows; who arrives or joins gets the next number, and no number is used again. Where bounds cannot be met any more the
 * outcome is LIANHU_BEST_EFFORT: exactly the shortage is unserved, or minima count as 0.
 */

typedef struct lianhu_rebalancer lianhu_rebalancer;

#define LIANHU_START_SOLVED 0        /* no plan was given */
#define LIANHU_START_GIVEN_PROVED 1  /* the given prices prove the given plan */
#define LIANHU_START_GIVEN_OPTIMAL 2 /* they do not, but solving anew found no better total: the plan is kept */
#define LIANHU_START_IMPROVED 3      /* the given plan was not optimal or not within bounds: solved anew */

/* Solves `problem`, or takes up the plan `steward_of` (household_count entries, LIANHU_NONE for nobody) where
 * `price_cm` (steward_count entries) proves it; both are nullable. `switch_cost_cm` >= 0: what a household that is not
 * with its steward of `steward_of` costs more. `context` is nullable; when it cancels `out` receives null. */
LIANHU_API int32_t lianhu_rebalancer_create(const lianhu_assignment_problem* problem, const int32_t* steward_of,
                                            int64_t household_count, const int64_t* price_cm, int64_t steward_count,
                                            int64_t switch_cost_cm, lianhu_context* context, lianhu_rebalancer** out,
                                            lianhu_error* error);

#define LIANHU_HOUSEHOLD_ARRIVES 0 /* x, y, unit */
#define LIANHU_HOUSEHOLD_LEAVES 1  /* id */
#define LIANHU_HOUSEHOLD_MOVES 2   /* id; x and y, unit, or both */
#define LIANHU_STEWARD_JOINS 3     /* x, y, unit; min and max, or the common bounds */
#define LIANHU_STEWARD_LEAVES 4    /* id */
#define LIANHU_STEWARD_CHANGES 5   /* id; any of x and y, unit, min, max */

typedef struct lianhu_event {
  int32_t type;
  int32_t id;      /* LIANHU_NONE for those that arrive or join */
  double x;        /* in the problem's datum; x and y both NaN: as it was */
  double y;        /*  */
  int32_t unit;    /* LIANHU_NONE: as it was, or no jurisdictions */
  int32_t min;     /* LIANHU_NONE: as it was */
  int32_t max;     /* LIANHU_NONE: as it was */
  int32_t ignored; /*  */
} lianhu_event;

/* A household that changed hands; LIANHU_NONE for nobody: just arrived, gone or unserved. */
typedef struct lianhu_transfer {
  int32_t household;
  int32_t from;
  int32_t to;
} lianhu_transfer;

typedef struct lianhu_change {
  uint32_t struct_size;
  int32_t outcome; /* LIANHU_OPTIMAL, LIANHU_BEST_EFFORT or LIANHU_CANCELLED (the next call goes on) */
  int64_t transfer_count;
  const lianhu_transfer* transfers; /* by household; they live until the next call with this rebalancer */
  int32_t first_household;          /* the number of the first that arrived, the others follow; LIANHU_NONE */
  int32_t first_steward;            /* likewise */
  int64_t total_cost_cm;            /* distances and switch costs */
  int64_t dual_bound_cm;            /* equal to it: proved */
  int64_t distance_cm;              /* distances alone */
  int64_t switched;                 /* households not with the steward that counts as their current one */
  int64_t unserved;                 /*  */
  int64_t settled;                  /* the work done: stewards that the searches settled */
  double seconds;                   /*  */
} lianhu_change;

LIANHU_API int32_t lianhu_change_init(lianhu_change* change, uint32_t struct_size);

/* Takes up the events, all or (on an error, which names row and field) none, and restores the optimum. `context` is
 * nullable. */
LIANHU_API int32_t lianhu_rebalancer_apply(lianhu_rebalancer* rebalancer, const lianhu_event* events, int64_t count,
                                           lianhu_context* context, lianhu_change* out, lianhu_error* error);

/* The street as it is: n households and m stewards by increasing number, ready for lianhu_assignment_verify. */
typedef struct lianhu_live_view {
  uint32_t struct_size;
  int32_t start_kind;             /* LIANHU_START_...: what became of the plan that was given */
  int32_t given_feasible;         /* 1: it kept bounds and jurisdictions */
  int32_t next_household;         /* the number that the next arrival gets */
  int32_t next_steward;           /*  */
  int32_t by_unit;                /* 1: there are jurisdictions; else the units are null */
  int64_t given_distance_cm;      /*  */
  int64_t household_count;        /* n */
  int64_t steward_count;          /* m */
  const int32_t* household_ids;   /* n numbers */
  const int32_t* steward_ids;     /* m numbers */
  const double* households;       /* n x 2, planar metres */
  const double* stewards;         /* m x 2, planar metres */
  const int32_t* household_units; /* n */
  const int32_t* steward_units;   /* m */
  const int32_t* steward_min;     /* m */
  const int32_t* steward_max;     /* m */
  const int32_t* current;         /* n: row of the current steward, LIANHU_NONE */
  const int32_t* steward_of;      /* n: row of the steward, LIANHU_NONE */
  const int64_t* price_cm;        /* m: the certificate */
} lianhu_live_view;

LIANHU_API int32_t lianhu_live_view_init(lianhu_live_view* view, uint32_t struct_size);

/* `out` receives a copy's views, which live until the next call with this rebalancer: O(n + m). */
LIANHU_API int32_t lianhu_rebalancer_get(lianhu_rebalancer* rebalancer, lianhu_live_view* out, lianhu_error* error);

/* One steward's offer to take one household more. */
typedef struct lianhu_offer {
  int32_t steward;
  int32_t ignored;
  int64_t distance_cm;    /* of the household to him */
  int64_t knock_on_cm;    /* what those cost more who then move on */
  int64_t total_cm;       /* the sum: what the optimum rises by when he is made to take it */
  int64_t first_transfer; /* his chain: transfers[first_transfer .. + transfer_count) of the view */
  int64_t transfer_count; /*  */
} lianhu_offer;

typedef struct lianhu_offers_view {
  uint32_t struct_size;
  int32_t cancelled; /* 1: the caller cancelled; there are no offers */
  int64_t offer_count;
  const lianhu_offer* offers; /* best first; they live until the next call with this rebalancer */
  int64_t transfer_count;
  const lianhu_transfer* transfers;
} lianhu_offers_view;

LIANHU_API int32_t lianhu_offers_view_init(lianhu_offers_view* view, uint32_t struct_size);

/* The `count` stewards for whom taking a new household at x, y would cost least in all, exactly; nothing is changed.
 * `unit` is LIANHU_NONE without jurisdictions. The last transfer of a chain may lead to nobody: every place is taken.
 * `context` is nullable. */
LIANHU_API int32_t lianhu_rebalancer_offers(lianhu_rebalancer* rebalancer, double x, double y, int32_t unit,
                                            int32_t count, lianhu_context* context, lianhu_offers_view* out,
                                            lianhu_error* error);

/* From now on the present steward of every household counts as its current one. */
LIANHU_API int32_t lianhu_rebalancer_adopt(lianhu_rebalancer* rebalancer, lianhu_error* error);

LIANHU_API void lianhu_rebalancer_free(lianhu_rebalancer* rebalancer);

/* ---- Few moves ----
 *
 * A move is a household that is not served by its steward of `current` (household_count entries, LIANHU_NONE: it has
 * none, and is no move).
 */

/* A point of the frontier between moves and distance: no plan with as many moves is shorter. */
typedef struct lianhu_frontier_point {
  int64_t moves;
  int64_t total_cost_cm;
  int64_t switch_cost_numerator; /* the least switch cost, cm, at which the point is optimal, as a fraction */
  int64_t switch_cost_denominator;
  int64_t corner; /* 1: a corner of the convex hull; 0: within an edge */
} lianhu_frontier_point;

typedef struct lianhu_frontier lianhu_frontier;

typedef struct lianhu_frontier_view {
  uint32_t struct_size;
  int32_t outcome;
  int64_t point_count;
  const lianhu_frontier_point* points; /* by increasing moves; they live as long as the frontier */
  int64_t solves;                      /* switch costs tried */
  double seconds;
} lianhu_frontier_view;

LIANHU_API int32_t lianhu_frontier_view_init(lianhu_frontier_view* view, uint32_t struct_size);

/* The whole frontier, from the fewest moves that the bounds allow to the least distance. `options`, `context` are
 * nullable; another objective or a time limit is refused. */
LIANHU_API int32_t lianhu_frontier_create(const lianhu_assignment_problem* problem, const int32_t* current,
                                          int64_t household_count, const lianhu_assignment_options* options,
                                          lianhu_context* context, lianhu_frontier** out, lianhu_error* error);

/* `out` receives the numbers and a view of the points: O(1). */
LIANHU_API int32_t lianhu_frontier_get(const lianhu_frontier* frontier, lianhu_frontier_view* out, lianhu_error* error);

LIANHU_API void lianhu_frontier_free(lianhu_frontier* frontier);

typedef struct lianhu_limit {
  uint32_t struct_size;
  int32_t within_limit; /* 0: the bounds force more moves than asked for; the plan then has the fewest */
  int64_t moves;
  int64_t fewest_moves;
  int64_t bound_cm;              /* no plan with at most as many moves as asked for is shorter */
  int64_t switch_cost_numerator; /* cm: where plan and bound are proved */
  int64_t switch_cost_denominator;
  double gap_percent; /* of the plan's distance above bound_cm */
} lianhu_limit;

LIANHU_API int32_t lianhu_limit_init(lianhu_limit* limit, uint32_t struct_size);

/* The plan of the frontier with at most `max_moves` moves. The plan's total_cost_cm is its distance, its dual_bound_cm
 * is bound_cm, its prices are rounded to the centimetre. `options`, `context` are nullable. */
LIANHU_API int32_t lianhu_assignment_solve_max_moves(const lianhu_assignment_problem* problem, const int32_t* current,
                                                     int64_t household_count, int64_t max_moves,
                                                     const lianhu_assignment_options* options, lianhu_context* context,
                                                     lianhu_limit* out_limit, lianhu_plan** out, lianhu_error* error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_LIVE_H_ */
