// Code points of UTF-8 text, as FEEL counts characters. Bytes that are not UTF-8 count one each.
#ifndef LIANHU_SRC_ROUTING_UTF8_H_
#define LIANHU_SRC_ROUTING_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace lianhu::routing {

inline size_t CodePointSize(absl::string_view text, size_t at) {
  size_t size = 1;
  while (size < 4 && at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0) == 0x80) ++size;
  return size;
}

inline size_t CountCodePoints(absl::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); at += CodePointSize(text, at)) ++count;
  return count;
}

// Where the code point of this 0-based index begins; the end of the text when there is none.
inline size_t CodePointOffset(absl::string_view text, size_t index) {
  size_t at = 0;
  for (; index > 0 && at < text.size(); --index) at += CodePointSize(text, at);
  return at;
}

inline void AppendCodePoint(uint32_t code, std::string& text) {
  const auto add = [&](uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | (code >> 6));
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | ((code >> 18) & 0x07));
    add(0x80 | ((code >> 12) & 0x3F));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  }
}

}  // namespace lianhu::routing

#endif  // LIANHU_SRC_ROUTING_UTF8_H_
