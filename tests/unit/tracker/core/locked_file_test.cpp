#include "tracker/core/locked_file.h"

#include <csignal>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class CreateLockedTest : public ::testing::Test {
 protected:
  FilePtr Create() const { return CreateLocked(path_, "clip.csv"); }

  const TempFolder folder_;
  const fs::path path_ = folder_ / "clip.csv.part";
};

TEST_F(CreateLockedTest, RefusesAFileThatThisRunIsWriting) {
  const FilePtr file = Create();
  std::fputs("rows", file.get());
  EXPECT_THAT(MessageOf([&] { Create(); }),
              AllOf(HasSubstr("clip.csv would be written twice by this run"),
                    HasSubstr("give the inputs other names")));
  EXPECT_EQ(ReadText(path_), "rows");
}

TEST_F(CreateLockedTest, NamesTheOtherProcessThatIsWritingIt) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t other = fork();
  if (other == 0) {
    const FilePtr file = Create();
    [[maybe_unused]] const ssize_t written = write(ready[1], "x", 1);
    pause();
    _exit(0);
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  EXPECT_THAT(MessageOf([&] { Create(); }),
              HasSubstr("is being written by process " + std::to_string(other)));
  kill(other, SIGKILL);
  waitpid(other, nullptr, 0);
  EXPECT_EQ(MessageOf([&] { Create(); }), "no error") << "the lock of a killed process stays";
  close(ready[0]);
  close(ready[1]);
}

TEST_F(CreateLockedTest, ReplacesWhatNobodyHolds) {
  WriteText(path_, "left by a killed run");
  const FilePtr file = Create();
  EXPECT_EQ(ReadText(path_), "");
}

TEST_F(CreateLockedTest, FollowsNoLink) {
  WriteText(folder_ / "precious", "keep");
  fs::create_symlink(folder_ / "precious", path_);
  const FilePtr file = Create();
  std::fputs("rows", file.get());
  EXPECT_EQ(ReadText(folder_ / "precious"), "keep");
  EXPECT_FALSE(fs::is_symlink(path_));
}

TEST_F(CreateLockedTest, NamesWhatIsInTheWay) {
  WriteText(path_ / "inside", "");
  EXPECT_THAT(MessageOf([&] { Create(); }), HasSubstr(path_.string() + " is in the way"));
  EXPECT_TRUE(fs::exists(path_ / "inside"));
}

}  // namespace
}  // namespace nosetip
