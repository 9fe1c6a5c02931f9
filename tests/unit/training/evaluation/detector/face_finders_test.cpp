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
  const std::vector<FaceBox> boxes = find(Image(1800, 400), true);
  ASSERT_EQ(boxes.size(), static_cast<size_t>(kFaces));
  for (int i = 0; i < kFaces; ++i) {
    const RectF expected = DetectionOfLandmarkBox(Box(kFaces - 1 - i));
    EXPECT_GT(IntersectionOverUnion(boxes[static_cast<size_t>(i)].rect, expected), 0.98F) << i;
  }
}

// Sees another face in a picture than in a frame of a video.
class PictureDetector final : public FaceDetector {
 public:
  std::vector<FaceBox> Detect(const Image&) override { return {{Box(0), 0.9F}}; }
  std::vector<FaceBox> DetectInPicture(const Image&) override { return {{Box(1), 0.9F}}; }
  std::vector<FaceBox> DetectIn(const Image&, const RectF&, int, float) override { return {}; }
};

TEST(FindByDetector, SearchesPicturesAsPictures) {
  const FaceFinder find = FindByDetector(std::make_unique<PictureDetector>());
  EXPECT_EQ(find(Image(400, 400), true).at(0).rect, Box(1));
  EXPECT_EQ(find(Image(400, 400), false).at(0).rect, Box(0));
}

TEST(FindByTracker, FollowsNothingFromOnePictureToTheNext) {
  const auto scene = std::make_shared<FakeScene>();
  scene->faces.push_back({Box(0)});
  const FaceFinder find =
      FindByTracker(std::make_unique<FakeDetector>(scene), std::make_unique<FakeLandmarker>(scene));
  EXPECT_EQ(find(Image(400, 400), true).size(), 1U);
  // Too weak to be found, but not to be followed.
  scene->faces[0].score = 0.5F;
  EXPECT_THAT(find(Image(400, 400), true), testing::IsEmpty());
}

}  // namespace
}  // namespace nosetip
