/* Variants of the assignment: weights, distances along roads, buildings kept together, and generalised assignment.
 * Included by lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_VARIANTS_H_
#define LIANHU_ABI_VARIANTS_H_

#include <lianhu/capi/assignment.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Heuristics: a plan and a lower bound ---- */

typedef struct lianhu_heuristic_options {
  uint32_t struct_size;
  double seconds; /* time limit, >= 0; 0 (default): none, the work is limited instead, so that the result depends on
                   * the input and the context's seed alone */
  int64_t evaluations; /* moves that the search may look at, for each household where there are households; 0
                        * (default): a few seconds' worth */
  /* Null, or n entries that receive what proves the bound of lianhu_weighted_solve, 0 without a plan; for
   * lianhu_weighted_verify. Not used elsewhere. */
  int64_t* multiplier_cm;
} lianhu_heuristic_options;

LIANHU_API int32_t lianhu_heuristic_options_init(lianhu_heuristic_options* options, uint32_t struct_size);

#define LIANHU_HEURISTIC_OPTIMAL 0    /* objective == bound */
#define LIANHU_HEURISTIC_FEASIBLE 1   /* a plan within all bounds; no plan has less than `bound` */
#define LIANHU_HEURISTIC_INFEASIBLE 2 /* proved: there is no plan */
#define LIANHU_HEURISTIC_NOT_FOUND 3  /* none was found; that there is none is not proved */
#define LIANHU_HEURISTIC_CANCELLED 4

typedef struct lianhu_heuristic_result {
  uint32_t struct_size;
  int32_t outcome;
  int64_t objective;   /* 0 without a plan */
  int64_t bound;       /* a lower bound of any plan's objective; 0 without one */
  int64_t distance_cm; /* sum of distances; 0 for generalised assignment */
  int64_t load_min;    /* sums of weights over agents or stewards */
  int64_t load_max;
  double seconds;
} lianhu_heuristic_result;

LIANHU_API int32_t lianhu_heuristic_result_init(lianhu_heuristic_result* result, uint32_t struct_size);

/* ---- Generalised assignment ---- */

/* m agents, n items; matrices row-major, a row an agent. Every item one agent, the weights at agent i within
 * minimum[i]..capacity[i], the sum of costs least. */
typedef struct lianhu_generalized_assignment {
  uint32_t struct_size;
  int32_t agents;          /* m */
  int32_t items;           /* n */
  const int64_t* cost;     /* m x n, +-2^40 */
  const int64_t* weight;   /* m x n, 0..2^31-1 */
  const int64_t* capacity; /* m, 0..2^40 */
  const int64_t* minimum;  /* m, or null: 0 */
} lianhu_generalized_assignment;

LIANHU_API int32_t lianhu_generalized_assignment_init(lianhu_generalized_assignment* problem, uint32_t struct_size);

/* `agent_of` receives n = `item_count` agents, LIANHU_NONE without a plan. `options`, `context` are nullable. */
LIANHU_API int32_t lianhu_generalized_assignment_solve(const lianhu_generalized_assignment* problem,
                                                       const lianhu_heuristic_options* options, lianhu_context* context,
                                                       int32_t* agent_of, int64_t item_count,
                                                       lianhu_heuristic_result* out, lianhu_error* error);

/* ---- Weights ---- */

/* Households with weights 1..10000: the bounds of a steward hold for the sum of the weights he serves, and the sum of
 * weight x distance (cm) is to be least. `weights` and `steward_of` have n = `household_count` entries; `steward_of`
 * receives LIANHU_NONE without a plan. `options`, `context` are nullable. */
LIANHU_API int32_t lianhu_weighted_solve(const lianhu_assignment_problem* problem, const int32_t* weights,
                                         const lianhu_heuristic_options* options, lianhu_context* context,
                                         int32_t* steward_of, int64_t household_count, lianhu_heuristic_result* out,
                                         lianhu_error* error);

typedef struct lianhu_weighted_verification {
  uint32_t struct_size;
  int32_t feasible; /* 1: everybody is served within bounds and jurisdictions */
  int64_t unserved; /* households without a steward */
  int64_t load_min; /* sums of weights over all stewards; 0 for none */
  int64_t load_max;
  int64_t distance_cm;   /* sum of distances over those who are served */
  int64_t total_cost_cm; /* sum of weight x distance */
  int64_t bound_cm;      /* no plan costs less; 0 when no multipliers were given */
  int32_t bound_held;    /* 0: a steward's part is too large to recompute (households x maximum above 2^32) */
  int32_t reserved;      /* 0 */
} lianhu_weighted_verification;

LIANHU_API int32_t lianhu_weighted_verification_init(lianhu_weighted_verification* verification, uint32_t struct_size);

/* Recomputes a plan and its bound from the input without using the solver. `multiplier_cm` has n entries; nullable
 * (feasibility only). Time O(n x max_load) for each steward. */
LIANHU_API int32_t lianhu_weighted_verify(const lianhu_assignment_problem* problem, const int32_t* weights,
                                          const int32_t* steward_of, const int64_t* multiplier_cm,
                                          int64_t household_count, lianhu_weighted_verification* out,
                                          lianhu_error* error);

/* ---- Distances along roads ---- */

/* Nodes with positions of the problem's datum, edges that may be walked both ways. Everyone is attached to the nearest
 * node; a pair costs the two straight distances to the nodes and the shortest path between them. */
typedef struct lianhu_road_network {
  uint32_t struct_size;
  lianhu_points nodes;      /* v */
  const int32_t* from;      /* e, 0..v-1 */
  const int32_t* to;        /* e */
  const int64_t* length_cm; /* e, 0..10^8 */
  int64_t edge_count;       /* e */
  double max_distance;      /* no link longer than this, metres; default: infinite. The problem's own holds, too */
} lianhu_road_network;

LIANHU_API int32_t lianhu_road_network_init(lianhu_road_network* network, uint32_t struct_size);

/* The exact plan, proved by its prices over all reachable pairs. `best_effort` is 0 or 1. `distance_cm` receives n =
 * `household_count` costs of links, -1 for none; nullable with count 0. `unreachable` receives the households from
 * which no steward can be reached, as many as fit in `unreachable_capacity` (null when that is 0),
 * `out_unreachable_count` how many there are: without best effort any make the plan infeasible. `context` is nullable.
 */
LIANHU_API int32_t lianhu_road_solve(const lianhu_assignment_problem* problem, const lianhu_road_network* network,
                                     int32_t best_effort, lianhu_context* context, int64_t* distance_cm,
                                     int64_t household_count, int32_t* unreachable, int64_t unreachable_capacity,
                                     int64_t* out_unreachable_count, lianhu_plan** out, lianhu_error* error);

/* ---- Buildings kept together ---- */

typedef struct lianhu_cohesion_result {
  uint32_t struct_size;
  int32_t outcome;        /* LIANHU_OPTIMAL: the exact plan that it starts from is; LIANHU_INFEASIBLE, ... */
  int64_t buildings;      /* with a household that is served */
  int64_t further_before; /* stewards beyond the first, summed over buildings, in the exact plan */
  int64_t further_after;  /* and in the one returned */
  int64_t shared_before;  /* buildings with two stewards or more */
  int64_t shared_after;
  int64_t distance_before_cm; /* sums over households */
  int64_t distance_after_cm;
  int64_t objective_cm; /* distance_after_cm + price_cm x further_after */
  int64_t bound_cm;     /* a lower bound of any plan's objective; 0 unless the outcome is LIANHU_OPTIMAL */
  double seconds;
} lianhu_cohesion_result;

LIANHU_API int32_t lianhu_cohesion_result_init(lianhu_cohesion_result* result, uint32_t struct_size);

/* A plan in which buildings are shared by fewer stewards: a further steward in a building is worth `price_cm` of
 * distance, 0..3*10^8. Heuristic. `buildings` has n = `household_count` entries 0..n-1, -1 for a household in none;
 * `steward_of` receives n stewards, LIANHU_NONE for none. `best_effort` is 0 or 1. `context` is nullable. */
LIANHU_API int32_t lianhu_cohesion_solve(const lianhu_assignment_problem* problem, const int32_t* buildings,
                                         int64_t price_cm, int32_t best_effort, lianhu_context* context,
                                         int32_t* steward_of, int64_t household_count, lianhu_cohesion_result* out,
                                         lianhu_error* error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_VARIANTS_H_ */
