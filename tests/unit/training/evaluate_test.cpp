#include "training/evaluate.h"

#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tracker/core/error.h"
#include "training/held_out.h"

namespace nosetip {
namespace {

std::vector<FaceToMeasure> Faces(size_t count) {
  return FacesOfPack(std::make_shared<const FacePack>(SyntheticPack(count, 48)), 0, "");
}

// Answers with the truth, moved to the right by a part of the eye distance.
FaceLocator Shifted(const std::vector<FaceToMeasure>& faces, float part) {
  return [&faces, part, next = size_t{0}](const Image&, const RectF&) mutable {
    std::vector<Point2f> points = faces[next++].truth_px;
    const float shift = part * Distance(points[36], points[45]);
    for (Point2f& p : points) p.x += shift;
    return std::optional(points);
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

TEST(Evaluate, CountsAFaceThatIsNotFoundAsAHundredPercent) {
  const auto faces = Faces(4);
  int calls = 0;
  const auto result = Evaluate(
      faces, Ibug68(), [&](const Image&, const RectF&) -> std::optional<std::vector<Point2f>> {
        const auto i = static_cast<size_t>(calls++);
        if (i == 2) return std::nullopt;
        return faces[i].truth_px;
      });
  EXPECT_EQ(result.summary.not_found, 1);
  EXPECT_NEAR(result.summary.nme_mean, 25.0, 1e-6);
  EXPECT_NEAR(result.summary.failure_rate, 25.0, 1e-6);
  EXPECT_NEAR(result.landmark_error[0], 0.0, 1e-9);
}

TEST(Evaluate, LeavesAnUnreadablePictureOutAndSaysSo) {
  auto faces = Faces(3);
  faces[1].picture = []() -> Image { throw Error("one.jpg is empty"); };
  const auto locate = [&](const Image&, const RectF&) { return std::optional(faces[0].truth_px); };
  const Evaluation result = Evaluate(faces, Ibug68(), locate);
  EXPECT_EQ(result.summary.faces, 2);
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0], "face1: one.jpg is empty");
}

TEST(Evaluate, RefusesWhatCannotBeMeasured) {
  const auto none = [](const Image&, const RectF&) {
    return std::optional<std::vector<Point2f>>();
  };
  EXPECT_THROW(Evaluate({}, Ibug68(), none), Error);
  EXPECT_THROW(Evaluate(Faces(2), Nose1(), none), Error);
}

TEST(FacesOfPack, GivesTheHeldOutOfTheWantedParts) {
  const auto pack = std::make_shared<const FacePack>(SyntheticPack(40, 48));
  const auto faces = FacesOfPack(pack, 25, "odd");
  size_t expected = 0;
  for (size_t i = 1; i < 40; i += 2) expected += IsHeldOut(pack->groups[i], 25) ? 1 : 0;
  EXPECT_EQ(faces.size(), expected);
  EXPECT_GT(expected, 0U);
  EXPECT_EQ(faces[0].picture().width_px, 48);
  EXPECT_EQ(faces[0].truth_px.size(), 68U);
}

}  // namespace
}  // namespace nosetip
