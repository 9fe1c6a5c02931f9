// A live session that reads a real stream: motion JPEG over HTTP on this machine, in place of a
// camera.
#include <algorithm>
#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/mjpeg_server.h"
#include "tests/support/test_files.h"
#include "tests/unit/tracker/live/live_session_fixture.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

constexpr std::chrono::milliseconds kInterval{10};

class LiveSessionStream : public LiveSessionTest {
 protected:
  static std::vector<std::string> Pictures() {
    const TempFolder folder;
    std::vector<std::string> jpegs;
    for (int i = 0; i < 4; ++i) {
      Image image(160, 120);
      std::fill(image.rgb.begin(), image.rgb.end(), static_cast<uint8_t>(40 * (i + 1)));
      WritePicture((folder / "a.jpg").string(), image);
      jpegs.push_back(ReadText(folder / "a.jpg"));
    }
    return jpegs;
  }
  // The session's own opener; nothing is to be found in these pictures.
  static LiveSetup StreamSetup(const std::string& address) {
    LiveSetup setup;
    setup.source = address;
    setup.make_parts = [] {
      LiveParts parts;
      parts.detector = std::make_unique<FakeDetector>(std::make_shared<FakeScene>());
      parts.landmarker = std::make_unique<FakeLandmarker>(std::make_shared<FakeScene>());
      return parts;
    };
    setup.capture.retry = {std::chrono::milliseconds(5), std::chrono::milliseconds(20)};
    return setup;
  }
  static bool TracksMore(const LiveSession& session) {
    const int64_t tracked = session.Status().tracked;
    return Eventually([&] { return session.Status().tracked >= tracked + 10; });
  }
};

TEST_F(LiveSessionStream, WaitsForASenderThatIsNotThereYet) {
  const int port = MjpegServer(Pictures(), kInterval).port();
  LiveSession session(StreamSetup(MjpegServer::AddressOf(port)));
  EXPECT_TRUE(Reaches(session, LiveState::kRetrying));
  EXPECT_THAT(session.Status().message, HasSubstr("127.0.0.1"));
  const MjpegServer server(Pictures(), kInterval, port);
  EXPECT_TRUE(TracksMore(session));
  EXPECT_EQ(session.Status().state, LiveState::kRunning);
  EXPECT_EQ(session.Status().message, "");
  EXPECT_EQ(session.Status().info->kind, SourceKind::kStream);
  EXPECT_EQ(session.Status().info->width_px, 160);
}

TEST_F(LiveSessionStream, RecoversByItselfEachTimeTheSenderComesBack) {
  auto server = std::make_unique<MjpegServer>(Pictures(), kInterval);
  const int port = server->port();
  LiveSession session(StreamSetup(server->Address()));
  EXPECT_TRUE(TracksMore(session));
  for (int time = 0; time < 3; ++time) {
    server.reset();
    EXPECT_TRUE(Reaches(session, LiveState::kRetrying));
    EXPECT_NE(session.Status().message, "");
    server = std::make_unique<MjpegServer>(Pictures(), kInterval, port);
    EXPECT_TRUE(Reaches(session, LiveState::kRunning));
    EXPECT_TRUE(TracksMore(session));
  }
}

// A stream of the ffmpeg program, as many use it to share a camera. It serves one client and ends
// with it.
class FfmpegStream {
 public:
  explicit FfmpegStream(int port) {
    const std::string address = MjpegServer::AddressOf(port);
    std::vector<std::string> words = {
        "ffmpeg", "-loglevel", "quiet",   "-re",
        "-f",     "lavfi",     "-i",      "testsrc=size=160x120:rate=50",
        "-f",     "mpjpeg",    "-listen", "1",
        address};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    if (posix_spawnp(&process_, "ffmpeg", nullptr, nullptr, arguments.data(), environ) != 0) {
      process_ = 0;
    }
  }
  ~FfmpegStream() {
    if (process_ == 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  FfmpegStream(const FfmpegStream&) = delete;
  FfmpegStream& operator=(const FfmpegStream&) = delete;

  bool started() const { return process_ != 0; }

 private:
  pid_t process_ = 0;
};

// A suite of its own, as it is skipped where there is no such program.
using LiveSessionFfmpegStream = LiveSessionStream;

TEST_F(LiveSessionFfmpegStream, RecoversToo) {
  const int port = MjpegServer(Pictures(), kInterval).port();
  auto stream = std::make_unique<FfmpegStream>(port);
  if (!stream->started()) GTEST_SKIP() << "needs the command ffmpeg";
  LiveSession session(StreamSetup(MjpegServer::AddressOf(port)));
  EXPECT_TRUE(TracksMore(session));
  stream.reset();
  EXPECT_TRUE(Reaches(session, LiveState::kRetrying));
  stream = std::make_unique<FfmpegStream>(port);
  EXPECT_TRUE(Reaches(session, LiveState::kRunning));
  EXPECT_TRUE(TracksMore(session));
}

}  // namespace
}  // namespace nosetip
