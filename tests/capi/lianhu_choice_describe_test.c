#include "capi_test.h"

TEST(lianhu_choice_describe) {
  lianhu_candidate_problem problem = small_choice();
  lianhu_choice* choice = NULL;
  char text[1024];
  char cut[12];
  int64_t size = 0;
  problem.max_load = 2;
  problem.count = 2;
  choice = choose(&problem);
  EXPECT_EQ(lianhu_choice_describe(choice, 0, NULL, LIANHU_ENGLISH, NULL, 0, &size, shared_error()), LIANHU_OK);
  EXPECT(size > 20 && size < 1024);
  EXPECT_EQ(lianhu_choice_describe(choice, 0, NULL, LIANHU_ENGLISH, text, 1024, &size, NULL), LIANHU_OK);
  EXPECT_EQ(strlen(text) + 1, size);
  EXPECT(strchr(text, '3') != NULL && strchr(text, '2') != NULL);
  EXPECT_EQ(lianhu_choice_describe(choice, 0, NULL, LIANHU_CHINESE, cut, 12, &size, NULL), LIANHU_OK);
  EXPECT(strlen(cut) <= 11 && size > 12);
  EXPECT_ERROR(lianhu_choice_describe(choice, 1, NULL, LIANHU_ENGLISH, text, 1024, &size, shared_error()),
               LIANHU_INVALID_ARGUMENT, "index", -1, "index: is 1: there are 1 shortfalls");
  EXPECT_ERROR(lianhu_choice_describe(choice, 0, NULL, 2, text, 1024, &size, shared_error()), LIANHU_INVALID_ARGUMENT,
               "language", -1, "language: is 2: need LIANHU_ENGLISH or LIANHU_CHINESE");
  EXPECT_EQ(lianhu_choice_describe(NULL, 0, NULL, LIANHU_ENGLISH, text, 1024, &size, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_choice_describe(choice, 0, NULL, LIANHU_ENGLISH, NULL, 9, &size, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_choice_describe(choice, 0, NULL, LIANHU_ENGLISH, text, 1024, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_choice_free(choice);
}
