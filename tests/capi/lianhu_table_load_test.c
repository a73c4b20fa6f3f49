#include "capi_test.h"

TEST(lianhu_table_load) {
  lianhu_table* table = NULL;
  EXPECT_EQ(lianhu_table_load("data/routing/t1.csv", NULL, &table, shared_error()), LIANHU_OK);
  EXPECT(table != NULL);
  lianhu_table_free(table);
  EXPECT_EQ(lianhu_table_load("data/routing/t1.csv", "T1", &table, shared_error()), LIANHU_OK);
  lianhu_table_free(table);
  EXPECT_ERROR(lianhu_table_load("data/routing/t1.csv", "T9", &table, shared_error()), LIANHU_INVALID_ARGUMENT,
               "decision", -1, "decision: no decision 'T9' in the model");
  EXPECT_EQ(lianhu_table_load("data/routing/none.csv", NULL, &table, shared_error()), LIANHU_NOT_FOUND);
  EXPECT_ERROR(lianhu_table_load(NULL, NULL, &table, shared_error()), LIANHU_INVALID_ARGUMENT, "path", -1,
               "path: must not be null");
  EXPECT_ERROR(lianhu_table_load("data/routing/t1.csv", NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
}
