#include <string.h>

#include "capi_test.h"

TEST(lianhu_table_describe) {
  lianhu_table* table = NULL;
  char json[20000];
  int64_t size = 0;
  int64_t again = 0;
  EXPECT_EQ(lianhu_table_load("data/routing/t1.csv", NULL, &table, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_table_describe(table, NULL, 0, &size, shared_error()), LIANHU_OK);
  EXPECT(size > 100 && size <= (int64_t)sizeof json);
  EXPECT_EQ(lianhu_table_describe(table, json, sizeof json, &again, shared_error()), LIANHU_OK);
  EXPECT_EQ(again, size);
  EXPECT_EQ((int64_t)strlen(json), size - 1);
  EXPECT(strstr(json, "\"hit_policy\":\"UNIQUE\"") != NULL);
  EXPECT_ERROR(lianhu_table_describe(NULL, NULL, 0, &size, shared_error()), LIANHU_INVALID_ARGUMENT, "table", -1,
               "table: must not be null");
  lianhu_table_free(table);
}
