#include "lianhu/io/roads.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace lianhu::io {
namespace {

class RoadsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / "lianhu_roads_test";
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  // The message, without the folder.
  std::string Fault(const std::string& nodes, const std::string& edges, Datum datum = Datum::kPlanarMetres) const {
    Street street;
    street.households.file = "h.csv";
    street.datum = datum;
    const auto roads =
        ReadRoads({.nodes = Write("n.csv", nodes), .edges = Write("e.csv", edges), .origin = std::nullopt}, street);
    std::string message(roads.status().message());
    const std::string prefix = folder_.string() + "/";
    for (size_t at = message.find(prefix); at != std::string::npos; at = message.find(prefix)) {
      message.erase(at, prefix.size());
    }
    return message;
  }

  std::filesystem::path folder_;
};

constexpr char kNodes[] = "id,x,y\nA,0,0\nB,100,0\n";

TEST_F(RoadsTest, ReadsNodesAndEdges) {
  Street street;
  const auto roads = ReadRoads({.nodes = Write("n.csv", kNodes),
                                .edges = Write("e.csv", "from,to,length_m,street\nA,B,100.256,High St\nB,B,0,\n"),
                                .origin = std::nullopt},
                               street);
  ASSERT_TRUE(roads.ok()) << roads.status();
  EXPECT_EQ(roads->ids, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(roads->from, (std::vector<int32_t>{0, 1}));
  EXPECT_EQ(roads->to, (std::vector<int32_t>{1, 1}));
  EXPECT_EQ(roads->length_cm, (std::vector<int64_t>{10026, 0}));
}

TEST_F(RoadsTest, BringsDegreesToTheMetresOfTheHouseholds) {
  Street street;
  const auto roads = ReadRoads({.nodes = Write("n.csv", "id,lon,lat\nA,-71.1097,42.3736\nB,-71.1097,42.3826\n"),
                                .edges = Write("e.csv", "from,to,length_m\nA,B,1000\n"),
                                .origin = Point{-71.1097, 42.3736}},
                               street);
  ASSERT_TRUE(roads.ok()) << roads.status();
  EXPECT_NEAR(roads->nodes[0].x, 0, 1e-6);
  EXPECT_NEAR(roads->nodes[1].y, 1000, 2);
}

TEST_F(RoadsTest, NamesEveryFault) {
  EXPECT_EQ(Fault("id,x,y\nA,0,0\nA,1,1\n", "from,to,length_m\n"), "n.csv: row 3, column id: id is there already: 'A'");
  EXPECT_EQ(Fault("id,x,y\nA,0,?\n", "from,to,length_m\n"), "n.csv: row 2, column y: not a number: '?'");
  EXPECT_EQ(Fault(kNodes, "from,to,length_m\nA,C,5\n"), "e.csv: row 2, column to: not in n.csv: 'C'");
  EXPECT_EQ(Fault(kNodes, "from,to,length_m\nA,,5\n"), "e.csv: row 2, column to: value missing: ''");
  EXPECT_EQ(Fault(kNodes, "from,to,length_m\nA,B,-5\n"),
            "e.csv: row 2, column length_m: out of range 0 to 1e+06: '-5'");
  EXPECT_EQ(Fault(kNodes, "from,to,length_m\nA,B,far\n"), "e.csv: row 2, column length_m: not a number: 'far'");
  EXPECT_EQ(Fault(kNodes, "from,to\nA,B\n"), "e.csv: row 1, column length_m: is missing; the columns are 'from,to'");
  EXPECT_EQ(Fault("id,lon,lat\nA,113,28\n", "from,to,length_m\n"),
            "n.csv: row 1: positions are in lon,lat, but those of h.csv in x,y: say with --road-origin LON,LAT where x "
            "and y are 0");
  EXPECT_EQ(Fault(kNodes, "from,to,length_m\n", Datum::kWgs84Degrees),
            "n.csv: row 1: positions are in x,y, but those of h.csv in lon,lat");
}

}  // namespace
}  // namespace lianhu::io
