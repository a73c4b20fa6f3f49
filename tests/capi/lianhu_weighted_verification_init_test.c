#include "capi_test.h"

TEST(lianhu_weighted_verification_init) {
  struct {
    lianhu_weighted_verification known;
    char newer[16]; /* fields that only a newer header has */
  } s;
  memset(&s, 0xAA, sizeof(s));
  EXPECT_EQ(lianhu_weighted_verification_init(&s.known, sizeof(s)), LIANHU_OK);
  EXPECT_EQ(s.known.struct_size, sizeof(s));
  EXPECT(s.known.feasible == 0 && s.known.bound_cm == 0 && s.known.bound_held == 0);
  EXPECT_EQ(s.newer[0], 0);
  EXPECT_EQ(s.newer[15], 0);

  memset(&s, 0xAA, sizeof(s));
  EXPECT_EQ(lianhu_weighted_verification_init(&s.known, sizeof(s.known)), LIANHU_OK);
  EXPECT_EQ((unsigned char)s.newer[0], 0xAA);

  EXPECT_EQ(lianhu_weighted_verification_init(NULL, sizeof(s.known)), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_weighted_verification_init(&s.known, 4), LIANHU_INVALID_ARGUMENT);
}
