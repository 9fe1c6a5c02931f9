#include "training/held_out.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(IsHeldOut, TakesAboutTheWantedPartOfNearEqualNames) {
  for (const int percent : {5, 12, 50}) {
    int held_out = 0;
    for (int i = 0; i < 5000; ++i) {
      held_out += IsHeldOut("lfpw/trainset/image_" + std::to_string(i), percent) ? 1 : 0;
    }
    EXPECT_NEAR(held_out / 50.0, percent, 2.0);
  }
}

TEST(IsHeldOut, KeepsWhatItHeldOutWhenThePartGrows) {
  for (int i = 0; i < 1000; ++i) {
    const std::string group = "person" + std::to_string(i);
    EXPECT_LE(IsHeldOut(group, 10), IsHeldOut(group, 20)) << group;
  }
}

// Figures of one release must hold for the next: the same faces, for ever.
TEST(IsHeldOut, IsFixedForEver) {
  std::string held_out;
  for (int i = 0; i < 40; ++i) held_out += IsHeldOut("group" + std::to_string(i), 25) ? '1' : '0';
  EXPECT_EQ(held_out, "1001000100110000000100101101010001110000");
}

TEST(IsListed, TakesWholeNamesOnly) {
  EXPECT_TRUE(IsListed("lfpw", "helen,lfpw"));
  EXPECT_FALSE(IsListed("lfp", "helen,lfpw"));
  EXPECT_TRUE(IsListed("afw", ""));
}

}  // namespace
}  // namespace nosetip
