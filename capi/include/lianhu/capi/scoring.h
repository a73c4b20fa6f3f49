/* Scores from counted facts, their explanation and sensitivity, and a fund divided. Included by lianhu.h, whose rules
 * hold here. */
#ifndef LIANHU_ABI_SCORING_H_
#define LIANHU_ABI_SCORING_H_

#include <lianhu/capi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Checklists: what is scored, as data ---- */

typedef struct lianhu_checklist lianhu_checklist;

/* The default: 12 indicators, 100 points. */
LIANHU_API int32_t lianhu_checklist_founding(lianhu_checklist** out, lianhu_error* error);

/* From `size` bytes of JSON in UTF-8 (docs/formats.md), checked: weights that do not sum, grades with a hole or an
 * overlap, a fact that is not used and every other fault are LIANHU_INVALID_ARGUMENT with field and row. */
LIANHU_API int32_t lianhu_checklist_parse(const char* json, int64_t size, lianhu_checklist** out, lianhu_error* error);

/* As JSON, from which facts, indicators and grades can be listed. Up to `capacity` bytes with the zero byte go to
 * `out_json` (nullable when capacity is 0); `out_size` receives how many it takes. */
LIANHU_API int32_t lianhu_checklist_format(const lianhu_checklist* checklist, char* out_json, int64_t capacity,
                                           int64_t* out_size, lianhu_error* error);

LIANHU_API void lianhu_checklist_free(lianhu_checklist* checklist);

/* ---- Scores ----
 *
 * Points are thousandths of a point, rounded once, half up, from exact fractions. */

typedef struct lianhu_scores lianhu_scores;

#define LIANHU_RATED 0
#define LIANHU_NOT_RATED 1

/* `values`: stewards x facts, a row a steward, the facts in the order of the checklist, each >= 0. A numerator above
 * its denominator is LIANHU_INVALID_ARGUMENT with the fact as field and the steward as row. `context` is nullable. */
LIANHU_API int32_t lianhu_checklist_score(const lianhu_checklist* checklist, const int64_t* values,
                                          int64_t steward_count, lianhu_context* context, lianhu_scores** out,
                                          lianhu_error* error);

/* Arrays by steward s, or s x indicator or group; they live as long as the scores do. LIANHU_NONE in a column of
 * points: not applicable, or not rated. */
typedef struct lianhu_scores_view {
  uint32_t struct_size;
  int32_t cancelled; /* 1: everything else is empty */
  int64_t steward_count;
  int64_t indicator_count;
  int64_t group_count;
  const int64_t* points;       /* stewards x indicators */
  const int64_t* group_points; /* stewards x groups */
  const int64_t* bonus;
  const int64_t* deduction;
  const int64_t* total;
  const int32_t* grade;  /* index among the checklist's bands, LIANHU_NONE when not rated */
  const int32_t* veto;   /* index among its vetoes of the one that capped the grade, or LIANHU_NONE */
  const int32_t* status; /* LIANHU_RATED or LIANHU_NOT_RATED */
  const int32_t* rank;   /* 1 is best, ties share the better; 0 when not rated */
} lianhu_scores_view;

LIANHU_API int32_t lianhu_scores_view_init(lianhu_scores_view* view, uint32_t struct_size);

/* `out` receives views of the arrays: O(1), nothing is copied. */
LIANHU_API int32_t lianhu_scores_get(const lianhu_scores* scores, lianhu_scores_view* out, lianhu_error* error);

LIANHU_API void lianhu_scores_free(lianhu_scores* scores);

#define LIANHU_JSON 2 /* in place of a language: as data */

/* The derivation for one steward, who is called `steward` in it: the numbers behind every point, and what one more
 * point would take. `facts`: one row as above. `language`: LIANHU_ENGLISH, LIANHU_CHINESE or LIANHU_JSON. Text as of
 * lianhu_checklist_format. */
LIANHU_API int32_t lianhu_checklist_explain(const lianhu_checklist* checklist, const int64_t* facts, int64_t fact_count,
                                            const char* steward, int32_t language, char* out_text, int64_t capacity,
                                            int64_t* out_size, lianhu_error* error);

/* ---- Sensitivity: how much a ranking hangs on the weights ---- */

typedef struct lianhu_sensitivity lianhu_sensitivity;

typedef struct lianhu_sensitivity_options {
  uint32_t struct_size;
  int32_t samples;          /* random weights beside the proof, 0 to 1000000; default 1000 */
  int64_t range_millionths; /* how far a weight may go, as a part of it, 0 to 999999; default 200000 */
} lianhu_sensitivity_options;

LIANHU_API int32_t lianhu_sensitivity_options_init(lianhu_sensitivity_options* options, uint32_t struct_size);

/* Values as of lianhu_checklist_score; `options` and `context` are nullable. The samples depend on the context's seed
 * alone. */
LIANHU_API int32_t lianhu_sensitivity_analyse(const lianhu_checklist* checklist, const int64_t* values,
                                              int64_t steward_count, const lianhu_sensitivity_options* options,
                                              lianhu_context* context, lianhu_sensitivity** out, lianhu_error* error);

/* Columns by steward (ranks are 0 when he is not rated) and by indicator; they live as long as the handle does. */
typedef struct lianhu_sensitivity_view {
  uint32_t struct_size;
  int32_t cancelled; /* 1: everything else is empty */
  int64_t steward_count;
  int64_t indicator_count;
  const int32_t* rank;
  const int32_t* best_rank;  /* proved: no weights within the range lead above it */
  const int32_t* worst_rank; /* or below this */
  const int32_t* attained_best;
  const int32_t* attained_worst; /* weights were found that give these */
  const int32_t* sampled_best;
  const int32_t* sampled_worst;
  const int32_t* swap_with;             /* whose total takes the least change of weights to equal; or LIANHU_NONE */
  const int64_t* swap_change;           /* that change of all weights, in millionths of each */
  const int32_t* swap_indicator;        /* or of this one's weight alone; or LIANHU_NONE */
  const int64_t* swap_indicator_change; /* with its sign */
  const int64_t* mean_shift;            /* by indicator: thousandths of a rank when its weight goes to either end */
  const int32_t* greatest_shift;        /* ranks */
  const int64_t* correlation;           /* of its points with the totals, millionths */
} lianhu_sensitivity_view;

LIANHU_API int32_t lianhu_sensitivity_view_init(lianhu_sensitivity_view* view, uint32_t struct_size);

/* `out` receives views of the columns: O(1), nothing is copied. */
LIANHU_API int32_t lianhu_sensitivity_get(const lianhu_sensitivity* sensitivity, lianhu_sensitivity_view* out,
                                          lianhu_error* error);

LIANHU_API void lianhu_sensitivity_free(lianhu_sensitivity* sensitivity);

/* ---- Dividing an amount ---- */

#define LIANHU_LARGEST_REMAINDER 0
#define LIANHU_ADAMS 1
#define LIANHU_HUNTINGTON_HILL 2
#define LIANHU_SAINTE_LAGUE 3
#define LIANHU_DHONDT 4

#define LIANHU_DIVIDED 0
#define LIANHU_FLOORS_EXCEED_AMOUNT 1
#define LIANHU_CEILINGS_BELOW_AMOUNT 2

typedef struct lianhu_apportionment {
  uint32_t struct_size;
  int32_t method;           /* default LIANHU_LARGEST_REMAINDER */
  int64_t amount;           /* fen or seats, >= 0 */
  int64_t count;            /* n */
  const int64_t* weights;   /* n, >= 0 */
  const int64_t* floors;    /* n, >= 0; nullable: 0 for all */
  const int64_t* ceilings;  /* n, >= the floor; nullable: the amount for all */
  const int32_t* tie_order; /* n different numbers, the smallest is served first; nullable: by index */
} lianhu_apportionment;

LIANHU_API int32_t lianhu_apportionment_init(lianhu_apportionment* input, uint32_t struct_size);

/* Whole shares in proportion to the weights that sum to the amount, exactly. `out_shares` (n) is written when
 * `out_outcome` is LIANHU_DIVIDED. `out_tied` (room for n, nullable) receives those who had the same claim on the last
 * unit and `out_tied_count` (nullable) how many they are: 0 when nothing hung on the order. */
LIANHU_API int32_t lianhu_apportionment_divide(const lianhu_apportionment* input, int64_t* out_shares,
                                               int32_t* out_outcome, int32_t* out_tied, int64_t* out_tied_count,
                                               lianhu_error* error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_SCORING_H_ */
