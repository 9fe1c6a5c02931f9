// What a prediction starts from: the list of inputs, and where in a picture it looks.
#include "training/evaluation/face_predictor.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_detector.h"
#include "tests/support/fake_landmarker.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "training/evaluation/predict_inputs.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(ListPredictInputs, NamesOutputsAfterWhereInputsLie) {
  const TempFolder folder;
  for (const char* file : {"a/x.jpg", "a/deep/x.png", "b/x.jpg", "a/.hidden.jpg", "a/out/x.jpg"}) {
    WriteText(folder / file, "");
  }
  WriteText(folder / "a/set.xml", "<dataset><images><image file='../b/x.jpg'/></images></dataset>");
  const auto names = [&](std::vector<std::string> arguments) {
    for (std::string& argument : arguments) argument = (folder / argument).string();
    std::vector<std::string> found;
    for (const auto& p : ListPredictInputs(arguments, folder / "a/out").pictures) {
      found.push_back(p.name);
    }
    return found;
  };
  EXPECT_THAT(names({"a"}), ElementsAre("deep/x", "x"));
  EXPECT_THAT(names({"b", "a/x.jpg", "a"}), ElementsAre("b/x", "x", "a/deep/x", "a/x"));
  EXPECT_THAT(names({"a/set.xml"}), ElementsAre("b/x"));
  EXPECT_THAT(names({"a/out"}), ElementsAre("x"));
  EXPECT_THAT([&] { names({"c"}); }, ThrowsMessage<Error>(HasSubstr("does not exist")));
}

// Comes half as near to the face as the box was.
class HalfWayLandmarker final : public Landmarker {
 public:
  explicit HalfWayLandmarker(const RectF& face) : face_(face) {}
  const LandmarkSchema& schema() const override { return Ibug68(); }
  std::vector<Landmarks> Locate(const Image&, std::span<const RectF> boxes) override {
    ++calls;
    std::vector<Landmarks> located;
    for (const RectF& box : boxes) {
      const Point2f c = 0.5F * (box.Center() + face_.Center());
      located.push_back({FakePoints(BoxAt(c.x, c.y, 0.5F * (box.width + face_.width)), 68), {}});
    }
    return located;
  }
  int calls = 0;

 private:
  RectF face_;
};

TEST(LocateClosely, LooksAgainAroundTheFirstPoints) {
  const auto scene = std::make_shared<FakeScene>();
  FakeLandmarker landmarker(scene);
  scene->faces = {{BoxAt(100, 100)}, {BoxAt(210, 90)}};
  const std::vector<RectF> loose = {BoxAt(80, 90, 80), BoxAt(220, 80, 90)};
  const auto faces = LocateClosely(landmarker, Image(300, 200), loose);
  EXPECT_THAT(scene->boxes_per_call, ElementsAre(2U, 2U));
  EXPECT_EQ(faces[0].points_px, FakePoints(BoxAt(100, 100), 68));
  EXPECT_EQ(faces[1].points_px, FakePoints(BoxAt(210, 90), 68));
}

TEST(LocateClosely, GoesOnUntilThePointsStay) {
  const RectF face = BoxAt(100, 100);
  const auto calls_from = [&](const RectF& box) {
    HalfWayLandmarker landmarker(face);
    LocateClosely(landmarker, Image(300, 200), {&box, 1});
    return landmarker.calls;
  };
  EXPECT_EQ(calls_from(BoxAt(101, 100)), 2);
  EXPECT_EQ(calls_from(BoxAt(115, 100)), 3);
  EXPECT_EQ(calls_from(BoxAt(180, 100)), 4);
}

TEST(LocateClosely, LooksOnceForPointsThatBoundNothing) {
  const auto scene = std::make_shared<FakeScene>();
  FakeLandmarker landmarker(scene, Nose1());
  const RectF box = BoxAt(80, 90, 80);
  LocateClosely(landmarker, Image(300, 200), {&box, 1});
  EXPECT_THAT(scene->boxes_per_call, ElementsAre(1U));
}

class DetectedFacesTest : public ::testing::Test {
 protected:
  static Image Picture() {
    Image image;
    image.width_px = 640;
    image.height_px = 480;
    image.rgb.assign(size_t{3} * 640 * 480, 128);
    return image;
  }

  std::shared_ptr<FakeScene> scene_ = std::make_shared<FakeScene>();
  DetectedFaces faces_{std::make_unique<FakeDetector>(scene_),
                       std::make_unique<FakeLandmarker>(scene_)};
};

TEST_F(DetectedFacesTest, TakesTheFaceThatWasMeantAndMeasuresItsBoxes) {
  const RectF left{100.0F, 100.0F, 120.0F, 120.0F};
  const RectF right{400.0F, 150.0F, 100.0F, 100.0F};
  scene_->faces = {{left}, {right}};
  const RectF truth = BoundsOf(FakePoints(right, 68));
  const auto found = faces_.Locate(Picture(), truth);
  ASSERT_TRUE(found.has_value());
  EXPECT_GT(IntersectionOverUnion(BoundsOf(found->points_px), truth), 0.99F);
  const auto rows = faces_.ErrorsOfBoxes();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].name, "detector");
  EXPECT_EQ(rows[0].errors.boxes, 1);
  EXPECT_EQ(rows[1].name, "landmarks");
  EXPECT_NEAR(rows[1].errors.shift_x_mean, 0.0, 1e-4);
  EXPECT_NEAR(rows[1].errors.zoom_mean, 0.0, 1e-4);
}

TEST_F(DetectedFacesTest, AnotherFaceIsNotTheOneMeant) {
  scene_->faces = {{{100.0F, 100.0F, 120.0F, 120.0F}}};
  EXPECT_FALSE(faces_.Locate(Picture(), {400.0F, 150.0F, 100.0F, 100.0F}).has_value());
  EXPECT_TRUE(faces_.ErrorsOfBoxes().empty());
}

TEST_F(DetectedFacesTest, AFaceWithoutPointsIsNotLocated) {
  const RectF face{100.0F, 100.0F, 120.0F, 120.0F};
  scene_->faces = {{face}};
  scene_->point_confidence.assign(68, 0.05F);
  EXPECT_FALSE(faces_.Locate(Picture(), face).has_value());
}

TEST(FacePredictor, LeavesOutFacesWithoutPoints) {
  const auto scene = std::make_shared<FakeScene>();
  scene->faces = {{BoxAt(100, 100)}};
  FacePredictor predictor(std::make_unique<FakeLandmarker>(scene),
                          [&] { return std::make_unique<FakeDetector>(scene); });
  EXPECT_EQ(predictor.Find(Image(300, 200)).faces.size(), 1U);
  scene->point_confidence.assign(68, 0.05F);
  const FoundFaces found = predictor.Find(Image(300, 200));
  EXPECT_TRUE(found.faces.empty());
  ASSERT_EQ(found.rejected.size(), 1U);
  EXPECT_NE(found.rejected[0].find("confidence in its points is 5 %"), std::string::npos)
      << found.rejected[0];
}

}  // namespace

}  // namespace nosetip
