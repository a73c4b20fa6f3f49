// What names and blanks of an expression are made of.
#ifndef LIANHU_SRC_ROUTING_NAMES_H_
#define LIANHU_SRC_ROUTING_NAMES_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace lianhu::routing {

bool IsNameStart(char c);
bool IsNamePart(char c);

// Bytes of blank at the front of `text`: ASCII, no-break, ideographic and the like.
size_t BlankSize(absl::string_view text);

}  // namespace lianhu::routing

#endif  // LIANHU_SRC_ROUTING_NAMES_H_
