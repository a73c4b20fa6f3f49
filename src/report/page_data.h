// What pages hold: arrays as base64, text as JSON in a script element, and checks of their indices.
#ifndef LIANHU_SRC_REPORT_PAGE_DATA_H_
#define LIANHU_SRC_REPORT_PAGE_DATA_H_

#include <bit>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/base/point.h"
#include "lianhu/base/status.h"

namespace lianhu::report {

inline absl::Status CheckLength(absl::string_view field, size_t length, size_t expected) {
  if (length == expected) return absl::OkStatus();
  return InvalidField(field, -1, absl::StrCat("has ", length, " entries, expected ", expected));
}

inline absl::Status CheckIndices(absl::string_view field, absl::Span<const int32_t> indices, int64_t low, size_t end) {
  for (size_t k = 0; k < indices.size(); ++k) {
    if (indices[k] < low || indices[k] >= static_cast<int64_t>(end)) {
      return InvalidField(field, static_cast<int64_t>(k), absl::StrCat("no such index: ", indices[k]));
    }
  }
  return absl::OkStatus();
}

// The array's bytes, little-endian, as base64: what the page turns into a typed array.
template <typename T>
std::string Packed(const std::vector<T>& values) {
  static_assert(std::endian::native == std::endian::little);
  std::string base64;
  absl::Base64Escape(absl::string_view(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)),
                     &base64);
  return base64;
}

inline std::string Packed(absl::Span<const int32_t> values) {
  return Packed(std::vector<int32_t>(values.begin(), values.end()));
}

// Metres from `origin`: a float is true to a centimetre for 100 km.
inline std::string PackedCoordinates(absl::Span<const Point> points, Point origin) {
  std::vector<float> coordinates;
  coordinates.reserve(2 * points.size());
  for (const Point& p : points) {
    coordinates.push_back(static_cast<float>(p.x - origin.x));
    coordinates.push_back(static_cast<float>(p.y - origin.y));
  }
  return Packed(coordinates);
}

inline nlohmann::ordered_json Strings(absl::Span<const std::string> strings) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const std::string& s : strings) array.push_back(s);
  return array;
}

// `page` with its data in the place of the mark. Inside a script element only "<" can end it; JSON lets it be written
// as an escape.
inline std::string WithData(absl::string_view page, const nlohmann::ordered_json& data) {
  constexpr absl::string_view kMark = "/*DATA*/";
  const size_t mark = page.find(kMark);
  return absl::StrCat(page.substr(0, mark),
                      absl::StrReplaceAll(data.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace),
                                          {{"<", "\\u003c"}}),
                      page.substr(mark + kMark.size()));
}

}  // namespace lianhu::report

#endif  // LIANHU_SRC_REPORT_PAGE_DATA_H_
