#include "tracker/output/timed_video_writer.h"

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

class EveryTimedCodec : public testing::TestWithParam<VideoCodec> {
 protected:
  TimedVideoOptions Options(SizePx size_px = {64, 48}) const {
    return {.path = path_, .size_px = size_px, .codecs = {GetParam()}};
  }

  const TempFolder folder_;
  const std::string path_ = (folder_ / "recording.mp4").string();
};

// Uneven steps, among them a pause.
double TimeOf(int i) { return 0.04 * i + 0.011 * (i % 3) + (i >= 20 ? 2.5 : 0.0); }

TEST_P(EveryTimedCodec, KeepsEachPictureAtItsTime) {
  TimedVideoWriter writer(Options());
  EXPECT_EQ(writer.codec(), GetParam());
  for (int i = 0; i < 40; ++i) writer.Write(ClipFrame({}, i), TimeOf(i));
  writer.Finish();
  EXPECT_EQ(static_cast<int64_t>(fs::file_size(path_)), writer.bytes());
  const DecodedClip clip = Decode(*OpenFrameSource(path_));
  EXPECT_EQ(clip.error, "");
  ASSERT_EQ(clip.indexes.size(), 40U);
  for (int i = 0; i < 40; ++i) {
    EXPECT_EQ(clip.indexes[static_cast<size_t>(i)], i);
    EXPECT_NEAR(clip.pts_s[static_cast<size_t>(i)], TimeOf(i), 1e-3);
  }
}

// So this is also what is left when the program is killed; see recorder_test.cpp.
TEST_P(EveryTimedCodec, CanBePlayedWhileItIsWritten) {
  TimedVideoWriter writer(Options());
  for (int i = 0; i < 40; ++i) writer.Write(ClipFrame({}, i), 0.04 * i);
  const DecodedClip clip = Decode(*OpenFrameSource(path_));
  EXPECT_EQ(clip.error, "");
  EXPECT_GE(clip.indexes.size(), 40U - TimedVideoWriter::kFragmentMs / 40 - 2);
  EXPECT_EQ(static_cast<int64_t>(fs::file_size(path_)), writer.bytes());
}

TEST_P(EveryTimedCodec, GrowsOddSizesByOnePixel) {
  TimedVideoWriter writer(Options({63, 47}));
  for (int i = 0; i < 5; ++i) {
    writer.Write(ClipFrame({.width_px = 63, .height_px = 47}, i), 0.04 * i);
  }
  writer.Finish();
  const auto source = OpenFrameSource(path_);
  EXPECT_EQ(source->info().width_px, 64);
  EXPECT_EQ(source->info().height_px, 48);
  EXPECT_THAT(Decode(*source).indexes, ElementsAre(0, 1, 2, 3, 4));
}

TEST_P(EveryTimedCodec, KeepsWhatWasWrittenBeforeTheDiskWasFull) {
  TimedVideoWriter writer(Options());
  int written = 0;
  std::string message;
  {
    const FileSizeLimit limit(6000);
    try {
      for (; written < 40; ++written) writer.Write(ClipFrame({}, written), 0.4 * written);
    } catch (const Error& error) {
      message = error.what();
    }
  }
  EXPECT_THAT(message, AllOf(HasSubstr(path_), HasSubstr("disk is full")));
  writer.Finish();
  const DecodedClip clip = Decode(*OpenFrameSource(path_));
  EXPECT_EQ(clip.error, "");
  EXPECT_GE(clip.indexes.size(), 2U);
  EXPECT_GE(static_cast<int>(clip.indexes.size()), written - 2);
}

INSTANTIATE_TEST_SUITE_P(TimedVideoWriter, EveryTimedCodec,
                         testing::Values(VideoCodec::kH264, VideoCodec::kMpeg4),
                         [](const testing::TestParamInfo<VideoCodec>& tested) {
                           return tested.param == VideoCodec::kH264 ? "H264" : "Mpeg4";
                         });

TEST(TimedVideoWriter, KeepsColors) {
  const TempFolder folder;
  const std::string path = (folder / "clip.mp4").string();
  Image orange(64, 48);
  for (size_t i = 0; i < orange.rgb.size(); i += 3) {
    orange.rgb[i] = 230;
    orange.rgb[i + 1] = 120;
    orange.rgb[i + 2] = 20;
  }
  TimedVideoWriter writer({.path = path, .size_px = {64, 48}});
  for (int i = 0; i < 5; ++i) writer.Write(orange, 0.04 * i);
  writer.Finish();
  const FramePtr frame = OpenFrameSource(path)->Next();
  const uint8_t* pixel = frame->image.At(30, 20);
  EXPECT_NEAR(pixel[0], 230, 12);
  EXPECT_NEAR(pixel[1], 120, 12);
  EXPECT_NEAR(pixel[2], 20, 12);
}

TEST(TimedVideoWriter, SaysThatTheFolderIsNotThere) {
  const TempFolder folder;
  const std::string path = (folder / "nowhere" / "clip.mp4").string();
  EXPECT_THAT(MessageOf([&] {
                TimedVideoWriter writer({.path = path, .size_px = {64, 48}});
              }),
              AllOf(HasSubstr(path), HasSubstr("No such file")));
}

}  // namespace
}  // namespace nosetip
