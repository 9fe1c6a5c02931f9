#include "tracker/stream/live_server.h"

#include <array>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "tests/support/error_message.h"
#include "tests/support/free_port.h"
#include "tests/unit/tracker/stream/stream_fixture.h"
#include "tracker/stream/request_check.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// A client that says exactly what a test wants.
class Client {
 public:
  explicit Client(int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port));
    EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void Say(std::string_view text) const { send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }
  // All until the text has come, or the server has closed.
  std::string HearUntil(std::string_view wanted) {
    std::array<char, 4096> bytes{};
    while (heard_.find(wanted) == std::string::npos) {
      const ssize_t size = recv(socket_, bytes.data(), bytes.size(), 0);
      if (size <= 0) break;
      heard_.append(bytes.data(), static_cast<size_t>(size));
    }
    return heard_;
  }

 private:
  int socket_;
  std::string heard_;
};

class LiveServerTest : public ::testing::Test {
 protected:
  std::string Request(const std::string& line, const std::string& host = "") const {
    return line +
           " HTTP/1.1\r\nHost: " + (host.empty() ? "127.0.0.1:" + std::to_string(port_) : host) +
           "\r\nConnection: close\r\n\r\n";
  }
  std::string Answer(const std::string& line, const std::string& host = "") const {
    Client client(port_);
    client.Say(Request(line, host));
    return client.HearUntil("nothing that ever comes");
  }

  int port_ = FreePort();
  std::unique_ptr<LiveServer> server_ = std::make_unique<LiveServer>(Endpoint{"127.0.0.1", port_});
};

TEST_F(LiveServerTest, HasPagesAndPictures) {
  EXPECT_EQ(server_->Address(), "http://127.0.0.1:" + std::to_string(port_) + "/");
  EXPECT_THAT(Answer("GET /frame.jpg"), StartsWith("HTTP/1.1 503"));
  server_->Offer(FrameOf({PosedFace()}, 3));
  EXPECT_THAT(Answer("GET /"),
              AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("text/html"), HasSubstr("EventSource"),
                    HasSubstr("default-src 'none'"), Not(HasSubstr("Access-Control"))));
  EXPECT_THAT(Answer("GET /overlay"), HasSubstr("transparent"));
  EXPECT_THAT(Answer("GET /frame.jpg"),
              AllOf(HasSubstr("image/jpeg"), HasSubstr("Nosetip-Frame: 3"), HasSubstr("\xFF\xD8")));
  EXPECT_THAT(Answer("HEAD /events"), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("event-stream")));
}

TEST_F(LiveServerTest, SendsEachFrameAsAnEvent) {
  Client client(port_);
  server_->Offer(FrameOf({}, 0));
  client.Say(Request("GET /events"));
  EXPECT_THAT(client.HearUntil("\"frame\":0"), HasSubstr("event: format\ndata: {\"width\":640"));
  server_->Offer(FrameOf({}, 1));
  EXPECT_THAT(client.HearUntil("\"frame\":1"),
              HasSubstr("\n\ndata: {\"file\":\"clip.mp4\",\"frame\":1"));
  Client pictures(port_);
  pictures.Say(Request("GET /stream.mjpg"));
  EXPECT_THAT(pictures.HearUntil("\xFF\xD8"), HasSubstr("--frame\r\nContent-Type: image/jpeg"));
  server_.reset();
  EXPECT_THAT(client.HearUntil("the end"), Not(HasSubstr("\"frame\":2")));
}

TEST_F(LiveServerTest, RefusesWhatItDoesNotServe) {
  const auto refused = [](int status) { return StartsWith("HTTP/1.1 " + std::to_string(status)); };
  EXPECT_THAT(Answer("POST /"), AllOf(refused(405), HasSubstr("Allow: GET, HEAD")));
  EXPECT_THAT(Answer("DELETE /frame.jpg"), refused(405));
  EXPECT_THAT(Answer("GET /nothing"), refused(404));
  for (const char* path : {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd",
                           "/overlay/../../etc/passwd"}) {
    EXPECT_THAT(Answer(std::string("GET ") + path), AllOf(refused(404), Not(HasSubstr("root:"))));
  }
  EXPECT_THAT(Answer("GET /", "evil.org"), refused(421));
  EXPECT_THAT(Answer("GET /events", "evil.org:" + std::to_string(port_)), refused(421));
  EXPECT_THAT(Answer("GET /" + std::string(1000, 'x')), refused(414));
  EXPECT_THAT(Answer("GET /" + std::string(20000, 'x')), Not(refused(200)));
  EXPECT_THAT(Answer("nonsense"), refused(400));
  EXPECT_THAT(Answer("GET /"), refused(200)) << "after all that";
}

TEST_F(LiveServerTest, LimitsThoseThatStream) {
  server_->Offer(FrameOf({}, 0));
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 16; ++i) {
    clients.push_back(std::make_unique<Client>(port_));
    clients.back()->Say(Request("GET /events"));
    clients.back()->HearUntil("\"frame\":0");
  }
  EXPECT_THAT(Answer("GET /events"), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(Answer("GET /"), StartsWith("HTTP/1.1 200"));
}

TEST_F(LiveServerTest, OutlivesClientsThatStallAndVanish) {
  server_->Offer(FrameOf({}, 0));
  {
    std::vector<std::unique_ptr<Client>> stalled;
    for (int i = 0; i < 200; ++i) {
      stalled.push_back(std::make_unique<Client>(port_));
      if (i % 2 == 0) stalled.back()->Say("GET / HT");
      if (i % 5 == 0) stalled.back()->Say("TP/1.1\r\nHost: ");
    }
    EXPECT_THAT(Answer("GET /"), StartsWith("HTTP/1.1 200")) << "stalled clients make room";
  }
  EXPECT_THAT(Answer("GET /"), StartsWith("HTTP/1.1 200"));
}

TEST_F(LiveServerTest, ReadsNoMoreThanARequestMayHave) {
  Client client(port_);
  client.Say("GET / HTTP/1.1\r\n");
  const std::string header = "a: " + std::string(4000, 'x') + "\r\n";
  for (int i = 0; i < 3; ++i) client.Say(header);
  EXPECT_THAT(client.HearUntil("\r\n"), AnyOf(StartsWith("HTTP/1.1 431"), Eq("")));
  // One byte after the other, which never ends.
  Client slow(port_);
  for (int i = 0; i < 25; ++i) {
    slow.Say("G");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(slow.HearUntil("anything"), "");
}

TEST_F(LiveServerTest, ASlowClientCostsOnlyItself) {
  server_->Offer(FrameOf({}, 0));
  Client slow(port_), quick(port_);
  slow.Say(Request("GET /stream.mjpg"));  // and takes nothing
  quick.Say(Request("GET /events"));
  quick.HearUntil("\"frame\":0");
  for (int i = 1; i <= 40; ++i) {
    server_->Offer(FrameOf({}, i));
    EXPECT_THAT(quick.HearUntil("\"frame\":" + std::to_string(i) + ","), HasSubstr("}"));
  }
}

TEST_F(LiveServerTest, DropsAClientWhosePictureFails) {
  auto picture = std::make_shared<Frame>();  // an empty one
  server_->Offer(MakeStreamFrame(picture, {}, Ibug68(), "clip.mp4"));
  EXPECT_EQ(Answer("GET /frame.jpg"), "");
  EXPECT_THAT(Answer("GET /"), StartsWith("HTTP/1.1 200"));
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

TEST_F(LiveServerTest, WaitsWhileTooManyFilesAreOpen) {
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  const int next = dup(STDOUT_FILENO);
  close(next);
  const rlimit one_more{static_cast<rlim_t>(next) + 1, limit.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &one_more), 0);
  Client client(port_);
  client.Say(Request("GET /"));
  const double before = CpuSeconds();
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_LT(CpuSeconds() - before, 0.25) << "a busy loop";
  EXPECT_THAT(MessageOf([this] {
                LiveServer({"127.0.0.1", port_});
              }),
              HasSubstr("Too many open files"));
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  EXPECT_THAT(client.HearUntil("OK"), StartsWith("HTTP/1.1 200"));
}

TEST_F(LiveServerTest, SaysThatAPortIsInUse) {
  EXPECT_THAT(MessageOf([this] {
                LiveServer({"127.0.0.1", port_});
              }),
              HasSubstr("cannot listen there"));
}

TEST(LiveServer, PrintsATokenForOtherMachines) {
  const int port = FreePort();
  const LiveServer server({"0.0.0.0", port});
  const std::string address = server.Address();
  EXPECT_THAT(address, StartsWith("http://" + MachineName() + ":"));
  EXPECT_THAT(address, HasSubstr("/?token="));
  const auto answer = [&](const std::string& target) {
    Client client(port);
    client.Say("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
               "\r\nConnection: close\r\n\r\n");
    return client.HearUntil("nothing that ever comes");
  };
  EXPECT_THAT(answer("/"), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(answer("/?token=0123456789abcdef0123456789abcdef"), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(answer(address.substr(address.rfind('/'))), StartsWith("HTTP/1.1 200"));
}

}  // namespace
}  // namespace nosetip
