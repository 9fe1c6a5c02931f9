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

TEST_P(AtomicFileTest, TakesWhatOthersWriteToThePart) {
  AtomicFile file = Open();
  std::ofstream(file.part_path()) << "by an encoder";
  file.Commit();
  EXPECT_EQ(ReadText(path_), "by an encoder");
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
                         ::testing::Values(AtomicFileOptions{PartName::kAppended, true},
                                           AtomicFileOptions{PartName::kHidden, true},
                                           AtomicFileOptions{PartName::kAppended, false},
                                           AtomicFileOptions{PartName::kHidden, false}));

TEST(AtomicFile, NamesThePartAfterTheFile) {
  const TempFolder folder;
  EXPECT_EQ(AtomicFile(folder / "a.b.csv").part_path(), folder / "a.b.csv.part");
  EXPECT_EQ(AtomicFile(folder / "a.b.mp4", {.part_name = PartName::kHidden}).part_path(),
            folder / ".a.b.part.mp4");
}

}  // namespace
}  // namespace nosetip
