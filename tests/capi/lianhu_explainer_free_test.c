#include "capi_test.h"

TEST(lianhu_explainer_free) {
  lianhu_explainer_free(NULL);
  lianhu_explainer_free(small_explainer());
}
