#include "gui/state/source_choice.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

FirstSourceChoices Choices(std::string asked, std::string last, std::vector<CameraEntry> cameras) {
  return {std::move(asked), std::move(last), std::move(cameras), "/samples/sample.mp4"};
}

TEST(FirstSourceTest, WhatIsAskedForComesFirst) {
  EXPECT_EQ(ChooseFirstSource(Choices("talk.mp4", "0", {{0, "cam"}})).source, "talk.mp4");
}

TEST(FirstSourceTest, TheLastOneWhereItIsStillThere) {
  EXPECT_EQ(ChooseFirstSource(Choices("", "2", {{0, "a"}, {2, "b"}})).source, "2");
  EXPECT_EQ(ChooseFirstSource(Choices("", "2", {{0, "a"}})).source, "0");
  EXPECT_EQ(ChooseFirstSource(Choices("", "/no/such.mp4", {{0, "a"}})).source, "0");
  EXPECT_EQ(ChooseFirstSource(Choices("", "rtsp://cam/1", {})).source, "rtsp://cam/1");
}

TEST(FirstSourceTest, TheSampleClipSaysWhyItIsShown) {
  const FirstSource first = ChooseFirstSource(Choices("", "", {}));
  EXPECT_EQ(first.source, "/samples/sample.mp4");
  EXPECT_THAT(first.banner, HasSubstr("No camera"));
}

TEST(FirstSourceTest, ACameraThatIsPluggedInReplacesTheSampleClip) {
  EXPECT_EQ(ChooseFirstSource(Choices("", "/samples/sample.mp4", {{0, "a"}})).source, "0");
}

TEST(SizeAndRate, HasNoRateWhereThereIsNone) {
  EXPECT_EQ(SizeAndRate({SourceKind::kVideoFile, "a.mp4", 640, 480, 29.97, 10, ""}),
            "640 x 480, 29.97 frames/s");
  EXPECT_EQ(SizeAndRate({SourceKind::kPicture, "a.png", 512, 512, 0.0, 1, ""}), "512 x 512");
}

class FolderSourceTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_ / "empty"); }
  void Write(const std::string& name) { std::ofstream(folder_ / name) << "x"; }

  TempFolder temp_;
  std::filesystem::path folder_ = temp_.path();
};

TEST_F(FolderSourceTest, ListsPicturesAndVideosByName) {
  Write("b.mp4");
  Write("a.png");
  Write("notes.txt");
  const auto folder = FolderOfSources(folder_.string());
  ASSERT_TRUE(folder.has_value());
  EXPECT_EQ(folder->files, (std::vector<std::string>{folder_ / "a.png", folder_ / "b.mp4"}));
  EXPECT_EQ(FileAfter(*folder, folder_ / "a.png", 1), folder_ / "b.mp4");
  EXPECT_EQ(FileAfter(*folder, folder_ / "b.mp4", 1), "");
  EXPECT_EQ(FileAfter(*folder, folder_ / "a.png", -1), "");
  EXPECT_EQ(FileAfter(*folder, "elsewhere.png", 1), "");
}

TEST_F(FolderSourceTest, AFileIsNoFolderAndAnEmptyFolderIsAnError) {
  Write("a.png");
  EXPECT_FALSE(FolderOfSources(folder_ / "a.png").has_value());
  EXPECT_THROW(FolderOfSources(folder_ / "empty"), Error);
}

}  // namespace
}  // namespace nosetip
