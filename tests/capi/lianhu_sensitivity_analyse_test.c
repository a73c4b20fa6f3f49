#include "capi_test.h"

TEST(lianhu_sensitivity_analyse) {
  lianhu_checklist* checklist = founding_checklist();
  int64_t facts[2 * FOUNDING_FACTS];
  founding_facts(facts);
  founding_facts(facts + FOUNDING_FACTS);
  lianhu_sensitivity* ranks = NULL;
  EXPECT_EQ(lianhu_sensitivity_analyse(checklist, facts, 2, NULL, NULL, &ranks, shared_error()), LIANHU_OK);
  lianhu_sensitivity_free(ranks);

  ranks = NULL;
  lianhu_sensitivity_options options;
  EXPECT_EQ(lianhu_sensitivity_options_init(&options, sizeof(options)), LIANHU_OK);
  options.range_millionths = 1000000;
  EXPECT_ERROR(lianhu_sensitivity_analyse(checklist, facts, 2, &options, NULL, &ranks, shared_error()),
               LIANHU_INVALID_ARGUMENT, "range", -1, "range: 1, need 0 <= range < 1");
  options.range_millionths = 100000;
  options.samples = -1;
  EXPECT_ERROR(lianhu_sensitivity_analyse(checklist, facts, 2, &options, NULL, &ranks, shared_error()),
               LIANHU_INVALID_ARGUMENT, "samples", -1, "samples: -1, need 0 to 1000000");
  options.samples = 0;
  options.boxes = -2;
  EXPECT_ERROR(lianhu_sensitivity_analyse(checklist, facts, 2, &options, NULL, &ranks, shared_error()),
               LIANHU_INVALID_ARGUMENT, "boxes", -1, "boxes: -2, need 0 to 10000000, or -1");
  options.boxes = 10;
  options.steward = 2;
  EXPECT_ERROR(lianhu_sensitivity_analyse(checklist, facts, 2, &options, NULL, &ranks, shared_error()),
               LIANHU_INVALID_ARGUMENT, "steward", -1, "steward: 2, need -1 to 1");
  options.steward = 1;
  EXPECT_EQ(lianhu_sensitivity_analyse(checklist, facts, 2, &options, NULL, &ranks, shared_error()), LIANHU_OK);
  lianhu_sensitivity_free(ranks);
  ranks = NULL;
  options.struct_size = 4;
  EXPECT_EQ(lianhu_sensitivity_analyse(checklist, facts, 2, &options, NULL, &ranks, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_ERROR(lianhu_sensitivity_analyse(NULL, facts, 2, NULL, NULL, &ranks, shared_error()), LIANHU_INVALID_ARGUMENT,
               "checklist", -1, "checklist: must not be null");
  EXPECT_ERROR(lianhu_sensitivity_analyse(checklist, facts, 2, NULL, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out", -1, "out: must not be null");
  EXPECT(ranks == NULL);
  lianhu_checklist_free(checklist);
}
