#include "tracker/sources/picture_source.h"

#include <cstdio>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/tracker/sources/clip_files.h"
#include "tracker/sources/pictures.h"
#include "tracker/sources/sequence_pattern.h"

namespace nosetip {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::string Numbered(const TempFolder& folder, int number) {
  std::string name = std::to_string(number);
  name.insert(0, 4 - name.size(), '0');
  return (folder / ("img_" + name + ".png")).string();
}

void WriteSequence(const TempFolder& folder, int first, int last) {
  for (int i = first; i <= last; ++i) WritePicture(Numbered(folder, i), ClipFrame({}, i - first));
}

TEST(PictureSource, GivesOneFrame) {
  const TempFolder folder;
  const std::string path = (folder / "picture.png").string();
  WritePicture(path, ClipFrame({}, 7));
  const auto source = OpenFrameSource(path);
  EXPECT_EQ(source->info().kind, SourceKind::kPicture);
  EXPECT_EQ(source->info().width_px, 64);
  EXPECT_EQ(source->info().frame_count, 1);
  const DecodedClip clip = Decode(*source);
  EXPECT_THAT(clip.indexes, ElementsAre(7));
  EXPECT_THAT(clip.pts_s, ElementsAre(0.0));
}

TEST(PictureSource, StartsASequenceAtItsFirstNumber) {
  const TempFolder folder;
  WriteSequence(folder, 998, 1002);
  WriteText(folder / "img_98.png", "another number of digits");
  WriteText(folder / "img_0999.png.bak", "another ending");
  const auto source = OpenFrameSource((folder / "img_%04d.png").string());
  EXPECT_EQ(source->info().kind, SourceKind::kPictureSequence);
  EXPECT_EQ(source->info().frame_count, 5);
  const DecodedClip clip = Decode(*source);
  EXPECT_THAT(clip.indexes, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(clip.ids, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_NEAR(clip.pts_s[4], 4.0 / 25.0, 1e-9);
}

TEST(PictureSource, SaysWhichNumberOfASequenceIsMissing) {
  const TempFolder folder;
  WriteSequence(folder, 1, 6);
  std::filesystem::remove(Numbered(folder, 4));
  EXPECT_THAT(OpeningError((folder / "img_%04d.png").string()),
              AllOf(HasSubstr("number 4 is missing"), HasSubstr("img_%04d.png")));
}

TEST(PictureSource, SaysThatNoFileMatchesAPattern) {
  const TempFolder folder;
  WriteSequence(folder, 1, 2);
  EXPECT_THAT(OpeningError((folder / "img_%06d.png").string()),
              HasSubstr("no file has such a name"));
  EXPECT_THAT(OpeningError((folder / "none" / "img_%04d.png").string()),
              HasSubstr("cannot be read"));
}

TEST(PictureSource, NamesTheBrokenPictureOfASequence) {
  const TempFolder folder;
  WriteSequence(folder, 1, 4);
  Truncate(Numbered(folder, 3), 0.6);
  const DecodedClip clip = Decode(*OpenFrameSource((folder / "img_%04d.png").string()));
  EXPECT_THAT(clip.indexes, ElementsAre(0, 1));
  EXPECT_THAT(clip.error, AllOf(HasSubstr(Numbered(folder, 3)), HasSubstr("truncated")));
}

TEST(PictureSource, RefusesASequenceThatChangesItsSize) {
  const TempFolder folder;
  WriteSequence(folder, 1, 2);
  WritePicture(Numbered(folder, 3), Image(10, 10));
  EXPECT_THAT(Decode(*OpenFrameSource((folder / "img_%04d.png").string())).error,
              AllOf(HasSubstr("10x10"), HasSubstr("64x48")));
}

TEST(SequencePattern, IsOneNumberInTheFileName) {
  const auto pattern = ParseSequencePattern("/data/a_%05d_b.jpg");
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->PathOf(42), "/data/a_00042_b.jpg");
  EXPECT_EQ(pattern->PathOf(1234567), "/data/a_1234567_b.jpg");
  EXPECT_EQ(ParseSequencePattern("%d.png")->PathOf(7), "7.png");
  EXPECT_FALSE(ParseSequencePattern("a.png"));
  EXPECT_FALSE(ParseSequencePattern("100%.png"));
  EXPECT_FALSE(ParseSequencePattern("%d_%d.png"));
  EXPECT_FALSE(ParseSequencePattern("/%d/a.png"));
}

}  // namespace
}  // namespace nosetip
