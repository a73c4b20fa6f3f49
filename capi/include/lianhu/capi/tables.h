/* Decision tables: loaded, checked, and deciding columns of cases. Included by lianhu.h, whose rules hold here. */
#ifndef LIANHU_ABI_TABLES_H_
#define LIANHU_ABI_TABLES_H_

#include <lianhu/capi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Decision tables ----
 *
 * Immutable once loaded; one table may be used from several threads at once. */

typedef struct lianhu_table lianhu_table;

/* From a .dmn, .xml or .csv file (docs/formats.md), for the decision of this name or id; null: the only one that no
 * other requires. Errors: a file that is not there or is faulty (the message says where), no such decision, a decision
 * that is no decision table, a table with a cell that is no constant test. */
LIANHU_API int32_t lianhu_table_load(const char* path, const char* decision, lianhu_table** out, lianhu_error* error);

LIANHU_API void lianhu_table_free(lianhu_table* table);

/* As JSON: name, hit_policy, inputs and outputs (name, type) in order, rules (id, outputs by name). Up to `capacity`
 * bytes with the zero byte go to `out_json` (nullable when capacity is 0); `out_size` receives how many it takes. */
LIANHU_API int32_t lianhu_table_describe(const lianhu_table* table, char* out_json, int64_t capacity, int64_t* out_size,
                                         lianhu_error* error);

/* Gaps, overlaps, rules too many: a line a finding in LIANHU_ENGLISH or LIANHU_CHINESE; empty when the table is clean.
 * Text as of lianhu_table_describe. At most a second for 1,500 rules x 8 inputs. */
LIANHU_API int32_t lianhu_table_check(const lianhu_table* table, int32_t language, char* out_text, int64_t capacity,
                                      int64_t* out_size, lianhu_error* error);

/* The code of a string for a column of strings: strings that no cell of the input names share one. */
LIANHU_API int32_t lianhu_table_code(const lianhu_table* table, int32_t input, const char* text, int32_t* out_code,
                                     lianhu_error* error);

/* One input of all cases: exactly one array is not null. */
typedef struct lianhu_table_column {
  const double* numbers;   /* numbers; NaN: null. Taken as the shortest decimal that reads back */
  const int64_t* integers; /* whole numbers, or days since 1970-01-01; INT64_MIN: null */
  const int32_t* codes;    /* strings by lianhu_table_code, or booleans 0 and 1; -1: null */
} lianhu_table_column;

#define LIANHU_TABLE_RESULT 0
#define LIANHU_TABLE_NO_MATCH 1  /* no rule matched */
#define LIANHU_TABLE_VIOLATION 2 /* rules match that the hit policy does not allow together */

/* Decides `row_count` cases: `columns` has one entry an input, in order, each with `row_count` values. Outputs have
 * `row_count` entries: LIANHU_TABLE_RESULT .. LIANHU_TABLE_VIOLATION; the rule that decides (of several the first) or
 * LIANHU_NONE, nullable; how many rules match, nullable. A value of another type or outside the allowed ones is
 * LIANHU_INVALID_ARGUMENT with the column as field and the case as row. Allocates nothing; O(log cells) an input. */
LIANHU_API int32_t lianhu_table_decide(const lianhu_table* table, const lianhu_table_column* columns,
                                       int64_t column_count, int64_t row_count, int32_t* out_outcomes,
                                       int32_t* out_rules, int32_t* out_matches, lianhu_error* error);

#ifdef __cplusplus
}
#endif

#endif /* LIANHU_ABI_TABLES_H_ */
