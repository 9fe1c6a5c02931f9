#include "training/detector/scenes/photograph.h"

#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/training/detector/scenes/painted_faces.h"
#include "tests/unit/training/detector/scenes/spot_teacher.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

const std::vector<RectF> kTwoFaces = {{60.0F, 80.0F, 100.0F, 110.0F},
                                      {300.0F, 150.0F, 60.0F, 66.0F}};

Color At(const Image& image, Point2f p) {
  const uint8_t* rgb =
      image.At(static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y)));
  return {rgb[0], rgb[1], rgb[2]};
}

TEST(Photograph, HoldsAllFacesOfOnePicture) {
  const TempFolder folder;
  const ReadPhotographs read =
      PhotographsOfDataSet(PaintedDataSet(folder.path(), kTwoFaces), 1000, nullptr);
  ASSERT_EQ(read.photographs.size(), 1U);
  EXPECT_TRUE(read.problems.empty());
  const Photograph& photograph = read.photographs.front();
  EXPECT_EQ(photograph.name, "face0");
  ASSERT_EQ(photograph.faces.size(), 2U);
  for (const FaceLabel& face : photograph.faces) {
    for (size_t k = 0; k < 5; ++k) {
      EXPECT_EQ(At(photograph.pyramid.front(), face.points_px[k]), kPointColors[k]);
    }
  }
}

TEST(Photograph, IsShrunkWithItsFaces) {
  const TempFolder folder;
  const ReadPhotographs read =
      PhotographsOfDataSet(PaintedDataSet(folder.path(), kTwoFaces), 70, nullptr);
  const Photograph& photograph = read.photographs.at(0);
  EXPECT_NEAR(BoxOf(photograph.faces.at(0)).height, 70.0F, 0.5F);
  EXPECT_LT(photograph.pyramid.front().width_px, 300);
  for (size_t k = 0; k < 5; ++k) {
    EXPECT_EQ(At(photograph.pyramid.front(), photograph.faces[0].points_px[k]), kPointColors[k]);
  }
}

TEST(Photograph, HasHalvesOfHalves) {
  const TempFolder folder;
  const ReadPhotographs read =
      PhotographsOfDataSet(PaintedDataSet(folder.path(), kTwoFaces, 401, 371), 1000, nullptr);
  const std::vector<Image>& pyramid = read.photographs.at(0).pyramid;
  ASSERT_EQ(pyramid.size(), 5U);
  EXPECT_EQ(pyramid[1].width_px, 200);
  EXPECT_EQ(pyramid[1].height_px, 185);
  EXPECT_EQ(pyramid[4].width_px, 25);
}

TEST(Photograph, MarksFurtherFacesThatTheTeacherSees) {
  const TempFolder folder;
  DataSet data = PaintedDataSet(folder.path(), kTwoFaces);
  data.faces.pop_back();  // painted, but without a label
  const FaceLabel other = LabelFromLandmarks(LandmarksIn(kTwoFaces[1]), Ibug68());
  SpotTeacher teacher;
  const ReadPhotographs read = PhotographsOfDataSet(data, 1000, &teacher);
  const Photograph& photograph = read.photographs.at(0);
  EXPECT_EQ(photograph.faces.size(), 1U);
  ASSERT_EQ(photograph.unlabeled.size(), 1U);
  EXPECT_GT(IntersectionOverUnion(photograph.unlabeled[0], BoxOf(other)), 0.7F);
}

TEST(Photograph, HasAFaceWithoutPointsWhereTheTeacherIsSure) {
  const TempFolder folder;
  DataSet data = PaintedDataSet(folder.path(), kTwoFaces);
  data.faces.pop_back();  // painted, but without a label
  const FaceLabel other = LabelFromLandmarks(LandmarksIn(kTwoFaces[1]), Ibug68());
  SpotTeacher teacher;
  teacher.score = 0.9F;
  // Not where it is measured: the teacher would be right about itself.
  EXPECT_EQ(PhotographsOfDataSet(data, 1000, &teacher).photographs.at(0).faces.size(), 1U);
  const ReadPhotographs read = PhotographsOfDataSet(data, 1000, &teacher, 0.85F);
  const Photograph& photograph = read.photographs.at(0);
  EXPECT_TRUE(photograph.unlabeled.empty());
  ASSERT_EQ(photograph.faces.size(), 2U);
  EXPECT_TRUE(photograph.faces[0].has_points);
  EXPECT_FALSE(photograph.faces[1].has_points);
  EXPECT_GT(IntersectionOverUnion(BoxOf(photograph.faces[1]), BoxOf(other)), 0.7F);
}

TEST(Photograph, OfABoxSetHasFacesWithoutPointsAndKnowsAll) {
  const TempFolder folder;
  PaintedDataSet(folder.path(), kTwoFaces);
  BoxSet set;
  set.pictures.push_back(
      {folder / "painted.png",
       "painted",
       "group",
       {{{60.0F, 80.0F, 100.0F, 110.0F}, false}, {{300.0F, 150.0F, 60.0F, 66.0F}, true}}});
  set.pictures.push_back({folder / "missing.png", "missing", "missing", {}});
  const ReadPhotographs read = PhotographsOfBoxSet(set, 55);
  ASSERT_EQ(read.photographs.size(), 1U);
  ASSERT_EQ(read.problems.size(), 1U);
  EXPECT_NE(read.problems[0].find("missing.png"), std::string::npos) << read.problems[0];
  const Photograph& photograph = read.photographs[0];
  EXPECT_TRUE(photograph.all_labeled);
  EXPECT_EQ(photograph.group, "group");
  EXPECT_EQ(photograph.pyramid.front().width_px, 240);
  ASSERT_EQ(photograph.faces.size(), 1U);
  EXPECT_FALSE(photograph.faces[0].has_points);
  EXPECT_NEAR(BoxOf(photograph.faces[0]).height, 55.0F, 0.5F);
  ASSERT_EQ(photograph.unlabeled.size(), 1U);
  EXPECT_NEAR(photograph.unlabeled[0].width, 30.0F, 0.5F);
}

TEST(Photograph, DoesNotMarkLabeledFacesAgain) {
  const TempFolder folder;
  SpotTeacher teacher;
  const ReadPhotographs read =
      PhotographsOfDataSet(PaintedDataSet(folder.path(), kTwoFaces), 1000, &teacher);
  EXPECT_GT(teacher.seen, 0);
  EXPECT_TRUE(read.photographs.at(0).unlabeled.empty());
}

TEST(Photograph, OfABrokenPictureIsAProblem) {
  const TempFolder folder;
  DataSet data = PaintedDataSet(folder.path(), kTwoFaces);
  AnnotatedFace broken = data.faces[0];
  broken.picture = folder / "broken.png";
  WriteText(broken.picture, "no picture");
  data.faces.push_back(broken);
  size_t told = 0;
  const ReadPhotographs read =
      PhotographsOfDataSet(data, 1000, nullptr, kNeverSure, [&](size_t done) { told = done; });
  EXPECT_EQ(read.photographs.size(), 1U);
  ASSERT_EQ(read.problems.size(), 1U);
  EXPECT_NE(read.problems[0].find("broken.png"), std::string::npos) << read.problems[0];
  EXPECT_EQ(told, 2U);
}

TEST(PhotographWithoutFaces, IsReadAtAnyDepthAndShrunk) {
  const TempFolder folder;
  std::filesystem::create_directories(folder / "deep");
  WritePicture((folder / "deep/wide.png").string(), SkinPicture(300, 100));
  WritePicture((folder / "small.png").string(), SkinPicture(40, 50));
  WriteText(folder / "notes.txt", "not a picture");
  const ReadPhotographs read = PhotographsWithoutFaces(folder.path(), 150, nullptr);
  ASSERT_EQ(read.photographs.size(), 2U);
  EXPECT_EQ(read.photographs[0].name, "deep/wide");
  EXPECT_EQ(read.photographs[0].pyramid.front().width_px, 150);
  EXPECT_EQ(read.photographs[0].pyramid.front().height_px, 50);
  EXPECT_EQ(read.photographs[1].pyramid.front().width_px, 40);
}

void ExpectErrorNaming(const std::filesystem::path& folder) {
  try {
    PhotographsWithoutFaces(folder, 100, nullptr);
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find(folder.string()), std::string::npos) << error.what();
  }
}

TEST(PhotographWithoutFaces, NamesAFolderThatIsMissingOrHoldsNone) {
  const TempFolder folder;
  ExpectErrorNaming(folder / "missing");
  ExpectErrorNaming(folder.path());
  WriteText(folder / "broken.jpg", "no picture");
  ExpectErrorNaming(folder.path());
}

}  // namespace
}  // namespace nosetip
