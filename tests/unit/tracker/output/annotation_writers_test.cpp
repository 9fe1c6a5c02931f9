// What these writers write is read back by the readers' tests; here stands what they promise alone.
#include "tracker/output/annotation_writers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/output/keypoint_csv_writers.h"

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

TEST(KeypointsCsvWriter, WritesAHeaderAndARowAPicture) {
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

}  // namespace
}  // namespace nosetip
