#include "lianhu/report/parts_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace lianhu::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Four households in two parts.
class PartsMapTest : public ::testing::Test {
 protected:
  PartsMapInput Input() {
    return {.household_ids = ids_,
            .households = households_,
            .part_of = part_of_,
            .part_names = names_,
            .medoids = medoids_,
            .compactness = compactness_,
            .min = 1,
            .max = 2,
            .unit_of = unit_of_,
            .unit_names = unit_names_};
  }

  static nlohmann::json DataOf(const std::string& page) {
    const std::string begin = "<script id=\"data\" type=\"application/json\">";
    const size_t from = page.find(begin) + begin.size();
    return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
  }

  std::vector<std::string> ids_{"A", "B", "C", "D"};
  std::vector<Point> households_{{0, 0}, {1, 0}, {10, 0}, {11, 0}};
  std::vector<int32_t> part_of_{0, 0, 1, 1};
  std::vector<std::string> names_{"M1", "M2"};
  std::vector<int32_t> medoids_{0, 3};
  std::vector<double> compactness_{0.5, -1};
  std::vector<int32_t> unit_of_{0, 0};
  std::vector<std::string> unit_names_{"east"};
};

TEST_F(PartsMapTest, HoldsTheParts) {
  const absl::StatusOr<std::string> page = RenderPartsMap(Input(), {.title = "Drawn", .language = Language::kChinese});
  ASSERT_TRUE(page.ok()) << page.status();
  const nlohmann::json data = DataOf(*page);
  EXPECT_EQ(data["title"], "Drawn");
  EXPECT_EQ(data["part_names"], names_);
  EXPECT_EQ(data["unit_names"], unit_names_);
  EXPECT_EQ(data["part_of"], "AAAAAAAAAAABAAAAAQAAAA==");  // 0, 0, 1, 1 as little-endian 32-bit integers
  EXPECT_EQ(data["max"], 2);
  EXPECT_TRUE(data["grid_names"].empty());
}

TEST_F(PartsMapTest, LoadsNothingAndShowsTextAsText) {
  names_[0] = "</script><script>alert(1)</script>";
  const std::string page = RenderPartsMap(Input(), {.title = "<img src=x onerror=alert(1)>"}).value();
  for (const char* reference : {" src=\"", "@import", "url(", "fetch(", "XMLHttpRequest", "<link", "import("}) {
    EXPECT_THAT(page, Not(HasSubstr(reference)));
  }
  EXPECT_THAT(page, Not(HasSubstr("alert(1)</script>")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_EQ(DataOf(page)["part_names"][0], names_[0]);
}

TEST_F(PartsMapTest, FaultsNameTheField) {
  const auto fault = [this](auto change) {
    PartsMapInput input = Input();
    change(input);
    return std::string(RenderPartsMap(input, {}).status().message());
  };
  EXPECT_EQ(fault([](PartsMapInput& input) { input.household_ids = {}; }), "household_ids: has 0 entries, expected 4");
  EXPECT_EQ(fault([](PartsMapInput& input) { input.unit_names = {}; }), "unit_of[0]: no such index: 0");
  const std::vector<double> one{1};
  EXPECT_EQ(fault([&](PartsMapInput& input) { input.compactness = one; }), "compactness: has 1 entries, expected 2");
  part_of_[2] = 2;
  EXPECT_EQ(fault([](PartsMapInput&) {}), "part_of[2]: no such index: 2");
}

TEST_F(PartsMapTest, Nothing) {
  const absl::StatusOr<std::string> page = RenderPartsMap({}, {});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_TRUE(DataOf(*page)["part_names"].empty());
}

// The parts nearest to each, by comparing all.
std::vector<std::vector<int32_t>> Nearest(const std::vector<Point>& centres, size_t k) {
  const auto n = static_cast<int32_t>(centres.size());
  std::vector<std::vector<int32_t>> nearest(n);
  for (int32_t p = 0; p < n; ++p) {
    for (int32_t q = 0; q < n; ++q) {
      if (q != p) nearest[p].push_back(q);
    }
    std::sort(nearest[p].begin(), nearest[p].end(), [&](int32_t a, int32_t b) {
      const auto from = [&](int32_t q) { return std::hypot(centres[q].x - centres[p].x, centres[q].y - centres[p].y); };
      return from(a) < from(b);
    });
    nearest[p].resize(std::min(k, nearest[p].size()));
  }
  return nearest;
}

TEST(ColourPartsTest, NeighboursDiffer) {
  for (const uint32_t seed : {1U, 2U, 3U}) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> place(0, 1000);
    std::vector<Point> centres(600);
    for (Point& p : centres) p = {place(random), place(random)};
    const std::vector<int32_t> colours = ColourParts(centres);
    ASSERT_EQ(colours.size(), centres.size());
    std::vector<int> used(kPartColours, 0);
    const std::vector<std::vector<int32_t>> nearest = Nearest(centres, 8);
    for (size_t p = 0; p < centres.size(); ++p) {
      ASSERT_GE(colours[p], 0);
      ASSERT_LT(colours[p], kPartColours);
      ++used[colours[p]];
      for (const int32_t q : nearest[p]) EXPECT_NE(colours[p], colours[q]) << "seed " << seed;
    }
    EXPECT_GT(*std::min_element(used.begin(), used.end()), 20);
    EXPECT_EQ(colours, ColourParts(centres));
  }
}

TEST(ColourPartsTest, ManyInOnePlace) {
  const std::vector<int32_t> colours = ColourParts(std::vector<Point>(40, Point{5, 5}));
  EXPECT_EQ(std::set<int32_t>(colours.begin(), colours.end()).size(), static_cast<size_t>(kPartColours));
  EXPECT_TRUE(ColourParts({}).empty());
  EXPECT_EQ(ColourParts(std::vector<Point>(1)), (std::vector<int32_t>{0}));
}

}  // namespace
}  // namespace lianhu::report
