#include "training/data/box_set.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "training/data/data_set.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

class BoxSets : public ::testing::Test {
 protected:
  void AddPictures(std::initializer_list<const char*> names) const {
    for (const char* name : names) WriteText(folder_ / name, "");
  }

  BoxSet ReadText(const std::string& file, const std::string& text) const {
    WriteText(folder_ / file, text);
    EXPECT_TRUE(IsBoxSet(folder_ / file));
    return ReadBoxSet(folder_ / file);
  }

  TempFolder folder_;
};

TEST_F(BoxSets, ReadsATable) {
  AddPictures({"b.jpg", "images/a/c.png", "empty.jpg"});
  const BoxSet set = ReadText("boxes.csv",
                              "file,x,y,width,height,px0\n"
                              "b.jpg,10,20,30.5,40,\n"
                              "a\\c.png,-5,0,10,12,3\n"
                              "b.jpg,60,20,30,40\n"
                              "empty.jpg,,,,\n");
  EXPECT_THAT(set.problems, IsEmpty());
  ASSERT_THAT(set.pictures, SizeIs(3));
  EXPECT_EQ(set.pictures[0].name, "a/c");
  EXPECT_EQ(set.pictures[0].path, folder_ / "images/a/c.png");
  EXPECT_EQ(set.pictures[1].name, "b");
  EXPECT_EQ(set.pictures[1].group, "b");
  ASSERT_THAT(set.pictures[1].boxes, SizeIs(2));
  // A file's 0 is the edge of the first pixel, whose center is the project's 0.
  EXPECT_EQ(set.pictures[1].boxes[0].box, (RectF{9.5F, 19.5F, 30.5F, 40.0F}));
  EXPECT_FALSE(set.pictures[1].boxes[0].ignored);
  EXPECT_THAT(set.pictures[2].boxes, IsEmpty());
}

TEST_F(BoxSets, ReadsAFolderWithATable) {
  AddPictures({"a.jpg"});
  WriteText(folder_ / "boxes.csv", "file,x,y,width,height\na.jpg,1,2,3,4\n");
  EXPECT_TRUE(IsBoxSet(folder_.path()));
  EXPECT_THAT(ReadBoxSet(folder_.path()).pictures, SizeIs(1));
}

TEST_F(BoxSets, ReadsTheFormOfWiderFace) {
  AddPictures({"WIDER_train/images/0--Parade/0_Parade_1.jpg", "WIDER_val/images/1--Hall/b c.jpg",
               "WIDER_train/images/empty.jpg"});
  const BoxSet set = ReadText("split/train.txt",
                              "0--Parade/0_Parade_1.jpg\n2\n"
                              "449 330 122 149 0 0 0 0 0 0 \n"
                              "78 221 7 8 2 0 0 1 0 0 \n"
                              "1--Hall/b c.jpg\n1\n1 2 3 4 0 0 0 0 0 0\n"
                              "empty.jpg\n0\n0 0 0 0 0 0 0 0 0 0 \n");
  EXPECT_THAT(set.problems, IsEmpty());
  ASSERT_THAT(set.pictures, SizeIs(3));
  EXPECT_EQ(set.pictures[0].name, "0--Parade/0_Parade_1");
  ASSERT_THAT(set.pictures[0].boxes, SizeIs(2));
  EXPECT_EQ(set.pictures[0].boxes[0].box, (RectF{448.5F, 329.5F, 122.0F, 149.0F}));
  EXPECT_FALSE(set.pictures[0].boxes[0].ignored);
  EXPECT_TRUE(set.pictures[0].boxes[1].ignored);
  EXPECT_EQ(set.pictures[1].name, "1--Hall/b c");
  EXPECT_THAT(set.pictures[2].boxes, IsEmpty());
}

TEST_F(BoxSets, NamesBadRowsOfATable) {
  AddPictures({"a.jpg", "b.jpg", "c.jpg"});
  const BoxSet set = ReadText("boxes.csv",
                              "file,x,y,width,height\n"
                              "a.jpg,1,2,3,4\n"
                              "b.jpg,1,2,3,4\n"
                              "b.jpg,1,2,x,4\n"
                              "b.jpg,1,2\n"
                              "c.jpg,1,2,0,4\n"
                              "gone.jpg,1,2,3,4\n"
                              "a.jpg,1,2,3,4\n");
  // A face without its label would count as background.
  ASSERT_THAT(set.pictures, SizeIs(1));
  EXPECT_EQ(set.pictures[0].name, "a");
  EXPECT_THAT(set.pictures[0].boxes, SizeIs(1));
  EXPECT_THAT(
      set.problems,
      ElementsAre(AllOf(HasSubstr("boxes.csv, line 4: the width of a box"),
                        HasSubstr("the picture is left out")),
                  HasSubstr("line 5: the width of a box"), HasSubstr("line 6: a box has no"),
                  HasSubstr("line 7: the picture gone.jpg"), HasSubstr("line 8")));
}

TEST_F(BoxSets, LeavesOutPicturesOfWiderFaceWithoutAllTheirRows) {
  AddPictures({"a.jpg", "b.jpg", "c.jpg", "d.jpg"});
  const BoxSet set = ReadText("w.txt",
                              "a.jpg\n2\n1 2 3 4 0 0 0 0 0 0\n"
                              "b.jpg\n1\n1 2 3 4 0 0\n"
                              "c.jpg\n"
                              "d.jpg\n2\n1 2 3 4 0 0 0 0 0 0\n5 6 0 0 0 0 0 1 0 0\n");
  ASSERT_THAT(set.pictures, SizeIs(1));
  EXPECT_EQ(set.pictures[0].name, "d");
  EXPECT_THAT(set.problems,
              ElementsAre(AllOf(HasSubstr("w.txt, line 1: "), HasSubstr("2 faces, but 1 rows")),
                          HasSubstr("line 6: expected 10 numbers"), HasSubstr("line 7: ")));
}

TEST_F(BoxSets, RefusesWhatHasNoPicture) {
  WriteText(folder_ / "boxes.csv", "file,x,y,width,height\ngone.jpg,1,2,3,4\n");
  EXPECT_THAT([&] { ReadBoxSet(folder_ / "boxes.csv"); },
              ThrowsMessage<Error>(HasSubstr("no usable picture: ")));
  WriteText(folder_ / "notes.txt", "Buy milk\n");
  EXPECT_FALSE(IsBoxSet(folder_ / "notes.txt"));
  EXPECT_THAT([&] { ReadBoxSet(folder_ / "notes.txt"); },
              ThrowsMessage<Error>(HasSubstr("notes.txt, line 1: expected the header")));
}

TEST_F(BoxSets, AreNoSetsOfPoints) {
  AddPictures({"a.jpg"});
  WriteText(folder_ / "keypoints.csv", "file,x0,y0\na.jpg,1,2\n");
  EXPECT_FALSE(IsBoxSet(folder_ / "keypoints.csv"));
  EXPECT_FALSE(IsBoxSet(folder_.path()));
  WriteText(folder_ / "boxes.csv", "file,x,y,width,height\na.jpg,1,2,3,4\n");
  EXPECT_THAT([&] { ReadDataSet(folder_ / "boxes.csv"); },
              ThrowsMessage<Error>(HasSubstr("boxes of faces without points")));
}

TEST(IgnoreSmallFaces, GoesByTheHeight) {
  BoxSet set;
  set.pictures.push_back({"a.jpg", "a", "a", {{{0, 0, 50, 39}}, {{0, 0, 30, 40}}}});
  IgnoreSmallFaces(set, 40.0F);
  EXPECT_TRUE(set.pictures[0].boxes[0].ignored);
  EXPECT_FALSE(set.pictures[0].boxes[1].ignored);
}

}  // namespace
}  // namespace nosetip
