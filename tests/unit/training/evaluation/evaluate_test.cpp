#include "training/evaluation/evaluate.h"

#include <cmath>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tracker/core/error.h"
#include "training/data/held_out.h"

namespace nosetip {
namespace {

std::vector<FaceToMeasure> Faces(size_t count) {
  return FacesOfPack(std::make_shared<const FacePack>(SyntheticPack(count, 48)), {});
}

std::optional<Landmarks> Found(std::vector<Point2f> points_px) {
  return Landmarks{std::move(points_px), {}, {}};
}

// Answers with the truth, moved to the right by a part of the eye distance.
LocateFace Shifted(const std::vector<FaceToMeasure>& faces, float part) {
  return [&faces, part, next = size_t{0}](const Image&, const RectF&) mutable {
    std::vector<Point2f> points = faces[next++].truth_px;
    const float shift = part * Distance(points[36], points[45]);
    for (Point2f& p : points) p.x += shift;
    return Found(points);
  };
}

TEST(Evaluate, MeasuresAKnownShift) {
  const auto faces = Faces(6);
  const Evaluation result = Evaluate(faces, Ibug68(), Shifted(faces, 0.05F));
  EXPECT_EQ(result.summary.faces, 6);
  EXPECT_NEAR(result.summary.nme_mean, 5.0, 1e-3);
  EXPECT_NEAR(result.summary.nme_median, 5.0, 1e-3);
  EXPECT_EQ(result.summary.failure_rate, 0.0);
  EXPECT_NEAR(result.landmark_error[10], 5.0, 1e-3);
}

// The course's figures: over all coordinates, x and y alike.
TEST(Evaluate, MeasuresCoordinates) {
  auto faces = Faces(2);
  for (FaceToMeasure& face : faces) {
    face.picture = [] { return Image(100, 50); };
    face.photograph_px = {};
    face.photograph_per_pixel = 1.0F;
  }
  size_t next = 0;
  const Evaluation result = Evaluate(faces, Ibug68(), [&](const Image&, const RectF&) {
    std::vector<Point2f> points = faces[next++].truth_px;
    for (Point2f& p : points) p = p + Point2f{3.0F, -1.0F};
    return Found(points);
  });
  EXPECT_NEAR(result.coordinates.mae_px, 2.0, 1e-4);
  EXPECT_NEAR(result.coordinates.mse_px2, 5.0, 1e-4);
  EXPECT_NEAR(result.coordinates.mse_relative, 0.5 * (0.03 * 0.03 + 0.02 * 0.02), 1e-6);
}

// A pack has squares of 48 px around faces of photographs of 400x300 px, where they are ten times
// as large: errors are those that the photographs give.
TEST(Evaluate, MeasuresInPixelsOfThePhotograph) {
  FacePack packed = SyntheticPack(2, 48);
  for (size_t i = 0; i < 2; ++i) {
    packed.boxes[i] = {30.0F, 20.0F, 240.0F, 200.0F};  // of 2 x 240 px
    packed.photographs_px[i] = {400, 300};
  }
  const auto measure = [](const FacePack& given, const LandmarkSchema& schema) {
    const auto faces = FacesOfPack(std::make_shared<const FacePack>(given), {});
    return Evaluate(faces, schema, [&, next = size_t{0}](const Image&, const RectF&) mutable {
      std::vector<Point2f> points = faces[next++].truth_px;
      for (Point2f& p : points) p = p + Point2f{0.3F, -0.1F};
      return Found(points);
    });
  };
  const Evaluation all = measure(packed, Ibug68());
  EXPECT_NEAR(all.coordinates.mae_px, 2.0, 1e-4);
  EXPECT_NEAR(all.coordinates.mse_px2, 5.0, 1e-4);
  EXPECT_NEAR(all.coordinates.mse_relative, 0.5 * (9.0 / 160000.0 + 1.0 / 90000.0), 1e-8);
  const Evaluation nose = measure(WithPointsOf(Nose1(), packed), Nose1());
  EXPECT_NEAR(nose.summary.nme_mean, 100.0 * std::sqrt(10.0) / 500.0, 1e-3);
}

TEST(Evaluate, MeasuresPointsWithoutEyesByThePicture) {
  FacePack packed = WithPointsOf(Nose1(), SyntheticPack(2, 48));
  for (size_t i = 0; i < 2; ++i) {
    packed.boxes[i] = {11.5F, 11.5F, 24.0F, 24.0F};  // the square is the photograph
    packed.photographs_px[i] = {48, 48};
  }
  const auto pack = std::make_shared<const FacePack>(packed);
  const auto faces = FacesOfPack(pack, {});
  size_t next = 0;
  const Evaluation result = Evaluate(faces, Nose1(), [&](const Image&, const RectF& box) {
    EXPECT_GT(box.width, 10.0F);
    return Found({faces[next++].truth_px[0] + Point2f{4.8F, 0.0F}});
  });
  EXPECT_EQ(result.unit, "picture's diagonal");
  EXPECT_FALSE(result.expression);
  EXPECT_NEAR(result.summary.nme_mean, 10.0 / std::sqrt(2.0), 1e-3);
}

// Lids half as far apart, and one face that is not found.
TEST(Evaluate, ComparesWhatFacesDo) {
  const auto faces = Faces(4);
  size_t next = 0;
  const auto result =
      Evaluate(faces, Ibug68(), [&](const Image&, const RectF&) -> std::optional<Landmarks> {
        if (next == 3) return std::nullopt;
        std::vector<Point2f> points = faces[next++].truth_px;
        for (const auto& [a, b] : {std::pair(37, 41), {38, 40}, {43, 47}, {44, 46}}) {
          const Point2f middle =
              0.5F * (points[static_cast<size_t>(a)] + points[static_cast<size_t>(b)]);
          for (const int k : {a, b}) {
            Point2f& p = points[static_cast<size_t>(k)];
            p = 0.5F * (p + middle);
          }
        }
        return Found(points);
      });
  ASSERT_TRUE(result.expression);
  const MeasureErrors& eyes = result.expression->measures.front();
  EXPECT_EQ(eyes.count, 6U);
  double open = 0.0;
  for (size_t i = 0; i < 3; ++i) {
    open += ExpressionOf(faces[i].truth_px, Ibug68())->MeanEyeOpenness() / 3.0;
  }
  EXPECT_NEAR(eyes.mean_absolute_error, 0.5 * open, 1e-4);
}

TEST(Evaluate, CountsAFaceThatIsNotFoundAsAHundredPercent) {
  const auto faces = Faces(4);
  int calls = 0;
  const auto result =
      Evaluate(faces, Ibug68(), [&](const Image&, const RectF&) -> std::optional<Landmarks> {
        const auto i = static_cast<size_t>(calls++);
        if (i == 2) return std::nullopt;
        return Found(faces[i].truth_px);
      });
  EXPECT_EQ(result.summary.not_found, 1);
  EXPECT_NEAR(result.summary.nme_mean, 25.0, 1e-6);
  EXPECT_NEAR(result.summary.failure_rate, 25.0, 1e-6);
  EXPECT_NEAR(result.landmark_error[0], 0.0, 1e-9);
}

TEST(Evaluate, LeavesAnUnreadablePictureOutAndSaysSo) {
  auto faces = Faces(3);
  faces[1].picture = []() -> Image { throw Error("one.jpg is empty"); };
  const auto locate = [&](const Image&, const RectF&) { return Found(faces[0].truth_px); };
  const Evaluation result = Evaluate(faces, Ibug68(), locate);
  EXPECT_EQ(result.summary.faces, 2);
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0], "face1: one.jpg is empty");
}

TEST(Evaluate, ComparesErrorsWithThoseThatWereExpected) {
  const auto faces = Faces(5);
  size_t next = 0;
  const Evaluation result = Evaluate(faces, Ibug68(), [&](const Image&, const RectF&) {
    const std::vector<Point2f>& truth = faces[next++].truth_px;
    const float eyes_px = Distance(truth[36], truth[45]);
    Landmarks found{truth, std::vector<float>(68, 0.9F), std::vector<float>(68, 0.02F * eyes_px)};
    for (Point2f& p : found.points_px) p.x += 0.03F * eyes_px;
    return std::optional(found);
  });
  ASSERT_EQ(result.reliability.size(), 10U);
  EXPECT_NEAR(result.reliability[4].expected_percent, 2.0, 1e-3);
  EXPECT_NEAR(result.reliability[4].error_percent, 3.0, 1e-3);
  EXPECT_TRUE(Evaluate(faces, Ibug68(), Shifted(faces, 0.05F)).reliability.empty());
}

TEST(Evaluate, RefusesWhatCannotBeMeasured) {
  const auto none = [](const Image&, const RectF&) { return std::optional<Landmarks>(); };
  EXPECT_THROW(Evaluate({}, Ibug68(), none), Error);
  auto faces = Faces(1);
  faces[0].truth_px.assign(68, {5.0F, 5.0F});
  EXPECT_THROW(Evaluate(faces, Ibug68(), none), Error);
}

TEST(FacesOfPack, GivesPicturesThatWerePackedWholeAsTheyWere) {
  FacePack pack = SyntheticPack(1, 80, {30});
  pack.view = CropView::kPicture;
  pack.extent = 1.25F;
  pack.boxes = {{-0.5F, -0.5F, 640.0F, 480.0F}};  // 64x48 in the pack, from (8, 16) on
  pack.photographs_px = {{640, 480}};
  const auto face = FacesOfPack(std::make_shared<const FacePack>(pack), {}).at(0);
  const Image picture = face.picture();
  EXPECT_EQ((SizePx{picture.width_px, picture.height_px}), (SizePx{64, 48}));
  EXPECT_NEAR(face.truth_px[30].x, pack.points_px[60] - 8.0F, 1e-4F);
  EXPECT_NEAR(face.truth_px[30].y, pack.points_px[61] - 16.0F, 1e-4F);
  const Point2f spot = face.truth_px[30];
  EXPECT_GT(*picture.At(static_cast<int>(spot.x + 0.5F), static_cast<int>(spot.y + 0.5F)), 200);
}

// Beyond the photograph's edge the packed square only repeats it.
TEST(FacesOfPack, GivesWhatThePhotographCovers) {
  FacePack pack = SyntheticPack(1, 80, {30});
  pack.boxes = {{-0.5F, -0.5F, 40.0F, 40.0F}};  // the square begins 20 px above and to the left
  pack.photographs_px = {{400, 300}};
  const auto face = FacesOfPack(std::make_shared<const FacePack>(pack), {}).at(0);
  const Image picture = face.picture();
  EXPECT_EQ((SizePx{picture.width_px, picture.height_px}), (SizePx{60, 60}));
  EXPECT_NEAR(face.truth_px[30].x, pack.points_px[60] - 20.0F, 1e-4F);
  const Point2f spot = face.truth_px[30];
  EXPECT_GT(*picture.At(static_cast<int>(spot.x + 0.5F), static_cast<int>(spot.y + 0.5F)), 200);
}

TEST(FacesOfPack, GivesTheHeldOutOfTheWantedParts) {
  const auto pack = std::make_shared<const FacePack>(SyntheticPack(40, 48));
  const auto faces = FacesOfPack(pack, {.percent = 25, .groups = "", .parts = "odd"});
  size_t expected = 0;
  for (size_t i = 1; i < 40; i += 2) expected += IsHeldOut(pack->groups[i], 25) ? 1 : 0;
  EXPECT_EQ(faces.size(), expected);
  EXPECT_GT(expected, 0U);
  EXPECT_EQ(faces[0].picture().width_px, 48);
  EXPECT_EQ(faces[0].truth_px.size(), 68U);
}

TEST(CheckedPoints, NamesBothSchemasWhereTheDataLacksPoints) {
  EXPECT_EQ(CheckedPoints(Nose1(), Ibug68(), "data").size(), 1U);
  try {
    CheckedPoints(Ibug68(), Nose1(), "data");
    FAIL() << "68 points of one";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "the model gives the points of ibug68, but data has those of nose1; use data with "
                 "the model's points");
  }
}

}  // namespace
}  // namespace nosetip
