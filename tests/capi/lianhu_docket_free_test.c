#include "capi_test.h"

TEST(lianhu_docket_free) {
  lianhu_calendar* calendar = NULL;
  lianhu_posts* posts = small_posts();
  lianhu_docket* docket = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_create(posts, calendar, NULL, NULL, 0, &docket, shared_error()), LIANHU_OK);
  lianhu_docket_free(docket);
  lianhu_posts_free(posts);
  lianhu_calendar_free(calendar);
  lianhu_docket_free(NULL);
}
