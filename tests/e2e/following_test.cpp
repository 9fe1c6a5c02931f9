// The shipped models follow a face without the detector, and notice when it is gone.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assets/samples/sample_clip.h"
#include "tests/support/counting_detector.h"
#include "tracker/core/environment.h"
#include "tracker/sources/frame_source.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/image_ops.h"

namespace nosetip {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

float MeanDistance(const std::vector<Point2f>& a, const std::vector<Point2f>& b) {
  float sum = 0.0F;
  for (size_t i = 0; i < a.size(); ++i) sum += Distance(a[i], b[i]);
  return sum / static_cast<float>(a.size());
}

class FollowingWith : public ::testing::TestWithParam<const char*> {
 protected:
  FollowingWith() {
    DetectorOptions detector;
    detector.detector = AssetPath("models/face_detector.onnx").string();
    TrackerOptions options;
    options.max_faces = 1;  // no searches for others
    tracker_.emplace(
        std::make_unique<CountingDetector>(CreateYuNetDetector(detector), calls_),
        LoadLandmarker(AssetPath(std::string("models/") + GetParam() + ".safetensors").string(),
                       ChooseDevice("cpu"), 1),
        options);
  }

  // The next frame of the sample clip, of 640x480 pixels.
  Frame Next() { return *source_->Next(); }

  // What the tracker finds where the picture is turned clockwise, turned back; none for no face.
  std::vector<Point2f> PointsOfTurned(const Image& picture, float degrees) {
    const TurnedView view = CutTurned(picture, {320, 200}, 400, -0.0174533F * degrees);
    Frame frame;
    frame.image = view.picture;
    const TrackResult result = tracker_->Step(frame);
    if (result.faces.size() != 1) return {};
    std::vector<Point2f> points = result.faces[0].landmarks.points_px;
    for (Point2f& p : points) p = view.frame_from_view.Apply(p);
    return points;
  }

  std::unique_ptr<FrameSource> source_ = OpenFrameSource(NOSETIP_SAMPLE_FOLDER "/sample.mp4");
  std::shared_ptr<DetectorCalls> calls_ = std::make_shared<DetectorCalls>();
  std::optional<Tracker> tracker_;
};

INSTANTIATE_TEST_SUITE_P(Models, FollowingWith, ::testing::Values("face68", "face68-fast"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST_P(FollowingWith, LeavesTheDetectorAloneWhileTheFaceIsThere) {
  tracker_->Step(Next());
  *calls_ = {};
  for (int i = 1; i < TrackerOptions{}.confirm_interval; ++i) {
    ASSERT_THAT(tracker_->Step(Next()).faces, SizeIs(1)) << "frame " << i;
  }
  EXPECT_EQ(calls_->detect, 0);
  EXPECT_EQ(calls_->detect_in, 0);
  ASSERT_THAT(tracker_->Step(Next()).faces, SizeIs(1));
  EXPECT_EQ(calls_->detect_in, 1);
}

// The first frame, turned about the face.
TEST_P(FollowingWith, FindsAFaceThatLeans) {
  const Image upright = Next().image;
  const std::vector<Point2f> wanted = PointsOfTurned(upright, 0.0F);
  for (const float degrees : {-90.0F, -60.0F, -30.0F, 30.0F, 60.0F, 90.0F}) {
    tracker_->Reset();
    const std::vector<Point2f> points = PointsOfTurned(upright, degrees);
    ASSERT_EQ(points.size(), wanted.size()) << degrees;
    EXPECT_LT(MeanDistance(points, wanted), 0.04F * Distance(wanted[36], wanted[45])) << degrees;
  }
}

// The same, turned further and further about the face, until that lies on its side.
TEST_P(FollowingWith, FollowsAFaceThatLeansToItsSide) {
  const Image upright = Next().image;
  const std::vector<Point2f> wanted = PointsOfTurned(upright, 0.0F);
  for (const float step : {3.0F, -3.0F}) {
    tracker_->Reset();
    for (float degrees = 0.0F; std::abs(degrees) <= 90.0F; degrees += step) {
      const std::vector<Point2f> points = PointsOfTurned(upright, degrees);
      ASSERT_EQ(points.size(), wanted.size()) << degrees;
      EXPECT_LT(MeanDistance(points, wanted), 0.04F * Distance(wanted[36], wanted[45])) << degrees;
    }
  }
}

// What takes the place of the face: something plain, and what lies beside it in the same picture.
TEST_P(FollowingWith, DropsAFaceInTheFrameInWhichItIsGone) {
  for (const bool is_plain : {true, false}) {
    tracker_->Reset();
    TrackResult before;
    for (int i = 0; i < 5; ++i) before = tracker_->Step(Next());
    ASSERT_THAT(before.faces, SizeIs(1));
    const RectF face = SquareAround(before.faces[0].box.rect, 1.6F);
    Frame frame = Next();
    Image& image = frame.image;
    const int left = std::max(0, static_cast<int>(face.x));
    for (int y = 0; y < image.height_px; ++y) {
      for (int x = left; x < image.width_px; ++x) {
        const RectF pixel{static_cast<float>(x), static_cast<float>(y), 1.0F, 1.0F};
        if (Intersection(pixel, face).Area() <= 0.0F) continue;
        // The border repeated outwards, mirrored.
        const uint8_t* beside = image.At(std::max(0, left - 1 - (x - left)), y);
        for (int channel = 0; channel < 3; ++channel) {
          image.At(x, y)[channel] = is_plain ? uint8_t{90} : beside[channel];
        }
      }
    }
    EXPECT_THAT(tracker_->Step(frame).faces, IsEmpty()) << (is_plain ? "plain" : "mirrored");
  }
}

}  // namespace
}  // namespace nosetip
