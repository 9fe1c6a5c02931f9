#include "training/data/pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

std::string MessageOfLoading(const std::filesystem::path& path) {
  try {
    LoadPack(path);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Pack, IsTheSameAfterARoundTrip) {
  const TempFolder folder;
  const FacePack pack = SyntheticPack(5, 48);
  SavePack(folder / "a.ntp", pack);
  const FacePack loaded = LoadPack(folder / "a.ntp");
  EXPECT_EQ(loaded.schema, pack.schema);
  EXPECT_EQ(loaded.size_px, pack.size_px);
  EXPECT_EQ(loaded.extent, pack.extent);
  EXPECT_EQ(loaded.pixels, pack.pixels);
  EXPECT_EQ(loaded.points_px, pack.points_px);
  EXPECT_EQ(loaded.boxes, pack.boxes);
  EXPECT_EQ(loaded.names, pack.names);
  EXPECT_EQ(loaded.groups, pack.groups);
  EXPECT_EQ(loaded.parts, pack.parts);
}

TEST(Pack, KeepsItsView) {
  const TempFolder folder;
  FacePack pack = SyntheticPack(2, 48);
  pack.view = CropView::kPicture;
  SavePack(folder / "a.ntp", pack);
  EXPECT_EQ(LoadPack(folder / "a.ntp").view, CropView::kPicture);
}

TEST(WithPointsOf, TakesTheNoseOfAnyFaceAndInventsNothing) {
  const FacePack whole = SyntheticPack(3, 48);
  const FacePack nose = WithPointsOf(Nose1(), whole);
  EXPECT_EQ(nose.schema, "nose1");
  ASSERT_EQ(nose.points_px.size(), 6U);
  for (size_t face = 0; face < 3; ++face) {
    EXPECT_EQ(nose.points_px[2 * face], whole.points_px[136 * face + 60]);
    EXPECT_EQ(nose.points_px[2 * face + 1], whole.points_px[136 * face + 61]);
  }
  EXPECT_EQ(WithPointsOf(Ibug68(), whole).points_px, whole.points_px);
  EXPECT_THROW(WithPointsOf(Imm58(), whole), Error);
}

TEST(Pack, NamesATruncatedFile) {
  const TempFolder folder;
  const auto path = folder / "a.ntp";
  SavePack(path, SyntheticPack(5, 48));
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_THAT(MessageOfLoading(path), HasSubstr(path.string() + " is not a packed data set"));
}

TEST(Pack, NamesAFileOfAnotherKind) {
  const TempFolder folder;
  WriteText(folder / "a.ntp", "version: 1");
  EXPECT_THAT(MessageOfLoading(folder / "a.ntp"), HasSubstr("is not a packed data set"));
  EXPECT_THAT(MessageOfLoading(folder / "b.ntp"), HasSubstr("does not exist"));
}

}  // namespace
}  // namespace nosetip
