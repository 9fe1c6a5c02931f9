#include "training/data/folder_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

TEST(FilesBelow, FindsEitherCaseAtAnyDepthInOrder) {
  const TempFolder folder;
  for (const char* name : {"b.PTS", "deep/er/a.pts", "c.pts.bak", "d.jpg"}) {
    WriteText(folder / name, "");
  }
  const FolderFiles found = FilesBelow(folder.path(), ".pts");
  EXPECT_THAT(found.files, ElementsAre(folder / "b.PTS", folder / "deep/er/a.pts"));
  EXPECT_THAT(found.problems, IsEmpty());
}

TEST(FilesBelow, FollowsLinkedFoldersOnce) {
  const TempFolder folder;
  const TempFolder elsewhere;
  WriteText(folder / "real/a.pts", "");
  WriteText(elsewhere / "b.pts", "");
  fs::create_symlink("real", folder / "another name");
  fs::create_symlink("..", folder / "real/up");
  fs::create_symlink(elsewhere.path(), folder / "linked");
  fs::create_symlink(elsewhere.path(), folder / "linked again");
  const FolderFiles found = FilesBelow(folder.path(), ".pts");
  EXPECT_THAT(found.files, ElementsAre(folder / "linked/b.pts", folder / "real/a.pts"));
  EXPECT_THAT(found.problems, IsEmpty());
}

TEST(FilesBelow, DoesNotSearchAboveTheFolder) {
  const TempFolder folder;
  WriteText(folder / "beside.pts", "");
  WriteText(folder / "set/deep/a.pts", "");
  fs::create_symlink("../..", folder / "set/deep/up");
  const FolderFiles found = FilesBelow(folder / "set", ".pts");
  EXPECT_THAT(found.files, ElementsAre(folder / "set/deep/a.pts"));
  EXPECT_THAT(found.problems, ElementsAre(HasSubstr("deep/up leads to a folder above")));
}

TEST(FilesBelow, NamesLinksThatLeadNowhereAndGoesOn) {
  const TempFolder folder;
  WriteText(folder / "a.pts", "");
  fs::create_symlink("loop", folder / "loop");
  fs::create_symlink("gone", folder / "broken.pts");
  const FolderFiles found = FilesBelow(folder.path(), ".pts");
  EXPECT_THAT(found.files, ElementsAre(folder / "a.pts"));
  EXPECT_THAT(found.problems, ElementsAre(HasSubstr("broken.pts"), HasSubstr("loop")));
}

TEST(FilesBelow, RefusesAFolderThatIsNotThere) {
  EXPECT_THAT([] { FilesBelow("nowhere/at/all", ".pts"); },
              ThrowsMessage<Error>(AllOf(HasSubstr("nowhere/at/all"), HasSubstr("path"))));
}

TEST(PicturesBelow, FindsEveryKindOfPicture) {
  const TempFolder folder;
  for (const char* name : {"a.JPG", "b.webp", "c.heic", "d.avif", "e.txt", "f.mp4"}) {
    WriteText(folder / name, "");
  }
  EXPECT_THAT(
      PicturesBelow(folder.path()).files,
      ElementsAre(folder / "a.JPG", folder / "b.webp", folder / "c.heic", folder / "d.avif"));
}

// As where they are given by name.
TEST(PicturesBelow, FindsPicturesByTheirContent) {
  const TempFolder folder;
  WritePicture(folder / "a.png", Image(8, 8));
  for (const char* name : {"none", "photo.jpg_large", "scan.dat", "named.mp4"}) {
    fs::copy_file(folder / "a.png", folder / name);
  }
  WriteText(folder / "notes.txt", "no picture");
  WriteText(folder / "clip.gif", "GIF89a");
  WriteText(folder / "raw.iiq", "IIRO");
  WriteText(folder / "empty", "");
  EXPECT_THAT(PicturesBelow(folder.path()).files,
              ElementsAre(folder / "a.png", folder / "named.mp4", folder / "none",
                          folder / "photo.jpg_large", folder / "scan.dat"));
}

TEST(PicturesBelow, NamesWhyThereIsNone) {
  const TempFolder folder;
  fs::create_symlink("loop.jpg", folder / "loop.jpg");
  EXPECT_THAT([&] { PicturesBelow(folder.path()); },
              ThrowsMessage<Error>(AllOf(HasSubstr("holds no picture"), HasSubstr("loop.jpg"))));
}

}  // namespace
}  // namespace nosetip
