#include "capi_test.h"

TEST(lianhu_sample_stream) {
  uint64_t stream = 0;
  /* FNV-1a as its authors publish it: of nothing, and of "a". */
  EXPECT_EQ(lianhu_sample_stream("", &stream, shared_error()), LIANHU_OK);
  EXPECT(stream == UINT64_C(0xcbf29ce484222325));
  EXPECT_EQ(lianhu_sample_stream("a", &stream, shared_error()), LIANHU_OK);
  EXPECT(stream == UINT64_C(0xaf63dc4c8601ec8c));
  EXPECT_ERROR(lianhu_sample_stream(NULL, &stream, shared_error()), LIANHU_INVALID_ARGUMENT, "steward", -1,
               "steward: must not be null");
  EXPECT_ERROR(lianhu_sample_stream("a", NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out_stream", -1,
               "out_stream: must not be null");
}
