#include "tracker/cli/track_command.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/cli/messages.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TrackCommandTest : public ::testing::Test {
 protected:
  TrackCommandTest() {
    options_.run.out = (folder_ / "out").string();
    options_.outputs.csv = true;
  }

  // Runs the command and keeps its lines on stderr.
  int Run() {
    ::testing::internal::CaptureStderr();
    const int code = RunTrackCommand(options_, {});
    lines_ = ::testing::internal::GetCapturedStderr();
    return code;
  }

  TempFolder folder_;
  TrackOptions options_;
  std::string lines_;
};

TEST_F(TrackCommandTest, NamesInputsThatAreMissing) {
  options_.inputs = {"nowhere.mp4", "also_nowhere.png"};
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(lines_,
              AllOf(HasSubstr("error: "), HasSubstr("nowhere.mp4"), HasSubstr("also_nowhere.png")));
  EXPECT_FALSE(std::filesystem::exists(options_.run.out));
}

TEST_F(TrackCommandTest, DoesNotWriteIntoAFolderOfInputsThatIsReadAgain) {
  options_.inputs = {folder_.path().string()};
  options_.run.out = folder_.path().string();
  options_.run.resume = true;
  EXPECT_THAT(MessageOf([&] { RunTrackCommand(options_, {}); }),
              HasSubstr("--out is the folder of the inputs"));
}

TEST_F(TrackCommandTest, LoadsNothingWhereItsPartOfTheListIsEmpty) {
  WritePicture((folder_ / "a.png").string(), Image(40, 30));
  options_.inputs = {(folder_ / "a.png").string()};
  options_.run.shard = "2/2";
  options_.run.model = "nowhere.safetensors";
  EXPECT_EQ(Run(), 0);
  EXPECT_EQ(lines_, "nothing left to do\n");
  options_.run.quiet = true;
  EXPECT_EQ(Run(), 0);
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(TrackCommandTest, SelectsOutputsWhereNoneAre) {
  options_.outputs.csv = false;
  options_.inputs = {"nowhere.mp4"};
  Run();
  EXPECT_THAT(lines_, HasSubstr("no output selected; writing --video and --csv\n"));
}

}  // namespace
}  // namespace nosetip
