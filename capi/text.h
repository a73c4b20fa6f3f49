// Texts that come in as arrays, and text that goes out by capacity and size needed.
#ifndef LIANHU_CAPI_TEXT_H_
#define LIANHU_CAPI_TEXT_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "capi/columns.h"
#include "capi/structs.h"
#include "lianhu/base/language.h"

namespace lianhu::capi {

// The longest prefix of at most `limit` bytes that does not end inside a character.
inline size_t WholeCharacters(absl::string_view text, size_t limit) {
  if (text.size() <= limit) return text.size();
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return limit;
}

// Writes what fits of `text` and a zero byte; `out_size` receives the bytes needed, the zero byte included.
inline absl::Status WriteText(absl::string_view text, char* out, int64_t capacity, int64_t* out_size) {
  if (auto status = CheckArray(out, capacity, "out_text"); !status.ok()) return status;
  if (auto status = CheckPointer(out_size, "out_size"); !status.ok()) return status;
  if (capacity > 0) {
    const size_t copied = WholeCharacters(text, static_cast<size_t>(capacity) - 1);
    std::memcpy(out, text.data(), copied);
    out[copied] = '\0';
  }
  *out_size = static_cast<int64_t>(text.size()) + 1;
  return absl::OkStatus();
}

inline absl::Status ReadLanguage(int32_t given, Language& language) {
  if (given != LIANHU_ENGLISH && given != LIANHU_CHINESE) {
    return InvalidField("language", -1, absl::StrCat("is ", given, ": need LIANHU_ENGLISH or LIANHU_CHINESE"));
  }
  language = given == LIANHU_ENGLISH ? Language::kEnglish : Language::kChinese;
  return absl::OkStatus();
}

// A text that may be left out.
inline std::string TextOrEmpty(const char* text) {
  return text == nullptr ? "" : text;
}

// Texts of which none may be null.
inline absl::StatusOr<std::vector<std::string>> ReadTexts(const char* const* texts, int64_t count,
                                                          absl::string_view field) {
  if (auto status = CheckArray(texts, count, field); !status.ok()) return status;
  std::vector<std::string> copies;
  copies.reserve(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) {
    if (texts[i] == nullptr) return InvalidField(field, i, "must not be null");
    copies.emplace_back(texts[i]);
  }
  return copies;
}

}  // namespace lianhu::capi

#endif  // LIANHU_CAPI_TEXT_H_
