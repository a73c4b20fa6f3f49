#include "lianhu/io/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <random>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace lianhu::io {
namespace {

constexpr int kMaxNamesTried = 100;

absl::Status ErrnoStatus(int error, const std::string& path, absl::string_view action) {
  return absl::ErrnoToStatus(error, absl::StrCat(path, ": cannot ", action));
}

std::string RandomSuffix(std::random_device& random) {
  constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::uniform_int_distribution<size_t> letter(0, sizeof(kLetters) - 2);
  std::string suffix(6, ' ');
  for (char& c : suffix) c = kLetters[letter(random)];
  return suffix;
}

// The rename itself must survive a power failure. Some file systems cannot sync a directory; the file is whole anyway.
void SyncDirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int descriptor = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

}  // namespace

absl::StatusOr<AtomicFile> AtomicFile::Create(const std::string& given) {
  // The file that a link leads to is replaced, not the link.
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(given, error);
  const std::string path = error ? given : target.string();
  struct stat there = {};
  const bool exists = stat(path.c_str(), &there) == 0;
  if (exists && !S_ISREG(there.st_mode)) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return ErrnoStatus(errno, given, "write");
    return AtomicFile(given, "", descriptor);
  }
  std::random_device random;
  // Not mkstemp: it makes files that only their owner may read.
  for (int tried = 0; tried < kMaxNamesTried; ++tried) {
    std::string temporary = absl::StrCat(path, ".tmp-", RandomSuffix(random));
    const int descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) {
      if (exists) fchmod(descriptor, there.st_mode & 07777);  // as far as the owner may
      return AtomicFile(path, std::move(temporary), descriptor);
    }
    if (errno != EEXIST) break;
  }
  return ErrnoStatus(errno, given, "create");
}

AtomicFile::AtomicFile(std::string path, std::string temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

absl::Status AtomicFile::Write(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return ErrnoStatus(errno, path_, "write");
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status AtomicFile::Commit() {
  const bool in_place = temporary_.empty();
  if (!in_place && fsync(descriptor_) != 0) return ErrnoStatus(errno, path_, "write");
  if (close(std::exchange(descriptor_, -1)) != 0) return ErrnoStatus(errno, path_, "write");
  if (in_place) return absl::OkStatus();
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return ErrnoStatus(errno, path_, "replace");
  temporary_.clear();
  SyncDirectoryOf(path_);
  return absl::OkStatus();
}

absl::Status WriteFiles(absl::Span<const FileContent> files) {
  std::vector<AtomicFile> written;
  for (const FileContent& each : files) {
    absl::StatusOr<AtomicFile> file = AtomicFile::Create(each.path);
    if (!file.ok()) return file.status();
    if (auto status = file->Write(each.content); !status.ok()) return status;
    written.push_back(*std::move(file));
  }
  for (AtomicFile& file : written) {
    if (auto status = file.Commit(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace lianhu::io
