#include "capi_test.h"

TEST(lianhu_table_code) {
  lianhu_table* table = NULL;
  int32_t help = -1;
  int32_t tip = -1;
  EXPECT_EQ(lianhu_table_load("data/routing/t1.csv", NULL, &table, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_table_code(table, 0, "help", &help, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_table_code(table, 0, "tip", &tip, shared_error()), LIANHU_OK);
  EXPECT(help >= 0 && tip >= 0 && help != tip);
  EXPECT_ERROR(lianhu_table_code(table, 5, "x", &tip, shared_error()), LIANHU_INVALID_ARGUMENT, "input", -1,
               "input: is 5, the table has 5 inputs");
  EXPECT_ERROR(lianhu_table_code(table, 1, "x", &tip, shared_error()), LIANHU_INVALID_ARGUMENT, "input", -1,
               "input: is integer, not string");
  EXPECT_ERROR(lianhu_table_code(NULL, 0, "x", &tip, shared_error()), LIANHU_INVALID_ARGUMENT, "table", -1,
               "table: must not be null");
  EXPECT_ERROR(lianhu_table_code(table, 0, NULL, &tip, shared_error()), LIANHU_INVALID_ARGUMENT, "text", -1,
               "text: must not be null");
  EXPECT_ERROR(lianhu_table_code(table, 0, "x", NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out_code", -1,
               "out_code: must not be null");
  lianhu_table_free(table);
}
