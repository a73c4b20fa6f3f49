#include "lianhu/report/map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lianhu/base/status.h"

namespace lianhu::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Three households, two stewards, two units; the last household is left over.
class MapTest : public ::testing::Test {
 protected:
  MapTest() {
    plan_.outcome = assignment::Outcome::kBestEffort;
    plan_.steward_of = {0, 1, assignment::kUnassigned};
    plan_.price_cm = {0, 0};
    plan_.load = {1, 1};
    plan_.total_cost_cm = plan_.dual_bound_cm = 300;
    plan_.unserved = 1;
  }

  MapInput Input() {
    return {.household_ids = household_ids_,
            .households = households_,
            .household_units = household_units_,
            .steward_ids = steward_ids_,
            .stewards = stewards_,
            .steward_units = steward_units_,
            .unit_names = unit_names_,
            .plan = &plan_};
  }

  static nlohmann::json DataOf(const std::string& page) {
    const std::string begin = "<script id=\"data\" type=\"application/json\">";
    const size_t from = page.find(begin) + begin.size();
    return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
  }

  std::vector<std::string> household_ids_{"H1", "H2", "H3"};
  std::vector<Point> households_{{0, 0}, {10, 0}, {20, 0}};
  std::vector<int32_t> household_units_{0, 1, 1};
  std::vector<std::string> steward_ids_{"S1", "S2"};
  std::vector<Point> stewards_{{1, 0}, {12, 0}};
  std::vector<int32_t> steward_units_{0, 1};
  std::vector<std::string> unit_names_{"east", "west"};
  assignment::Plan plan_;
};

TEST_F(MapTest, HoldsThePlan) {
  const absl::StatusOr<std::string> page = RenderMap(Input(), {.title = "Street", .language = Language::kChinese});
  ASSERT_TRUE(page.ok()) << page.status();
  const nlohmann::json data = DataOf(*page);
  EXPECT_EQ(data["title"], "Street");
  EXPECT_EQ(data["language"], "zh");
  EXPECT_EQ(data["status"], "best_effort");
  EXPECT_EQ(data["household_ids"], (std::vector<std::string>{"H1", "H2", "H3"}));
  EXPECT_EQ(data["unit_names"], (std::vector<std::string>{"east", "west"}));
  EXPECT_EQ(data["cost_cm"], "ZAAAAMgAAAD/////");  // 100, 200, -1 as little-endian 32-bit integers
  EXPECT_EQ(*page, *RenderMap(Input(), {.title = "Street", .language = Language::kChinese}));
}

TEST_F(MapTest, LoadsNothingFromAnywhere) {
  const std::string page = RenderMap(Input(), {}).value();
  for (const char* reference : {" src=", "@import", "url(", "fetch(", "XMLHttpRequest", "<link", "import("}) {
    EXPECT_THAT(page, Not(HasSubstr(reference)));
  }
  EXPECT_THAT(page, Not(::testing::ContainsRegex("https?://[^w]")));  // but for the name of SVG at www.w3.org
}

TEST_F(MapTest, HostileTextStaysText) {
  household_ids_[0] = "</script><script>alert(1)</script>";
  steward_ids_[0] = "<!--<script>";
  unit_names_[0] = "\xff\xfe broken";
  const std::string page = RenderMap(Input(), {.title = "</title><img src=x onerror=alert(1)>"}).value();
  EXPECT_THAT(page, Not(HasSubstr("alert(1)</script>")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("<!--<script")));
  EXPECT_EQ(DataOf(page)["household_ids"][0], household_ids_[0]);
  EXPECT_EQ(DataOf(page)["title"], "</title><img src=x onerror=alert(1)>");
}

TEST_F(MapTest, FaultsNameTheField) {
  const auto fault = [this](auto change) {
    MapInput input = Input();
    change(input);
    return std::string(RenderMap(input, {}).status().message());
  };
  EXPECT_EQ(fault([](MapInput& input) { input.plan = nullptr; }), "plan: is missing");
  EXPECT_EQ(fault([](MapInput& input) { input.household_ids = {}; }), "household_ids: has 0 entries, expected 3");
  EXPECT_EQ(fault([](MapInput& input) { input.steward_units = {}; }), "steward_units: has 0 entries, expected 2");
  EXPECT_EQ(fault([](MapInput& input) { input.unit_names = {}; }), "household_units[0]: no such index: 0");
  plan_.steward_of[1] = 2;
  EXPECT_EQ(fault([](MapInput&) {}), "plan.steward_of[1]: no such index: 2");
  plan_.steward_of.pop_back();
  EXPECT_EQ(fault([](MapInput&) {}), "plan.steward_of: has 2 entries, expected 3");
}

TEST_F(MapTest, Nothing) {
  const assignment::Plan nothing;
  const absl::StatusOr<std::string> page = RenderMap({.plan = &nothing}, {});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(DataOf(*page)["household_ids"].size(), 0u);
}

}  // namespace
}  // namespace lianhu::report
