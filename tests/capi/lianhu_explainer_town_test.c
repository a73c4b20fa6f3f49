#include "capi_test.h"

TEST(lianhu_explainer_town) {
  lianhu_explainer* explainer = small_explainer();
  lianhu_town_explanation town;
  lianhu_town_explanation_init(&town, sizeof(town));
  /* A steward at household 2 who may serve one or two takes households 2 and 3: 2 m less, and no place is better. */
  EXPECT_EQ(lianhu_explainer_town(explainer, 1, 1, 2, NULL, &town, shared_error()), LIANHU_OK);
  EXPECT_EQ(town.cancelled, 0);
  EXPECT_EQ(town.site_count, 1);
  EXPECT_EQ(town.sites[0].household, 2);
  EXPECT_EQ(town.sites[0].unit, LIANHU_NONE);
  EXPECT_EQ(town.sites[0].saving_cm, 200);
  EXPECT_EQ(town.sites[0].load, 2);
  EXPECT_EQ(town.sites[0].served_more, 0);
  EXPECT_EQ(town.bound_cm, 200);
  EXPECT_EQ(town.jurisdiction_count, 1);
  EXPECT_EQ(town.jurisdictions[0].households, 6);
  EXPECT_EQ(town.jurisdictions[0].stewards, 2);
  EXPECT_EQ(town.jurisdictions[0].capacity, 8);
  EXPECT_EQ(town.jurisdictions[0].required, 4);
  EXPECT_EQ(town.jurisdictions[0].left_over, 0);
  EXPECT_EQ(town.jurisdictions[0].cost_cm, 500);
  /* The common bounds, 2 to 4: three stewards of two households each. */
  EXPECT_EQ(lianhu_explainer_town(explainer, 0, LIANHU_NONE, LIANHU_NONE, NULL, &town, shared_error()), LIANHU_OK);
  EXPECT_EQ(town.site_count, 0);

  EXPECT_ERROR(lianhu_explainer_town(explainer, -1, 0, 2, NULL, &town, shared_error()), LIANHU_INVALID_ARGUMENT,
               "count", -1, "count: must be at least 0, got -1");
  EXPECT_ERROR(lianhu_explainer_town(explainer, 1, 3, 2, NULL, &town, shared_error()), LIANHU_INVALID_ARGUMENT,
               "bounds", -1, "bounds: need 0 <= min <= max, got 3 to 2");
  EXPECT_ERROR(lianhu_explainer_town(NULL, 1, 0, 2, NULL, &town, shared_error()), LIANHU_INVALID_ARGUMENT, "explainer",
               -1, "explainer: must not be null");
  EXPECT_ERROR(lianhu_explainer_town(explainer, 1, 0, 2, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out",
               -1, "out: must not be null");
  lianhu_explainer_free(explainer);

  explainer = small_explainer();
  lianhu_context* context = NULL;
  EXPECT_EQ(lianhu_context_create(NULL, &context, NULL), LIANHU_OK);
  lianhu_context_cancel(context);
  EXPECT_EQ(lianhu_explainer_town(explainer, 1, 0, 2, context, &town, shared_error()), LIANHU_OK);
  EXPECT_EQ(town.cancelled, 1);
  EXPECT_EQ(town.site_count, 0);
  lianhu_context_free(context);
  lianhu_explainer_free(explainer);
}
