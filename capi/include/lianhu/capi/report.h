/* Cards, badges, notice boards and diary sheets of stewards, and the report of an evaluation, to print. Included by
 * lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_REPORT_H_
#define LIANHU_ABI_REPORT_H_

#include <lianhu/capi/base.h>
#include <lianhu/capi/scoring.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LIANHU_CARD 0
#define LIANHU_BADGE 1
#define LIANHU_BOARD 2
#define LIANHU_DIARY 3

typedef struct lianhu_cards {
  uint32_t struct_size;
  int32_t kind;                   /* of the template that comes with lianhu; default LIANHU_CARD */
  int32_t language;               /* of that template, LIANHU_ENGLISH (default) or LIANHU_CHINESE */
  int32_t per_household;          /* 1: one for each linked household instead of one for each steward; default 0 */
  const char* template_text;      /* a template of one's own (docs/formats.md); nullable */
  const char* title;              /* of the street or town; nullable */
  int64_t steward_count;          /* m, in the order in which they are printed */
  int64_t column_count;           /* c */
  const char* const* columns;     /* c names that the template may use */
  const char* const* fields;      /* m x c; a null or empty one is not there */
  const int64_t* first_household; /* m + 1 entries into the two below, from 0; nullable: without households */
  int64_t household_count;
  const char* const* households;  /* ids, those of one steward side by side */
  const char* const* distances_m; /* as many texts; nullable */
  int64_t first_page;             /* sheets left out at the beginning; default 0 */
  int64_t most_pages; /* sheets written at most, for a browser that cannot print thousands; 0 (default): all */
} lianhu_cards;

LIANHU_API int32_t lianhu_cards_init(lianhu_cards* cards, uint32_t struct_size);

/* Writes the HTML page that a browser prints, whole or not at all, a sheet at a time. A tag of the template that no
 * column supplies is LIANHU_INVALID_ARGUMENT with its line. `context`, `out_cards` and `out_pages` are nullable; when
 * cancelled nothing is written and both are 0. */
LIANHU_API int32_t lianhu_cards_write(const lianhu_cards* cards, const char* path, lianhu_context* context,
                                      int64_t* out_cards, int64_t* out_pages, lianhu_error* error);

/* ---- The report of an evaluation ---- */

typedef struct lianhu_score_page {
  uint32_t struct_size;
  int32_t language;          /* LIANHU_ENGLISH (default) or LIANHU_CHINESE */
  int32_t front;             /* 1 (default): figures, distribution, indicators, ranking */
  int32_t steward_pages;     /* 1 (default): a page with the derivation for each steward, by rank */
  const char* title;         /* nullable: the checklist's */
  const char* period;        /* shown below it; nullable */
  int64_t steward_count;     /* m, as many as were scored */
  const int64_t* values;     /* m x facts: those that were scored */
  const char* const* ids;    /* m */
  const char* const* units;  /* m, the unit each belongs to; nullable */
  const int32_t* best_rank;  /* m, as of lianhu_sensitivity_view; nullable, both or none */
  const int32_t* worst_rank; /* m */
  int64_t first_steward;     /* stewards' pages left out at the beginning, by rank; default 0 */
  int64_t most_stewards;     /* stewards' pages written at most; 0 (default): all */
} lianhu_score_page;

LIANHU_API int32_t lianhu_score_page_init(lianhu_score_page* page, uint32_t struct_size);

/* Writes one HTML page that a browser prints on A4, whole or not at all, a steward at a time. `scores`: of these values
 * by this checklist. `context` and `out_cancelled` are nullable; when cancelled nothing is written. */
LIANHU_API int32_t lianhu_score_page_write(const lianhu_checklist* checklist, const lianhu_scores* scores,
                                           const lianhu_score_page* page, const char* path, lianhu_context* context,
                                           int32_t* out_cancelled, lianhu_error* error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_REPORT_H_ */
