/* Versions, status and errors, context, columns: what every room of the C ABI uses. Included by lianhu.h, whose rules
 * hold here. */
#ifndef LIANHU_ABI_BASE_H_
#define LIANHU_ABI_BASE_H_

#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define LIANHU_API __attribute__((visibility("default")))
#else
#define LIANHU_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Versions ---- */

/* Changes when a caller must be recompiled; the number in the shared library's soname. */
#define LIANHU_ABI_VERSION 0

/* The ABI version of the library that is loaded. */
LIANHU_API uint32_t lianhu_abi_version(void);

/* "major.minor.patch" of the library that is loaded; never null, never freed. */
LIANHU_API const char* lianhu_version(void);

/* ---- Status and errors ---- */

#define LIANHU_OK 0
#define LIANHU_INVALID_ARGUMENT 1 /* bad input: the error names field and row */
#define LIANHU_NOT_FOUND 2        /* no such file */
#define LIANHU_DATA_LOSS 3        /* a damaged file */
#define LIANHU_UNAVAILABLE 4      /* reading or writing failed, permission, disk full */
#define LIANHU_UNSUPPORTED 5      /* made by another version: a file, or a struct with fields unknown here */
#define LIANHU_OUT_OF_MEMORY 6
#define LIANHU_INTERNAL 7 /* a defect of lianhu: please report it */

typedef struct lianhu_error lianhu_error;

typedef struct lianhu_error_info {
  uint32_t struct_size;
  int32_t code;        /* LIANHU_OK after lianhu_error_create */
  int64_t row;         /* 0-based, -1: the fault is not in one row */
  const char* field;   /* never null; "" when no field is at fault. Valid until the error is used again or freed */
  const char* message; /* never null; the same */
} lianhu_error_info;

LIANHU_API int32_t lianhu_error_info_init(lianhu_error_info* info, uint32_t struct_size);

LIANHU_API int32_t lianhu_error_create(lianhu_error** out);

/* What the last failing call that was given this error has said. */
LIANHU_API int32_t lianhu_error_get(const lianhu_error* error, lianhu_error_info* out);

LIANHU_API void lianhu_error_free(lianhu_error* error);

/* ---- Context: threads, progress, cancelling ---- */

typedef struct lianhu_context lianhu_context;

/* `fraction` runs from 0 to 1 and never falls within one call. Return 0 to go on; anything else cancels. Never entered
 * twice at once; may come from a thread of the library's. Must not throw or jump out. */
typedef int32_t (*lianhu_progress)(double fraction, void* user);

typedef struct lianhu_context_options {
  uint32_t struct_size;
  int32_t threads;          /* most threads to use; 0 (default): as many as the machine has. The result is the same. */
  uint64_t seed;            /* of every randomised method; assignment uses none. Default 0 */
  lianhu_progress progress; /* nullable; default null */
  void* user;               /* handed to `progress` as it is */
} lianhu_context_options;

LIANHU_API int32_t lianhu_context_options_init(lianhu_context_options* options, uint32_t struct_size);

/* `options` is nullable: all defaults. */
LIANHU_API int32_t lianhu_context_create(const lianhu_context_options* options, lianhu_context** out,
                                         lianhu_error* error);

/* Makes the call that uses this context return soon (within 100 ms) with outcome LIANHU_CANCELLED; from any thread,
 * from a signal handler or from `progress`. Lasts until lianhu_context_reset. */
LIANHU_API int32_t lianhu_context_cancel(lianhu_context* context);

/* Makes a cancelled context fit for another call. */
LIANHU_API int32_t lianhu_context_reset(lianhu_context* context);

LIANHU_API void lianhu_context_free(lianhu_context* context);

/* ---- Columns and languages ---- */

#define LIANHU_NONE (-1) /* no parent, no code, no row, no such unit, nobody */

/* Positions in arrays or inside the caller's records: point i is at (x, y) where x is `stride` bytes x i after `x` and
 * y likewise. Rows of two doubles: y = x + 1, stride 16 (then nothing is copied). Two columns: stride 8. */
typedef struct lianhu_points {
  const double* x;
  const double* y;
  int64_t count;
  int64_t stride; /* bytes, >= 8 */
} lianhu_points;

/* A column of integers, `stride` bytes apart; stride 0 means 4. `data` null: the column is not given. */
typedef struct lianhu_int32_column {
  const int32_t* data;
  int64_t count;
  int64_t stride;
} lianhu_int32_column;

#define LIANHU_PLANAR_METRES 0 /* x east, y north */
#define LIANHU_WGS84_DEGREES 1 /* x longitude -180..180, y latitude -85..85; projected once about the middle */

#define LIANHU_ENGLISH 0
#define LIANHU_CHINESE 1

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LIANHU_ABI_BASE_H_ */
