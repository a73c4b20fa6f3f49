/* Scores from counted facts, their explanation and sensitivity, and a fund divided. Included by lianhu.h, whose rules
 * hold here. */
#ifndef LIANHU_ABI_SCORING_H_
#define LIANHU_ABI_SCORING_H_

#include <lianhu/capi/base.h>
#include <lianhu/capi/hierarchy.h>

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

/* ---- Means by unit, strata of equal difficulty ---- */

/* Means of the totals weighted by linked households, each unit with all below it. `units`: each steward's unit, or
 * LIANHU_NONE: nobody's, he is left out; `count` is the number of stewards scored. `households`: his weight, >= 0;
 * nullable: 1 each. The outputs, each nullable, have an entry for each unit of the hierarchy: stewards, those rated,
 * households of the rated, the mean (thousandths, rounded half up; LIANHU_NONE without weight), the rank among the
 * units of the same level (0 without a mean). O(stewards + units log units). */
LIANHU_API int32_t lianhu_scores_roll_up(const lianhu_scores* scores, const lianhu_hierarchy* hierarchy,
                                         const int32_t* units, const int64_t* households, int64_t count,
                                         int64_t* out_stewards, int64_t* out_rated, int64_t* out_households,
                                         int64_t* out_mean, int32_t* out_rank, lianhu_error* error);

/* Columns by steward in; columns out are the caller's, each nullable. Of those who are not rated: stratum and adjusted
 * total LIANHU_NONE, all else 0. */
typedef struct lianhu_strata {
  uint32_t struct_size;
  int32_t strata;               /* how many, 1 to 100; default 3 */
  int64_t cap;                  /* the most an adjustment may be, 0 to 5000 thousandths; default 5000 */
  int64_t count;                /* n stewards, as many as were scored */
  const int64_t* dispersion_cm; /* n: mean distance of his households */
  const int64_t* households;    /* n */
  const int64_t* hardship;      /* n: households in hardship, at most `households` */
  int64_t* out_difficulty;      /* n, 0..1000000 millionths */
  int32_t* out_stratum;         /* n, 0 is the easiest */
  int32_t* out_stratum_rank;    /* n */
  int64_t* out_adjustment;      /* n, thousandths with their sign */
  int64_t* out_adjusted;        /* n, within 0 and the full marks; the raw total is that of the scores */
  int32_t* out_adjusted_rank;   /* n */
  int64_t* out_stratum_mean;    /* `strata` entries, thousandths; LIANHU_NONE for an empty one */
} lianhu_strata;

LIANHU_API int32_t lianhu_strata_init(lianhu_strata* strata, uint32_t struct_size);

/* Stewards ranked among those whose work is as hard, and an adjusted total beside the raw one. Difficulty is the mean
 * of three percentiles: distance, number and hardship share of the households. O(n log n). */
LIANHU_API int32_t lianhu_scores_stratify(const lianhu_scores* scores, const lianhu_strata* strata,
                                          lianhu_error* error);

/* ---- Facts from what is kept anyway ---- */

/* CSV files (docs/formats.md) and the period from `from` (included) to `to` (excluded), UTC seconds. */
typedef struct lianhu_fact_sources {
  uint32_t struct_size;
  int64_t from;
  int64_t to;
  const char* plan;         /* household,steward */
  const char* visits;       /* steward,household,time,kind; nullable, as are the following: not kept */
  const char* hardship;     /* household,contacts */
  const char* sample;       /* household,knows_steward, filled in, and perhaps steward */
  const char* cases;        /* cases.csv of a docket */
  const char* counts;       /* steward,fact,count: what is counted elsewhere */
  const char* period;       /* what the column `period` says; nullable */
  const char* posts;        /* unit,holder,stand_in: the visits of the other of the two count too; nullable */
  const char* earlier_plan; /* visits by who served a household there count too; nullable */
} lianhu_fact_sources;

LIANHU_API int32_t lianhu_fact_sources_init(lianhu_fact_sources* sources, uint32_t struct_size);

/* The facts of `checklist` as CSV, a row a steward by ascending id, by the rules of docs/algorithms/scoring.md. Text as
 * of lianhu_checklist_format. Faults name file, row, column and value. */
LIANHU_API int32_t lianhu_facts_derive(const lianhu_checklist* checklist, const lianhu_fact_sources* sources,
                                       char* out_csv, int64_t capacity, int64_t* out_size, lianhu_error* error);

#define LIANHU_VISIT_CONTACT 0
#define LIANHU_VISIT_VERIFY 1
#define LIANHU_VISIT_LIVELIHOOD 2

#define LIANHU_COUNTED_REQUEST 0
#define LIANHU_COUNTED_DISPUTE 1
#define LIANHU_COUNTED_OTHER 2

/* The same from columns. Arrays of a list have as many entries as its count says and may be null where that is 0. */
typedef struct lianhu_fact_events {
  uint32_t struct_size;
  int64_t from; /* the period, from (included) to (excluded), UTC seconds */
  int64_t to;
  int64_t steward_count;
  int64_t household_count;
  const int32_t* steward_of; /* by household: 0..steward_count-1, or LIANHU_NONE */
  int64_t visit_count;
  const int32_t* visit_households;
  const int64_t* visit_times;
  const int32_t* visit_kinds; /* LIANHU_VISIT_...; nullable: contacts */
  int64_t hardship_count;
  const int32_t* hardship_households; /* each once */
  const int32_t* hardship_contacts;   /* due, >= 0 */
  int64_t sample_count;
  const int32_t* sample_households; /* each once */
  const int32_t* sample_knows;      /* 1: knows the steward; 0 */
  int64_t case_count;
  const int32_t* case_stewards;       /* responsible; LIANHU_NONE: an office above the stewards */
  const int32_t* case_kinds;          /* LIANHU_COUNTED_...; nullable: requests */
  const int32_t* case_modes;          /* LIANHU_MODE_...; nullable: none of them help */
  const int64_t* case_registered;     /* instants */
  const int64_t* case_answered;       /* instants, LIANHU_NONE where there is no answer yet */
  const int32_t* case_breaches;       /* how many; nullable: 0 */
  const int32_t* case_resolved;       /* 0 or 1; LIANHU_NONE: not known */
  const int32_t* case_satisfied;      /* likewise */
  const int64_t* case_shortest_stand; /* as of lianhu_docket_view; nullable: never reopened */
} lianhu_fact_events;

LIANHU_API int32_t lianhu_fact_events_init(lianhu_fact_events* events, uint32_t struct_size);

/* Counts by the same rules. `values`: stewards x facts of the checklist, as lianhu_checklist_score takes them; facts
 * that no rule counts (sessions, patrols, tasks ...) stay as they are. O(events + stewards x facts). */
LIANHU_API int32_t lianhu_facts_count(const lianhu_checklist* checklist, const lianhu_fact_events* events,
                                      int64_t* values, lianhu_error* error);

/* ---- The sample of households that are asked ---- */

/* The stream of draws of the steward with this id. */
LIANHU_API int32_t lianhu_sample_stream(const char* steward, uint64_t* out_stream, lianhu_error* error);

/* `per_steward` (>= 1) households of each steward, all where there are fewer, drawn from `seed` and his stream alone,
 * his places divided among strata by largest remainder. `steward_of`: by household, 0..steward_count-1 or LIANHU_NONE.
 * `strata`: by household, >= 0; nullable: one stratum. Up to `capacity` households go to `out_households`, by steward
 * and then in the order of the draws; `out_count` receives how many were drawn. */
LIANHU_API int32_t lianhu_sample_households(const int32_t* steward_of, const int32_t* strata, int64_t household_count,
                                            const uint64_t* streams, int64_t steward_count, int32_t per_steward,
                                            uint64_t seed, int32_t* out_households, int64_t capacity,
                                            int64_t* out_count, lianhu_error* error);

/* ---- Composite indices: another way, for comparing places ---- */

#define LIANHU_IMPUTE_NONE 0
#define LIANHU_IMPUTE_MEAN 1
#define LIANHU_IMPUTE_MEDIAN 2
#define LIANHU_IMPUTE_GROUP_MEAN 3
#define LIANHU_IMPUTE_GROUP_MEDIAN 4

#define LIANHU_MIN_MAX 0
#define LIANHU_GOALPOSTS 1
#define LIANHU_RANK 2
#define LIANHU_Z_SCORE 3

#define LIANHU_ARITHMETIC 0
#define LIANHU_GEOMETRIC 1
#define LIANHU_HARMONIC 2

/* Columns in, and columns out that are the caller's, each nullable. A matrix has a row a unit. */
typedef struct lianhu_composite {
  uint32_t struct_size;
  int32_t imputation;               /* LIANHU_IMPUTE_...; default none */
  int64_t unit_count;               /* u units, by row */
  int64_t indicator_count;          /* i */
  int64_t aggregate_count;          /* a */
  const int32_t* parents;           /* i: each indicator's aggregate */
  const double* weights;            /* i, > 0, within the parent; nullable: 1 each */
  const int32_t* lower_is_better;   /* i, 0 or 1; nullable: 0 */
  const int32_t* denominators;      /* i: a column of denominators or LIANHU_NONE; nullable: none */
  const double* lows;               /* i: goalposts, for LIANHU_GOALPOSTS; nullable: 0 */
  const double* highs;              /* i, above the low one; nullable: 1 */
  const int32_t* aggregate_parents; /* a: an aggregate that comes later; LIANHU_NONE: the index itself */
  const double* aggregate_weights;  /* a, > 0; nullable: 1 each */
  const double* values;             /* u x i; NaN: missing */
  int64_t denominator_columns;      /* d */
  const double* denominator_values; /* u x d; what is divided by NaN or 0 is missing */
  const int32_t* groups;            /* u, for imputation within groups; nullable */
  int32_t treat;                    /* 1: columns beyond both limits are winsorised; default 0 */
  int32_t most_winsorised;          /* extreme values of a column at most; default 5 */
  double skewness_limit;            /* default 2 */
  double kurtosis_limit;            /* excess; default 3.5 */
  int32_t transform;                /* 1: a logarithm where winsorising does not help; default 0 */
  int32_t normalisation;            /* LIANHU_MIN_MAX, _GOALPOSTS, _RANK or _Z_SCORE; default LIANHU_MIN_MAX */
  double scale_low;                 /* of the scale, or the mean of z-scores; default 0 */
  double scale_high;                /* of the scale, or the deviation of z-scores; default 100 */
  int32_t aggregation;              /* LIANHU_ARITHMETIC, _GEOMETRIC or _HARMONIC; default LIANHU_ARITHMETIC */
  int32_t rank_decimals;            /* ranks go by so many decimals, 0 to 12; LIANHU_NONE (default): by all */
  double least_available;           /* part of the weight below which an aggregate is missing, 0 to 1; default 0 */
  double* out_denominated;          /* u x i */
  double* out_imputed;              /* u x i */
  double* out_treated;              /* u x i */
  int32_t* out_treated_points;      /* i: how many were winsorised; LIANHU_NONE: transformed */
  double* out_normalised;           /* u x i */
  double* out_aggregated;           /* u x a */
  int32_t* out_ranks;               /* u x a: 1 is the greatest, ties share the better; 0: missing */
} lianhu_composite;

LIANHU_API int32_t lianhu_composite_init(lianhu_composite* composite, uint32_t struct_size);

/* Denominate, impute, treat outliers, normalise, aggregate level by level, rank: the steps of the OECD/JRC handbook as
 * COINr defines them. Errors name an indicator, an aggregate or the entry of a matrix by its row. */
LIANHU_API int32_t lianhu_composite_build(const lianhu_composite* composite, lianhu_error* error);

/* ---- Sensitivity: how much a ranking hangs on the weights ---- */

typedef struct lianhu_sensitivity lianhu_sensitivity;

typedef struct lianhu_sensitivity_options {
  uint32_t struct_size;
  int32_t samples;          /* random weights beside the proof, 0 to 1000000; default 1000 */
  int64_t range_millionths; /* how far a weight may go, as a part of it, 0 to 999999; default 200000 */
  int32_t boxes;   /* of weights searched for each end of an interval, 0 to 10000000; -1 (default): by number */
  int32_t steward; /* whose interval is searched further, in most cases to the end; default LIANHU_NONE */
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

/* The same for numbers beyond 64 bits, below 2^127: two words each, the low one first, as __int128 lies in memory on
 * x86-64 and arm64. `amount`: 2 words; `weights`, `floors` (nullable), `ceilings` (nullable) and `out_shares`: 2 x
 * `count` words. */
LIANHU_API int32_t lianhu_apportionment_divide_wide(int32_t method, const uint64_t* amount, int64_t count,
                                                    const uint64_t* weights, const uint64_t* floors,
                                                    const uint64_t* ceilings, const int32_t* tie_order,
                                                    uint64_t* out_shares, int32_t* out_outcome, int32_t* out_tied,
                                                    int64_t* out_tied_count, lianhu_error* error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_SCORING_H_ */
