#include "capi_test.h"

TEST(lianhu_infeasibility_describe) {
  lianhu_infeasibility why;
  char text[1024];
  char cut[12];
  int64_t size = 0;
  int64_t again = 0;
  lianhu_infeasibility_init(&why, sizeof(why));
  why.households = 12000;
  why.stewards = 143;
  why.capacity = 7150;
  why.required = 4290;
  why.shortage = 4850;
  why.stewards_needed = 240;
  why.bound_needed = 84;
  EXPECT_EQ(lianhu_infeasibility_describe(&why, 30, 50, NULL, LIANHU_ENGLISH, NULL, 0, &size, shared_error()),
            LIANHU_OK);
  EXPECT(size > 50 && size < 1024);
  EXPECT_EQ(lianhu_infeasibility_describe(&why, 30, 50, NULL, LIANHU_ENGLISH, text, 1024, &again, NULL), LIANHU_OK);
  EXPECT_EQ(again, size);
  EXPECT_EQ(strlen(text) + 1, size);
  EXPECT(strstr(text, "240 stewards would do") != NULL);
  EXPECT_EQ(
      lianhu_infeasibility_describe(&why, 30, 50, "\xe5\x8c\x97\xe5\x9f\x8e", LIANHU_CHINESE, text, 1024, &size, NULL),
      LIANHU_OK);
  EXPECT(strstr(text, "\xe5\x8c\x97\xe5\x9f\x8e") != NULL);
  EXPECT_EQ(lianhu_infeasibility_describe(&why, 30, 50, NULL, LIANHU_CHINESE, cut, 11, &size, NULL), LIANHU_OK);
  EXPECT_TEXT(cut,
              "\xe5\x85\xb1"
              "12000"); /* not two thirds of the next character */
  EXPECT_ERROR(lianhu_infeasibility_describe(&why, 30, 50, NULL, 2, text, 1024, &size, shared_error()),
               LIANHU_INVALID_ARGUMENT, "language", -1, "language: is 2: need LIANHU_ENGLISH or LIANHU_CHINESE");
  EXPECT_ERROR(lianhu_infeasibility_describe(NULL, 30, 50, NULL, 0, text, 1024, &size, shared_error()),
               LIANHU_INVALID_ARGUMENT, "infeasibility", -1, "infeasibility: must not be null");
  EXPECT_ERROR(lianhu_infeasibility_describe(&why, 30, 50, NULL, 0, NULL, 1024, &size, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_text", -1, "out_text: must not be null");
  EXPECT_ERROR(lianhu_infeasibility_describe(&why, 30, 50, NULL, 0, text, 1024, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_size", -1, "out_size: must not be null");
  why.struct_size = 1;
  EXPECT_ERROR(lianhu_infeasibility_describe(&why, 30, 50, NULL, 0, text, 1024, &size, shared_error()),
               LIANHU_INVALID_ARGUMENT, "infeasibility.struct_size", -1,
               "infeasibility.struct_size: is 1, less than 72: initialise the struct first");
}
