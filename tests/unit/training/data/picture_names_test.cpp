#include "training/data/picture_names.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(PhotographOf, DropsTheNumberOfTheFace) {
  EXPECT_EQ(PhotographOf("helen/trainset/30427236_2"), "helen/trainset/30427236");
  EXPECT_EQ(PhotographOf("afw/134212_12"), "afw/134212");
}

TEST(PhotographOf, KeepsNumbersThatNamePictures) {
  EXPECT_EQ(PhotographOf("lfpw/trainset/image_0001"), "lfpw/trainset/image_0001");
  EXPECT_EQ(PhotographOf("lfpw/image_01"), "lfpw/image_01");
  EXPECT_EQ(PhotographOf("indoor_123"), "indoor_123");
  EXPECT_EQ(PhotographOf("folder_1/a"), "folder_1/a");
  EXPECT_EQ(PhotographOf("_1"), "_1");
}

TEST(PhotographOf, TakesAMirroredCopyForItsOriginal) {
  EXPECT_EQ(PhotographOf("lfpw/image_0001_mirror"), "lfpw/image_0001");
  EXPECT_EQ(PhotographOf("helen/30_1_mirror"), "helen/30");
}

TEST(PersonOfFrame, DropsTheNumberOfTheFrame) {
  EXPECT_EQ(PersonOfFrame("Abdel_Aziz_Al-Hakim_00"), "Abdel_Aziz_Al-Hakim");
  EXPECT_EQ(PersonOfFrame("picture_0001"), "picture_0001");
  EXPECT_EQ(PersonOfFrame("portrait"), "portrait");
}

TEST(PersonOfImm, IsTheNumberBeforeTheDash) {
  EXPECT_EQ(PersonOfImm("08-1f"), "08");
  EXPECT_EQ(PersonOfImm("a-b/08-1f"), "a-b/08");
  EXPECT_EQ(PersonOfImm("face"), "face");
}

TEST(TopFolderOf, IsEmptyWithoutFolders) {
  EXPECT_EQ(TopFolderOf("lfpw/trainset/image_0001"), "lfpw");
  EXPECT_EQ(TopFolderOf("image_0001"), "");
}

}  // namespace
}  // namespace nosetip
