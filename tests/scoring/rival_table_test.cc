#include "scoring/rival_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lianhu/base/random.h"
#include "scoring/founding_facts.h"
#include "scoring/multiplier_bound.h"

namespace lianhu::scoring {
namespace {

// The founding checklist with facts of which many are missing: whole groups too.
WeightSpace SpaceWithGaps(uint64_t seed, int32_t stewards) {
  Checklist checklist = FoundingChecklist();
  checklist.coverage_numerator = 0;
  Random random(seed);
  std::vector<int64_t> values;
  for (int32_t s = 0; s < stewards; ++s) {
    std::vector<int64_t> row = testing::RandomRow(checklist, random);
    const auto gone = static_cast<size_t>(random.Below(8));  // 0..2: nothing of this group is due
    const int32_t one_in = random.Between(2, 10);
    for (size_t g = 0; g < checklist.groups.size(); ++g) {
      for (const Indicator& indicator : checklist.groups[g].indicators) {
        if (g != gone && random.Below(one_in) != 0) continue;
        for (const Term& term : indicator.terms) row[testing::FactIndex(checklist, term.denominator)] = 0;
      }
    }
    for (const Group& group : checklist.groups) {
      for (const Indicator& indicator : group.indicators) {
        for (const Term& term : indicator.terms) {
          int64_t& part = row[testing::FactIndex(checklist, term.numerator)];
          part = std::min(part, row[testing::FactIndex(checklist, term.denominator)]);
        }
      }
    }
    values.insert(values.end(), row.begin(), row.end());
  }
  RunContext context;
  return BuildWeightSpace(checklist, {stewards, values}, context).value();
}

// In points times the sum of the weights.
double ValueAt(const WeightSpace& space, int32_t s, const std::vector<double>& u) {
  std::vector<int64_t> whole;
  for (const double weight : u) whole.push_back(std::llround(weight * 1e12));
  return static_cast<double>(space.Value(s, whole)) / static_cast<double>(space.unit) / 1e12;
}

// Against totals computed in whole numbers, at points and corners of random boxes.
TEST(RivalTableTest, LeadsStayWithinTheirReach) {
  int waiting = 0;
  int partial = 0;
  double narrow = 0;
  double wide = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const WeightSpace space = SpaceWithGaps(seed, 40);
    ASSERT_GT(space.size(), 10);
    const int32_t columns = space.groups + 1;
    for (int32_t s = 0; s < space.size(); ++s) {
      waiting += space.lacks[s * columns];
      partial += std::count(space.lacks.begin() + s * columns + 1, space.lacks.begin() + (s + 1) * columns, 1) > 0;
    }
    Random random(seed);
    const double sum = static_cast<double>(std::accumulate(space.weights.begin(), space.weights.end(), int64_t{0}));
    for (int round = 0; round < 20; ++round) {
      const int32_t steward = random.Below(space.size());
      const bool ahead = random.Below(2) == 0;
      const double step = ahead ? 0.001 : 0;
      std::vector<int32_t> rivals(space.size());
      std::iota(rivals.begin(), rivals.end(), 0);
      rivals.erase(rivals.begin() + steward);
      const RivalTable table(space, steward, rivals, ahead, step);
      WeightBox box;
      std::vector<int32_t> along;
      for (int32_t k = 0; k < space.indicators; ++k) {
        const double stated = static_cast<double>(space.weights[k]) / sum;
        box.middle.push_back(stated * (1 + 0.2 * (2 * random.Real() - 1)));
        box.half.push_back(stated * 0.4 * random.Real() * random.Real());
        along.push_back(space.indicators - 1 - k);
      }
      std::vector<double> lead;
      std::vector<double> reach;
      std::vector<double> slopes;
      table.Measure(box, along, lead, reach, slopes);
      for (int point = 0; point < 20; ++point) {
        std::vector<double> u = box.middle;
        double total = 0;
        for (int32_t k = 0; k < space.indicators; ++k) {
          const double side = 2 * random.Real() - 1;
          const double part = point % 2 == 0 ? side : side < 0 ? -1 : 1;
          u[k] += point == 0 ? 0 : part * box.half[k];
          total += u[k];
        }
        const double mine = ValueAt(space, steward, u);
        int places = 0;
        for (int32_t r = 0; r < table.size(); ++r) {
          const int32_t rival = table.rival(r);
          if (rival == kNoIndex) {
            ASSERT_LT(lead[r] + reach[r], 0);
            continue;
          }
          ++places;
          const double theirs = ValueAt(space, rival, u);
          const double truth = (ahead ? theirs - mine : mine - theirs) - step * total;
          if (point == 0) {
            ASSERT_NEAR(lead[r], truth, 1e-7) << rival;
          }
          ASSERT_GE(truth, lead[r] - reach[r] - 1e-7) << rival;
          ASSERT_LE(truth, lead[r] + reach[r] + 1e-7) << rival;
          // By the slopes alone it is as near as the rest of the reach.
          double linear = lead[r];
          double error = reach[r];
          for (int32_t k = 0; k < space.indicators; ++k) {
            const double slope = slopes[static_cast<size_t>(space.indicators - 1 - k) * table.size() + r];
            linear += slope * (u[k] - box.middle[k]);
            error -= std::fabs(slope) * box.half[k];
          }
          ASSERT_NEAR(linear, truth, error + 1e-7) << rival;
          narrow += error;
          wide += reach[r];
        }
        ASSERT_EQ(places, static_cast<int>(rivals.size()));
      }
    }
  }
  EXPECT_GT(waiting, 20);
  EXPECT_GT(partial, 200);
  EXPECT_LT(narrow * 3, wide) << "what is not linear is the lesser part";
}

TEST(MultiplierBoundTest, IsNotAboveWhatPointsOfTheCubeShow) {
  int positive = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    AffineFunctions functions;
    functions.count = random.Between(1, 20);
    functions.variables = random.Between(1, 3);
    functions.slope.resize(static_cast<size_t>(functions.count) * functions.variables);
    for (double& slope : functions.slope) slope = random.Normal();
    for (int32_t r = 0; r < functions.count; ++r) {
      double swing = 0;
      for (int32_t k = 0; k < functions.variables; ++k) swing += std::fabs(functions.slope[k * functions.count + r]);
      functions.constant.push_back(swing * (2 * random.Real() - 1));
      functions.greatest.push_back(functions.constant.back() + swing + 1e-6);
    }
    int32_t fewest = functions.count;
    constexpr int kGrid = 20;
    for (int at = 0; at < 21 * 21 * 21; ++at) {
      const int steps[] = {at % 21, at / 21 % 21, at / 441};
      int32_t count = 0;
      for (int32_t r = 0; r < functions.count; ++r) {
        double value = functions.constant[r];
        for (int32_t k = 0; k < functions.variables; ++k) {
          value += functions.slope[k * functions.count + r] * (2.0 * steps[k] / kGrid - 1);
        }
        count += value >= 0 ? 1 : 0;
      }
      fewest = std::min(fewest, count);
    }
    MultiplierBound bound;
    const double found = bound.Bound(functions, 30, 1e9);
    ASSERT_LE(found, fewest + 1e-9);
    positive += found > 0.1 ? 1 : 0;
  }
  EXPECT_GT(positive, 50);
}

}  // namespace
}  // namespace lianhu::scoring
