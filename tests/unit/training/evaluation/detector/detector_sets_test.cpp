#include "training/evaluation/detector/detector_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/training/evaluation/detector/same_detector.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"
#include "training/data/held_out.h"

namespace nosetip {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ExaminePictures, LetsTheDetectorsTakeTurnsAfterAWarmUp) {
  const auto calls = std::make_shared<std::vector<int>>();
  const auto records = ExaminePictures(TwoDetectors(calls), BlackPictures(3, {}));
  EXPECT_THAT(*calls, ElementsAre(1, 2, 1, 2, 2, 1, 1, 2));
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].times_ms.size(), 3U);
  EXPECT_EQ(records[1].pictures.size(), 3U);
  EXPECT_EQ(records[1].pictures[2].name, "picture 2");
  EXPECT_EQ(records[1].pictures[2].detections.size(), 2U);
}

TEST(ExaminePictures, EndsEarlyWhenStopped) {
  std::stop_source stop;
  const auto records = ExaminePictures(TwoDetectors(std::make_shared<std::vector<int>>()),
                                       BlackPictures(5, {}), stop.get_token(), [&](size_t done) {
                                         if (done == 2) stop.request_stop();
                                       });
  EXPECT_EQ(records[0].pictures.size(), 2U);
}

std::string Points(float size) {
  std::string text = "version: 1\nn_points: 68\n{\n";
  for (int i = 0; i < 68; ++i) {
    text += std::to_string(20.0F + size * static_cast<float>(i % 9)) + " " +
            std::to_string(20.0F + size * static_cast<float>(i % 7)) + "\n";
  }
  return text + "}\n";
}

class DetectorSets : public testing::Test {
 protected:
  DetectorSets() {
    for (const char* name : {"anna_1", "bert_1"}) {
      WritePicture(folder_ / (std::string(name) + ".png"), Image(120, 100));
      WriteText(folder_ / (std::string(name) + ".pts"), Points(5.0F));
    }
  }

  TempFolder folder_;
};

TEST_F(DetectorSets, KeepThePicturesWhoseNamesAreWanted) {
  const DataSet data = ReadChosenPictures(folder_.path().string(), {0, "", "^b"});
  ASSERT_EQ(data.faces.size(), 1U);
  EXPECT_EQ(data.faces[0].name, "bert_1");
  PictureSet set = PicturesOfDataSet(data, "people", [](const std::string&) {});
  EXPECT_EQ(set.count, 1U);
  const auto picture = set.next();
  ASSERT_TRUE(picture.has_value());
  EXPECT_EQ(picture->image.width_px, 120);
  ASSERT_EQ(picture->faces.size(), 1U);
  EXPECT_FALSE(picture->faces[0].ignored);
  EXPECT_GT(picture->faces[0].box.Area(), 0.0F);
  EXPECT_FALSE(set.next().has_value());
}

TEST_F(DetectorSets, CutFacesOut) {
  const DataSet data = ReadChosenPictures(folder_.path().string(), {0, "", "^b"});
  // The points are from 20 to 60 and from 20 to 50, 1-based.
  PictureSet set = CloseUpsOfDataSet(data, "people", 10.0F, [](const std::string&) {});
  EXPECT_EQ(set.kind, SetKind::kCloseUps);
  EXPECT_EQ(set.name, "people with a margin of 10 %");
  const auto cut = set.next();
  ASSERT_TRUE(cut.has_value());
  EXPECT_NEAR(cut->image.width_px, 40 + 2 * 4, 2);
  EXPECT_NEAR(cut->image.height_px, 30 + 2 * 4, 2);
  const auto whole = PicturesOfDataSet(data, "people", [](const std::string&) {}).next();
  ASSERT_EQ(cut->faces.size(), 1U);
  EXPECT_FALSE(cut->faces[0].ignored);
  EXPECT_FLOAT_EQ(cut->faces[0].box.x, whole->faces[0].box.x - 15.0F);
  EXPECT_FLOAT_EQ(cut->faces[0].box.y, whole->faces[0].box.y - 15.0F);
  EXPECT_FALSE(set.next().has_value());
}

TEST_F(DetectorSets, CutNothingOutsideThePicture) {
  const DataSet data = ReadChosenPictures(folder_.path().string(), {0, "", "^b"});
  const auto cut = CloseUpsOfDataSet(data, "people", 900.0F, [](const std::string&) {}).next();
  EXPECT_EQ(cut->image.width_px, 120);
  EXPECT_EQ(cut->image.height_px, 100);
}

TEST_F(DetectorSets, RefuseAFilterThatLeavesNothingOrIsNone) {
  EXPECT_THROW(ReadChosenPictures(folder_.path().string(), {0, "", "carl"}), Error);
  EXPECT_THROW(ReadChosenPictures(folder_.path().string(), {0, "", "("}), Error);
}

TEST_F(DetectorSets, LeaveABrokenPictureOutAndSaySo) {
  WriteText(folder_ / "anna_1.png", "no picture");
  std::vector<std::string> problems;
  const PictureSet set = PicturesWithoutFaces(
      folder_.path(), [&](const std::string& problem) { problems.push_back(problem); });
  EXPECT_EQ(set.count, 2U);
  EXPECT_EQ(set.next()->name, "bert_1");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0], HasSubstr("anna_1.png"));
}

TEST_F(DetectorSets, RefuseAFolderWithoutPictures) {
  EXPECT_THROW(PicturesWithoutFaces(folder_ / "nowhere", {}), Error);
  std::filesystem::create_directory(folder_ / "bare");
  EXPECT_THROW(PicturesWithoutFaces(folder_ / "bare", {}), Error);
}

TEST_F(DetectorSets, TakePicturesWithBoxes) {
  WriteText(folder_ / "boxes.csv",
            "file,x,y,width,height\n"
            "anna_1.png,10,20,30,40\nanna_1.png,60,20,30,39\nbert_1.png,,,,\n");
  FaceFilter filter;
  filter.names = "anna";
  filter.least_face_px = 40;
  PictureSet set = PicturesOfBoxSet(ReadChosenBoxSet(folder_ / "boxes.csv", filter), "people",
                                    [](const std::string&) {});
  EXPECT_EQ(set.kind, SetKind::kLabeled);
  EXPECT_EQ(set.count, 1U);
  const auto picture = set.next();
  ASSERT_TRUE(picture.has_value());
  ASSERT_EQ(picture->faces.size(), 2U);
  EXPECT_EQ(picture->faces[0].name, "anna_1 10,20,30,40");
  EXPECT_FALSE(picture->faces[0].ignored);
  EXPECT_TRUE(picture->faces[1].ignored);
  filter.names = "carl";
  EXPECT_THROW(ReadChosenBoxSet(folder_ / "boxes.csv", filter), Error);
}

TEST(ReadChosenBoxSet, HoldsOutByGroups) {
  const auto wild = SharedPath("data/wild");
  if (!wild) GTEST_SKIP() << "needs the photographs of ../shared/data/wild";
  FaceFilter filter;
  filter.held_out_percent = 20;
  const BoxSet set = ReadChosenBoxSet(wild->string(), filter);
  EXPECT_GT(set.pictures.size(), 100U);
  EXPECT_LT(set.pictures.size(), 160U);
  for (const BoxPicture& picture : set.pictures) {
    EXPECT_TRUE(IsHeldOut(picture.group, 20)) << picture.name;
  }
}

}  // namespace
}  // namespace nosetip
