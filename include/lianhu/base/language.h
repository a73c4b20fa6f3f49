// The languages in which the library says a sentence to a person.
#ifndef LIANHU_BASE_LANGUAGE_H_
#define LIANHU_BASE_LANGUAGE_H_

#include <cstdint>

namespace lianhu {

enum class Language : int32_t { kEnglish = 0, kChinese = 1 };

}  // namespace lianhu

#endif  // LIANHU_BASE_LANGUAGE_H_
