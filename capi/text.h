// Text that goes out by capacity and size needed.
#ifndef LIANHU_CAPI_TEXT_H_
#define LIANHU_CAPI_TEXT_H_

#include <cstdint>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "capi/columns.h"
#include "capi/structs.h"

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

}  // namespace lianhu::capi

#endif  // LIANHU_CAPI_TEXT_H_
