#include "gui/media/media_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;

const WallTime kTime{std::chrono::milliseconds(1795546877045)};

TEST(MediaNames, TellTheTimeToTheMillisecond) {
  EXPECT_THAT(StampOf(kTime), MatchesRegex("2026-11-2[0-9]_[0-9][0-9]-[0-9][0-9]-17_045"));
  EXPECT_THAT(IsoTimeOf(kTime),
              MatchesRegex("2026-11-2[0-9]T[0-9][0-9]:[0-9][0-9]:17.045[-+][0-9][0-9][0-9][0-9]"));
}

TEST(MediaNames, AreNotGivenOutTwice) {
  const TempFolder folder;
  const std::filesystem::path first = FreshStem(folder.path(), kRecordingPrefix, kTime);
  EXPECT_EQ(first, folder / ("recording_" + StampOf(kTime)));
  WriteText(first.string() + ".csv", "");
  const std::filesystem::path second = FreshStem(folder.path(), kRecordingPrefix, kTime);
  EXPECT_EQ(second, first.string() + "_2");
  WriteText(second.string() + ".mp4", "");
  EXPECT_EQ(FreshStem(folder.path(), kRecordingPrefix, kTime), first.string() + "_3");
}

TEST(MediaNames, AFolderIsMadeOrSaidToBeImpossible) {
  const TempFolder folder;
  MakeMediaFolder(folder / "a/b");
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a/b"));
  WriteText(folder / "file", "");
  try {
    MakeMediaFolder(folder / "file/media");
    FAIL() << "made";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("file/media"), HasSubstr("choose another")));
  }
}

}  // namespace
}  // namespace nosetip
