#include "training/evaluation/given_boxes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/spot_faces.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class BoxFiles : public ::testing::Test {
 protected:
  BoxFiles() {
    WriteText(folder_ / "images/a.jpg", "");
    WriteText(folder_ / "b.jpg", "");
  }

  TempFolder folder_;
};

TEST_F(BoxFiles, GivesTheBoxThatOverlapsMost) {
  WriteText(folder_ / "boxes.xml",
            "<dataset><images><image file='b.jpg'><box left='10' top='10' width='40' height='40'/>"
            "<box left='20' top='14' width='40' height='40'/>"
            "<box left='200' top='10' width='40' height='40'/></image></images></dataset>");
  const GivenBoxes boxes(folder_ / "boxes.xml");
  EXPECT_EQ(boxes.Of(folder_ / "b.jpg", {19, 15, 40, 40}), (RectF{19.5F, 13.5F, 40, 40}));
  EXPECT_EQ(boxes.Of(folder_ / "images/../b.jpg", {201, 9, 40, 40}), (RectF{199.5F, 9.5F, 40, 40}));
  EXPECT_EQ(boxes.Of(folder_ / "b.jpg", {100, 100, 40, 40}), RectF());
  EXPECT_EQ(boxes.Of(folder_ / "images/a.jpg", {10, 10, 40, 40}), RectF());
}

TEST_F(BoxFiles, ReadsATableOfBoxes) {
  WriteText(folder_ / "boxes.csv", "file,x,y,width,height\na.jpg,10,20,30,40\nb.jpg,,,,\n");
  const GivenBoxes boxes(folder_ / "boxes.csv");
  EXPECT_EQ(boxes.Of(folder_ / "images/a.jpg", {10, 20, 30, 40}), (RectF{9.5F, 19.5F, 30, 40}));
  EXPECT_EQ(boxes.Of(folder_ / "b.jpg", {10, 20, 30, 40}), RectF());
}

TEST_F(BoxFiles, NamesWhatHasNoBoxes) {
  EXPECT_THAT([] { GivenBoxes("detekt"); },
              ThrowsMessage<Error>(HasSubstr("no boxes in detekt; give truth, detector, a dlib")));
  EXPECT_THAT([&] { GivenBoxes(folder_ / "absent.xml"); },
              ThrowsMessage<Error>(HasSubstr("absent.xml")));
}

// A face is located where the box is, and not at all in one that is no use.
TEST(LocateInGivenBoxes, FindsNothingInAnUnusableBox) {
  const std::vector<Point2f> face = SpotFace(90, 60, 80, 3);
  const Image picture = PictureOfSpots(200, 160, {face});
  SpotLandmarker landmarker(Ibug68());
  const LocateFace locate = LocateInGivenBoxes(landmarker);
  const auto found = locate(picture, {85, 55, 90, 90});
  ASSERT_TRUE(found);
  EXPECT_LT(Distance(found->points_px[30], face[30]), 0.01F);
  EXPECT_FALSE(locate(picture, RectF()));
  EXPECT_FALSE(locate(picture, {900, 10, 50, 50}));
}

}  // namespace
}  // namespace nosetip
