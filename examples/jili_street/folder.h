// The folder of the demo's files.
#ifndef LIANHU_EXAMPLES_JILI_STREET_FOLDER_H_
#define LIANHU_EXAMPLES_JILI_STREET_FOLDER_H_

#include <filesystem>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lianhu/io/atomic_file.h"

namespace jili {

struct Folder {
  std::filesystem::path path;

  std::string File(const char* name) const { return (path / name).string(); }
  absl::Status Write(const char* name, absl::string_view content) const {
    absl::StatusOr<lianhu::io::AtomicFile> file = lianhu::io::AtomicFile::Create(File(name));
    if (!file.ok()) return file.status();
    if (auto status = file->Write(content); !status.ok()) return status;
    return file->Commit();
  }
};

}  // namespace jili

#endif  // LIANHU_EXAMPLES_JILI_STREET_FOLDER_H_
