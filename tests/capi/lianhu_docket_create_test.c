#include "capi_test.h"

TEST(lianhu_docket_create) {
  lianhu_calendar* calendar = NULL;
  lianhu_posts* posts = small_posts();
  lianhu_docket* docket = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_create(posts, calendar, NULL, NULL, 0, &docket, shared_error()), LIANHU_OK);
  lianhu_docket_free(docket);
  docket = NULL;
  const int32_t stranger[] = {99};
  EXPECT_ERROR(lianhu_docket_create(posts, calendar, NULL, stranger, 1, &docket, shared_error()),
               LIANHU_INVALID_ARGUMENT, "absent", 0, "absent[0]: person 99 holds no post");
  EXPECT_EQ(lianhu_docket_create(NULL, calendar, NULL, NULL, 0, &docket, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_create(posts, NULL, NULL, NULL, 0, &docket, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_create(posts, calendar, NULL, NULL, 0, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT(docket == NULL);
  lianhu_docket_free(docket);
  lianhu_posts_free(posts);
  lianhu_calendar_free(calendar);
}
