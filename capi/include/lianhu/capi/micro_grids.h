/* Drawing micro-grids without given centres. Included by lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_MICRO_GRIDS_H_
#define LIANHU_ABI_MICRO_GRIDS_H_

#include <lianhu/capi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LIANHU_OBJECTIVE_MEDIANS 0 /* sum of distances to the parts' medoids, centimetres */
#define LIANHU_OBJECTIVE_MEANS 1   /* sum of squared distances to the parts' means, square metres */

/* Every household gets a part (a micro-grid) of its own jurisdiction, every part between min_weight and max_weight
 * households (or of their weight), and the objective, with a price for each household that leaves its part of today, is
 * least. NP-hard: a plan comes with a lower bound where one can be had. */
typedef struct lianhu_micro_grid_problem {
  uint32_t struct_size;
  int32_t datum;                 /* LIANHU_PLANAR_METRES (default) or LIANHU_WGS84_DEGREES */
  lianhu_points households;      /* n */
  lianhu_int32_column units;     /* n jurisdictions, each >= 0; or not given: one */
  lianhu_int32_column buildings; /* n, LIANHU_NONE for none; or not given */
  lianhu_int32_column weight;    /* n, each >= 1; or not given: 1 each */
  lianhu_int32_column current;   /* n, today's parts, LIANHU_NONE for none; or not given. Not beside borders */
  lianhu_int32_column border_a;  /* who borders whom: then every part is connected; or not given */
  lianhu_int32_column border_b;  /* as many */
  int64_t min_weight;            /* default 10 */
  int64_t max_weight;            /* default 20 */
  int64_t count;                 /* parts that are wanted; 0 (default): as few as each jurisdiction can do with */
  double move_price;             /* >= 0, in the objective's unit for each household that leaves its part; default 0 */
  int32_t objective;             /* LIANHU_OBJECTIVE_MEDIANS (default) or LIANHU_OBJECTIVE_MEANS */
  int32_t keep_buildings;        /* 1: the households of a building stay in one part while they fit; default 0 */
} lianhu_micro_grid_problem;

LIANHU_API int32_t lianhu_micro_grid_problem_init(lianhu_micro_grid_problem* problem, uint32_t struct_size);

/* The search is cut by work, so that the input and the context's seed decide the plan as long as the clock did not end
 * it first (`by_clock`). */
typedef struct lianhu_micro_grid_options {
  uint32_t struct_size;
  int32_t bound;  /* 1 (default): look for a lower bound, in a quarter of the time */
  double seconds; /* time to spend, > 0; default 10 */
  int64_t work;   /* looks at a household and a part; 0 (default): as many as a core does in the time */
} lianhu_micro_grid_options;

LIANHU_API int32_t lianhu_micro_grid_options_init(lianhu_micro_grid_options* options, uint32_t struct_size);

typedef struct lianhu_micro_grid {
  int32_t unit; /* LIANHU_NONE without jurisdictions */
  int32_t households;
  int64_t weight;
  int32_t medoid;    /* the household of the least sum of weighted distances */
  int32_t continues; /* the part of today that it goes on from; LIANHU_NONE: none */
  double centre_x;   /* mean by weight, in the problem's datum */
  double centre_y;
  double radius;      /* greatest distance from the medoid, metres */
  double area;        /* of the convex hull, square metres */
  double perimeter;   /* of the convex hull, metres */
  double compactness; /* 4 pi area / perimeter^2; -1 when all are in one place */
  double objective;   /* this part's share, without moves */
  int64_t moved;      /* weight of those who are in another part today */
  int64_t hull_begin; /* its corners in `hull` of the view */
  int32_t hull_count;
  int32_t within_bounds;
} lianhu_micro_grid;

#define LIANHU_FAULT_TOO_SMALL 0 /* households below the minimum together: a jurisdiction, or an island of it */
#define LIANHU_FAULT_NO_COUNT 1  /* too many for `fewer` parts, too few for `more` */
#define LIANHU_FAULT_TOO_HEAVY 2 /* one household above the maximum */
#define LIANHU_FAULT_COUNT 3     /* `count` is not within `fewer` .. `more` */

/* Why there is no plan within bounds. */
typedef struct lianhu_micro_grid_fault {
  int32_t kind; /* LIANHU_FAULT_TOO_SMALL, ... */
  int32_t unit; /* LIANHU_NONE: all */
  int64_t weight;
  int64_t fewer;
  int64_t more;
  int64_t household_count;
  const int32_t* households; /* ascending */
} lianhu_micro_grid_fault;

/* A building that should be kept and is in several parts. */
typedef struct lianhu_split_building {
  int32_t building;
  int32_t unit;
  int32_t households;
  int32_t parts;
  int64_t weight;
  int64_t too_large; /* 1: heavier than max_weight; 0: kept together no plan was found within bounds */
} lianhu_split_building;

#define LIANHU_MICRO_GRIDS_FEASIBLE 0   /* every part within bounds, connected where borders are given */
#define LIANHU_MICRO_GRIDS_INFEASIBLE 1 /* the faults say why no plan is; nobody is dropped, the plan is near */
#define LIANHU_MICRO_GRIDS_NOT_FOUND 2  /* none was found within bounds; the plan is near */
#define LIANHU_MICRO_GRIDS_CANCELLED 3  /* before there was one within bounds; the plan, if any, is near */

typedef struct lianhu_micro_grids lianhu_micro_grids;

/* Numbers, and arrays that live as long as the handle. */
typedef struct lianhu_micro_grids_view {
  uint32_t struct_size;
  int32_t outcome;   /* LIANHU_MICRO_GRIDS_FEASIBLE, ... */
  int32_t by_clock;  /* 1: the clock ended the search before its work was done */
  int32_t cancelled; /* 1: the caller did; the plan, if any, is the best so far */
  int64_t household_count;
  const int32_t* part_of; /* household_count; 0 when there is no plan */
  int64_t part_count;
  const lianhu_micro_grid* parts; /* by unit, then along a space-filling curve */
  int64_t hull_count;
  const int32_t* hull; /* households at the corners of the parts' hulls, anticlockwise */
  int64_t fault_count;
  const lianhu_micro_grid_fault* faults;
  int64_t split_count;
  const lianhu_split_building* splits; /* by unit and building */
  int64_t out_of_bounds;               /* parts */
  int64_t not_connected;               /* parts */
  double objective;                    /* of all parts and moves */
  double bound;                        /* no plan with as many parts in each jurisdiction is below; 0: none known */
  double gap_percent;                  /* (objective - bound) / objective x 100 */
  int64_t moved;                       /* weight of households that left their part of today */
  /* Of lianhu_micro_grids_repair, else empty. */
  int64_t moved_count;
  const int32_t* moved_households; /* ascending */
  int64_t changed_count;
  const int32_t* changed; /* parts with other households than the part of today that they go on from */
  int64_t created_count;
  const int32_t* created; /* parts that go on from none */
  int64_t dissolved_count;
  const int32_t* dissolved; /* parts of today that none goes on from */
  double seconds;
} lianhu_micro_grids_view;

LIANHU_API int32_t lianhu_micro_grids_view_init(lianhu_micro_grids_view* view, uint32_t struct_size);

/* Draws. `options`, `context` are nullable; cancelled: the best plan so far. Memory O(n). */
LIANHU_API int32_t lianhu_micro_grids_draw(const lianhu_micro_grid_problem* problem,
                                           const lianhu_micro_grid_options* options, lianhu_context* context,
                                           lianhu_micro_grids** out, lianhu_error* error);

/* Brings today's parts (`current`, which must be given; `count` must be 0) within bounds after a change, touching only
 * what is around newcomers and out of bounds: shifts, splits or joins, whichever moves fewest. `context` is nullable.
 */
LIANHU_API int32_t lianhu_micro_grids_repair(const lianhu_micro_grid_problem* problem, lianhu_context* context,
                                             lianhu_micro_grids** out, lianhu_error* error);

/* The figures of any grouping, recomputed without the search: `part_of` has an entry a household, 0..parts-1. */
LIANHU_API int32_t lianhu_micro_grids_figures(const lianhu_micro_grid_problem* problem, const int32_t* part_of,
                                              int64_t household_count, lianhu_micro_grids** out, lianhu_error* error);

/* `out` receives the numbers and views of the arrays: O(1). */
LIANHU_API int32_t lianhu_micro_grids_get(const lianhu_micro_grids* grids, lianhu_micro_grids_view* out,
                                          lianhu_error* error);

/* Fault `index` of the view in a sentence for an official. `unit_name` is nullable: then it names no jurisdiction. Text
 * as in lianhu_choice_describe. */
LIANHU_API int32_t lianhu_micro_grids_describe(const lianhu_micro_grids* grids, int64_t index, const char* unit_name,
                                               int32_t language, char* out_text, int64_t capacity, int64_t* out_size,
                                               lianhu_error* error);

LIANHU_API void lianhu_micro_grids_free(lianhu_micro_grids* grids);

/* The level above: what holds for the grids that are drawn over micro-grids. */
typedef struct lianhu_grid_level {
  uint32_t struct_size;
  int32_t reserved;   /* 0 */
  int64_t min_weight; /* households of a grid, or their weight; default 250 */
  int64_t max_weight; /* default 450 */
  int64_t count;      /* grids in all; 0 (default): as few as each community can do with */
} lianhu_grid_level;

LIANHU_API int32_t lianhu_grid_level_init(lianhu_grid_level* level, uint32_t struct_size);

typedef struct lianhu_drawn_hierarchy lianhu_drawn_hierarchy;

/* All live as long as the handle. Codes are those of lianhu_hierarchy_from_codes: a street has 9 digits, a community
 * 12, a grid 15, a micro-grid 18; grids are numbered from 001 in their community and micro-grids in their grid, along a
 * space-filling curve. */
typedef struct lianhu_drawn_hierarchy_view {
  uint32_t struct_size;
  int32_t reserved;                      /* 0 */
  const lianhu_micro_grids* micro_grids; /* for lianhu_micro_grids_get; `unit` is an index of `communities` */
  const lianhu_micro_grids* grids;       /* the same, of which each household is a micro-grid */
  int64_t community_count;
  const int64_t* communities; /* codes, ascending */
  int64_t grid_count;         /* 0 when there is no plan */
  const int64_t* grid_code;
  int64_t micro_grid_count; /* 0 when there is no plan */
  const int64_t* micro_grid_code;
  int64_t code_count;
  const int64_t* codes; /* of all units from street to micro-grid, ascending within each level */
} lianhu_drawn_hierarchy_view;

LIANHU_API int32_t lianhu_drawn_hierarchy_view_init(lianhu_drawn_hierarchy_view* view, uint32_t struct_size);

/* A whole hierarchy of five levels from a list of households: micro-grids drawn within communities, grids over these.
 * `communities` has a code of 12 digits for each household; `units`, `current` and `move_price` of the problem must not
 * be given. A community below a grid's minimum is one grid, and is named in the faults of the grids. `level`,
 * `options`, `context` are nullable; the time is shared between the levels. Errors name `communities`, or `grid_bounds`
 * where a community would need more than 999 grids. Memory O(n). */
LIANHU_API int32_t lianhu_drawn_hierarchy_draw(const lianhu_micro_grid_problem* problem, const int64_t* communities,
                                               int64_t household_count, const lianhu_grid_level* level,
                                               const lianhu_micro_grid_options* options, lianhu_context* context,
                                               lianhu_drawn_hierarchy** out, lianhu_error* error);

/* `out` receives the numbers and views of the arrays: O(1). */
LIANHU_API int32_t lianhu_drawn_hierarchy_get(const lianhu_drawn_hierarchy* drawn, lianhu_drawn_hierarchy_view* out,
                                              lianhu_error* error);

LIANHU_API void lianhu_drawn_hierarchy_free(lianhu_drawn_hierarchy* drawn);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_MICRO_GRIDS_H_ */
