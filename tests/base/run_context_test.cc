#include "lianhu/base/run_context.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace lianhu {
namespace {

TEST(RunContextTest, ProgressNeverDecreasesAndIsNeverEnteredTwice) {
  RunContext context;
  std::vector<double> seen;
  std::atomic<int> inside = 0;
  context.set_progress([&](double fraction) {
    EXPECT_EQ(++inside, 1);
    seen.push_back(fraction);
    --inside;
    return true;
  });
  std::vector<std::thread> workers;
  for (int w = 0; w < 4; ++w) {
    workers.emplace_back([&context, w] {
      for (int i = 0; i < 1000; ++i) context.Report((i * 4 + w) / 4000.0);
    });
  }
  for (auto& worker : workers) worker.join();
  ASSERT_GT(seen.size(), 1u);
  for (size_t i = 1; i < seen.size(); ++i) EXPECT_LT(seen[i - 1], seen[i]);
}

TEST(RunContextTest, ReturningFalseCancels) {
  RunContext context;
  context.set_progress([](double) { return false; });
  EXPECT_FALSE(context.cancelled());
  context.Report(0.5);
  EXPECT_TRUE(context.cancelled());
  context.Reset();
  EXPECT_FALSE(context.cancelled());
}

TEST(RunContextTest, ThreadsAreCapped) {
  RunContext context;
  EXPECT_GE(context.ThreadsFor(1000), 1);
  context.threads = 3;
  EXPECT_EQ(context.ThreadsFor(1000), 3);
  EXPECT_EQ(context.ThreadsFor(2), 2);
  EXPECT_EQ(context.ThreadsFor(0), 1);
}

}  // namespace
}  // namespace lianhu
