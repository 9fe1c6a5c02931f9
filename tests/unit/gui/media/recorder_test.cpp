#include "gui/media/recorder.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gui/media/gallery.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_files.h"
#include "tests/unit/gui/media/made_up_frames.h"
#include "tests/unit/tracker/live/live_session_fixture.h"

namespace nosetip {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class RecorderTest : public LiveSessionTest {
 protected:
  RecordingOptions Options() const { return {.folder = folder_.path(), .view = {NoOverlay()}}; }
  static bool Reaches(const Recorder& recorder, RecorderState state) {
    return Eventually([&] { return recorder.Status().state == state; });
  }
  static std::vector<int> FramesIn(const std::filesystem::path& video) {
    return Decode(*OpenFrameSource(video.string())).indexes;
  }

  const TempFolder folder_;
};

TEST_F(RecorderTest, RecordsFromStartToStopAndSaysHowItGoes) {
  Recorder recorder;
  EXPECT_EQ(recorder.Status().state, RecorderState::kIdle);
  recorder.OnTracked(MadeUpFrame(0));
  recorder.Start(Options());
  EXPECT_EQ(recorder.Status().state, RecorderState::kRecording);
  for (int i = 1; i < 41; ++i) recorder.OnTracked(MadeUpFrame(i));
  EXPECT_TRUE(Eventually([&] { return recorder.Status().frames == 40; }));
  EXPECT_GT(recorder.Status().bytes, 0);
  recorder.Stop();
  recorder.OnTracked(MadeUpFrame(41));
  EXPECT_TRUE(Reaches(recorder, RecorderState::kIdle));
  const RecorderStatus status = recorder.Status();
  EXPECT_EQ(status.frames, 40);
  EXPECT_EQ(status.message, "");
  const std::vector<int> frames = FramesIn(status.parts.at(0).video);
  ASSERT_EQ(frames.size(), 40U);
  EXPECT_EQ(frames.front(), 1);
  EXPECT_EQ(frames.back(), 40);
}

TEST_F(RecorderTest, LeavesOutWhatIsShownAgain) {
  Recorder recorder;
  recorder.Start(Options());
  recorder.OnTracked(MadeUpFrame(0));
  LiveFrame again = MadeUpFrame(0);
  again.again = true;
  recorder.OnTracked(again);
  recorder.OnTracked(MadeUpFrame(1));
  recorder.Stop();
  EXPECT_TRUE(Reaches(recorder, RecorderState::kIdle));
  EXPECT_EQ(recorder.Status().frames, 2);
}

TEST_F(RecorderTest, CanStartAnotherBeforeTheOneBeforeIsFinished) {
  Recorder recorder;
  for (int round = 0; round < 3; ++round) {
    recorder.Start(Options());
    for (int i = 0; i < 8; ++i) recorder.OnTracked(MadeUpFrame(i));
    recorder.Stop();
  }
  EXPECT_TRUE(Reaches(recorder, RecorderState::kIdle));
  const std::vector<MediaFiles> media = ListMedia(folder_.path());
  ASSERT_EQ(media.size(), 3U);
  for (const MediaFiles& files : media) EXPECT_EQ(FramesIn(files.path).size(), 8U);
}

TEST_F(RecorderTest, ThatIsDestroyedFinishesItsFile) {
  {
    Recorder recorder;
    recorder.Start(Options());
    for (int i = 0; i < 20; ++i) recorder.OnTracked(MadeUpFrame(i));
  }
  const std::vector<MediaFiles> media = ListMedia(folder_.path());
  ASSERT_EQ(media.size(), 1U);
  EXPECT_EQ(FramesIn(media[0].path).size(), 20U);
}

TEST_F(RecorderTest, SaysWhyItCannotRecordAndHoldsNobodyUp) {
  WriteText(folder_ / "file", "");
  Recorder recorder;
  RecordingOptions options = Options();
  options.folder = folder_ / "file";
  recorder.Start(options);
  for (int i = 0; i < 40; ++i) recorder.OnTracked(MadeUpFrame(i));
  EXPECT_TRUE(Reaches(recorder, RecorderState::kFailed));
  EXPECT_THAT(recorder.Status().message, AllOf(HasSubstr("file"), HasSubstr("choose another")));
  recorder.Start(Options());
  recorder.OnTracked(MadeUpFrame(0));
  recorder.Stop();
  EXPECT_TRUE(Reaches(recorder, RecorderState::kIdle));
  EXPECT_EQ(recorder.Status().message, "");
  EXPECT_EQ(recorder.Status().frames, 1);
}

TEST_F(RecorderTest, OnAFullDiskSaysWhatIsLeft) {
  Recorder recorder;
  recorder.Start(Options());
  {
    const FileSizeLimit limit(8000);
    for (int i = 0; i < 400; ++i) recorder.OnTracked(MadeUpFrame(i % 45));
    EXPECT_TRUE(Reaches(recorder, RecorderState::kFailed));
  }
  const RecorderStatus status = recorder.Status();
  EXPECT_THAT(status.message, AllOf(HasSubstr("disk is full"), HasSubstr("are in "),
                                    HasSubstr(status.parts.at(0).video.string())));
  EXPECT_GT(FramesIn(status.parts[0].video).size(), 10U);
}

TEST_F(RecorderTest, MissesNoFrameOfASession) {
  Recorder recorder;
  recorder.Start(Options());
  LiveSetup setup = Setup("clip.mp4", [](int64_t id) -> FramePtr {
    if (id == 40) return nullptr;
    return MadeUpFrame(static_cast<int>(id)).frame;
  });
  setup.make_parts = [] {
    LiveParts parts;
    parts.detector = std::make_unique<FakeDetector>(std::make_shared<FakeScene>());
    parts.landmarker = std::make_unique<FakeLandmarker>(std::make_shared<FakeScene>());
    return parts;
  };
  setup.on_tracked = [&](const LiveFrame& live) { recorder.OnTracked(live); };
  {
    LiveSession session(std::move(setup));
    EXPECT_TRUE(LiveSessionTest::Reaches(session, LiveState::kEnded));
    EXPECT_TRUE(Tracks(session, 40));
  }
  recorder.Stop();
  EXPECT_TRUE(Reaches(recorder, RecorderState::kIdle));
  EXPECT_EQ(FramesIn(recorder.Status().parts.at(0).video).size(), 40U);
}

// What a user finds who looks into the folder after the program was killed.
TEST_F(RecorderTest, ThatIsKilledLeavesAPlayableVideoUpToTheLastSecondAndTheTable) {
  constexpr int kFrames = 45;  // 25 a second
  // Another program, as the threads of this one would not come along with a fork.
  std::string program = NOSETIP_RECORD_UNTIL_KILLED;
  std::string folder = folder_.path().string();
  std::string frames = std::to_string(kFrames);
  char* const arguments[] = {program.data(), folder.data(), frames.data(), nullptr};
  pid_t child = 0;
  ASSERT_EQ(posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ), 0);
  int state = 0;
  ASSERT_EQ(waitpid(child, &state, 0), child);
  ASSERT_TRUE(WIFSIGNALED(state) && WTERMSIG(state) == SIGKILL);
  const std::vector<MediaFiles> media = ListMedia(folder_.path());
  ASSERT_EQ(media.size(), 1U);
  const DecodedClip clip = Decode(*OpenFrameSource(media[0].path.string()));
  EXPECT_EQ(clip.error, "");
  ASSERT_GE(clip.indexes.size(), kFrames - 10U) << "0.4 s before the end";
  for (size_t i = 0; i < clip.indexes.size(); ++i) EXPECT_EQ(clip.indexes[i], static_cast<int>(i));
  const std::vector<std::string> lines = ReadLines(media[0].data);
  ASSERT_EQ(lines.size(), kFrames + 1U);
  EXPECT_THAT(lines.back(), HasSubstr(",44,1.760000")) << "its last row is whole";
}

// NOSETIP_KILLS times, 10 by default.
TEST_F(RecorderTest, ThatIsKilledAtAnyMomentLeavesWholeRowsAndAVideoThatPlays) {
  const char* wanted = std::getenv("NOSETIP_KILLS");
  const int kills = wanted == nullptr ? 10 : std::atoi(wanted);
  std::mt19937 random(std::random_device{}());
  std::string program = NOSETIP_RECORD_UNTIL_KILLED;
  for (int i = 0; i < kills; ++i) {
    const TempFolder folder;
    std::string path = folder.path().string();
    std::string frames = "1000000";
    char* const arguments[] = {program.data(), path.data(), frames.data(), nullptr};
    pid_t child = 0;
    ASSERT_EQ(posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ), 0);
    // After the first row, so that each moment is one of the recording.
    EXPECT_TRUE(Eventually([&] { return !ListMedia(folder.path()).empty(); }));
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 300));
    kill(child, SIGKILL);
    int state = 0;
    ASSERT_EQ(waitpid(child, &state, 0), child);
    const std::vector<MediaFiles> media = ListMedia(folder.path());
    ASSERT_EQ(media.size(), 1U);
    std::vector<std::string> rows = ReadLines(media[0].data);
    // Linux stops a write that crosses a page there; such a row has no line end.
    if (!rows.empty() && !ReadText(media[0].data).ends_with('\n')) rows.pop_back();
    if (rows.empty()) continue;  // killed before the first row
    for (const std::string& row : rows) {
      EXPECT_EQ(std::ranges::count(row, ','), std::ranges::count(rows[0], ','));
    }
    if (rows.size() < 12) continue;  // the first fragment is not there yet
    const DecodedClip clip = Decode(*OpenFrameSource(media[0].path.string()));
    EXPECT_EQ(clip.error, "");
    EXPECT_GE(clip.indexes.size(), rows.size() - 12);
  }
}

}  // namespace
}  // namespace nosetip
