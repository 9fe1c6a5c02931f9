#include "training/evaluation/detector/detector_evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Square faces far apart: the i-th, moved to the right by a part of its side.
RectF Place(int i, float moved = 0.0F, float side = 100.0F) {
  return {1000.0F * static_cast<float>(i) + moved * side, 0.0F, side, side};
}

ExaminedPicture Picture(std::vector<FaceBox> boxes, int faces) {
  ExaminedPicture picture{"", std::move(boxes), {}};
  for (int i = 0; i < faces; ++i) picture.faces.push_back({Place(i), false, ""});
  return picture;
}

Judgment JudgeOne(const ExaminedPicture& picture, const HeightRange& range = {}) {
  return Judge(std::span(&picture, 1), range);
}

TEST(Judge, FindsAFaceFromHalfAnOverlapOn) {
  // Moved by m, squares overlap by (1 - m) / (1 + m): 1/2 at a third.
  EXPECT_TRUE(JudgeOne(Picture({{Place(0, 0.33F), 0.9F}}, 1)).boxes[0].right);
  EXPECT_FALSE(JudgeOne(Picture({{Place(0, 0.34F), 0.9F}}, 1)).boxes[0].right);
  EXPECT_NEAR(JudgeOne(Picture({{Place(0, 0.25F), 0.9F}}, 1)).boxes[0].iou, 0.6F, 1e-4F);
}

TEST(Judge, FindsAFaceFromTheGivenOverlapOn) {
  const ExaminedPicture picture = Picture({{Place(0, 0.5F), 0.9F}}, 1);
  EXPECT_FALSE(Judge(std::span(&picture, 1), {}, kFoundIou).boxes[0].right);
  EXPECT_TRUE(Judge(std::span(&picture, 1), {}, kRoughlyFoundIou).boxes[0].right);
}

TEST(Judge, TakesASecondBoxOnAFaceForAFalseAlarm) {
  const auto judgment = JudgeOne(Picture({{Place(0, 0.2F), 0.9F}, {Place(0), 0.8F}}, 1));
  ASSERT_EQ(judgment.boxes.size(), 2U);
  EXPECT_TRUE(judgment.boxes[0].right);
  EXPECT_FALSE(judgment.boxes[1].right);
  EXPECT_EQ(judgment.faces, 1);
}

TEST(Judge, GivesABoxTheFaceThatItOverlapsMostOfThoseLeft) {
  ExaminedPicture picture = Picture({{Place(0, 0.1F), 0.9F}, {Place(0), 0.8F}}, 1);
  picture.faces.push_back({Place(0, 0.2F), false, ""});
  picture.detections[0].rect = Place(0, 0.15F);
  const auto judgment = JudgeOne(picture);
  EXPECT_TRUE(judgment.boxes[0].right);
  EXPECT_NEAR(judgment.boxes[0].iou, 0.95F / 1.05F, 1e-4F);
  EXPECT_TRUE(judgment.boxes[1].right) << "the first box has the other face";
  EXPECT_NEAR(judgment.boxes[1].iou, 1.0F, 1e-4F);
}

TEST(Judge, CountsNothingOfAnIgnoredFace) {
  ExaminedPicture picture =
      Picture({{Place(1), 0.9F}, {Place(1, 0.1F), 0.8F}, {Place(0), 0.7F}}, 2);
  picture.faces[1].ignored = true;
  const auto judgment = JudgeOne(picture);
  EXPECT_EQ(judgment.faces, 1);
  ASSERT_EQ(judgment.boxes.size(), 1U);
  EXPECT_TRUE(judgment.boxes[0].right);
  EXPECT_FLOAT_EQ(judgment.boxes[0].score, 0.7F);
}

TEST(Judge, CountsNothingThatLiesMostlyInAnIgnoredPlace) {
  ExaminedPicture picture = Picture({{Place(1, 0.0F, 30.0F), 0.9F}}, 2);
  picture.faces[1].ignored = true;
  EXPECT_THAT(JudgeOne(picture).boxes, IsEmpty());
}

TEST(Judge, PrefersAFaceThatCountsToAnIgnoredOne) {
  ExaminedPicture picture = Picture({{Place(0), 0.9F}}, 1);
  picture.faces.push_back({Place(0, 0.05F), true, ""});
  picture.faces[0].box = Place(0, 0.3F);
  EXPECT_TRUE(JudgeOne(picture).boxes.at(0).right);
}

TEST(Judge, LeavesOtherHeightsOut) {
  // A face of 100 px found, one of 40 px missed, a false alarm of 40 px and one of 100 px.
  ExaminedPicture picture =
      Picture({{Place(0), 0.9F}, {Place(7, 0.0F, 40.0F), 0.8F}, {Place(8), 0.7F}}, 1);
  picture.faces.push_back({Place(1, 0.0F, 40.0F), false, ""});
  const auto small = JudgeOne(picture, {32.0F, 64.0F});
  EXPECT_EQ(small.faces, 1);
  ASSERT_EQ(small.boxes.size(), 1U);
  EXPECT_FLOAT_EQ(small.boxes[0].score, 0.8F);
  const auto large = JudgeOne(picture, {64.0F, 128.0F});
  EXPECT_EQ(large.faces, 1);
  ASSERT_EQ(large.boxes.size(), 2U);
  EXPECT_TRUE(large.boxes[0].right);
  EXPECT_FALSE(large.boxes[1].right);
}

TEST(Judge, CountsABoxOfAnotherHeightThatFindsAFaceOfTheRange) {
  const auto judgment = JudgeOne(Picture({{Place(0, 0.0F, 90.0F), 0.9F}}, 1), {95.0F, 200.0F});
  ASSERT_EQ(judgment.boxes.size(), 1U);
  EXPECT_TRUE(judgment.boxes[0].right);
}

TEST(Judge, SortsTheBoxesOfAllPicturesByScore) {
  const std::vector<ExaminedPicture> pictures = {Picture({{Place(0), 0.5F}}, 1),
                                                 Picture({{Place(5), 0.9F}, {Place(0), 0.4F}}, 1)};
  const auto judgment = Judge(pictures);
  EXPECT_EQ(judgment.pictures, 2);
  EXPECT_EQ(judgment.faces, 2);
  std::vector<bool> right;
  for (const JudgedBox& box : judgment.boxes) right.push_back(box.right);
  EXPECT_THAT(right, ElementsAre(false, true, true));
}

TEST(AveragePrecision, IsTheAreaUnderTheMonotonePrecision) {
  // Right, wrong, right, wrong of 3 faces: precision 1, 1/2, 2/3, 1/2 at recall 1/3, 1/3, 2/3, 2/3.
  // 1/3 * 1 + 1/3 * 2/3 = 5/9.
  const auto judgment = JudgeOne(
      Picture({{Place(0), 0.9F}, {Place(8), 0.8F}, {Place(1), 0.7F}, {Place(9), 0.6F}}, 3));
  EXPECT_NEAR(AveragePrecision(judgment).value(), 5.0 / 9.0, 1e-9);
}

TEST(AveragePrecision, RaisesAnEarlyPrecisionToTheBestThatFollows) {
  // Wrong, right, right of 2 faces: precision 0, 1/2, 2/3, made monotone 2/3 throughout.
  const auto judgment =
      JudgeOne(Picture({{Place(8), 0.9F}, {Place(0), 0.8F}, {Place(1), 0.7F}}, 2));
  EXPECT_NEAR(AveragePrecision(judgment).value(), 2.0 / 3.0, 1e-9);
}

TEST(AveragePrecision, DoesNotDependOnTheOrderOfEqualScores) {
  const auto right_first =
      Judge(std::vector{Picture({{Place(0), 0.5F}}, 1), Picture({{Place(5), 0.5F}}, 0)});
  const auto wrong_first =
      Judge(std::vector{Picture({{Place(5), 0.5F}}, 0), Picture({{Place(0), 0.5F}}, 1)});
  EXPECT_NEAR(AveragePrecision(right_first).value(), 0.5, 1e-9);
  EXPECT_NEAR(AveragePrecision(wrong_first).value(), 0.5, 1e-9);
}

TEST(AveragePrecision, IsOneForAPerfectDetectorAndZeroForABlindOne) {
  EXPECT_NEAR(AveragePrecision(JudgeOne(Picture({{Place(0), 0.9F}}, 1))).value(), 1.0, 1e-9);
  EXPECT_EQ(AveragePrecision(JudgeOne(Picture({}, 1))).value(), 0.0);
}

TEST(AveragePrecision, IsNothingWithoutFaces) {
  EXPECT_FALSE(AveragePrecision(JudgeOne(Picture({{Place(0), 0.9F}}, 0))).has_value());
  EXPECT_FALSE(AveragePrecision(Judge({})).has_value());
}

TEST(PrecisionCurve, HasAPointPerScore) {
  const auto curve = PrecisionCurve(JudgeOne(
      Picture({{Place(0), 0.9F}, {Place(8), 0.8F}, {Place(1), 0.8F}, {Place(9), 0.6F}}, 4)));
  ASSERT_EQ(curve.size(), 3U);
  EXPECT_EQ(curve[1].score, 0.8F);
  EXPECT_NEAR(curve[1].recall, 0.5, 1e-9);
  EXPECT_NEAR(curve[1].precision, 2.0 / 3.0, 1e-9);
  EXPECT_EQ(PrecisionAt(curve, 0.25), 1.0);
  EXPECT_NEAR(PrecisionAt(curve, 0.5).value(), 2.0 / 3.0, 1e-9);
  EXPECT_FALSE(PrecisionAt(curve, 0.6).has_value());
  EXPECT_THAT(PrecisionCurve(Judge({})), IsEmpty());
}

TEST(FiguresAt, CountsBoxesFromTheScoreOn) {
  const auto judgment = JudgeOne(
      Picture({{Place(0, 0.25F), 0.9F}, {Place(8), 0.8F}, {Place(1), 0.6F}, {Place(9), 0.5F}}, 4));
  const DetectionFigures figures = FiguresAt(judgment, 0.6F);
  EXPECT_EQ(figures.found, 2);
  EXPECT_EQ(figures.false_alarms, 1);
  EXPECT_NEAR(figures.recall.value(), 0.5, 1e-9);
  EXPECT_NEAR(figures.precision.value(), 2.0 / 3.0, 1e-9);
  EXPECT_NEAR(figures.mean_iou.value(), 0.8, 1e-6);
  EXPECT_NEAR(figures.false_alarms_per_picture.value(), 1.0, 1e-9);
}

TEST(FiguresAt, HasNoRatesOfNothing) {
  const DetectionFigures figures = FiguresAt(Judge({}), 0.5F);
  EXPECT_FALSE(figures.recall || figures.precision || figures.mean_iou ||
               figures.false_alarms_per_picture);
}

TEST(FiguresAt, FindsTheSameFacesAsADetectorWithThatThreshold) {
  // The box of 0.9 takes the face, whether or not those below are there.
  const auto all =
      JudgeOne(Picture({{Place(0, 0.3F), 0.9F}, {Place(0), 0.4F}, {Place(1), 0.3F}}, 2));
  const auto above = JudgeOne(Picture({{Place(0, 0.3F), 0.9F}}, 2));
  EXPECT_EQ(FiguresAt(all, 0.5F).found, FiguresAt(above, 0.5F).found);
  EXPECT_EQ(FiguresAt(all, 0.5F).mean_iou, FiguresAt(above, 0.5F).mean_iou);
}

// `alarms` false alarms, one a score, in ten pictures.
Judgment Alarms(const std::vector<float>& scores) {
  std::vector<ExaminedPicture> pictures(10);
  for (size_t i = 0; i < scores.size(); ++i) {
    pictures[i % 10].detections.push_back({Place(static_cast<int>(i)), scores[i]});
  }
  return Judge(pictures);
}

TEST(ScoreForFalseAlarms, LetsAsManyThroughAsAllowed) {
  const auto judgment = Alarms({0.9F, 0.8F, 0.7F});
  const float one = ScoreForFalseAlarms(judgment, 0.1);
  EXPECT_EQ(FiguresAt(judgment, one).false_alarms, 1);
  EXPECT_GT(one, 0.8F);
  EXPECT_LT(one, 0.81F);
  EXPECT_EQ(FiguresAt(judgment, ScoreForFalseAlarms(judgment, 0.2)).false_alarms, 2);
  EXPECT_EQ(FiguresAt(judgment, ScoreForFalseAlarms(judgment, 0.0)).false_alarms, 0);
}

TEST(ScoreForFalseAlarms, LetsNoneOfEqualScoresThroughWhereAllAreTooMany) {
  const auto judgment = Alarms({0.9F, 0.9F, 0.5F});
  EXPECT_EQ(FiguresAt(judgment, ScoreForFalseAlarms(judgment, 0.1)).false_alarms, 0);
}

TEST(ScoreForFalseAlarms, IsZeroWhereThereAreFewAnyhow) {
  EXPECT_EQ(ScoreForFalseAlarms(Alarms({0.9F}), 0.1), 0.0F);
  EXPECT_EQ(ScoreForFalseAlarms(Judge({}), 0.1), 0.0F);
}

TEST(MissedFaces, NamesThoseWithoutABoxOfTheScore) {
  ExaminedPicture picture = Picture({{Place(0), 0.9F}, {Place(1), 0.5F}}, 4);
  picture.faces[3].ignored = true;
  EXPECT_THAT(MissedFaces(picture, 0.6F), ElementsAre(1, 2));
  EXPECT_THAT(MissedFaces(picture, 0.4F), ElementsAre(2));
}

TEST(FalseAlarms, NamesBoxesWithoutAFace) {
  ExaminedPicture picture =
      Picture({{Place(0), 0.9F}, {Place(1), 0.8F}, {Place(8), 0.7F}, {Place(9), 0.3F}}, 2);
  picture.faces[1].ignored = true;
  EXPECT_THAT(FalseAlarms(picture, 0.6F), ElementsAre(2));
  EXPECT_THAT(FalseAlarms(picture, 0.2F), ElementsAre(2, 3));
}

TEST(CountFound, GoesByTheHeightOfTheFaceAlone) {
  // The box of 100 px finds the face of 75 px; the face of 40 px is missed, one of 30 px ignored.
  ExaminedPicture picture = Picture({{Place(0), 0.9F}}, 0);
  picture.faces = {{Place(0, 0.0F, 75.0F), false, ""},
                   {Place(1, 0.0F, 40.0F), false, ""},
                   {Place(2, 0.0F, 30.0F), true, ""}};
  const std::span pictures(&picture, 1);
  const FoundFaces small = CountFound(pictures, {20.0F, 70.0F}, 0.6F);
  EXPECT_EQ(small.faces, 1);
  EXPECT_EQ(small.found, 0);
  const FoundFaces large = CountFound(pictures, {70.0F, 80.0F}, 0.6F);
  EXPECT_EQ(large.faces, 1);
  EXPECT_EQ(large.found, 1);
}

TEST(CountWithoutFind, PassesOverPicturesWithoutFaces) {
  ExaminedPicture ignored = Picture({}, 1);
  ignored.faces[0].ignored = true;
  const std::vector<ExaminedPicture> pictures = {
      Picture({{Place(0), 0.9F}}, 2), Picture({{Place(0), 0.5F}}, 1), Picture({}, 0), ignored};
  EXPECT_EQ(CountWithoutFind(pictures, 0.6F), 1);
  EXPECT_EQ(CountWithoutFind(pictures, 0.5F), 0);
}

TEST(Steadiness, HasNoJitterOfAnEvenMotion) {
  std::vector<std::optional<RectF>> boxes;
  for (int i = 0; i < 5; ++i) {
    const auto step = static_cast<float>(i);
    boxes.emplace_back(RectF{10.0F * step, 0.0F, 100.0F, 100.0F + step});
  }
  const ClipFigures figures = Steadiness(boxes);
  EXPECT_EQ(figures.frames, 5);
  EXPECT_EQ(figures.found, 5);
  EXPECT_NEAR(figures.center_jitter.value(), 0.0, 1e-4);
  EXPECT_NEAR(figures.size_jitter.value(), 0.0, 1e-4);
  EXPECT_NEAR(figures.mean_iou.value(), 0.81, 0.01);
}

TEST(Steadiness, MeasuresAStepToAndFro) {
  std::vector<std::optional<RectF>> boxes;
  for (int i = 0; i < 6; ++i) boxes.emplace_back(RectF{i % 2 == 0 ? 0.0F : 3.0F, 0, 100, 100});
  const ClipFigures figures = Steadiness(boxes);
  EXPECT_NEAR(figures.center_jitter.value(), 3.0, 1e-4);
  EXPECT_NEAR(figures.mean_iou.value(), 97.0 / 103.0, 1e-4);
}

TEST(Steadiness, LeavesOutPairsWithAFrameWithoutAFace) {
  const RectF box{0, 0, 100, 100};
  const RectF other{500, 0, 100, 100};
  const ClipFigures figures =
      Steadiness(std::vector<std::optional<RectF>>{box, box, std::nullopt, other, other});
  EXPECT_EQ(figures.found, 4);
  EXPECT_NEAR(figures.mean_iou.value(), 1.0, 1e-6);
  EXPECT_FALSE(figures.center_jitter.has_value());
}

TEST(Steadiness, IsNothingOfAnEmptyClip) {
  const ClipFigures figures = Steadiness({});
  EXPECT_EQ(figures.frames, 0);
  EXPECT_FALSE(figures.mean_iou.has_value());
}

TEST(BestBox, IsTheFirstOfTheScore) {
  const ExaminedPicture picture = Picture({{Place(2), 0.5F}, {Place(1), 0.4F}}, 0);
  EXPECT_EQ(BestBox(picture, 0.5F), Place(2));
  EXPECT_FALSE(BestBox(picture, 0.6F).has_value());
  EXPECT_FALSE(BestBox(Picture({}, 1), 0.0F).has_value());
}

}  // namespace
}  // namespace nosetip
