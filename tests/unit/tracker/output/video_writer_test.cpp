#include "tracker/output/video_writer.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_files.h"
#include "tests/unit/tracker/sources/clip_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> FilesIn(const TempFolder& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

TEST(VideoWriter, TakesH264FirstAndSaysSo) {
  const TempFolder folder;
  VideoWriter writer({.path = (folder / "clip.mov").string(), .width_px = 64, .height_px = 48});
  EXPECT_EQ(writer.codec(), VideoCodec::kH264);
  EXPECT_EQ(writer.Description(), "H.264 in MP4");
  EXPECT_EQ(writer.path(), (folder / "clip.mp4").string());
}

TEST(VideoWriter, NamesAMotionJpegFileAvi) {
  const TempFolder folder;
  EXPECT_EQ(WriteClip(folder / "clip.mp4", {.frames = 2, .codec = VideoCodec::kMotionJpeg}),
            (folder / "clip.avi").string());
  EXPECT_THAT(FilesIn(folder), ElementsAre("clip.avi"));
}

TEST(VideoWriter, GrowsOddSizesByOnePixel) {
  const TempFolder folder;
  for (const VideoCodec codec : {VideoCodec::kH264, VideoCodec::kMpeg4, VideoCodec::kMotionJpeg}) {
    const auto source = OpenFrameSource(
        WriteClip(folder / "clip", {.frames = 5, .width_px = 63, .height_px = 47, .codec = codec}));
    EXPECT_EQ(source->info().width_px, 64);
    EXPECT_EQ(source->info().height_px, 48);
    EXPECT_THAT(Decode(*source).indexes, ElementsAre(0, 1, 2, 3, 4));
  }
}

TEST(VideoWriter, KeepsColors) {
  const TempFolder folder;
  VideoWriter writer({.path = (folder / "clip.mp4").string(), .width_px = 64, .height_px = 48});
  Image orange(64, 48);
  for (int i = 0; i < 64 * 48; ++i) {
    orange.At(i % 64, i / 64)[0] = 230;
    orange.At(i % 64, i / 64)[1] = 120;
    orange.At(i % 64, i / 64)[2] = 20;
  }
  for (int i = 0; i < 5; ++i) writer.Write(orange);
  writer.Finish();
  const FramePtr frame = OpenFrameSource(writer.path())->Next();
  const uint8_t* pixel = frame->image.At(30, 20);
  EXPECT_NEAR(pixel[0], 230, 12);
  EXPECT_NEAR(pixel[1], 120, 12);
  EXPECT_NEAR(pixel[2], 20, 12);
}

TEST(VideoWriter, LeavesAPlayableFileWhenItIsBrokenOff) {
  const TempFolder folder;
  std::string path;
  {
    VideoWriter writer({.path = (folder / "clip.mp4").string(), .width_px = 64, .height_px = 48});
    for (int i = 0; i < 7; ++i) writer.Write(ClipFrame({}, i));
    path = writer.path();
    EXPECT_FALSE(fs::exists(path)) << "half a video under its final name";
  }
  EXPECT_EQ(Decode(*OpenFrameSource(path)).indexes.size(), 7U);
}

TEST(VideoWriter, LeavesNoFileWithoutFrames) {
  const TempFolder folder;
  {
    VideoWriter writer({.path = (folder / "clip.mp4").string(), .width_px = 64, .height_px = 48});
    writer.Finish();
  }
  EXPECT_THAT(FilesIn(folder), IsEmpty());
}

TEST(VideoWriter, SaysThatTheDiskIsFull) {
  const TempFolder folder;
  for (const VideoCodec codec : {VideoCodec::kH264, VideoCodec::kMpeg4, VideoCodec::kMotionJpeg}) {
    const FileSizeLimit limit(1500);
    EXPECT_THAT(MessageOf([&] { WriteClip(folder / "clip", {.codec = codec}); }),
                AllOf(HasSubstr("clip."), HasSubstr("disk is full")));
    EXPECT_THAT(FilesIn(folder), IsEmpty());
  }
}

TEST(VideoWriter, SaysThatTheFolderIsNotThere) {
  const TempFolder folder;
  EXPECT_THAT(MessageOf([&] { WriteClip(folder / "nowhere" / "clip"); }),
              AllOf(HasSubstr("nowhere"), HasSubstr("there is no folder")));
}

}  // namespace
}  // namespace nosetip
