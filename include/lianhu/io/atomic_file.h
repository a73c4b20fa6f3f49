// A file that appears whole or not at all.
#ifndef LIANHU_IO_ATOMIC_FILE_H_
#define LIANHU_IO_ATOMIC_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lianhu::io {

// Writes to `path`.tmp-XXXXXX in the same directory; Commit() forces the bytes to the disk and renames the file to
// `path`, replacing what was there. Until then `path` is untouched, and an AtomicFile destroyed without a Commit()
// removes its temporary file. A process that is killed may leave the temporary file, never a part of `path`. New files
// get the permissions that open(2) would give them, others keep theirs; where `path` is a link, what it leads to is
// replaced. What is no file but a device or a pipe (/dev/stdout) is written to as it is, at once. Errors name `path`.
class AtomicFile {
 public:
  static absl::StatusOr<AtomicFile> Create(const std::string& path);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&& other) = delete;
  ~AtomicFile();

  // Appends. After an error only destruction is of use.
  absl::Status Write(absl::string_view bytes);

  // To be called once, after the last Write.
  absl::Status Commit();

 private:
  AtomicFile(std::string path, std::string temporary, int descriptor);

  std::string path_;
  std::string temporary_;  // empty when there is nothing to remove
  int descriptor_ = -1;
};

struct FileContent {
  std::string path;
  std::string content;
};

// All files or none: each is written beside its place, and only when all are there are they renamed.
absl::Status WriteFiles(absl::Span<const FileContent> files);

}  // namespace lianhu::io

#endif  // LIANHU_IO_ATOMIC_FILE_H_
