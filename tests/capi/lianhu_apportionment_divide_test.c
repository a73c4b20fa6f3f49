#include "capi_test.h"

TEST(lianhu_apportionment_divide) {
  const int64_t votes[] = {21878, 9713, 4167, 3252, 1065}; /* the Alabama paradox */
  lianhu_apportionment input;
  EXPECT_EQ(lianhu_apportionment_init(&input, sizeof(input)), LIANHU_OK);
  input.amount = 44;
  input.count = 5;
  input.weights = votes;
  int64_t shares[5];
  int32_t tied[5];
  int64_t tied_count = -1;
  int32_t outcome = -1;
  EXPECT_EQ(lianhu_apportionment_divide(&input, shares, &outcome, tied, &tied_count, shared_error()), LIANHU_OK);
  EXPECT_EQ(outcome, LIANHU_DIVIDED);
  EXPECT_EQ(tied_count, 0);
  EXPECT_EQ(shares[0], 24);
  EXPECT_EQ(shares[1], 11);
  EXPECT_EQ(shares[2], 5);
  EXPECT_EQ(shares[3], 3);
  EXPECT_EQ(shares[4], 1);

  const int64_t equal[] = {1, 1, 1, 1, 1};
  const int32_t order[] = {4, 3, 2, 1, 0};
  input.weights = equal;
  input.method = LIANHU_DHONDT;
  input.amount = 1;
  input.tie_order = order;
  EXPECT_EQ(lianhu_apportionment_divide(&input, shares, &outcome, tied, &tied_count, shared_error()), LIANHU_OK);
  EXPECT_EQ(shares[4], 1);
  EXPECT_EQ(shares[0], 0);
  EXPECT_EQ(tied_count, 5);
  EXPECT_EQ(tied[4], 4);

  input.floors = equal;
  EXPECT_EQ(lianhu_apportionment_divide(&input, shares, &outcome, NULL, NULL, shared_error()), LIANHU_OK);
  EXPECT_EQ(outcome, LIANHU_FLOORS_EXCEED_AMOUNT);
  input.floors = NULL;
  input.ceilings = equal;
  input.amount = 6;
  EXPECT_EQ(lianhu_apportionment_divide(&input, shares, &outcome, NULL, NULL, shared_error()), LIANHU_OK);
  EXPECT_EQ(outcome, LIANHU_CEILINGS_BELOW_AMOUNT);

  input.amount = -1;
  EXPECT_ERROR(lianhu_apportionment_divide(&input, shares, &outcome, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "amount", -1, "amount: must not be negative");
  input.amount = 5;
  input.method = 9;
  EXPECT_ERROR(lianhu_apportionment_divide(&input, shares, &outcome, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "method", -1, "method: unknown value 9");
  input.method = LIANHU_ADAMS;
  input.weights = NULL;
  EXPECT_ERROR(lianhu_apportionment_divide(&input, shares, &outcome, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "weights", -1, "weights: must not be null");
  input.weights = votes;
  EXPECT_ERROR(lianhu_apportionment_divide(&input, NULL, &outcome, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_shares", -1, "out_shares: must not be null");
  EXPECT_ERROR(lianhu_apportionment_divide(&input, shares, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_outcome", -1, "out_outcome: must not be null");
  EXPECT_ERROR(lianhu_apportionment_divide(NULL, shares, &outcome, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "input", -1, "input: must not be null");
}
