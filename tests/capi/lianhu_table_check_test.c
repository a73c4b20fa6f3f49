#include "capi_test.h"

TEST(lianhu_table_check) {
  lianhu_table* table = NULL;
  char text[64];
  int64_t size = 0;
  EXPECT_EQ(lianhu_table_load("data/routing/t1.csv", NULL, &table, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_table_check(table, LIANHU_CHINESE, text, sizeof text, &size, shared_error()), LIANHU_OK);
  EXPECT(size == 1 && text[0] == '\0'); /* clean */
  EXPECT_ERROR(lianhu_table_check(table, 7, text, sizeof text, &size, shared_error()), LIANHU_INVALID_ARGUMENT,
               "language", -1, "language: is 7: need LIANHU_ENGLISH or LIANHU_CHINESE");
  EXPECT_ERROR(lianhu_table_check(NULL, LIANHU_ENGLISH, NULL, 0, &size, shared_error()), LIANHU_INVALID_ARGUMENT,
               "table", -1, "table: must not be null");
  lianhu_table_free(table);
}
