#include "cascade_fixture.h"

TEST(lianhu_cascade_retransmissions) {
  lianhu_cascade* cascade = small_cascade();
  int32_t from[2] = {77, 77}, to[2] = {77, 77}, targets[2] = {77, 77};
  int64_t count = 0;
  EXPECT_EQ(lianhu_cascade_retransmissions(cascade, NULL, NULL, NULL, 0, &count, shared_error()), LIANHU_OK);
  EXPECT_EQ(count, 2);
  EXPECT_EQ(lianhu_cascade_retransmissions(cascade, from, to, targets, 1, &count, shared_error()), LIANHU_OK);
  EXPECT(count == 2 && from[0] == 0 && to[0] == 1 && targets[0] == 1 && to[1] == 77);
  EXPECT_ERROR(lianhu_cascade_retransmissions(NULL, from, to, targets, 2, &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "cascade", -1, "cascade: must not be null");
  EXPECT_ERROR(lianhu_cascade_retransmissions(cascade, NULL, to, targets, 2, &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_from", -1, "out_from: must not be null");
  EXPECT_ERROR(lianhu_cascade_retransmissions(cascade, from, NULL, targets, 2, &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_to", -1, "out_to: must not be null");
  EXPECT_ERROR(lianhu_cascade_retransmissions(cascade, from, to, NULL, 2, &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_targets", -1, "out_targets: must not be null");
  EXPECT_ERROR(lianhu_cascade_retransmissions(cascade, from, to, targets, 2, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_count", -1, "out_count: must not be null");
  EXPECT_ERROR(lianhu_cascade_retransmissions(cascade, from, to, targets, -1, &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_from", -1, "out_from: has -1 entries");
  lianhu_cascade_free(cascade);
}
