// The shipped model on the sample clip, whose camera path is known: with the path undone, the face
// stands still, so every move of a point is an error.
#include <filesystem>
#include <functional>

#include <gtest/gtest.h>

#include "assets/samples/sample_clip.h"
#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/sources/frame_source.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {
namespace {

constexpr double kAllowedPercent = 3.0;
// Tests run beside each other, and threads that wait for a busy core are slower than one alone.
constexpr int kThreads = 1;
const char* const kClip = NOSETIP_SAMPLE_FOLDER "/sample.mp4";

std::string ModelPath() { return AssetPath("models/face68.safetensors").string(); }

// The face's points in a frame, in frame pixels; empty where there are none.
using FindPoints = std::function<std::vector<Point2f>(const Frame&)>;

struct Steadiness {
  int frames = 0;
  double from_mean_percent = 0.0;   // mean distance of a point to its mean place
  double frame_move_percent = 0.0;  // mean move of a point from one frame to the next
};

std::vector<std::vector<Point2f>> PointsInPicture(const FindPoints& find) {
  const auto source = OpenFrameSource(kClip);
  std::vector<std::vector<Point2f>> frames;
  while (const FramePtr frame = source->Next()) {
    const Affine2 picture_from_frame =
        SampleFrameFromPicture(SamplePath::kWander, static_cast<int>(frame->id)).Inverse();
    frames.emplace_back();
    for (const Point2f p : find(*frame)) frames.back().push_back(picture_from_frame.Apply(p));
  }
  return frames;
}

// In percent of the distance of the outer eye corners' mean places.
Steadiness Measure(const std::vector<std::vector<Point2f>>& frames) {
  const size_t count = frames.front().size();
  std::vector<Point2f> mean(count);
  for (size_t k = 0; k < count; ++k) {
    std::vector<Point2f> places;
    for (const auto& points : frames) places.push_back(points[k]);
    mean[k] = Mean(places);
  }
  Steadiness steadiness{static_cast<int>(frames.size()), 0.0, 0.0};
  for (size_t f = 0; f < frames.size(); ++f) {
    for (size_t k = 0; k < count; ++k) {
      steadiness.from_mean_percent += Distance(frames[f][k], mean[k]);
      if (f > 0) steadiness.frame_move_percent += Distance(frames[f][k], frames[f - 1][k]);
    }
  }
  const auto [left, right] = *Ibug68().outer_eye_corners;
  const double eye_distance =
      Distance(mean[static_cast<size_t>(left)], mean[static_cast<size_t>(right)]);
  const double unit = 100.0 / (eye_distance * static_cast<double>(count));
  steadiness.from_mean_percent *= unit / static_cast<double>(frames.size());
  steadiness.frame_move_percent *= unit / static_cast<double>(frames.size() - 1);
  return steadiness;
}

void ExpectSteady(const std::vector<std::vector<Point2f>>& frames) {
  ASSERT_EQ(frames.size(), static_cast<size_t>(kSampleFrameCount));
  for (size_t f = 0; f < frames.size(); ++f) {
    ASSERT_EQ(frames[f].size(), 68U) << "no face in frame " << f;
  }
  const Steadiness steadiness = Measure(frames);
  std::printf("%d frames: points %.2f %% from their mean place, move %.2f %% a frame\n",
              steadiness.frames, steadiness.from_mean_percent, steadiness.frame_move_percent);
  EXPECT_LT(steadiness.from_mean_percent, kAllowedPercent);
  EXPECT_LT(steadiness.frame_move_percent, kAllowedPercent);
}

TEST(SampleClip, PointsStandStillInKnownBoxes) {
  const auto landmarker = LoadLandmarker(ModelPath(), ChooseDevice("cpu"), kThreads);
  ExpectSteady(PointsInPicture([&](const Frame& frame) {
    const Affine2 frame_from_picture =
        SampleFrameFromPicture(SamplePath::kWander, static_cast<int>(frame.id));
    const Point2f center = frame_from_picture.Apply(kSampleFaceInPicture.Center());
    const float side = frame_from_picture.Scale() * kSampleFaceInPicture.height;
    const RectF box{center.x - 0.5F * side, center.y - 0.5F * side, side, side};
    return landmarker->Locate(frame.image, std::span(&box, 1)).front().points_px;
  }));
}

TEST(SampleClip, PointsStandStillWhenTracked) {
  DetectorOptions options;
  options.detector = AssetPath("models/face_detector.onnx").string();
  Tracker tracker(CreateYuNetDetector(options),
                  LoadLandmarker(ModelPath(), ChooseDevice("cpu"), kThreads), {});
  int id = -1;
  ExpectSteady(PointsInPicture([&](const Frame& frame) -> std::vector<Point2f> {
    const TrackResult result = tracker.Step(frame);
    if (result.faces.size() != 1) return {};
    if (id < 0) id = result.faces[0].id;
    EXPECT_EQ(result.faces[0].id, id) << "in frame " << frame.id;
    return result.faces[0].landmarks.points_px;
  }));
}

}  // namespace
}  // namespace nosetip
