#include "capi_test.h"

TEST(lianhu_composite_build) {
  /* Three units, two indicators: the first by head, the second better when lower; one value is missing. */
  const double values[] = {10, 8, 40, NAN, 90, 2};
  const double heads[] = {10, 20, 30};
  const int32_t parents[] = {0, 0};
  const int32_t lower_is_better[] = {0, 1};
  const int32_t denominators[] = {0, LIANHU_NONE};
  const double weights[] = {1, 3};
  const int32_t top[] = {LIANHU_NONE};
  double denominated[6], imputed[6], treated[6], normalised[6], aggregated[3];
  int32_t treated_points[2], ranks[3];
  lianhu_composite composite;
  EXPECT_EQ(lianhu_composite_init(&composite, sizeof(composite)), LIANHU_OK);
  composite.unit_count = 3;
  composite.indicator_count = 2;
  composite.aggregate_count = 1;
  composite.parents = parents;
  composite.weights = weights;
  composite.lower_is_better = lower_is_better;
  composite.denominators = denominators;
  composite.aggregate_parents = top;
  composite.values = values;
  composite.denominator_columns = 1;
  composite.denominator_values = heads;
  composite.treat = 1;
  composite.out_denominated = denominated;
  composite.out_imputed = imputed;
  composite.out_treated = treated;
  composite.out_treated_points = treated_points;
  composite.out_normalised = normalised;
  composite.out_aggregated = aggregated;
  composite.out_ranks = ranks;
  EXPECT_EQ(lianhu_composite_build(&composite, shared_error()), LIANHU_OK);
  EXPECT(denominated[0] == 1 && denominated[2] == 2 && denominated[4] == 3 && denominated[1] == 8);
  EXPECT(isnan(imputed[3]) && isnan(treated[3]) && isnan(normalised[3]));
  EXPECT(treated_points[0] == 0 && treated_points[1] == 0);
  EXPECT(normalised[0] == 0 && normalised[2] == 50 && normalised[4] == 100 && normalised[1] == 0);
  EXPECT(aggregated[0] == 0 && aggregated[1] == 50 && aggregated[2] == 100);
  EXPECT(ranks[0] == 3 && ranks[1] == 2 && ranks[2] == 1);

  composite.imputation = LIANHU_IMPUTE_MEAN;
  composite.out_denominated = NULL;
  EXPECT_EQ(lianhu_composite_build(&composite, shared_error()), LIANHU_OK);
  EXPECT(imputed[3] == 5 && aggregated[1] == 50);

  composite.imputation = LIANHU_IMPUTE_NONE;
  composite.least_available = 0.5;
  EXPECT_EQ(lianhu_composite_build(&composite, shared_error()), LIANHU_OK);
  EXPECT(isnan(aggregated[1]) && ranks[1] == 0);

  composite.aggregation = LIANHU_GEOMETRIC;
  EXPECT_ERROR(lianhu_composite_build(&composite, shared_error()), LIANHU_INVALID_ARGUMENT, "normalised", 0,
               "normalised[0]: must be above 0 for this mean: 0");
  composite.aggregation = 9;
  EXPECT_ERROR(lianhu_composite_build(&composite, shared_error()), LIANHU_INVALID_ARGUMENT, "aggregation", -1,
               "aggregation: unknown value");
  composite.aggregation = LIANHU_ARITHMETIC;
  composite.imputation = LIANHU_IMPUTE_GROUP_MEAN;
  EXPECT_ERROR(lianhu_composite_build(&composite, shared_error()), LIANHU_INVALID_ARGUMENT, "groups", -1,
               "groups: has 0 entries, expected 3");
  composite.imputation = LIANHU_IMPUTE_NONE;
  composite.values = NULL;
  EXPECT_ERROR(lianhu_composite_build(&composite, shared_error()), LIANHU_INVALID_ARGUMENT, "values", -1,
               "values: must not be null");
  composite.values = values;
  composite.denominator_values = NULL;
  EXPECT_ERROR(lianhu_composite_build(&composite, shared_error()), LIANHU_INVALID_ARGUMENT, "denominator_values", -1,
               "denominator_values: must not be null");
  composite.denominator_values = heads;
  composite.parents = NULL;
  EXPECT_ERROR(lianhu_composite_build(&composite, shared_error()), LIANHU_INVALID_ARGUMENT, "parents", -1,
               "parents: must not be null");
  composite.parents = parents;
  composite.unit_count = -1;
  EXPECT_ERROR(lianhu_composite_build(&composite, shared_error()), LIANHU_INVALID_ARGUMENT, "units", -1,
               "units: has -1 entries");
  EXPECT_ERROR(lianhu_composite_build(NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "composite", -1,
               "composite: must not be null");
  composite.struct_size = 4;
  EXPECT_ERROR(lianhu_composite_build(&composite, shared_error()), LIANHU_INVALID_ARGUMENT, "composite.struct_size", -1,
               "composite.struct_size: is 4, less than 248: initialise the struct first");
}
