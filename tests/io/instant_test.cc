#include "lianhu/io/instant.h"

#include <gtest/gtest.h>

#include <ctime>

#include "lianhu/base/random.h"

namespace lianhu::io {
namespace {

// 2026-11-24 00:30:00 UTC, by `date -u -d '2026-11-24 00:30' +%s`.
constexpr int64_t kMorning = 1795480200;

TEST(InstantTest, TheWaysToWriteOne) {
  for (const char* text : {"2026-11-24T08:30:00+08:00", "2026-11-24T08:30:00", "2026-11-24 08:30", "2026/11/24 8:30",
                           "2026-11-24T00:30Z", "2026-11-23T19:30:00-05:00", "2026-11-24T08:30+0800", "1795480200"}) {
    EXPECT_EQ(ParseInstant(text), kMorning) << text;
  }
  EXPECT_EQ(ParseInstant("2026-11-24"), kMorning - 30600);
  EXPECT_EQ(ParseInstant("2026/1/2"), ParseInstant("2026-01-02"));
  EXPECT_EQ(ParseInstant("2026-11-24 00:30", 0), kMorning);
  EXPECT_EQ(ParseInstant("1970-01-01T08:00"), 0);
}

TEST(InstantTest, WhatIsNone) {
  for (const char* text : {"",
                           "now",
                           "2026",
                           "2026-11",
                           "2026-13-01",
                           "2026-02-29",
                           "2026-00-10",
                           "2026-1-2",
                           "26-11-24",
                           "2026-11/24",
                           "2026-11-24 24:00",
                           "2026-11-24 08:60",
                           "2026-11-24 08:30:60",
                           "2026-11-24 08",
                           "2026-11-24 8:3",
                           "2026-11-24T08:30+8",
                           "2026-11-24T08:30+15:00",
                           "2026-11-24x",
                           "2026-11-24 08:30 ",
                           "1969-12-31T23:59Z",
                           "1970-01-01",
                           "12345678",
                           "9999999999999",
                           "999999999999",
                           "-1795480200"}) {
    EXPECT_EQ(ParseInstant(text), std::nullopt) << text;
  }
}

TEST(InstantTest, BothWaysAsTheSystemSaysIt) {
  constexpr uint64_t kSeed = 3;
  Random random(kSeed);
  for (int k = 0; k < 2000; ++k) {
    const int64_t instant = random.Below(253'402'214'400);
    const std::string text = FormatInstant(instant, 0);
    char expected[64];
    const std::time_t time = instant;
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::strftime(expected, sizeof(expected), "%Y-%m-%dT%H:%M:%S+00:00", &parts);
    ASSERT_EQ(text, expected) << "seed " << kSeed;
    ASSERT_EQ(ParseInstant(text), instant);
    ASSERT_EQ(ParseInstant(FormatInstant(instant)), instant);
    ASSERT_EQ(ParseInstant(FormatInstant(instant, -19800)), instant);
  }
}

}  // namespace
}  // namespace lianhu::io
