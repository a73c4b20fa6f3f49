// Where the shared test data is: ../shared/data from the project's root, or $LIANHU_DATA.
#ifndef LIANHU_TESTS_DATA_SHARED_DATA_H_
#define LIANHU_TESTS_DATA_SHARED_DATA_H_

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace lianhu::testing {

// The path of a file of the shared data, if it is there. Tests run in the project's root.
inline std::optional<std::filesystem::path> SharedData(const std::string& relative) {
  const char* elsewhere = std::getenv("LIANHU_DATA");
  std::filesystem::path path = elsewhere != nullptr ? elsewhere : "../shared/data";
  path /= relative;
  if (std::filesystem::exists(path)) return path;
  return std::nullopt;
}

// In CI missing data is a failure; elsewhere a test may skip, loudly.
inline bool MissingDataIsFailure() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string_view(ci) == "true";
}

}  // namespace lianhu::testing

// Sets the path variable `name`, or ends the test: skipped where the data may be missing, failed where it may not.
#define LIANHU_SHARED_DATA_OR_RETURN(name, relative)                                              \
  const auto name##_found = lianhu::testing::SharedData(relative);                                \
  if (!name##_found) {                                                                            \
    if (lianhu::testing::MissingDataIsFailure()) FAIL() << "shared data missing: " << (relative); \
    GTEST_SKIP() << "shared data missing: " << (relative) << " (set LIANHU_DATA to its folder)";  \
  }                                                                                               \
  const std::filesystem::path name = *name##_found

#endif  // LIANHU_TESTS_DATA_SHARED_DATA_H_
