#include "capi_test.h"

TEST(lianhu_router_code) {
  lianhu_calendar* calendar = NULL;
  lianhu_router* router = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_router_create(calendar, NULL, &router, shared_error()), LIANHU_OK);
  char text[32];
  int64_t size = 0;
  EXPECT_EQ(lianhu_router_code(router, LIANHU_CODES_CATEGORY, 1, text, sizeof(text), &size, shared_error()), LIANHU_OK);
  EXPECT_TEXT(text, "02");
  EXPECT_EQ(size, 3);
  EXPECT_EQ(lianhu_router_code(router, LIANHU_CODES_DEPARTMENT, 0, NULL, 0, &size, shared_error()), LIANHU_OK);
  EXPECT_EQ(size, 15);
  EXPECT_EQ(lianhu_router_code(router, LIANHU_CODES_DEPARTMENT, 0, text, 8, &size, shared_error()), LIANHU_OK);
  EXPECT_TEXT(text, "service");
  EXPECT_EQ(lianhu_router_code(router, LIANHU_CODES_RULE, 14, text, sizeof(text), &size, shared_error()), LIANHU_OK);
  EXPECT_TEXT(text, "15");
  EXPECT_EQ(lianhu_router_code(router, LIANHU_CODES_RULE, 15, text, sizeof(text), &size, shared_error()), LIANHU_OK);
  EXPECT_EQ(size, 0);
  EXPECT_EQ(lianhu_router_code(router, LIANHU_CODES_ACTION, 1, text, sizeof(text), &size, shared_error()), LIANHU_OK);
  EXPECT_TEXT(text, "help_beside");
  EXPECT_EQ(lianhu_router_code(router, LIANHU_CODES_GROUP, 0, text, sizeof(text), &size, shared_error()), LIANHU_OK);
  EXPECT_TEXT(text, "command");
  EXPECT_EQ(lianhu_router_code(router, LIANHU_CODES_ACCOMPANIMENT, 13, text, sizeof(text), &size, shared_error()),
            LIANHU_OK);
  EXPECT_TEXT(text, "14");
  EXPECT_ERROR(lianhu_router_code(router, 7, 0, text, sizeof(text), &size, shared_error()), LIANHU_INVALID_ARGUMENT,
               "list", -1, "list: is 7: need LIANHU_CODES_...");
  EXPECT_EQ(lianhu_router_code(router, 0, -1, text, sizeof(text), &size, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_router_code(router, 0, 0, NULL, 4, &size, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_router_code(router, 0, 0, text, 4, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_router_code(NULL, 0, 0, text, 4, &size, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_router_free(router);
  lianhu_calendar_free(calendar);
}
