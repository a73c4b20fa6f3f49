#include "lianhu/io/p_median_file.h"

#include <gtest/gtest.h>

#include <string>

namespace lianhu::io {
namespace {

TEST(PMedianFile, ReadsNodes) {
  const auto read = ParsePMedian("2 1\n 3.5 -4 10 1\r\n\n5\t6 20 2", "f");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->count, 1);
  EXPECT_EQ(read->nodes, (std::vector<Point>{{3.5, -4}, {5, 6}}));
  EXPECT_EQ(read->capacity, (std::vector<int32_t>{10, 20}));
  EXPECT_EQ(read->demand, (std::vector<int32_t>{1, 2}));
  EXPECT_EQ(read->View(districting::DistanceRule::kWhole).candidates.size(), 2u);
}

TEST(PMedianFile, NamesEveryFault) {
  const auto message = [](const std::string& text) { return std::string(ParsePMedian(text, "f").status().message()); };
  EXPECT_EQ(message(""), "f: does not begin with the numbers of nodes and of medians");
  EXPECT_EQ(message("0 1"), "f: line 1: the number of nodes is 0: need a whole number of at least 1");
  EXPECT_EQ(message("2.5 1"), "f: line 1: the number of nodes is 2.5: need a whole number of at least 1");
  EXPECT_EQ(message("2\n3"), "f: line 2: 3 medians of 2 nodes");
  EXPECT_EQ(message("2 1\n1 2 3 4"), "f: 2 nodes need 10 numbers, there are 6");
  EXPECT_EQ(message("2000000000 1"), "f: 2000000000 nodes need 8000000002 numbers, there are 2");
  EXPECT_EQ(message("1 1\n1 x 3 4"), "f: line 2: not a number: 'x'");
  EXPECT_EQ(message("1 1\n1 inf 3 4"), "f: line 2: not a number: 'inf'");
  EXPECT_EQ(message("1 1\n1 2 -3 4"), "f: line 2: the capacity is -3: need a whole number of at least 0");
  EXPECT_EQ(message("1 1\n1 2 3 0"), "f: line 2: the demand is 0: need a whole number of at least 1");
}

}  // namespace
}  // namespace lianhu::io
