#include "capi_test.h"

/* T1: row 1 is severity 4, row 8 a small request for help. */
TEST(lianhu_table_decide) {
  lianhu_table* table = NULL;
  int32_t kinds[3];
  const int64_t severity[3] = {4, 2, 2};
  const double spread[3] = {1, 1, 2};
  const int32_t power[3] = {0, 0, 0};
  const int64_t attempts[3] = {0, 0, 1};
  lianhu_table_column columns[5] = {{0}};
  int32_t outcomes[3];
  int32_t rules[3];
  int32_t matches[3];
  int i;
  EXPECT_EQ(lianhu_table_load("data/routing/t1.csv", NULL, &table, shared_error()), LIANHU_OK);
  for (i = 0; i < 3; ++i) EXPECT_EQ(lianhu_table_code(table, 0, "help", &kinds[i], shared_error()), LIANHU_OK);
  columns[0].codes = kinds;
  columns[1].integers = severity;
  columns[2].numbers = spread;
  columns[3].codes = power;
  columns[4].integers = attempts;
  EXPECT_EQ(lianhu_table_decide(table, columns, 5, 3, outcomes, rules, matches, shared_error()), LIANHU_OK);
  EXPECT(outcomes[0] == LIANHU_TABLE_RESULT && outcomes[1] == LIANHU_TABLE_RESULT &&
         outcomes[2] == LIANHU_TABLE_RESULT);
  EXPECT(rules[0] == 0 && rules[1] == 7 && rules[2] == 7);
  EXPECT(matches[0] == 1 && matches[1] == 1 && matches[2] == 1);
  EXPECT_EQ(lianhu_table_decide(table, columns, 5, 3, outcomes, NULL, NULL, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_table_decide(table, columns, 5, 0, NULL, NULL, NULL, shared_error()), LIANHU_OK);
  kinds[1] = 99;
  EXPECT_ERROR(lianhu_table_decide(table, columns, 5, 3, outcomes, rules, matches, shared_error()),
               LIANHU_INVALID_ARGUMENT, "columns[0]", 1, "columns[0][1]: is no value of the column's type");
  EXPECT_ERROR(lianhu_table_decide(table, columns, 4, 3, outcomes, rules, matches, shared_error()),
               LIANHU_INVALID_ARGUMENT, "columns", -1, "columns: has 4 columns, the table has 5 inputs");
  EXPECT_ERROR(lianhu_table_decide(NULL, columns, 5, 3, outcomes, rules, matches, shared_error()),
               LIANHU_INVALID_ARGUMENT, "table", -1, "table: must not be null");
  lianhu_table_free(table);
}
