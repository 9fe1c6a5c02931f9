// The readers' tests read back what these writers write; here is only what that does not show.
#include "tracker/output/annotation_writers.h"

#include <filesystem>
#include <limits>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(WritePts, CountsFromOneAsIbugDoes) {
  const TempFolder folder;
  WritePts(folder / "a.pts", std::vector<Point2f>{{0.0F, 0.0F}, {10.25F, -3.0F}});
  EXPECT_EQ(ReadText(folder / "a.pts"),
            "version: 1\nn_points: 2\n{\n1.0000 1.0000\n11.2500 -2.0000\n}\n");
}

TEST(PtsStem, NumbersTheFacesOnlyWhereThereAreSeveral) {
  EXPECT_EQ(PtsStem("a", 0, 1), "a");
  EXPECT_EQ(PtsStem("a", 0, 2), "a_1");
  EXPECT_EQ(PtsStem("a", 1, 2), "a_2");
}

TEST(KeypointsCsvWriter, WritesAHeaderAndOneRowPerPicture) {
  const TempFolder folder;
  KeypointsCsvWriter writer(folder / "k.csv", 2);
  writer.Write("a.jpg", std::vector<Point2f>{{1, 2}, {3, 4}});
  writer.Finish();
  EXPECT_THAT(ReadLines(folder / "k.csv"),
              ElementsAre("image,0,1,2,3", "a.jpg,1.000,2.000,3.000,4.000"));
}

TEST(DlibXmlWriter, RoundsToWholePixels) {
  const TempFolder folder;
  DlibXmlWriter writer(folder / "a.xml");
  writer.Write("x & 'y'.jpg", 640, 480,
               {{.box = {19.5F, 9.5F, 100.0F, 101.0F}, .points_px = {{25.4F, 39.6F}}}});
  writer.Finish();
  const std::string text = ReadText(folder / "a.xml");
  EXPECT_THAT(text, HasSubstr("<image file='x &amp; &#39;y&#39;.jpg' width='640' height='480'>"));
  EXPECT_THAT(text, HasSubstr("<box top='10' left='20' width='100' height='101'>"));
  EXPECT_THAT(text, HasSubstr("<part name='00' x='25' y='40'/>"));
}

TEST(KaggleCsvWriter, CountsOnFromFaceToFaceWithXBeforeY) {
  const TempFolder folder;
  KaggleCsvWriter writer(folder / "k.csv");
  writer.Write(std::vector<Point2f>{{1.5F, 2.0F}, {-3.25F, 4.0F}});
  writer.Write(std::vector<Point2f>{{0.0F, -0.0001F}, {1234.5F, 6.0F}});
  writer.Finish();
  EXPECT_THAT(ReadLines(folder / "k.csv"),
              ElementsAre("Id,Predicted", "0,1.500", "1,2.000", "2,-3.250", "3,4.000", "4,0.000",
                          "5,0.000", "6,1234.500", "7,6.000"));
  EXPECT_EQ(writer.next_id(), 8);
}

TEST(KaggleCsvWriter, StartsAtTheFirstIdThatIsWanted) {
  const TempFolder folder;
  KaggleCsvWriter writer(folder / "k.csv", 1);
  writer.Write(std::vector<Point2f>{{7.0F, 8.0F}});
  writer.Finish();
  EXPECT_THAT(ReadLines(folder / "k.csv"), ElementsAre("Id,Predicted", "1,7.000", "2,8.000"));
}

TEST(KaggleCsvWriter, LeavesNoHalfTable) {
  const TempFolder folder;
  {
    KaggleCsvWriter writer(folder / "k.csv");
    writer.Write(std::vector<Point2f>{{7.0F, 8.0F}});
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "k.csv"));
}

TEST(KaggleCsvWriter, RefusesWhatIsNotFinite) {
  const TempFolder folder;
  KaggleCsvWriter writer(folder / "k.csv");
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(writer.Write(std::vector<Point2f>{{7.0F, nan}}), std::logic_error);
}

}  // namespace
}  // namespace nosetip
