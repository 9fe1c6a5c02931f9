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

class EveryCodecOfVideos : public testing::TestWithParam<VideoWriter::Codec> {
 protected:
  VideoOptions Options(SizePx size_px = {64, 48}) const {
    return {.path = path_,
            .size_px = size_px,
            .named = VideoWriter::Named::kFromStart,
            .codecs = {GetParam()}};
  }

  const TempFolder folder_;
  const std::string path_ = (folder_ / "recording.mp4").string();
};

// Uneven steps, among them a pause.
double TimeOf(int i) { return 0.04 * i + 0.011 * (i % 3) + (i >= 20 ? 2.5 : 0.0); }

TEST_P(EveryCodecOfVideos, KeepsEachPictureAtItsTime) {
  VideoWriter writer(Options());
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

// Clocks of 90 kHz are finer than those of the file.
TEST_P(EveryCodecOfVideos, KeepsPicturesThatAreOneTickOfACameraApart) {
  VideoWriter writer(Options());
  for (int i = 0; i < 8; ++i) writer.Write(ClipFrame({}, i), i / 90000.0);
  writer.Finish();
  EXPECT_EQ(Decode(*OpenFrameSource(path_)).indexes.size(), 8U);
}

// So this is also what is left when the program is killed; see recorder_test.cpp.
TEST_P(EveryCodecOfVideos, CanBePlayedWhileItIsWritten) {
  VideoWriter writer(Options());
  for (int i = 0; i < 40; ++i) writer.Write(ClipFrame({}, i), 0.04 * i);
  const DecodedClip clip = Decode(*OpenFrameSource(path_));
  EXPECT_EQ(clip.error, "");
  EXPECT_GE(clip.indexes.size(), 40U - VideoWriter::kFragmentMs / 40 - 2);
  EXPECT_EQ(static_cast<int64_t>(fs::file_size(path_)), writer.bytes());
}

TEST_P(EveryCodecOfVideos, GrowsOddSizesByOnePixel) {
  VideoWriter writer(Options({63, 47}));
  for (int i = 0; i < 5; ++i) {
    writer.Write(ClipFrame({.width_px = 63, .height_px = 47}, i), 0.04 * i);
  }
  writer.Finish();
  const auto source = OpenFrameSource(path_);
  EXPECT_EQ(source->info().width_px, 64);
  EXPECT_EQ(source->info().height_px, 48);
  EXPECT_THAT(Decode(*source).indexes, ElementsAre(0, 1, 2, 3, 4));
}

TEST_P(EveryCodecOfVideos, KeepsWhatWasWrittenBeforeTheDiskWasFull) {
  VideoWriter writer(Options());
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

INSTANTIATE_TEST_SUITE_P(VideoWriter, EveryCodecOfVideos,
                         testing::Values(VideoWriter::Codec::kH264, VideoWriter::Codec::kMpeg4),
                         [](const testing::TestParamInfo<VideoWriter::Codec>& tested) {
                           return tested.param == VideoWriter::Codec::kH264 ? "H264" : "Mpeg4";
                         });

TEST(VideoWriter, KeepsColors) {
  const TempFolder folder;
  const std::string path = (folder / "clip.mp4").string();
  Image orange(64, 48);
  for (size_t i = 0; i < orange.rgb.size(); i += 3) {
    orange.rgb[i] = 230;
    orange.rgb[i + 1] = 120;
    orange.rgb[i + 2] = 20;
  }
  VideoWriter writer({.path = path, .size_px = {64, 48}});
  for (int i = 0; i < 5; ++i) writer.Write(orange, 0.04 * i);
  writer.Finish();
  const FramePtr frame = OpenFrameSource(path)->Next();
  const uint8_t* pixel = frame->image.At(30, 20);
  EXPECT_NEAR(pixel[0], 230, 12);
  EXPECT_NEAR(pixel[1], 120, 12);
  EXPECT_NEAR(pixel[2], 20, 12);
}

class NamedWhenFinished : public testing::Test {
 protected:
  VideoWriter Open() const { return VideoWriter({.path = path_.string(), .size_px = {64, 48}}); }
  static size_t FramesIn(const fs::path& video) {
    const DecodedClip clip = Decode(*OpenFrameSource(video.string()));
    EXPECT_EQ(clip.error, "");
    return clip.indexes.size();
  }

  const TempFolder folder_;
  const fs::path path_ = folder_ / "clip.mp4";
  const fs::path part_ = folder_ / "clip.mp4.part";
};

TEST_F(NamedWhenFinished, IsAPartThatPlaysUntilThen) {
  WriteText(path_, "an earlier video");
  VideoWriter writer = Open();
  for (int i = 0; i < 40; ++i) writer.Write(ClipFrame({}, i), 0.04 * i);
  EXPECT_EQ(ReadText(path_), "an earlier video");
  EXPECT_GE(FramesIn(part_), 40U - VideoWriter::kFragmentMs / 40 - 2);
  writer.Finish();
  EXPECT_EQ(FramesIn(path_), 40U);
  EXPECT_FALSE(fs::exists(part_));
}

TEST_F(NamedWhenFinished, StaysAWholePartWithoutFinish) {
  {
    VideoWriter writer = Open();
    for (int i = 0; i < 7; ++i) writer.Write(ClipFrame({}, i), 0.04 * i);
  }
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_EQ(FramesIn(part_), 7U);
}

TEST_F(NamedWhenFinished, KeepsThePartWhereTheDiskIsFull) {
  std::string message;
  {
    const FileSizeLimit limit(6000);
    VideoWriter writer = Open();
    message = MessageOf([&] {
      for (int i = 0; i < 40; ++i) writer.Write(ClipFrame({}, i), 0.4 * i);
      writer.Finish();
    });
  }
  EXPECT_THAT(message, AllOf(HasSubstr("disk is full"), HasSubstr(part_.string())));
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_GE(FramesIn(part_), 2U);
}

TEST_F(NamedWhenFinished, IsWrittenByOneAtATime) {
  const VideoWriter writer = Open();
  EXPECT_THAT(MessageOf([&] { Open(); }), HasSubstr("would be written twice by this run"));
}

TEST(VideoWriter, FitsPicturesOfAnotherSize) {
  const TempFolder folder;
  const std::string path = (folder / "clip.mp4").string();
  VideoWriter writer({.path = path, .size_px = {64, 48}});
  writer.Write(ClipFrame({}, 40), 0.0);
  writer.Write(ClipFrame({.width_px = 32, .height_px = 48}, 40), 0.04);
  writer.Finish();
  const auto source = OpenFrameSource(path);
  source->Next();
  const FramePtr frame = source->Next();
  EXPECT_LT(frame->image.At(4, 24)[0], 20) << "a black bar";
  EXPECT_GT(frame->image.At(32, 24)[0], 180);
}

TEST(VideoWriter, SaysWhyThereIsNoSound) {
  const TempFolder folder;
  const auto note_of = [&](const SoundSource& sound) {
    VideoWriter writer(
        {.path = (folder / "clip.mp4").string(), .size_px = {64, 48}, .sound = sound});
    writer.Write(ClipFrame({}, 0), 0.0);
    writer.WriteRestOfSound();
    writer.Finish();
    return writer.sound_note();
  };
  const std::string gone = (folder / "gone.mkv").string();
  EXPECT_EQ(note_of({.path = gone}), "without its sound, as the first picture has no time");
  EXPECT_EQ(note_of({.path = gone, .zero_s = 0.0}),
            "without its sound, as the file cannot be opened again: No such file or directory");
}

TEST(VideoWriter, SaysThatTheFolderIsNotThere) {
  const TempFolder folder;
  const std::string path = (folder / "nowhere" / "clip.mp4").string();
  EXPECT_THAT(MessageOf([&] {
                VideoWriter writer({.path = path, .size_px = {64, 48}});
              }),
              AllOf(HasSubstr(path), HasSubstr("there is no folder")));
}

}  // namespace
}  // namespace nosetip
