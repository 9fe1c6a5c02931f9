#include "training/data/pack.h"

#include <cmath>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/synthetic_faces.h"
#include "tests/support/test_files.h"
#include "tracker/model/safetensors_file.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

std::string MessageOfLoading(const std::filesystem::path& path) {
  return MessageOf([&] { LoadPack(path); });
}

TEST(Pack, IsTheSameAfterARoundTrip) {
  const TempFolder folder;
  FacePack pack = SyntheticPack(5, 48);
  pack.photographs_px[3] = {640, 480};
  SavePack(folder / "a.safetensors", pack);
  const FacePack loaded = LoadPack(folder / "a.safetensors");
  EXPECT_EQ(loaded.schema, pack.schema);
  EXPECT_EQ(loaded.size_px, pack.size_px);
  EXPECT_EQ(loaded.extent, pack.extent);
  EXPECT_EQ(loaded.pixels, pack.pixels);
  EXPECT_EQ(loaded.points_px, pack.points_px);
  EXPECT_EQ(loaded.boxes, pack.boxes);
  EXPECT_EQ(loaded.photographs_px, pack.photographs_px);
  EXPECT_EQ(loaded.names, pack.names);
  EXPECT_EQ(loaded.groups, pack.groups);
  EXPECT_EQ(loaded.parts, pack.parts);
}

TEST(Pack, KeepsItsView) {
  const TempFolder folder;
  FacePack pack = SyntheticPack(2, 48);
  pack.view = CropView::kPicture;
  SavePack(folder / "a.safetensors", pack);
  EXPECT_EQ(LoadPack(folder / "a.safetensors").view, CropView::kPicture);
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
  const auto path = folder / "a.safetensors";
  SavePack(path, SyntheticPack(5, 48));
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_THAT(MessageOfLoading(path), HasSubstr(path.string() + " is not a packed data set"));
}

TEST(Pack, NamesAFileOfAnotherKind) {
  const TempFolder folder;
  WriteText(folder / "a.safetensors", "version: 1");
  EXPECT_THAT(MessageOfLoading(folder / "a.safetensors"), HasSubstr("is not a packed data set"));
  EXPECT_THAT(MessageOfLoading(folder / "b.safetensors"), HasSubstr("does not exist"));
  WriteSafetensors(folder / "a.safetensors", {{"format", "nosetip-model"}}, {});
  EXPECT_THAT(MessageOfLoading(folder / "a.safetensors"),
              HasSubstr("its format is 'nosetip-model'"));
}

TEST(Pack, RefusesNumbersThatLieInNoPicture) {
  const TempFolder folder;
  const auto path = folder / "a.safetensors";
  const auto message_of = [&](const std::function<void(FacePack&)>& change) {
    FacePack pack = SyntheticPack(3, 48);
    change(pack);
    SavePack(path, pack);
    return MessageOfLoading(path);
  };
  EXPECT_EQ(message_of([](FacePack&) {}), "no error");
  EXPECT_THAT(message_of([](FacePack& pack) { pack.extent = 1e38F; }),
              HasSubstr("description is invalid"));
  EXPECT_THAT(message_of([](FacePack& pack) { pack.extent = NAN; }),
              HasSubstr("description is invalid"));
  EXPECT_THAT(message_of([](FacePack& pack) { pack.boxes[1].x = NAN; }), HasSubstr("the box of"));
  EXPECT_THAT(message_of([](FacePack& pack) { pack.boxes[1].width = 0; }), HasSubstr("the box of"));
  EXPECT_THAT(message_of([](FacePack& pack) { pack.photographs_px[1].height = 0; }),
              HasSubstr("the photograph of"));
  EXPECT_THAT(message_of([](FacePack& pack) { pack.points_px[5] = 1e30F; }),
              HasSubstr("points with invalid"));
}

}  // namespace
}  // namespace nosetip
