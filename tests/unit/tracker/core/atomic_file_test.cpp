#include "tracker/core/atomic_file.h"

#include <fstream>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class AtomicFileTest : public ::testing::TestWithParam<AtomicFileOptions> {
 protected:
  AtomicFile Open() { return AtomicFile(path_, GetParam()); }

  TempFolder folder_;
  fs::path path_ = folder_ / "a.txt";
};

TEST_P(AtomicFileTest, AppearsUnderItsNameOnlyWhenCommitted) {
  AtomicFile file = Open();
  file.Write("one");
  file.Flush();
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_EQ(ReadText(file.part_path()), "one");
  EXPECT_TRUE(file.IsOpen());
  file.Commit();
  EXPECT_FALSE(file.IsOpen());
  EXPECT_EQ(ReadText(path_), "one");
  EXPECT_FALSE(fs::exists(file.part_path()));
}

TEST_P(AtomicFileTest, LeavesAnOlderFileAloneUntilCommitted) {
  WriteText(path_, "old");
  { Open().Write("new"); }
  EXPECT_EQ(ReadText(path_), "old");
  AtomicFile file = Open();
  file.Write("new");
  file.Commit();
  EXPECT_EQ(ReadText(path_), "new");
}

TEST_P(AtomicFileTest, LeavesNothingWithoutCommit) {
  { Open().Write("half"); }
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_P(AtomicFileTest, MovesWithItsContent) {
  AtomicFile first = Open();
  first.Write("1");
  AtomicFile second = std::move(first);
  second.Write("2");
  second.Commit();
  EXPECT_EQ(ReadText(path_), "12");
}

TEST_P(AtomicFileTest, NamesAFullDiskAndLeavesNothing) {
  const auto write = [&] {
    AtomicFile file = Open();
    const FileSizeLimit limit(16);
    file.Write(std::string(100, 'x'));
    file.Commit();
  };
  EXPECT_THAT(MessageOf(write), AllOf(HasSubstr(path_.string()), HasSubstr("disk is full"),
                                      HasSubstr("free some space")));
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_P(AtomicFileTest, NamesAMissingFolder) {
  path_ = folder_ / "missing/a.txt";
  EXPECT_THAT(MessageOf([&] { Open(); }),
              AllOf(HasSubstr(path_.string()),
                    HasSubstr("there is no folder " + (folder_ / "missing").string())));
}

TEST_P(AtomicFileTest, NamesAFolderThatTakesNoFiles) {
  path_ = "/proc/a.txt";
  EXPECT_THAT(MessageOf([&] { Open(); }),
              AllOf(HasSubstr("/proc/a.txt cannot be written"), HasSubstr("permissions")));
}

TEST_P(AtomicFileTest, ReplacesNoFolderAndNoDevice) {
  WriteText(path_ / "inside", "");
  for (const fs::path& place : {path_, fs::path("/dev/null")}) {
    EXPECT_THAT(MessageOf([&] { AtomicFile(place, GetParam()); }),
                AllOf(HasSubstr(place.string()), HasSubstr("another name")));
  }
  EXPECT_TRUE(fs::exists(path_ / "inside"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 1);
  EXPECT_FALSE(fs::is_regular_file("/dev/null"));
}

TEST_P(AtomicFileTest, ReplacesNoFolderThatAppearsMeanwhile) {
  AtomicFile file = Open();
  WriteText(path_ / "inside", "");
  EXPECT_THAT(MessageOf([&] { file.Commit(); }), HasSubstr("cannot be written"));
  EXPECT_TRUE(fs::exists(path_ / "inside"));
  EXPECT_FALSE(fs::exists(file.part_path()));
}

INSTANTIATE_TEST_SUITE_P(Options, AtomicFileTest,
                         ::testing::Values(AtomicFileOptions{.sync = true},
                                           AtomicFileOptions{.sync = false}));

class KeptPartTest : public ::testing::Test {
 protected:
  AtomicFile Open() const { return AtomicFile(path_, {.keep_part = true}); }

  const TempFolder folder_;
  const fs::path path_ = folder_ / "a.b.csv";
  const fs::path part_ = folder_ / "a.b.csv.part";
};

TEST_F(KeptPartTest, StaysWithoutCommit) {
  { Open().Write("one row\n"); }
  EXPECT_EQ(ReadText(part_), "one row\n");
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(KeptPartTest, IsNotLeftEmpty) {
  { Open(); }
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

// So rows stay whole, however the disk cuts them.
TEST_F(KeptPartTest, EndsWithAWholeWriteAfterAFullDisk) {
  std::string message;
  {
    const FileSizeLimit limit(1000);
    AtomicFile file = Open();
    message = MessageOf([&] {
      for (int i = 0; i < 100; ++i) {
        file.Write("a row of twenty-one.\n");
        if (i % 3 == 0) file.Flush();
      }
    });
  }
  EXPECT_THAT(message, AllOf(HasSubstr("disk is full"),
                             HasSubstr("What was written before is in " + part_.string())));
  const std::string kept = ReadText(part_);
  EXPECT_GE(kept.size(), 900U);
  EXPECT_EQ(kept.size() % 21, 0U);
}

TEST_F(KeptPartTest, IsLockedWhileItIsWritten) {
  AtomicFile first = Open();
  first.Write("first");
  EXPECT_THAT(MessageOf([&] { Open(); }),
              HasSubstr(path_.string() + " would be written twice by this run"));
  first.Commit();
  EXPECT_EQ(ReadText(path_), "first");
  EXPECT_EQ(MessageOf([&] { Open(); }), "no error");
}

TEST_F(KeptPartTest, SaysThatItsFolderIsGone) {
  const fs::path folder = folder_ / "out";
  fs::create_directory(folder);
  AtomicFile file(folder / "a.csv", {.keep_part = true});
  file.Write("one");
  fs::remove_all(folder);
  EXPECT_THAT(MessageOf([&] { file.Commit(); }),
              AllOf(HasSubstr("there is no folder " + folder.string()),
                    ::testing::Not(HasSubstr("disk is full"))));
}

}  // namespace
}  // namespace nosetip
