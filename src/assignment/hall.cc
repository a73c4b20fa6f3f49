#include "assignment/hall.h"

#include <algorithm>

#include "assignment/layout.h"
#include "assignment/reach_flow.h"

namespace lianhu::assignment::internal {
namespace {

using Side = ReachFlow::Side;

// The feasibility of a jurisdiction has nothing to do with costs of load, nor with who is left over.
Layout PlainLayout(const JurisdictionInput& input) {
  JurisdictionInput plain = input;
  plain.load_cost = {};
  plain.left_over = 0;
  return MakeLayout(plain);
}

class Interpreter {
 public:
  explicit Interpreter(const Layout& layout) : layout_(layout) {
    int32_t begin = 0;
    for (const int32_t supply : layout.network.supply) {
      site_begin_.push_back(begin);
      begin += supply;
    }
    site_begin_.push_back(begin);
  }

  // Components in the caller's indices; those without any neighbour put together.
  std::vector<HallViolator> Interpret(const std::vector<ReachFlow::Component>& components, Side left) const {
    std::vector<HallViolator> violators;
    HallViolator isolated;
    for (const ReachFlow::Component& component : components) {
      HallViolator fresh;
      HallViolator& violator = component.right.empty() ? isolated : fresh;
      violator.missing += component.missing;
      for (const int32_t s : left == Side::kSites ? component.left : component.right) {
        violator.households.insert(violator.households.end(), layout_.households.begin() + site_begin_[s],
                                   layout_.households.begin() + site_begin_[s + 1]);
      }
      for (const int32_t j : left == Side::kSites ? component.right : component.left) {
        violator.stewards.push_back(layout_.stewards[j]);
      }
      if (&violator == &fresh) violators.push_back(std::move(fresh));
    }
    if (isolated.missing > 0) violators.push_back(std::move(isolated));
    for (HallViolator& violator : violators) {
      std::sort(violator.households.begin(), violator.households.end());
      std::sort(violator.stewards.begin(), violator.stewards.end());
    }
    std::sort(violators.begin(), violators.end(), [](const HallViolator& a, const HallViolator& b) {
      if (a.missing != b.missing) return a.missing > b.missing;
      return a.households != b.households ? a.households < b.households : a.stewards < b.stewards;
    });
    return violators;
  }

 private:
  const Layout& layout_;
  std::vector<int32_t> site_begin_;
};

}  // namespace

HallViolators FindHallViolators(const JurisdictionInput& input, RunContext& context) {
  const Layout layout = PlainLayout(input);
  const Interpreter interpreter(layout);
  HallViolators found;
  for (const Side left : {Side::kSites, Side::kStewards}) {
    ReachFlow flow(layout.network, left, context);
    if (flow.Run() > 0) {
      (left == Side::kSites ? found.shortages : found.surpluses) =
          interpreter.Interpret(flow.BlockedComponents(), left);
    }
    if (context.cancelled()) return {.shortages = {}, .surpluses = {}, .cancelled = true};
  }
  return found;
}

bool CanServeAll(const JurisdictionInput& input, RunContext& context) {
  const Layout layout = PlainLayout(input);
  return ReachFlow(layout.network, Side::kSites, context).Run() == 0;
}

bool CanFillMinima(const JurisdictionInput& input, RunContext& context) {
  const Layout layout = PlainLayout(input);
  return ReachFlow(layout.network, Side::kStewards, context).Run() == 0;
}

}  // namespace lianhu::assignment::internal
