/* Cards, badges, notice boards and diary sheets of stewards, to print. Included by lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_REPORT_H_
#define LIANHU_ABI_REPORT_H_

#include <lianhu/capi/base.h>

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

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_REPORT_H_ */
