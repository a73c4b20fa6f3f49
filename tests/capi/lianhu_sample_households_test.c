#include "capi_test.h"

TEST(lianhu_sample_households) {
  /* Of steward 0, eight households in stratum 1 and four in stratum 2; of steward 1, two; one is nobody's. */
  const int32_t steward_of[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, LIANHU_NONE};
  const int32_t strata[] = {1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, 2, 1};
  const uint64_t streams[] = {11, 12};
  int32_t drawn[8];
  int64_t count = 0;
  EXPECT_EQ(lianhu_sample_households(steward_of, strata, 15, streams, 2, 6, 7, drawn, 8, &count, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(count, 8);
  {
    int second = 0;
    for (int k = 0; k < 6; ++k) {
      EXPECT_EQ(steward_of[drawn[k]], 0);
      second += strata[drawn[k]] == 2;
      for (int j = 0; j < k; ++j) EXPECT(drawn[j] != drawn[k]);
    }
    EXPECT_EQ(second, 2); /* a third of the places */
  }
  EXPECT(drawn[6] == 12 && drawn[7] == 13);

  /* The same draws when another steward has gone, and a table that is too small receives the first of them. */
  {
    int32_t again[6] = {-5, -5, -5, -5, -5, -5};
    EXPECT_EQ(lianhu_sample_households(steward_of, strata, 12, streams, 1, 6, 7, again, 4, &count, shared_error()),
              LIANHU_OK);
    EXPECT_EQ(count, 6);
    EXPECT(memcmp(again, drawn, 4 * sizeof(int32_t)) == 0);
    EXPECT_EQ(again[4], -5);
  }
  EXPECT_EQ(lianhu_sample_households(steward_of, NULL, 15, streams, 2, 1, 7, NULL, 0, &count, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(count, 2);

  EXPECT_ERROR(lianhu_sample_households(steward_of, strata, 15, streams, 1, 6, 7, drawn, 8, &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "steward_of", 12, "steward_of[12]: no such steward: 1");
  EXPECT_ERROR(lianhu_sample_households(steward_of, strata, 15, streams, 2, 0, 7, drawn, 8, &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "per_steward", -1, "per_steward: must be at least 1");
  EXPECT_ERROR(lianhu_sample_households(NULL, strata, 15, streams, 2, 6, 7, drawn, 8, &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "steward_of", -1, "steward_of: must not be null");
  EXPECT_ERROR(lianhu_sample_households(steward_of, strata, 15, NULL, 2, 6, 7, drawn, 8, &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "streams", -1, "streams: must not be null");
  EXPECT_ERROR(lianhu_sample_households(steward_of, strata, 15, streams, 2, 6, 7, NULL, 8, &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_households", -1, "out_households: must not be null");
  EXPECT_ERROR(lianhu_sample_households(steward_of, strata, 15, streams, 2, 6, 7, drawn, 8, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_count", -1, "out_count: must not be null");
}
