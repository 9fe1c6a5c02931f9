#include "tracker/sources/video_decoder.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/av_clip.h"
#include "tests/support/test_files.h"
#include "tests/unit/tracker/sources/clip_files.h"
#include "tracker/sources/lost_frames.h"

namespace nosetip {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::vector<int64_t> EveryMs(int64_t interval_ms, int count) {
  std::vector<int64_t> times(static_cast<size_t>(count));
  for (size_t i = 0; i < times.size(); ++i) times[i] = interval_ms * static_cast<int64_t>(i);
  return times;
}

Image GrayFrame(size_t i) { return ClipFrame({}, static_cast<int>(i)); }

// 25 frames in a second, then one every two seconds.
std::vector<int64_t> VaryingTimes() {
  std::vector<int64_t> times = EveryMs(40, 25);
  for (int64_t ms = 2000; ms <= 14000; ms += 2000) times.push_back(ms);
  return times;
}

class EveryContainer : public testing::TestWithParam<const char*> {};

TEST_P(EveryContainer, KeepsTheTimesOfFramesThatWaitInTheDecoder) {
  const TempFolder folder;
  const std::string path = (folder / "clip").string() + GetParam();
  AvClipOptions options;
  options.encoder = HasEncoder("libx264") ? "libx264" : "mpeg4";
  options.b_frames = 3;
  options.times_ms = VaryingTimes();
  WriteAvClip(path, options, GrayFrame);
  const DecodedClip clip = Decode(*OpenFrameSource(path));
  EXPECT_EQ(clip.error, "");
  ASSERT_EQ(clip.pts_s.size(), options.times_ms.size());
  for (size_t i = 0; i < clip.pts_s.size(); ++i) {
    EXPECT_EQ(clip.indexes[i], static_cast<int>(i));
    EXPECT_NEAR(clip.pts_s[i], static_cast<double>(options.times_ms[i]) / 1000.0, 2e-3);
  }
}

INSTANTIATE_TEST_SUITE_P(VideoDecoder, EveryContainer, testing::Values(".mp4", ".mov", ".mkv"));

// Raw motion JPEG, whose pictures have sizes of their own.
TEST(VideoDecoder, FollowsASizeThatChanges) {
  const TempFolder folder;
  AvClipOptions options;
  options.encoder = "mjpeg";
  options.pixel_format = "yuvj420p";
  options.times_ms = EveryMs(40, 10);
  std::string both;
  for (const int width : {64, 96}) {
    const auto path = folder / "part.mjpeg";
    WriteAvClip(path, options, [&](size_t i) {
      return ClipFrame({.width_px = width, .height_px = 48}, static_cast<int>(i));
    });
    both += ReadText(path);
  }
  const std::string path = (folder / "both.mjpeg").string();
  WriteText(path, both);
  const auto source = OpenFrameSource(path);
  EXPECT_EQ(source->info().kind, SourceKind::kVideoFile) << "it begins as a picture does";
  EXPECT_EQ(source->info().width_px, 64);
  std::vector<int> widths;
  while (const FramePtr frame = source->Next()) {
    EXPECT_EQ(ClipFrameIndex(frame->image), static_cast<int>(widths.size() % 10));
    widths.push_back(frame->image.width_px);
  }
  ASSERT_EQ(widths.size(), 20U);
  EXPECT_EQ(widths[9], 64);
  EXPECT_EQ(widths[10], 96);
}

TEST(VideoDecoder, SaysThatASoundFileWithACoverHoldsNoVideo) {
  const TempFolder folder;
  const std::string path = (folder / "song.m4a").string();
  AvClipOptions options;
  options.encoder = "mjpeg";
  options.pixel_format = "yuvj420p";
  options.times_ms = {0};
  options.cover_picture = true;
  WriteAvClip(path, options, GrayFrame);
  EXPECT_THAT(OpeningError(path), AllOf(HasSubstr(path), HasSubstr("holds no video")));
}

TEST(VideoDecoder, RefusesPicturesThatWouldTakeGigabytes) {
  const TempFolder folder;
  const std::string path = (folder / "clip.avi").string();
  AvClipOptions options;
  options.encoder = "rawvideo";
  options.times_ms = {0, 40};
  WriteAvClip(path, options, GrayFrame);
  std::string bytes = ReadText(path);
  const size_t size = bytes.find("strf") + 12;
  bytes.replace(size, 8, std::string("\x60\xEA\0\0\x60\xEA\0\0", 8));  // 60000, little-endian
  WriteText(path, bytes);
  EXPECT_THAT(OpeningError(path),
              AllOf(HasSubstr(path), HasSubstr("60000x60000"), HasSubstr("200 million pixels")));
}

TEST(VideoDecoder, IgnoresACountThatNoFileOfItsSizeCanHave) {
  const TempFolder folder;
  const std::string path = WriteClip(folder / "clip", {.codec = VideoCodec::kMotionJpeg});
  ASSERT_EQ(OpenFrameSource(path)->info().frame_count, 40);
  std::string bytes = ReadText(path);
  bytes.replace(bytes.find("avih") + 8 + 16, 4, "\xF0\xFF\xFF\x7F");
  bytes.replace(bytes.find("strh") + 8 + 32, 4, "\xF0\xFF\xFF\x7F");
  WriteText(path, bytes);
  const auto source = OpenFrameSource(path);
  EXPECT_EQ(source->info().frame_count, std::nullopt);
  EXPECT_EQ(Decode(*source).indexes.size(), 40U);
}

// What the source has to say after its last frame.
std::string NoteOf(const std::string& path, size_t least_frames) {
  const auto source = OpenFrameSource(path);
  EXPECT_EQ(source->info().note, "");
  const DecodedClip clip = Decode(*source);
  EXPECT_EQ(clip.error, "");
  EXPECT_GE(clip.indexes.size(), least_frames);
  return source->info().note;
}

class EveryLooseContainer : public testing::TestWithParam<const char*> {
 protected:
  std::string Write(const char* encoder, const char* pixel_format) {
    const std::string path = (folder_ / "clip").string() + GetParam();
    AvClipOptions options;
    options.encoder = encoder;
    options.pixel_format = pixel_format;
    options.times_ms = EveryMs(40, 40);
    options.encoder_options = {{"g", "1"}};
    WriteAvClip(path, options, [](size_t i) {
      Image noise(160, 120);
      uint32_t state = static_cast<uint32_t>(i) + 1;
      for (uint8_t& value : noise.rgb) value = static_cast<uint8_t>((state *= 69069U) >> 24U);
      return noise;
    });
    return path;
  }

  TempFolder folder_;
};

TEST_P(EveryLooseContainer, SaysNothingOfAWholeFile) {
  EXPECT_EQ(NoteOf(Write("mpeg4", "yuv420p"), 40), "");
}

TEST_P(EveryLooseContainer, CountsFramesThatCouldNotBeDecoded) {
  const std::string path = Write("mjpeg", "yuvj420p");
  std::string bytes = ReadText(path);
  for (size_t at = bytes.size() * 4 / 10; at < bytes.size() * 5 / 10; ++at) {
    if (bytes.compare(at, 2, "\xFF\xC0") == 0) bytes.replace(at, 2, "..");  // sizes of pictures
  }
  WriteText(path, bytes);
  EXPECT_THAT(NoteOf(path, 30), AllOf(HasSubstr("damaged"), HasSubstr("of 40 frames")));
}

TEST_P(EveryLooseContainer, NoticesAHoleThatTheDemuxerPassesOver) {
  const std::string path = Write("mpeg4", "yuv420p");
  Zero(path, 0.4, 0.6);
  EXPECT_THAT(NoteOf(path, 20), HasSubstr("damaged"));
}

INSTANTIATE_TEST_SUITE_P(LostFrames, EveryLooseContainer, testing::Values(".mkv", ".avi"));

TEST(VideoDecoder, DoesNotCallAVaryingRateDamage) {
  const TempFolder folder;
  for (const char* extension : {".mkv", ".avi", ".mp4"}) {
    const std::string path = (folder / "clip").string() + extension;
    AvClipOptions options;
    options.times_ms = VaryingTimes();
    WriteAvClip(path, options, GrayFrame);
    EXPECT_EQ(NoteOf(path, 32), "") << extension;
  }
}

}  // namespace
}  // namespace nosetip
