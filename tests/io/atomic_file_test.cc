#include "lianhu/io/atomic_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "io/temporary_directory.h"

namespace lianhu::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(AtomicFileTest, NothingAppearsBeforeCommit) {
  TemporaryDirectory directory;
  const std::string path = directory.File("plan.csv");
  absl::StatusOr<AtomicFile> file = AtomicFile::Create(path);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_TRUE(file->Write("a,b\n").ok());
  EXPECT_FALSE(std::filesystem::exists(path));
  ASSERT_TRUE(file->Write("1,2\n").ok());
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_EQ(ReadFile(path), "a,b\n1,2\n");
  EXPECT_THAT(directory.List(), ElementsAre("plan.csv"));
}

TEST(AtomicFileTest, WithoutCommitTheOldFileStaysAndNothingElse) {
  TemporaryDirectory directory;
  const std::string path = directory.File("plan.csv");
  WriteFile(path, "old");
  {
    absl::StatusOr<AtomicFile> file = AtomicFile::Create(path);
    ASSERT_TRUE(file.ok()) << file.status();
    ASSERT_TRUE(file->Write("half of the new").ok());
    EXPECT_EQ(directory.List().size(), 2u);
    const AtomicFile moved = *std::move(file);
  }
  EXPECT_EQ(ReadFile(path), "old");
  EXPECT_THAT(directory.List(), ElementsAre("plan.csv"));
}

TEST(AtomicFileTest, HasTheUsualPermissions) {
  TemporaryDirectory directory;
  const std::string path = directory.File("x");
  absl::StatusOr<AtomicFile> file = AtomicFile::Create(path);
  ASSERT_TRUE(file.ok() && file->Commit().ok());
  const mode_t mask = umask(0);
  umask(mask);
  struct stat info = {};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0666 & ~mask);
}

TEST(AtomicFileTest, WhatWasThereKeepsItsPermissionsAndALinkItsPlace) {
  TemporaryDirectory directory;
  const std::string path = directory.File("plan.csv");
  WriteFile(path, "old");
  ASSERT_EQ(chmod(path.c_str(), 0640), 0);
  std::filesystem::create_symlink("plan.csv", directory.File("link"));
  ASSERT_TRUE(WriteFiles({{directory.File("link"), "new"}}).ok());
  EXPECT_EQ(ReadFile(path), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(directory.File("link")));
  struct stat info = {};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0640u);
}

TEST(AtomicFileTest, APipeIsWrittenToAndStaysOne) {
  TemporaryDirectory directory;
  const std::string path = directory.File("pipe");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const int reader = open(path.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  ASSERT_TRUE(WriteFiles({{path, "1,2\n"}}).ok());
  char bytes[16] = {};
  EXPECT_EQ(read(reader, bytes, sizeof(bytes)), 4);
  EXPECT_STREQ(bytes, "1,2\n");
  close(reader);
  EXPECT_TRUE(std::filesystem::is_fifo(path));
  EXPECT_THAT(directory.List(), ElementsAre("pipe"));
}

TEST(AtomicFileTest, NoSuchDirectoryIsAnErrorNamingTheFile) {
  const absl::Status status = AtomicFile::Create("/no/such/directory/plan.csv").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("/no/such/directory/plan.csv: cannot create"));
}

TEST(AtomicFileTest, ADirectoryIsNotReplaced) {
  TemporaryDirectory directory;
  const std::string path = directory.File("taken");
  std::filesystem::create_directories(path + "/inside");
  const absl::Status status = AtomicFile::Create(path).status();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(path + ": cannot write: Is a directory"));
  EXPECT_THAT(directory.List(), ElementsAre("taken"));
}

TEST(AtomicFileTest, AReadOnlyDirectoryIsAnErrorNamingTheFile) {
  TemporaryDirectory directory;
  const std::string path = directory.File("plan.csv");
  std::filesystem::permissions(directory.path(),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec |
                                   std::filesystem::perms::others_read | std::filesystem::perms::others_exec);
  // Permissions do not bind root: be somebody else meanwhile.
  constexpr uid_t kNobody = 65534;
  const uid_t user = geteuid();
  if (user == 0) {
    ASSERT_EQ(seteuid(kNobody), 0);
  }
  const absl::Status status = AtomicFile::Create(path).status();
  if (user == 0) {
    ASSERT_EQ(seteuid(user), 0);
  }
  std::filesystem::permissions(directory.path(), std::filesystem::perms::owner_all);

  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(std::string(status.message()), HasSubstr(path + ": cannot create"));
  EXPECT_THAT(directory.List(), IsEmpty());
}

}  // namespace
}  // namespace lianhu::io
