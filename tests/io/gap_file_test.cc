#include "lianhu/io/gap_file.h"

#include <gtest/gtest.h>

#include <string>

namespace lianhu::io {
namespace {

TEST(GapFile, ReadsOneInstance) {
  const auto read = ParseGap("2 3\n 1 2 3\n 4 5 6\n\n 7 8 9 \r\n 10 11 12\n 20 30", "f");
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), 1u);
  EXPECT_EQ((*read)[0].agents, 2);
  EXPECT_EQ((*read)[0].items, 3);
  EXPECT_EQ((*read)[0].cost, (std::vector<int64_t>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ((*read)[0].weight, (std::vector<int64_t>{7, 8, 9, 10, 11, 12}));
  EXPECT_EQ((*read)[0].capacity, (std::vector<int64_t>{20, 30}));
}

TEST(GapFile, ReadsSeveralAfterTheirCount) {
  const auto read = ParseGap("2\n1 1 5 6 7\n1 2 5 5 6 6 20", "f");
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[1].items, 2);
  EXPECT_EQ((*read)[1].capacity, (std::vector<int64_t>{20}));
}

TEST(GapFile, NamesEveryFault) {
  const auto message = [](const std::string& text) { return std::string(ParseGap(text, "f").status().message()); };
  EXPECT_EQ(message(""), "f: does not begin with the numbers of agents and items, each at least 1");
  EXPECT_EQ(message("0 3"), "f: does not begin with the numbers of agents and items, each at least 1");
  EXPECT_EQ(message("2 2\n1 x"), "f: line 2: not a whole number: 'x'");
  EXPECT_EQ(message("2 2\n1 2.5"), "f: line 2: not a whole number: '2.5'");
  EXPECT_EQ(message("2 2\n1 2 3 4 5 6 7 8 9"), "f: 2 agents and 2 items need 12 numbers, there are 11");
  EXPECT_EQ(message("2000000000 2000000000 1"),
            "f: does not begin with the numbers of agents and items, each at least 1");
  EXPECT_EQ(message("1 1\n5 -6 7"), "f: weight[0]: is not in 0..2147483647: -6");
  EXPECT_EQ(message("2 1 1 5 6 7 1 1 5 6 -7"), "f: instance 2: capacity[0]: is not in 0..1099511627776: -7");
}

}  // namespace
}  // namespace lianhu::io
