#include "training/pack.h"

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
