#include "tracker/core/text_file.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(ReadTextFile, ReadsUpToTheLimitAndNamesItAboveThat) {
  const TempFolder folder;
  const std::string path = folder / "a.txt";
  WriteText(path, "twelve bytes");
  EXPECT_EQ(ReadTextFile(path, 12), "twelve bytes");
  EXPECT_THAT(MessageOf([&] { ReadTextFile(path, 11); }),
              AllOf(HasSubstr(path), HasSubstr("12 bytes"), HasSubstr("at most 11")));
}

TEST(ReadTextFile, RefusesAHugeFileBeforeItIsRead) {
  const TempFolder folder;
  const std::string path = folder / "sparse.csv";
  WriteText(path, "a");
  std::filesystem::resize_file(path, uintmax_t{1} << 40);
  EXPECT_THAT(MessageOf([&] { ReadTextFile(path); }), HasSubstr("at most 268435456"));
}

TEST(Excerpt, CutsWhatIsTooLongForAMessage) {
  EXPECT_EQ(Excerpt("short"), "short");
  EXPECT_EQ(Excerpt(std::string(1'000'000, 'x')), std::string(80, 'x') + "...");
}

}  // namespace
}  // namespace nosetip
