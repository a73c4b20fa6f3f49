#include "capi_test.h"

TEST(lianhu_sensitivity_options_init) {
  struct {
    lianhu_sensitivity_options known;
    char newer[16]; /* fields that only a newer header has */
  } s;
  memset(&s, 0xAA, sizeof(s));
  EXPECT_EQ(lianhu_sensitivity_options_init(&s.known, sizeof(s)), LIANHU_OK);
  EXPECT_EQ(s.known.struct_size, sizeof(s));
  EXPECT_EQ(s.known.samples, 1000);
  EXPECT_EQ(s.known.range_millionths, 200000);
  EXPECT_EQ(s.known.boxes, -1);
  EXPECT_EQ(s.known.steward, LIANHU_NONE);
  EXPECT_EQ(s.newer[0], 0);
  EXPECT_EQ(s.newer[15], 0);

  memset(&s, 0xAA, sizeof(s));
  EXPECT_EQ(lianhu_sensitivity_options_init(&s.known, sizeof(s.known)), LIANHU_OK);
  EXPECT_EQ(s.known.struct_size, sizeof(s.known));
  EXPECT_EQ((unsigned char)s.newer[0], 0xAA);

  EXPECT_EQ(lianhu_sensitivity_options_init(NULL, sizeof(s.known)), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_sensitivity_options_init(&s.known, 4), LIANHU_INVALID_ARGUMENT);
}
