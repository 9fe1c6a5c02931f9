#include "gui/teaching/sample_files.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"
#include "training/data/data_set.h"

namespace nosetip {
namespace {

using std::chrono::system_clock;
using ::testing::HasSubstr;

Image SomePicture() {
  Image picture(40, 30);
  for (size_t i = 0; i < picture.rgb.size(); ++i) {
    picture.rgb[i] = static_cast<uint8_t>(37 * i % 251);
  }
  return picture;
}

std::vector<Point2f> SomePoints() {
  std::vector<Point2f> points = SyntheticShape(Ibug68());
  for (Point2f& p : points) p = Point2f{-3.0F, 2.25F} + 40.0F * p;  // some outside the picture
  return points;
}

TEST(SaveSample, IsReadBackAsADataSet) {
  const TempFolder folder;
  const auto root = folder / "me/today";
  const SavedSample sample = SaveSample(root, SomePicture(), SomePoints(), system_clock::now());
  const DataSet data = ReadDataSet(root);
  EXPECT_EQ(data.schema, &Ibug68());
  ASSERT_EQ(data.faces.size(), 1U);
  EXPECT_EQ(data.faces[0].picture, sample.picture);
  EXPECT_EQ(ReadPicture(data.faces[0].picture.string()).rgb, SomePicture().rgb);
  for (size_t i = 0; i < 68; ++i) {
    EXPECT_NEAR(data.faces[0].points_px[i].x, SomePoints()[i].x, 1e-3F);
    EXPECT_NEAR(data.faces[0].points_px[i].y, SomePoints()[i].y, 1e-3F);
  }
}

TEST(SaveSample, GivesSamplesOfOneMomentDifferentNamesAndGroups) {
  const TempFolder folder;
  const auto now = system_clock::now();
  for (int i = 0; i < 3; ++i) SaveSample(folder.path(), SomePicture(), SomePoints(), now);
  const DataSet data = ReadDataSet(folder.path());
  std::set<std::string> groups;
  for (const AnnotatedFace& face : data.faces) groups.insert(face.group);
  EXPECT_EQ(groups.size(), 3U);
  EXPECT_EQ(ListSamples(folder.path()).size(), 3U);
}

TEST(SaveSample, NamesAFolderThatCannotBeMade) {
  const TempFolder folder;
  WriteText(folder / "file", "");
  try {
    SaveSample(folder / "file/samples", SomePicture(), SomePoints(), system_clock::now());
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("check what is at this place"));
  }
}

TEST(ListSamples, LeavesOutPointsWithoutTheirPicture) {
  const TempFolder folder;
  EXPECT_TRUE(ListSamples(folder / "nowhere").empty());
  SaveSample(folder.path(), SomePicture(), SomePoints(), system_clock::now());
  WriteText(folder / "alone.pts", "");
  ASSERT_EQ(ListSamples(folder.path()).size(), 1U);
  RemoveSample(ListSamples(folder.path())[0]);
  EXPECT_TRUE(ListSamples(folder.path()).empty());
}

}  // namespace
}  // namespace nosetip
