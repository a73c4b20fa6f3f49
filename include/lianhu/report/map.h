// A plan as one self-contained HTML page: a map of who serves whom.
#ifndef LIANHU_REPORT_MAP_H_
#define LIANHU_REPORT_MAP_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/assignment/frontier.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/base/language.h"
#include "lianhu/base/point.h"

namespace lianhu::report {

// Views of the caller's arrays: n households, m stewards.
struct MapInput {
  absl::Span<const std::string> household_ids = {};  // n
  absl::Span<const Point> households = {};           // n
  absl::Span<const int32_t> household_units = {};    // n, or empty without jurisdictions
  absl::Span<const std::string> steward_ids = {};    // m
  absl::Span<const Point> stewards = {};             // m
  absl::Span<const int32_t> steward_units = {};      // m, or empty
  absl::Span<const std::string> unit_names = {};     // by unit
  Datum datum = Datum::kPlanarMetres;
  const assignment::Plan* plan = nullptr;  // optimal or best effort; required

  // Optional. The plan before a rebalancing: each household's steward then, or -1; n entries. The page can then show
  // either, marks the households that changed hands and lists them.
  absl::Span<const int32_t> before = {};
  // Optional. The frontier between moves and distance, drawn as a plot; `plan` is marked at `frontier_moves` (-1: not).
  absl::Span<const assignment::FrontierPoint> frontier = {};
  int64_t frontier_moves = -1;
};

struct MapOptions {
  std::string title = "lianhu";            // shown as text, whatever it holds
  Language language = Language::kEnglish;  // the language the page opens in
};

// The page as UTF-8. It loads nothing from anywhere, draws on a canvas, and holds ids, positions, links and totals
// only. Ids may hold any characters. Errors name the field whose length or index does not fit. O(n + m).
absl::StatusOr<std::string> RenderMap(const MapInput& input, const MapOptions& options);

}  // namespace lianhu::report

#endif  // LIANHU_REPORT_MAP_H_
