#include "tracker/output/text_output.h"

#include <filesystem>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(TextOutput, AppearsUnderItsNameOnlyWhenFinished) {
  const TempFolder folder;
  TextOutput file(folder / "a.csv");
  file.Write("one\n");
  EXPECT_FALSE(fs::exists(folder / "a.csv"));
  EXPECT_TRUE(fs::exists(folder / "a.csv.part"));
  file.Finish();
  EXPECT_EQ(ReadText(folder / "a.csv"), "one\n");
  EXPECT_FALSE(fs::exists(folder / "a.csv.part"));
}

TEST(TextOutput, LeavesAnOlderFileAloneUntilFinished) {
  const TempFolder folder;
  WriteText(folder / "a.csv", "old");
  {
    TextOutput file(folder / "a.csv");
    file.Write("new");
  }
  EXPECT_EQ(ReadText(folder / "a.csv"), "old");
  TextOutput file(folder / "a.csv");
  file.Write("new");
  file.Finish();
  EXPECT_EQ(ReadText(folder / "a.csv"), "new");
}

TEST(TextOutput, KeepsWhatWasWrittenAsAPartWhenItIsNotFinished) {
  const TempFolder folder;
  { TextOutput(folder / "a.csv").Write("half"); }
  EXPECT_FALSE(fs::exists(folder / "a.csv"));
  EXPECT_EQ(ReadText(folder / "a.csv.part"), "half");
}

TEST(TextOutput, MovesWithItsContent) {
  const TempFolder folder;
  TextOutput first(folder / "a.csv");
  first.Write("1");
  TextOutput second = std::move(first);
  second.Write("2");
  second.Finish();
  EXPECT_EQ(ReadText(folder / "a.csv"), "12");
}

TEST(TextOutput, KeepsTheRowsBeforeTheDiskWasFull) {
  const TempFolder folder;
  const std::string row(1000, 'x');
  const auto write = [&] {
    TextOutput file(folder / "a.csv");
    for (int i = 0; i < 300; ++i) file.Write(row + '\n');
    file.Finish();
  };
  {
    const FileSizeLimit limit(200'000);
    EXPECT_THAT(write,
                ThrowsMessage<Error>(AllOf(HasSubstr((folder / "a.csv").string()),
                                           HasSubstr("free some space"), HasSubstr("a.csv.part"))));
  }
  EXPECT_FALSE(fs::exists(folder / "a.csv"));
  const std::vector<std::string> rows = ReadLines(folder / "a.csv.part");
  EXPECT_GE(rows.size(), 100U);
  EXPECT_EQ(rows.back(), row);
}

TEST(TextOutput, NoticesAFullDiskInTheLastBytesToo) {
  const TempFolder folder;
  TextOutput file(folder / "a.csv");
  file.Write("short");
  const FileSizeLimit limit(2);
  EXPECT_THROW(file.Finish(), Error);
  EXPECT_FALSE(fs::exists(folder / "a.csv"));
}

TEST(GrowingText, IsInItsPlaceAfterEachWrite) {
  const TempFolder folder;
  GrowingText text(folder / "a.csv");
  EXPECT_EQ(ReadText(folder / "a.csv"), "");
  text.Write("one\n");
  EXPECT_EQ(ReadText(folder / "a.csv"), "one\n");
  text.Write("two\n");
  EXPECT_EQ(ReadText(folder / "a.csv"), "one\ntwo\n");
  EXPECT_EQ(text.bytes(), 8);
}

TEST(GrowingText, ReplacesNoFile) {
  const TempFolder folder;
  WriteText(folder / "a.csv", "kept");
  EXPECT_THAT(MessageOf([&] { GrowingText(folder / "a.csv"); }),
              AllOf(HasSubstr("a.csv"), HasSubstr("exists"), HasSubstr("another name")));
  EXPECT_EQ(ReadText(folder / "a.csv"), "kept");
}

TEST(GrowingText, KeepsWholeWritesWhereTheDiskIsFull) {
  const TempFolder folder;
  GrowingText text(folder / "a.csv");
  text.Write("0123456789\n");
  {
    const FileSizeLimit limit(16);
    EXPECT_THAT(MessageOf([&] { text.Write("0123456789\n"); }),
                AllOf(HasSubstr("a.csv"), HasSubstr("disk is full")));
  }
  EXPECT_EQ(ReadText(folder / "a.csv"), "0123456789\n");
}

TEST(SaveText, WritesAWholeFileBesideNothing) {
  const TempFolder folder;
  SaveText(folder / "a.txt", "text");
  EXPECT_EQ(ReadText(folder / "a.txt"), "text");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(CheckFolderOf, NamesAFolderThatIsMissing) {
  const TempFolder folder;
  CheckFolderOf(folder / "a.txt");
  CheckFolderOf("a.txt");
  EXPECT_THAT(MessageOf([&] { CheckFolderOf(folder / "none/a.txt"); }),
              HasSubstr("none for --out"));
}

}  // namespace
}  // namespace nosetip
