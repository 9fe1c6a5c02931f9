#include "tracker/sources/input_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tests/unit/tracker/sources/clip_files.h"
#include "tracker/core/error.h"
#include "tracker/sources/cameras.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

std::string ListingError(const std::vector<std::string>& arguments) {
  return MessageOf([&] { ListInputs(arguments); });
}

TEST(ListInputs, ExpandsAFolderInTheOrderOfItsNames) {
  const TempFolder folder;
  WritePicture((folder / "c.PNG").string(), Image(4, 4));
  WritePicture((folder / "a.jpg").string(), Image(4, 4));
  const std::string clip = WriteClip(folder / "b", {.frames = 2});
  WriteText(folder / "notes.txt", "left out");
  WriteText(folder / ".hidden.jpg", "left out");
  WriteText(folder / "deeper" / "d.jpg", "left out");
  const std::vector<std::string> arguments = {folder.path().string()};
  const std::vector<Input> inputs = ListInputs(arguments).inputs;
  ASSERT_EQ(inputs.size(), 3U);
  EXPECT_EQ(inputs[0].source, (folder / "a.jpg").string());
  EXPECT_EQ(inputs[0].kind, SourceKind::kPicture);
  EXPECT_EQ(inputs[1].source, clip);
  EXPECT_EQ(inputs[1].kind, SourceKind::kVideoFile);
  EXPECT_EQ(inputs[2].source, (folder / "c.PNG").string());
}

TEST(ListInputs, CountsWhatItPassesOver) {
  const TempFolder folder;
  for (const char* name : {"a.txt", "b.txt", "c.DOCX", ".hidden.txt", "deeper/d.jpg"}) {
    WriteText(folder / name, "left out");
  }
  const std::vector<std::string> arguments = {folder.path().string()};
  EXPECT_THAT(ListingError(arguments), HasSubstr("but 3 files (2 .txt, 1 .docx) and 1 subfolder"));
  WritePicture((folder / "a.jpg").string(), Image(4, 4));
  EXPECT_THAT(ListInputs(arguments).notes,
              testing::ElementsAre(folder.path().string() +
                                   ": passed over 3 files (2 .txt, 1 .docx) and 1 subfolder"));
}

TEST(ListInputs, KeepsALinkThatLeadsNowhereToNameItLater) {
  const TempFolder folder;
  fs::create_symlink("loop.jpg", folder / "loop.jpg");
  fs::create_symlink("gone.mp4", folder / "broken.mp4");
  fs::create_symlink(folder.path(), folder / "again");
  const std::vector<std::string> arguments = {folder.path().string()};
  const InputList list = ListInputs(arguments);
  ASSERT_EQ(list.inputs.size(), 2U);
  EXPECT_THAT(OpeningError(list.inputs[0].source),
              AllOf(HasSubstr("broken.mp4"), HasSubstr("does not exist")));
  EXPECT_THAT(OpeningError(list.inputs[1].source),
              AllOf(HasSubstr("loop.jpg"), HasSubstr("links")));
  EXPECT_THAT(list.notes, testing::ElementsAre(HasSubstr("1 subfolder")));
}

TEST(ListInputs, KeepsTheOrderGivenAndTellsTheKinds) {
  const TempFolder folder;
  const std::string clip = WriteClip(folder / "clip", {.frames = 2});
  const std::string picture = (folder / "img_1.png").string();
  WritePicture(picture, Image(4, 4));
  const std::string pattern = (folder / "img_%d.png").string();
  const std::vector<std::string> arguments = {"rtsp://host/live", picture, clip, "1", pattern,
                                              "/dev/video3"};
  const std::vector<Input> inputs = ListInputs(arguments).inputs;
  ASSERT_EQ(inputs.size(), arguments.size());
  const SourceKind kinds[] = {SourceKind::kStream,          SourceKind::kPicture,
                              SourceKind::kVideoFile,       SourceKind::kCamera,
                              SourceKind::kPictureSequence, SourceKind::kCamera};
  for (size_t i = 0; i < inputs.size(); ++i) {
    EXPECT_EQ(inputs[i].source, arguments[i]);
    EXPECT_EQ(inputs[i].kind, kinds[i]) << arguments[i];
  }
}

TEST(ListInputs, NamesWhatIsNotThere) {
  const TempFolder folder;
  const std::string missing = (folder / "missing.mp4").string();
  EXPECT_THAT(ListingError({missing}), AllOf(HasSubstr(missing), HasSubstr("does not exist")));
  EXPECT_THAT(ListingError({(folder / "img_%03d.png").string()}), HasSubstr("no file matches"));
}

TEST(ListInputs, RefusesAFolderWithNothingToTrack) {
  const TempFolder folder;
  WriteText(folder / "notes.txt", "no pictures here");
  EXPECT_THAT(ListingError({folder.path().string()}),
              AllOf(HasSubstr(folder.path().string()), HasSubstr("no videos and no pictures")));
}

TEST(ListCameras, NamesTheFirstNodeOfEachCamera) {
  const TempFolder folder;
  for (const char* device : {"video10", "video0", "video1", "video2", "vbi0", "videoX"}) {
    WriteText(folder / "dev" / device, "");
  }
  WriteText(folder / "sys" / "video0" / "name", "Integrated Camera\n");
  WriteText(folder / "sys" / "video0" / "index", "0\n");
  WriteText(folder / "sys" / "video1" / "name", "Integrated Camera\n");
  WriteText(folder / "sys" / "video1" / "index", "1\n");
  WriteText(folder / "sys" / "video10" / "name", "USB Grabber\n");
  const auto cameras = ListCameras({folder / "dev", folder / "sys"});
  EXPECT_EQ(DescribeCameras(cameras),
            "cameras here: 0 (Integrated Camera), 2, 10 (USB Grabber); choose one by its number");
}

TEST(ListCameras, SaysThatThereIsNone) {
  EXPECT_THAT(DescribeCameras(ListCameras({"/nowhere", "/nowhere"})),
              AllOf(HasSubstr("no camera"), HasSubstr("/dev/video*")));
}

TEST(CameraSource, NamesACameraThatIsNotThere) {
  if (fs::exists("/dev/video63")) GTEST_SKIP() << "this machine has a camera 63";
  EXPECT_THAT(OpeningError("63"), AllOf(HasSubstr("no camera 63"), HasSubstr("/dev/video63")));
  EXPECT_THAT(OpeningError("/dev/video63"), HasSubstr("no camera 63"));
}

}  // namespace
}  // namespace nosetip
