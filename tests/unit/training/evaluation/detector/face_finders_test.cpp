#include "training/evaluation/detector/face_finders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_detector.h"
#include "tests/support/fake_landmarker.h"

namespace nosetip {
namespace {

RectF Box(int i) { return {100.0F + 150.0F * static_cast<float>(i), 100.0F, 80.0F, 80.0F}; }

TEST(FindByTracker, GivesAllFacesOfAPictureAsBoxesOfADetector) {
  const auto scene = std::make_shared<FakeScene>();
  constexpr int kFaces = 10;
  for (int i = 0; i < kFaces; ++i) {
    scene->faces.push_back({Box(i), 0.7F + 0.02F * static_cast<float>(i)});
  }
  const FaceFinder find =
      FindByTracker(std::make_unique<FakeDetector>(scene), std::make_unique<FakeLandmarker>(scene));
  const std::vector<FaceBox> boxes = find(Image(1800, 400));
  ASSERT_EQ(boxes.size(), static_cast<size_t>(kFaces));
  for (int i = 0; i < kFaces; ++i) {
    const RectF expected = DetectionOfLandmarkBox(Box(kFaces - 1 - i));
    EXPECT_GT(IntersectionOverUnion(boxes[static_cast<size_t>(i)].rect, expected), 0.98F) << i;
  }
}

TEST(FindByTracker, FollowsNothingFromOnePictureToTheNext) {
  const auto scene = std::make_shared<FakeScene>();
  scene->faces.push_back({Box(0)});
  const FaceFinder find =
      FindByTracker(std::make_unique<FakeDetector>(scene), std::make_unique<FakeLandmarker>(scene));
  EXPECT_EQ(find(Image(400, 400)).size(), 1U);
  // Too weak to be found, but not to be followed.
  scene->faces[0].score = 0.5F;
  EXPECT_THAT(find(Image(400, 400)), testing::IsEmpty());
}

}  // namespace
}  // namespace nosetip
