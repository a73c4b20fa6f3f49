// Words between blanks, as instance files of the literature have them.
#ifndef LIANHU_SRC_IO_WORDS_H_
#define LIANHU_SRC_IO_WORDS_H_

#include <cstdint>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace lianhu::io {

struct PlacedWord {
  absl::string_view text;
  int64_t line;  // counted from 1
};

// Views of `text`, in order.
inline std::vector<PlacedWord> SplitWords(absl::string_view text) {
  std::vector<PlacedWord> words;
  int64_t line = 1;
  size_t at = 0;
  while (at < text.size()) {
    if (absl::ascii_isspace(static_cast<unsigned char>(text[at]))) {
      line += text[at] == '\n' ? 1 : 0;
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && !absl::ascii_isspace(static_cast<unsigned char>(text[end]))) ++end;
    words.push_back({text.substr(at, end - at), line});
    at = end;
  }
  return words;
}

}  // namespace lianhu::io

#endif  // LIANHU_SRC_IO_WORDS_H_
