// Odd boxes, missing pictures, folders: rows must never shift.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/training/evaluation/predict_fixture.h"
#include "tracker/core/error.h"
#include "training/data/point_file_readers.h"
#include "training/data/point_files.h"
#include "training/evaluation/predict.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

TEST_F(PredictSpots, EveryBoxHasItsRowsWhateverIsInIt) {
  const Points& face = pictures_[1].faces[0];
  const std::string box = BoxText(face);
  const std::string open = box.substr(0, box.size() - 2) + ">";
  Predict(WriteXmlOf("<image file='sub/apple.png'>" + box + "</image><image file='sub/apple.png'>" +
                     open + "<part name='x' x='1' y='one'/></box></image>" +
                     "<image file='zebra.png'>" + BoxText(pictures_[0].faces[1]) + "</image>"));
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), {face, face, pictures_[0].faces[1]}), 0.01F);
}

TEST_F(PredictSpots, AnUnusableBoxKeepsItsPlaceAndIsNamed) {
  const auto& faces = pictures_[2].faces;
  for (const char* bad :
       {"<box left='9' top='9' width='0' height='40'/>", "<box left='9' top='9' width='40'/>",
        "<box/>", "<box left='-90' top='-90' width='40' height='40'/>",
        "<box left='5000' top='9' width='40' height='40'/>",
        "<box left='9' top='9' width='-40' height='40'/>",
        "<box left='9' top='9' width='2' height='2'/>"}) {
    // Of the two faces in no usable box, the larger one stands for the first that is bad.
    const PredictSummary summary = Predict(WriteXmlOf(
        "<image file='mango.png'>" + std::string(bad) + BoxText(faces[2]) +
        "</image><image file='zebra.png'>" + BoxText(pictures_[0].faces[0]) + "</image>"));
    EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), {faces[1], faces[2], Truth()[0]}), 0.01F)
        << bad;
    EXPECT_EQ(summary.bad_boxes, 1U);
    EXPECT_THAT(notes_, ElementsAre(AllOf(HasSubstr("mango.png"), HasSubstr("box 1")))) << bad;
  }
}

TEST_F(PredictSpots, MoreUnusableBoxesThanFacesStillHaveRows) {
  const std::string bad = "<box left='999' top='9' width='9' height='9'/>";
  Predict(WriteXmlOf("<image file='sub/apple.png'>" + bad + bad + "</image>" +
                     "<image file='zebra.png'>" + BoxText(Truth()[1]) + "</image>"));
  const auto faces = FacesOfCsv(options_.kaggle);
  ASSERT_THAT(faces, SizeIs(3));
  EXPECT_LT(WorstError({faces[0], faces[2]}, {Truth()[2], Truth()[1]}), 0.01F);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("found elsewhere"), HasSubstr("whole picture")));
}

TEST_F(PredictSpots, BoxesPartlyOutsideAreUsedAsTheyAre) {
  const Points face = SpotFace(0, 60, 50, 9);
  WritePicture((folder_ / "set/edge.png").string(), PictureOfSpots(200, 160, {face}));
  Predict(
      WriteXmlOf("<image file='edge.png'><box left='-30' top='55' width='85' height='60'/>"
                 "</image>"));
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), {face}), 0.01F);
  EXPECT_THAT(notes_, IsEmpty());
}

TEST_F(PredictSpots, IgnoredBoxesHaveNoRows) {
  const std::string ignored = "<box left='1' top='1' width='9' height='9' ignore='1'/>";
  Predict(WriteXmlOf("<image file='zebra.png'>" + ignored + BoxText(Truth()[1]) + "</image>" +
                     "<image file='mango.png'>" + ignored + "</image>"));
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), {Truth()[1]}), 0.01F);
}

TEST_F(PredictSpots, AMissingPictureIsNamedBeforeAnythingIsWritten) {
  const fs::path xml = WriteXml();
  fs::remove(folder_ / "set/mango.png");
  options_.pts = true;
  EXPECT_THAT([&] { Predict(xml); },
              ThrowsMessage<Error>(AllOf(HasSubstr("set/mango.png"), HasSubstr("--skip-missing"))));
  EXPECT_FALSE(fs::exists(options_.kaggle));
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(PredictSpots, ABrokenPictureIsNamedAndLeavesNoCsv) {
  const fs::path xml = WriteXml();
  WriteText(folder_ / "set/mango.png", "no picture");
  EXPECT_THAT([&] { Predict(xml); },
              ThrowsMessage<Error>(AllOf(HasSubstr("set/mango.png"), HasSubstr("--skip-missing"))));
  EXPECT_FALSE(fs::exists(options_.kaggle));
}

TEST_F(PredictSpots, SkippedPicturesKeepTheirRows) {
  const fs::path xml = WriteXml();
  fs::remove(folder_ / "set/zebra.png");
  WriteText(folder_ / "set/sub/apple.png", "no picture");
  options_.skip_missing = true;
  const PredictSummary summary = Predict(xml);
  EXPECT_EQ(summary.skipped, 2U);
  EXPECT_EQ(summary.pictures, 1U);
  std::vector<Points> expected = Truth();
  for (size_t f = 0; f < 3; ++f) expected[f].assign(68, PixelBoxOf(expected[f]).Center());
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), expected), 0.01F);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("zebra.png"), HasSubstr("apple.png")));
}

TEST_F(PredictSpots, AStopLeavesNoCsv) {
  const fs::path xml = WriteXml();
  stop_.request_stop();
  const PredictSummary summary = Predict(xml);
  EXPECT_TRUE(summary.stopped);
  EXPECT_FALSE(fs::exists(options_.kaggle));
  EXPECT_THAT(SummaryText(summary, options_), HasSubstr("not written"));
}

TEST_F(PredictSpots, FoldersAreSearchedForAllFaces) {
  WritePicture((folder_ / "set/empty.png").string(), PictureOfSpots(200, 160, {}));
  options_.pts = true;
  const PredictSummary summary = Predict(folder_ / "set");
  EXPECT_EQ(summary.pictures, 4U);
  EXPECT_EQ(summary.faces, 6U);
  EXPECT_EQ(summary.without_face, 1U);
  EXPECT_THAT(notes_, Contains(AllOf(HasSubstr("empty.png"), HasSubstr("no face"))));
  EXPECT_FALSE(fs::exists(folder_ / "out/empty.pts"));
  // The largest face comes first, here and in the CSV, which has one a picture.
  const auto& mango = pictures_[2].faces;
  EXPECT_LT(WorstError({ReadPts(folder_ / "out/mango_1.pts"), ReadPts(folder_ / "out/mango_2.pts"),
                        ReadPts(folder_ / "out/mango_3.pts")},
                       {mango[1], mango[2], mango[0]}),
            0.001F);
  const auto faces = FacesOfCsv(options_.kaggle);
  ASSERT_THAT(faces, SizeIs(4));
  EXPECT_THAT(notes_, Contains(AllOf(HasSubstr("mango.png"), HasSubstr("3 faces"))));
  EXPECT_LT(WorstError({faces[1], faces[2], faces[3]}, {mango[1], Truth()[2], Truth()[1]}), 0.01F);
}

TEST_F(PredictSpots, NothingStandsForAPictureThatNobodyKnowsAnythingOf) {
  WriteText(folder_ / "set/broken.png", "no picture");
  options_.skip_missing = true;
  EXPECT_THAT([&] { Predict(folder_ / "set"); },
              ThrowsMessage<Error>(AllOf(HasSubstr("broken.png"), HasSubstr("no box"))));
  options_.kaggle.clear();
  EXPECT_EQ(Predict(folder_ / "set").skipped, 1U);
}

TEST_F(PredictSpots, OutputsNeverReplaceInputsOrWhatStandsBesideThem) {
  options_ = {.out = folder_ / "set", .pictures = true, .kaggle = {}};
  const std::string before = ReadText(folder_ / "set/zebra.png");
  Predict(folder_ / "set");
  EXPECT_EQ(ReadText(folder_ / "set/zebra.png"), before);
  EXPECT_TRUE(fs::exists(folder_ / "set/zebra-2.png"));
  options_ = {.out = folder_ / "set", .pts = true, .kaggle = {}};
  WriteText(folder_ / "set/sub/apple.pts", "the truth");
  EXPECT_THAT([&] { Predict(folder_ / "set"); },
              ThrowsMessage<Error>(AllOf(HasSubstr("apple.pts"), HasSubstr("--out"))));
  EXPECT_EQ(ReadText(folder_ / "set/sub/apple.pts"), "the truth");
}

TEST_F(PredictSpots, APictureWithOneBadBoxHasTheLargestFaceAndANote) {
  Predict(
      WriteXmlOf("<image file='mango.png'><box left='3' top='3' width='0' height='0'/></image>"
                 "<image file='zebra.png'/>"));
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), {pictures_[2].faces[1], Truth()[1]}), 0.01F);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("box 1"), HasSubstr("2 faces")));
}

}  // namespace
}  // namespace nosetip
