// Text as HTML shows it.
#ifndef LIANHU_SRC_REPORT_HTML_H_
#define LIANHU_SRC_REPORT_HTML_H_

#include <string>

#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace lianhu::report {

// For text and for quoted attributes, of HTML and of SVG in it.
inline std::string Escape(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

}  // namespace lianhu::report

#endif  // LIANHU_SRC_REPORT_HTML_H_
