// Text files as clerks have them: UTF-8 with or without a byte-order mark, or GB18030.
#ifndef LIANHU_IO_TEXT_H_
#define LIANHU_IO_TEXT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lianhu::io {

// The whole file as UTF-8. Bytes that are valid UTF-8 are taken as they are, less a byte-order mark; anything else must
// be valid GB18030 (of which GBK and GB2312 are parts) and is converted. Errors name the file: it is not there, is a
// directory, cannot be read, is UTF-16, has a byte 0, or is in neither encoding (with the offset of the first bad
// byte).
absl::StatusOr<std::string> ReadTextFile(const std::string& path);

// The same for bytes in memory; `name` stands for the file in errors.
absl::StatusOr<std::string> DecodeText(std::string bytes, absl::string_view name);

}  // namespace lianhu::io

#endif  // LIANHU_IO_TEXT_H_
