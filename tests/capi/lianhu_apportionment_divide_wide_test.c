#include "capi_test.h"

TEST(lianhu_apportionment_divide_wide) {
  /* 2^96 fen among weights of 1 and 2: a third of it and two thirds, to the fen. */
  const uint64_t amount[] = {0, UINT64_C(1) << 32};
  const uint64_t weights[] = {1, 0, 2, 0};
  uint64_t shares[4] = {0};
  int32_t tied[2];
  int64_t tied_count = -1;
  int32_t outcome = -1;
  EXPECT_EQ(lianhu_apportionment_divide_wide(LIANHU_LARGEST_REMAINDER, amount, 2, weights, NULL, NULL, NULL, shares,
                                             &outcome, tied, &tied_count, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(outcome, LIANHU_DIVIDED);
  EXPECT_EQ(tied_count, 0);
  EXPECT(shares[0] == UINT64_C(0x5555555555555555) && shares[1] == UINT64_C(0x55555555));
  EXPECT(shares[2] == UINT64_C(0xAAAAAAAAAAAAAAAB) && shares[3] == UINT64_C(0xAAAAAAAA));

  {
    const uint64_t ceilings[] = {7, 0, 0, UINT64_C(1) << 32};
    const uint64_t floors[] = {7, 0, 0, 0};
    EXPECT_EQ(lianhu_apportionment_divide_wide(LIANHU_SAINTE_LAGUE, amount, 2, weights, floors, ceilings, NULL, shares,
                                               &outcome, NULL, NULL, shared_error()),
              LIANHU_OK);
    EXPECT(shares[0] == 7 && shares[1] == 0);
    EXPECT(shares[2] == UINT64_MAX - 6 && shares[3] == UINT32_MAX);
    EXPECT_EQ(lianhu_apportionment_divide_wide(LIANHU_ADAMS, weights, 2, weights, floors, NULL, NULL, shares, &outcome,
                                               NULL, NULL, shared_error()),
              LIANHU_OK);
    EXPECT_EQ(outcome, LIANHU_FLOORS_EXCEED_AMOUNT);
  }
  {
    const uint64_t one[] = {1, 0};
    const uint64_t equal[] = {1, 0, 1, 0};
    const int32_t order[] = {1, 0};
    EXPECT_EQ(lianhu_apportionment_divide_wide(LIANHU_DHONDT, one, 2, equal, NULL, NULL, order, shares, &outcome, tied,
                                               &tied_count, shared_error()),
              LIANHU_OK);
    EXPECT(shares[0] == 0 && shares[2] == 1 && tied_count == 2 && tied[1] == 1);
  }

  {
    const uint64_t negative[] = {0, UINT64_C(1) << 63};
    const uint64_t half[] = {0, UINT64_C(1) << 62, 0, UINT64_C(1) << 62};
    const uint64_t wrong[] = {1, 0, UINT64_MAX, UINT64_MAX};
    EXPECT_ERROR(lianhu_apportionment_divide_wide(0, negative, 2, weights, NULL, NULL, NULL, shares, &outcome, NULL,
                                                  NULL, shared_error()),
                 LIANHU_INVALID_ARGUMENT, "amount", -1, "amount: must not be negative");
    EXPECT_ERROR(lianhu_apportionment_divide_wide(0, amount, 2, half, NULL, NULL, NULL, shares, &outcome, NULL, NULL,
                                                  shared_error()),
                 LIANHU_INVALID_ARGUMENT, "weights", -1, "weights: their sum is out of range, below 2^127");
    EXPECT_ERROR(lianhu_apportionment_divide_wide(0, amount, 2, wrong, NULL, NULL, NULL, shares, &outcome, NULL, NULL,
                                                  shared_error()),
                 LIANHU_INVALID_ARGUMENT, "weights", 1, "weights[1]: must not be negative");
  }
  EXPECT_ERROR(lianhu_apportionment_divide_wide(9, amount, 2, weights, NULL, NULL, NULL, shares, &outcome, NULL, NULL,
                                                shared_error()),
               LIANHU_INVALID_ARGUMENT, "method", -1, "method: unknown value 9");
  EXPECT_ERROR(lianhu_apportionment_divide_wide(0, NULL, 2, weights, NULL, NULL, NULL, shares, &outcome, NULL, NULL,
                                                shared_error()),
               LIANHU_INVALID_ARGUMENT, "amount", -1, "amount: must not be null");
  EXPECT_ERROR(lianhu_apportionment_divide_wide(0, amount, 2, NULL, NULL, NULL, NULL, shares, &outcome, NULL, NULL,
                                                shared_error()),
               LIANHU_INVALID_ARGUMENT, "weights", -1, "weights: must not be null");
  EXPECT_ERROR(lianhu_apportionment_divide_wide(0, amount, 2, weights, NULL, NULL, NULL, NULL, &outcome, NULL, NULL,
                                                shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_shares", -1, "out_shares: must not be null");
  EXPECT_ERROR(lianhu_apportionment_divide_wide(0, amount, 2, weights, NULL, NULL, NULL, shares, NULL, NULL, NULL,
                                                shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_outcome", -1, "out_outcome: must not be null");
}
