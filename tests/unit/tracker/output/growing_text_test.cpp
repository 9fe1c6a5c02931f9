#include "tracker/output/growing_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/file_size_limit.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

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
  try {
    const GrowingText text(folder / "a.csv");
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("a.csv"), HasSubstr("exists")));
  }
  EXPECT_EQ(ReadText(folder / "a.csv"), "kept");
}

TEST(GrowingText, KeepsWholeWritesWhereTheDiskIsFull) {
  const TempFolder folder;
  GrowingText text(folder / "a.csv");
  text.Write("0123456789\n");
  {
    const FileSizeLimit limit(16);
    try {
      text.Write("0123456789\n");
      FAIL() << "written";
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), AllOf(HasSubstr("a.csv"), HasSubstr("disk is full")));
    }
  }
  EXPECT_EQ(ReadText(folder / "a.csv"), "0123456789\n");
}

}  // namespace
}  // namespace nosetip
