#include "tracker/tracking/leaning_face.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_scene.h"

namespace nosetip {
namespace {

// The points turned about their box's middle, clockwise on the screen.
Landmarks Turned(const RectF& box, float roll_rad, int count = 68) {
  const Affine2 turn = Affine2::Similarity(1.0F, roll_rad, {});
  Landmarks face{FakePoints(box, count)};
  for (Point2f& p : face.points_px) p = box.Center() + turn.Apply(p - box.Center());
  return face;
}

TEST(RollOf, IsTheTurnOfEyesOverMouth) {
  for (const auto* schema : {&Ibug68(), &Imm58()}) {
    const RectF box = BoxAt(100, 80);
    const float own = RollOf(Turned(box, 0.0F, schema->count), *schema);
    for (const float roll : {0.5F, -1.2F, 2.5F}) {
      const float turned = RollOf(Turned(box, roll, schema->count), *schema);
      EXPECT_NEAR(std::remainder(turned - own - roll, 6.2831853F), 0.0F, 1e-3F) << schema->name;
    }
  }
  Landmarks upright{std::vector<Point2f>(68, {10, 30})};
  std::fill(upright.points_px.begin() + 36, upright.points_px.begin() + 48, Point2f{10, 10});
  EXPECT_FLOAT_EQ(RollOf(upright, Ibug68()), 0.0F);
  EXPECT_EQ(RollOf({{{5, 5}}}, Nose1()), 0.0F);
}

TEST(Leans, TurnsAtFifteenDegreesAndBackAtTen) {
  const float own = RollOf(Turned(BoxAt(100, 80), 0.0F), Ibug68());
  const auto leans = [&](float degrees, bool is_turned) {
    return Leans(Turned(BoxAt(100, 80), degrees * 0.01745F - own), Ibug68(), is_turned);
  };
  EXPECT_FALSE(leans(13, false));
  EXPECT_TRUE(leans(17, false));
  EXPECT_TRUE(leans(-17, false));
  EXPECT_TRUE(leans(13, true));
  EXPECT_FALSE(leans(8, true));
}

TEST(PlaceOf, BoundsTheUprightFaceWhereItLeans) {
  const RectF box{70, 60, 60, 40};
  const Landmarks upright = Turned(box, 0.0F);
  const float own = RollOf(upright, Ibug68());
  const Landmarks leaning = Turned(box, 0.7F - own);
  EXPECT_EQ(PlaceOf(leaning, Ibug68(), false).box, BoundsOf(leaning.points_px));
  const FacePlace place = PlaceOf(leaning, Ibug68(), true);
  EXPECT_NEAR(place.roll_rad, 0.7F, 1e-3F);
  const RectF wanted = BoundsOf(Turned(box, -own).points_px);
  EXPECT_NEAR(place.box.width, wanted.width, 1e-3F);
  EXPECT_NEAR(place.box.height, wanted.height, 1e-3F);
  const Point2f off = wanted.Center() - box.Center();
  const Point2f center = box.Center() + Affine2::Similarity(1.0F, 0.7F, {}).Apply(off);
  EXPECT_NEAR(Distance(place.box.Center(), center), 0.0F, 1e-3F);
}

// Answers with the middle of the bright pixels within the box, and notes what it saw.
class BrightLandmarker final : public Landmarker {
 public:
  const LandmarkSchema& schema() const override { return Nose1(); }
  double last_crop_ms() const override { return 1.0; }
  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    calls.push_back(boxes.size());
    std::vector<Landmarks> found;
    for (const RectF& box : boxes) {
      Point2f sum;
      float count = 0.0F;
      for (int y = 0; y < image.height_px; ++y) {
        for (int x = 0; x < image.width_px; ++x) {
          const Point2f p{static_cast<float>(x), static_cast<float>(y)};
          if (image.At(x, y)[0] < 128 || Distance(p, box.Center()) > 0.6F * box.width) continue;
          sum = sum + p;
          count += 1.0F;
        }
      }
      found.push_back({{(1.0F / count) * sum}, {}, {2.0F}});
    }
    return found;
  }

  std::vector<size_t> calls;
};

class LocateAtTest : public ::testing::Test {
 protected:
  LocateAtTest() {
    for (const Point2f spot : spots_) {
      for (int y = -2; y <= 2; ++y) {
        for (int x = -2; x <= 2; ++x) {
          std::fill_n(image_.At(static_cast<int>(spot.x) + x, static_cast<int>(spot.y) + y), 3,
                      uint8_t{255});
        }
      }
    }
  }

  void ExpectSpots(const LocatedFaces& located) const {
    ASSERT_EQ(located.faces.size(), spots_.size());
    for (size_t i = 0; i < spots_.size(); ++i) {
      EXPECT_NEAR(Distance(located.faces[i].points_px[0], spots_[i]), 0.0F, 0.3F) << i;
      EXPECT_NEAR(located.faces[i].expected_error_px[0], 2.0F, 0.1F) << i;
    }
  }

  Image image_ = Image(200, 120);
  std::vector<Point2f> spots_ = {{40, 40}, {90, 70}, {150, 50}};
  std::vector<FacePlace> places_ = {
      {BoxAt(44, 36, 30)}, {BoxAt(86, 74, 30), 0.8F}, {BoxAt(155, 45, 30)}};
};

TEST_F(LocateAtTest, GivesThePointsOfTurnedFacesInThePicture) {
  BrightLandmarker landmarker;
  const LocatedFaces located = LocateAt(landmarker, image_, places_);
  ExpectSpots(located);
  EXPECT_THAT(landmarker.calls, ::testing::ElementsAre(2U, 1U));
  EXPECT_EQ(located.crop_ms, 2.0);
}

}  // namespace
}  // namespace nosetip
