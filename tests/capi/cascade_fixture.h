/* What the tests of notices and contact groups share. */
#ifndef LIANHU_TESTS_CAPI_CASCADE_FIXTURE_H_
#define LIANHU_TESTS_CAPI_CASCADE_FIXTURE_H_

#include "capi_test.h"

#define SENT 1000

/* On small_hierarchy(): from the street (0) to its leaves, the community 1 and the grid 3. */
static lianhu_cascade* small_cascade(void) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  lianhu_cascade* cascade = NULL;
  if (lianhu_cascade_create(hierarchy, 0, SENT, LIANHU_NONE, &cascade, shared_error()) != LIANHU_OK) abort();
  lianhu_hierarchy_free(hierarchy);
  return cascade;
}

#endif
