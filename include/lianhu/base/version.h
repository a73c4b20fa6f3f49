// The library's version, "major.minor.patch" (semver.org). The C ABI has a version of its own (lianhu.h).
#ifndef LIANHU_BASE_VERSION_H_
#define LIANHU_BASE_VERSION_H_

namespace lianhu {

inline constexpr char kVersion[] = "0.1.0";

}  // namespace lianhu

#endif  // LIANHU_BASE_VERSION_H_
