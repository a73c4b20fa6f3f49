/* lianhu's C ABI: households to stewards, exactly and with proof. The only face that other languages see.
 *
 * Rules that hold for every function, each of which has a test:
 *
 *  1. Returns a status, LIANHU_OK (0) or a code below; only lianhu_version, lianhu_abi_version and the _free functions
 *     return something else. No exception, signal or exit comes out of the library, and nothing is printed.
 *  2. Outputs go through pointers and are untouched unless the status is LIANHU_OK. A pointer is not nullable unless
 *     its description says so; a null one is LIANHU_INVALID_ARGUMENT. An array of count 0 may be null.
 *  3. `error` is always nullable. When the status is not LIANHU_OK it receives the code, one sentence for a person and
 *     the field and row for a program (lianhu_error_get).
 *  4. What lianhu allocates lianhu frees: handles by lianhu_<handle>_free, for which a null handle is fine. Arrays seen
 *     through a view belong to the handle and live as long as it does.
 *  5. Every struct begins with its size. Call lianhu_<struct>_init(&s, sizeof s) before setting fields: it sets every
 *     default, and tells the library which fields the caller's header knew. A larger struct of a newer header is
 *     accepted if what this library does not know is zero, else refused.
 *  6. Text is UTF-8 and ends with a zero byte. Units of measure: metres in, centimetres (64-bit integers) out.
 *  7. Infeasible and cancelled are outcomes of a plan, not errors.
 *  8. Distinct handles may be used from distinct threads at once. A hierarchy, posts or a plan may be read from many
 *     threads; a context and an error serve one call at a time, but for lianhu_context_cancel, which may come from any
 *     thread or signal handler.
 *
 * Compiles as C99 and as C++17. There is no place for a resident's name, number or opinion: a household is an index
 * with a position. docs/abi.md says what may change between versions.
 */
#ifndef LIANHU_H_
#define LIANHU_H_

#include <lianhu/capi/assignment.h>
#include <lianhu/capi/base.h>
#include <lianhu/capi/cascade.h>
#include <lianhu/capi/docket.h>
#include <lianhu/capi/explain.h>
#include <lianhu/capi/hierarchy.h>
#include <lianhu/capi/live.h>
#include <lianhu/capi/micro_grids.h>
#include <lianhu/capi/report.h>
#include <lianhu/capi/scoring.h>
#include <lianhu/capi/selection.h>
#include <lianhu/capi/tables.h>
#include <lianhu/capi/variants.h>

#endif /* LIANHU_H_ */
