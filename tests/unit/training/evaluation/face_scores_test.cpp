#include "training/evaluation/face_scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_scene.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const RectF kFace{150.0F, 100.0F, 60.0F, 60.0F};

FaceToMeasure FaceIn(int width_px, int height_px) {
  return {"a", [=] { return Image(width_px, height_px); }, FakePoints(kFace, 68), kFace};
}

// Points that fill the box, as sure as `score` says of it.
LocateFace SureBy(std::function<float(const RectF&)> score) {
  return [score = std::move(score)](const Image&, const RectF& box) {
    return std::optional(Landmarks{FakePoints(box, 68), std::vector<float>(68, score(box)), {}});
  };
}

float HighOnTheFace(const RectF& box) {
  return IntersectionOverUnion(box, kFace) > 0.3F ? 0.875F : 0.125F;
}

TEST(ScoreFaces, ComparesFacesWithPlacesThatDoNotOverlapThem) {
  std::vector<RectF> asked;
  const FaceScores scores = ScoreFaces({FaceIn(400, 300)}, SureBy([&](const RectF& box) {
                                         asked.push_back(box);
                                         return HighOnTheFace(box);
                                       }),
                                       5);
  EXPECT_THAT(scores.faces, ElementsAre(0.875F));
  EXPECT_THAT(scores.beside, ElementsAre(0.125F, 0.125F, 0.125F, 0.125F, 0.125F));
  ASSERT_THAT(asked, SizeIs(1 + 5 * 4));
  for (size_t i = 1; i < asked.size(); ++i) {
    EXPECT_EQ(Intersection(asked[i], kFace).Area(), 0.0F);
    EXPECT_GE(asked[i].width, 0.29F * kFace.width);
    EXPECT_LE(asked[i].width, 1.21F * kFace.width);
  }
}

TEST(ScoreFaces, LeavesOutAPlaceThatEndsUpOnTheFace) {
  const FaceScores scores = ScoreFaces(
      {FaceIn(400, 300)},
      [](const Image&, const RectF&) {
        return std::optional(Landmarks{FakePoints(kFace, 68), std::vector<float>(68, 0.9F), {}});
      },
      5);
  EXPECT_THAT(scores.faces, SizeIs(1));
  EXPECT_THAT(scores.beside, IsEmpty());
}

TEST(ScoreFaces, CountsAPlaceWhosePointsRunTogetherAsZero) {
  const FaceScores scores = ScoreFaces(
      {FaceIn(400, 300)},
      [](const Image&, const RectF& box) {
        const RectF points =
            IntersectionOverUnion(box, kFace) > 0.9F ? kFace : RectF{9.0F, 9.0F, 1.0F, 1.0F};
        return std::optional(Landmarks{FakePoints(points, 68), std::vector<float>(68, 0.9F), {}});
      },
      5);
  EXPECT_THAT(scores.beside, SizeIs(5));
  EXPECT_THAT(scores.beside, Each(0.0F));
}

TEST(ScoreFaces, TakesThePlacesThatTheSeedSays) {
  std::vector<float> places[3];
  for (const int run : {0, 1, 2}) {
    ScoreFaces({FaceIn(400, 300)}, SureBy([&](const RectF& box) {
                 places[run].push_back(box.x);
                 return 0.5F;
               }),
               3, run == 2 ? 8 : 7);
  }
  EXPECT_EQ(places[0], places[1]);
  EXPECT_NE(places[0], places[2]);
}

TEST(ScoreFaces, SaysWhereThereIsNothingToCompare) {
  const auto none = ScoreFaces(
      {FaceIn(400, 300)},
      [](const Image&, const RectF& box) { return std::optional(Landmarks{FakePoints(box, 68)}); },
      5);
  EXPECT_THAT(FaceScoresText(none), HasSubstr("gives no confidences"));
  FaceToMeasure filled = FaceIn(60, 60);
  filled.box = {0.0F, 0.0F, 60.0F, 60.0F};
  FaceToMeasure unreadable = FaceIn(400, 300);
  unreadable.picture = []() -> Image { throw Error("no such picture"); };
  const auto full = ScoreFaces({filled, unreadable}, SureBy(HighOnTheFace), 5);
  EXPECT_THAT(full.faces, SizeIs(1));
  EXPECT_THAT(FaceScoresText(full), HasSubstr("have no room"));
}

TEST(ScoreFaces, CountsPlacesThatPassForFaces) {
  const FaceScores scores{{0.8F, 0.9F}, {0.1F, 0.2F, 0.6F}};
  const std::string text = FaceScoresText(scores);
  EXPECT_THAT(text, HasSubstr("faces       0.800   0.800  0.800   0.900  0.900  (2)"));
  EXPECT_THAT(text, HasSubstr("(3, 1 of them at 0.55 or more)"));
}

}  // namespace
}  // namespace nosetip
