// A whole file as bytes, by memory map.
#ifndef LIANHU_IO_MAPPED_FILE_H_
#define LIANHU_IO_MAPPED_FILE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace lianhu::io {

// Read-only. The file must be a regular one; an empty one gives no bytes. Errors name the file. The bytes begin on a
// page. Another process that cuts the file short while it is mapped makes reading it a SIGBUS, as with every memory
// map: files are to be replaced by rename, as AtomicFile does.
class MappedFile {
 public:
  static absl::StatusOr<MappedFile> Open(const std::string& path);

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) = delete;
  ~MappedFile();

  absl::Span<const std::byte> bytes() const { return {static_cast<const std::byte*>(data_), size_}; }

 private:
  MappedFile(void* data, size_t size) : data_(data), size_(size) {}

  void* data_;
  size_t size_;
};

}  // namespace lianhu::io

#endif  // LIANHU_IO_MAPPED_FILE_H_
