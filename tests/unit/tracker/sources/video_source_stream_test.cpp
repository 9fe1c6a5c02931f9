#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tests/unit/tracker/sources/clip_files.h"
#include "tracker/core/error.h"
#include "tracker/sources/video_source.h"

namespace nosetip {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Answers every request on a port of this machine with the same bytes; with none it stays silent.
class TinyServer {
 public:
  explicit TinyServer(std::string body) : body_(std::move(body)) {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    Check(bind(socket_, reinterpret_cast<sockaddr*>(&address), length) == 0, "a free port");
    Check(listen(socket_, 8) == 0, "a listening socket");
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { Serve(); });
  }
  ~TinyServer() {
    shutdown(socket_, SHUT_RDWR);
    thread_.join();
    close(socket_);
  }
  std::string Address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/clip.avi"; }

 private:
  void Serve() {
    std::vector<int> silent;
    for (;;) {
      const int client = accept(socket_, nullptr, nullptr);
      if (client < 0) break;
      if (body_.empty()) {
        silent.push_back(client);
        continue;
      }
      std::string request(4096, '\0');
      if (recv(client, request.data(), request.size(), 0) > 0) Answer(client);
      close(client);
    }
    for (const int client : silent) close(client);
  }

  void Answer(int client) const {
    const std::string answer =
        "HTTP/1.0 200 OK\r\nContent-Type: video/x-msvideo\r\n"
        "Content-Length: " +
        std::to_string(body_.size()) + "\r\n\r\n" + body_;
    size_t sent = 0;
    while (sent < answer.size()) {
      const ssize_t now = send(client, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
      if (now <= 0) return;
      sent += static_cast<size_t>(now);
    }
  }

  std::string body_;
  int socket_ = -1;
  int port_ = 0;
  std::jthread thread_;
};

TEST(StreamSource, ReadsEveryFrameToTheEnd) {
  const TempFolder folder;
  const TinyServer server(
      ReadText(WriteClip(folder / "clip", {.frames = 30, .codec = VideoCodec::kMotionJpeg})));
  const auto source = OpenFrameSource(server.Address());
  EXPECT_EQ(source->info().kind, SourceKind::kStream);
  EXPECT_EQ(source->info().frame_count, std::nullopt);
  const DecodedClip clip = Decode(*source);
  EXPECT_EQ(clip.error, "");
  ASSERT_EQ(clip.indexes.size(), 30U);
  for (int i = 0; i < 30; ++i) EXPECT_EQ(clip.indexes[static_cast<size_t>(i)], i);
}

TEST(StreamSource, GivesUpOnASenderThatStaysSilent) {
  const TinyServer server("");
  EXPECT_THAT(MessageOf([&] { OpenStream(server.Address(), {.timeout_ms = 300}); }),
              AllOf(HasSubstr(server.Address()), HasSubstr("network")));
}

TEST(StreamSource, NamesAnAddressWhereNobodyAnswers) {
  std::string address;
  {
    const TinyServer gone("");
    address = gone.Address();
  }
  EXPECT_THAT(OpeningError(address), AllOf(HasSubstr(address), HasSubstr("no video")));
}

}  // namespace
}  // namespace nosetip
