// What the command-line tests do not reach: datum, units, row numbers and detail of a Street. Their bad_input_test.py
// has every message.
#include "lianhu/io/street.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/temporary_directory.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/base/status.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::io {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StreetTest : public ::testing::Test {
 protected:
  absl::StatusOr<Street> Read(const std::string& households, const std::string& stewards, std::string within = "") {
    WriteFile(directory_.File("h.csv"), households);
    WriteFile(directory_.File("s.csv"), stewards);
    return ReadStreet({.households = directory_.File("h.csv"),
                       .stewards = directory_.File("s.csv"),
                       .within = std::move(within),
                       .bounds = {.min = 1, .max = 2}});
  }

  TemporaryDirectory directory_;
};

TEST_F(StreetTest, ColumnsInAnyOrder) {
  const absl::StatusOr<Street> street =
      Read("note,y,id,x,unit\n,2,H1,1,b\n,4,H2,3,a\n", "unit,id,max,x,y\na,S1,,5,6\nb,S2,9,7,8\n", "unit");
  ASSERT_TRUE(street.ok()) << street.status();
  EXPECT_THAT(street->households.ids, ElementsAre("H1", "H2"));
  EXPECT_THAT(street->households.positions, ElementsAre(Point{1, 2}, Point{3, 4}));
  EXPECT_THAT(street->unit_names, ElementsAre("b", "a"));
  EXPECT_THAT(street->households.units, ElementsAre(0, 1));
  EXPECT_THAT(street->stewards.units, ElementsAre(1, 0));
  EXPECT_THAT(street->steward_max, ElementsAre(2, 9));
  EXPECT_THAT(street->steward_min, IsEmpty());
  EXPECT_EQ(street->datum, Datum::kPlanarMetres);
  EXPECT_EQ(street->UnitName(1), "a");
  EXPECT_EQ(street->UnitName(-1), "");
}

TEST_F(StreetTest, DetailOfAFaultIsTheRowAmongTheData) {
  const absl::Status status = Read("id,x,y\nH1,1,2\n\nH2,?,2\n", "id,x,y\n").status();
  EXPECT_EQ(GetErrorDetail(status).field, "x");
  EXPECT_EQ(GetErrorDetail(status).row, 1);
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("row 4, column x"));
}

TEST_F(StreetTest, PlanFilesComeBack) {
  const Street street = Read("id,x,y\n\"a,1\",0,0\nb,10,0\nc,20,0\n", "id,x,y\nS1,1,0\n\"S\"\"2\",19,0\n").value();
  RunContext context;
  const assignment::Plan plan = assignment::Solve(street.View(), {}, context).value();
  EXPECT_EQ(FormatPlanCsv(street, plan),
            "household,steward,distance_m\n\"a,1\",S1,1.00\nb,S1,9.00\nc,\"S\"\"2\",1.00\n");
  WriteFile(directory_.File("plan.csv"), FormatPlanCsv(street, plan));
  WriteFile(directory_.File("prices.csv"), FormatPricesCsv(street, plan));
  EXPECT_EQ(ReadPlanCsv(street, directory_.File("plan.csv")).value(), plan.steward_of);
  EXPECT_EQ(ReadPricesCsv(street, directory_.File("prices.csv")).value(), plan.price_cm);
  const PlanFigures figures = FiguresOf(street, plan);
  EXPECT_EQ(figures.served, 3);
  EXPECT_DOUBLE_EQ(figures.max_distance_m, 9);
  EXPECT_DOUBLE_EQ(figures.mean_distance_m, 11.0 / 3);
}

TEST_F(StreetTest, AHouseholdLeftOverHasEmptyFields) {
  const Street street = Read("id,x,y\na,0,0\nb,1,0\nc,2,0\n", "id,x,y\nS,0,0\n").value();
  RunContext context;
  const assignment::Plan plan = assignment::Solve(street.View(), {.best_effort = true}, context).value();
  EXPECT_EQ(FormatPlanCsv(street, plan), "household,steward,distance_m\na,S,0.00\nb,S,1.00\nc,,\n");
  WriteFile(directory_.File("plan.csv"), FormatPlanCsv(street, plan));
  EXPECT_EQ(ReadPlanCsv(street, directory_.File("plan.csv")).value(), plan.steward_of);
}

}  // namespace
}  // namespace lianhu::io
