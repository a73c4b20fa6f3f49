#include "capi_test.h"

static void expect_file(const char* path, const char* expected) {
  char text[4096] = "";
  FILE* file = fopen(path, "rb");
  EXPECT(file != NULL);
  if (file == NULL) return;
  text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
  fclose(file);
  EXPECT_TEXT(text, expected);
}

TEST(lianhu_cards_write) {
  const char* columns[] = {"id", "name"};
  const char* fields[] = {"S1", "<b>", "S2", NULL, "S3", ""};
  const int64_t first_household[] = {0, 2, 2, 3};
  const char* households[] = {"H1", "H2", "H3"};
  const char* distances[] = {"1.5", "", "3.0"};
  int64_t printed = -1, pages = -1;
  const char* path = temporary_path("cards.html");
  lianhu_cards cards;
  EXPECT_EQ(lianhu_cards_init(&cards, sizeof(cards)), LIANHU_OK);
  cards.template_text =
      "<!-- per page: 2 -->{{title}}:{{#page}}[{{#stewards}}{{id}} {{#name}}{{name}} {{/name}}"
      "{{#households}}{{household}}@{{distance_m}} {{/households}}{{/stewards}}]{{/page}}";
  cards.title = "T";
  cards.steward_count = 3;
  cards.column_count = 2;
  cards.columns = columns;
  cards.fields = fields;
  cards.first_household = first_household;
  cards.household_count = 3;
  cards.households = households;
  cards.distances_m = distances;
  EXPECT_EQ(lianhu_cards_write(&cards, path, NULL, &printed, &pages, shared_error()), LIANHU_OK);
  EXPECT(printed == 3 && pages == 2);
  expect_file(path, "<!-- per page: 2 -->T:[S1 &lt;b&gt; H1@1.5 H2@ S2 ][S3 H3@3.0 ]");

  cards.template_text = "{{#page}}{{#stewards}}{{id}}-{{household}} {{/stewards}}{{/page}}";
  cards.per_household = 1;
  cards.distances_m = NULL;
  EXPECT_EQ(lianhu_cards_write(&cards, path, NULL, &printed, NULL, shared_error()), LIANHU_OK);
  EXPECT_EQ(printed, 3);
  expect_file(path, "S1-H1 S1-H2 S3-H3 ");

  /* The second sheet alone, one card a sheet. */
  cards.first_page = 1;
  cards.most_pages = 1;
  EXPECT_EQ(lianhu_cards_write(&cards, path, NULL, &printed, &pages, shared_error()), LIANHU_OK);
  EXPECT(printed == 1 && pages == 1);
  expect_file(path, "S1-H2 ");
  cards.first_page = -1;
  EXPECT_ERROR(lianhu_cards_write(&cards, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "first_page", -1, "first_page: -1, need 0 to 1000000000");
  cards.first_page = 0;
  cards.most_pages = 0;
  EXPECT_EQ(lianhu_cards_write(&cards, path, NULL, &printed, NULL, shared_error()), LIANHU_OK);

  /* Nothing is written when something is wrong, or when it is cancelled. */
  cards.template_text = "{{#page}}{{#stewards}}\n{{hotline}}{{/stewards}}{{/page}}";
  EXPECT_EQ(lianhu_cards_write(&cards, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT);
  {
    lianhu_error_info info;
    EXPECT_EQ(lianhu_error_info_init(&info, sizeof(info)), LIANHU_OK);
    EXPECT_EQ(lianhu_error_get(shared_error(), &info), LIANHU_OK);
    EXPECT(strstr(info.message, "template_text: line 2: there is no column for {{hotline}}") == info.message);
  }
  cards.template_text = NULL;
  {
    lianhu_context* context = NULL;
    EXPECT_EQ(lianhu_context_create(NULL, &context, shared_error()), LIANHU_OK);
    EXPECT_EQ(lianhu_context_cancel(context), LIANHU_OK);
    EXPECT_EQ(lianhu_cards_write(&cards, path, context, &printed, &pages, shared_error()), LIANHU_OK);
    EXPECT(printed == 0 && pages == 0);
    lianhu_context_free(context);
  }
  expect_file(path, "S1-H1 S1-H2 S3-H3 ");

  cards.kind = 4;
  EXPECT_ERROR(lianhu_cards_write(&cards, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "kind", -1,
               "kind: unknown value 4");
  cards.kind = LIANHU_BADGE;
  cards.language = 2;
  EXPECT_ERROR(lianhu_cards_write(&cards, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "language",
               -1, "language: is 2: need LIANHU_ENGLISH or LIANHU_CHINESE");
  cards.language = LIANHU_CHINESE;
  EXPECT_EQ(lianhu_cards_write(&cards, path, NULL, &printed, &pages, shared_error()), LIANHU_OK);
  EXPECT(printed == 3 && pages == 1);
  cards.household_count = 2;
  EXPECT_ERROR(lianhu_cards_write(&cards, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "first_household", -1, "first_household: does not rise from 0 to the number of households");
  cards.household_count = 3;
  households[1] = NULL;
  EXPECT_ERROR(lianhu_cards_write(&cards, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "households", 1, "households[1]: must not be null");
  cards.first_household = NULL;
  cards.fields = NULL;
  EXPECT_ERROR(lianhu_cards_write(&cards, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "fields",
               -1, "fields: must not be null");
  cards.columns = NULL;
  EXPECT_ERROR(lianhu_cards_write(&cards, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "columns",
               -1, "columns: must not be null");
  cards.steward_count = -1;
  EXPECT_ERROR(lianhu_cards_write(&cards, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "stewards",
               -1, "stewards: has -1 entries");
  EXPECT_ERROR(lianhu_cards_write(&cards, NULL, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "path", -1,
               "path: must not be null");
  EXPECT_ERROR(lianhu_cards_write(NULL, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "cards", -1,
               "cards: must not be null");
  cards.struct_size = 4;
  EXPECT_ERROR(lianhu_cards_write(&cards, path, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "cards.struct_size", -1, "cards.struct_size: is 4, less than 112: initialise the struct first");
}
