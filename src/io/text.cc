#include "lianhu/io/text.h"

#include <iconv.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace lianhu::io {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr absl::string_view kUtf16Marks[] = {"\xFF\xFE", "\xFE\xFF"};

// Converts `bytes` to UTF-8; returns the offset of the first byte that is not of `encoding`, or bytes.size().
absl::StatusOr<size_t> Convert(const char* encoding, absl::string_view bytes, std::string& utf8) {
  const iconv_t converter = iconv_open("UTF-8", encoding);
  // POSIX says failure as (iconv_t)-1.
  if (reinterpret_cast<intptr_t>(converter) == -1) {
    return absl::UnimplementedError(absl::StrCat("this system cannot convert from ", encoding));
  }
  const auto close = absl::MakeCleanup([&] { iconv_close(converter); });
  // iconv does not write through its input pointer; its type is older than const.
  char* in = const_cast<char*>(bytes.data());
  size_t in_left = bytes.size();
  utf8.clear();
  char buffer[1 << 16];
  while (in_left > 0) {
    char* out = buffer;
    size_t out_left = sizeof(buffer);
    const size_t result = iconv(converter, &in, &in_left, &out, &out_left);
    utf8.append(buffer, sizeof(buffer) - out_left);
    if (result == static_cast<size_t>(-1) && errno != E2BIG) break;
  }
  return bytes.size() - in_left;
}

}  // namespace

absl::StatusOr<std::string> DecodeText(std::string bytes, absl::string_view name) {
  if (absl::StartsWith(bytes, kByteOrderMark)) bytes.erase(0, kByteOrderMark.size());
  for (const absl::string_view mark : kUtf16Marks) {
    if (!absl::StartsWith(bytes, mark)) continue;
    return absl::InvalidArgumentError(absl::StrCat(name, ": is UTF-16 text; save it as UTF-8 or GB18030"));
  }
  if (const size_t zero = bytes.find('\0'); zero != std::string::npos) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": no text: byte 0 at offset ", zero));
  }
  std::string utf8;
  absl::StatusOr<size_t> good = Convert("UTF-8", bytes, utf8);
  if (!good.ok()) return good.status();
  if (*good == bytes.size()) return bytes;
  good = Convert("GB18030", bytes, utf8);
  if (!good.ok()) return good.status();
  if (*good == bytes.size()) return utf8;
  return absl::InvalidArgumentError(absl::StrCat(name, ": neither UTF-8 nor GB18030 text: bad byte at offset ", *good));
}

absl::StatusOr<std::string> ReadTextFile(const std::string& path) {
  std::error_code error;
  const auto kind = std::filesystem::status(path, error).type();
  if (kind == std::filesystem::file_type::not_found) return absl::NotFoundError(absl::StrCat(path, ": no such file"));
  if (kind == std::filesystem::file_type::directory) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": is a directory, not a file"));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::PermissionDeniedError(absl::StrCat(path, ": cannot be opened: ", std::strerror(errno)));
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.bad()) return absl::DataLossError(absl::StrCat(path, ": cannot be read to its end"));
  return DecodeText(std::move(bytes), path);
}

}  // namespace lianhu::io
