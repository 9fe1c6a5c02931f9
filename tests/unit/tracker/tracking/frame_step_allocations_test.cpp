// How often a frame with a followed face asks for memory, of what is Nosetip's own.
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/allocation_count.h"
#include "tests/support/fake_detector.h"
#include "tracker/core/crop.h"
#include "tracker/tracking/landmark_smoother.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {
namespace {

const RectF kFace = BoxAt(320, 240, 120);

// Always the same face. Its answer takes three allocations: the list, the points, how sure they
// are.
class SteadyLandmarker final : public Landmarker {
 public:
  const LandmarkSchema& schema() const override { return Imm58(); }
  std::vector<Landmarks> Locate(const Image&, std::span<const RectF> boxes) override {
    return std::vector<Landmarks>(boxes.size(), face_);
  }

 private:
  Landmarks face_{FakePoints(kFace, Imm58().count), std::vector<float>(58, 0.95F)};
};

class Allocations : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!CountsAllocations()) GTEST_SKIP() << "a sanitizer has malloc";
  }

  // Of the work once it has been done a few times.
  template <typename Work>
  static int64_t AfterWarmUp(Work&& work) {
    for (int i = 0; i < 5; ++i) work();
    return AllocationsOf(work);
  }
};

TEST_F(Allocations, AreCounted) {
  EXPECT_EQ(AllocationsOf([] { std::vector<int>(100).at(7) = 1; }), 1);
}

TEST_F(Allocations, OfACropAreThoseOfItsBuffers) {
  const Image image(640, 480);
  constexpr int kSidePx = 128;
  std::vector<float> out(size_t{kSidePx} * kSidePx);
  for (const float side : {60.0F, 400.0F}) {
    const Affine2 crop_from_frame = CropFromFrame({100.0F, 60.0F, side, side}, 1.0F, kSidePx);
    // The places of a row's samples, the row that is read and the two that are kept.
    EXPECT_EQ(AfterWarmUp([&] { CutGrayCrop(image, crop_from_frame, kSidePx, out); }), 4);
  }
}

TEST_F(Allocations, OfSmoothingAreNone) {
  LandmarkSmoother smoother(Imm58(), {.smooth = true});
  TrackResult result;
  result.faces.resize(2);
  for (TrackedFace& face : result.faces) {
    face.id = static_cast<int>(&face - result.faces.data());
    face.landmarks.points_px = FakePoints(kFace, Imm58().count);
  }
  EXPECT_EQ(AfterWarmUp([&] {
              result.pts_s += 0.04;
              smoother.Smooth(result);
            }),
            0);
}

TEST_F(Allocations, OfAStepAreAFew) {
  const auto scene = std::make_shared<FakeScene>();
  scene->faces = {{kFace}};
  TrackerOptions options;
  options.max_faces = 1;
  options.smoothing.smooth = true;
  Tracker tracker(std::make_unique<FakeDetector>(scene), std::make_unique<SteadyLandmarker>(),
                  options);
  Frame frame;
  frame.image = Image(640, 480);
  size_t faces = 0;
  const int64_t allocations = AfterWarmUp([&] {
    frame.pts_s += 0.04;
    ++frame.id;
    faces = tracker.Step(frame).faces.size();
  });
  EXPECT_EQ(faces, 1U);
  // The landmarker's 3; lists of places and their boxes, faces, whereabouts and tracks; the
  // result's list and landmarks.
  EXPECT_LE(allocations, 3 + 10);
}

}  // namespace
}  // namespace nosetip
