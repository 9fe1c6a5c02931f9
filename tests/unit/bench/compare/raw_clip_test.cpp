#include "bench/compare/raw_clip.h"

#include <gtest/gtest.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

Image Gray(uint8_t value) {
  Image image(4, 3);
  image.rgb.assign(image.rgb.size(), value);
  return image;
}

TEST(RawClip, GivesBackItsFramesInOrder) {
  RawClip clip;
  clip.Add(Gray(10));
  clip.Add(Gray(20));
  RawClipReader reader(clip.path(), {4, 3});
  for (int i = 0; i < 2; ++i) {
    const Frame* frame = reader.Next();
    ASSERT_NE(frame, nullptr);
    EXPECT_EQ(frame->id, i);
    EXPECT_EQ(frame->image.rgb, Gray(static_cast<uint8_t>(10 * (i + 1))).rgb);
  }
  EXPECT_EQ(reader.Next(), nullptr);
}

TEST(RawClip, IsGoneWithItsObject) {
  const std::string path = RawClip().path();
  EXPECT_THROW(RawClipReader(path, {4, 3}), Error);
}

}  // namespace
}  // namespace nosetip
