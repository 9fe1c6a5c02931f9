#include "tracker/stream/udp_sender.h"

#include <array>
#include <atomic>
#include <future>
#include <mutex>
#include <vector>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/tracker/stream/stream_fixture.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// A port of this machine that receives datagrams.
class Receiver {
 public:
  Receiver() : socket_(socket(AF_INET, SOCK_DGRAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~Receiver() { close(socket_); }
  int port() const { return port_; }

  // All that has come.
  std::vector<std::string> Datagrams() const {
    std::vector<std::string> datagrams;
    std::array<char, 100> bytes{};
    while (true) {
      const ssize_t size = recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
      if (size < 0) return datagrams;
      datagrams.emplace_back(bytes.data(), static_cast<size_t>(size));
    }
  }

 private:
  int socket_;
  int port_ = 0;
};

class UdpSenderTest : public ::testing::Test {
 protected:
  UdpSenderOptions To(const std::string& host, int port) {
    return {"--osc",
            {host, port},
            [](const StreamFrame& frame) { return std::to_string(frame.frame_id); },
            [this](const std::string& problem) {
              const std::lock_guard lock(mutex_);
              problems_.push_back(problem);
            }};
  }

  std::mutex mutex_;
  std::vector<std::string> problems_;
};

TEST_F(UdpSenderTest, KeepsTheNewestOfFramesThatComeTooFast) {
  const Receiver receiver;
  UdpSenderOptions options = To("localhost", receiver.port());
  options.endpoint.host = "127.0.0.1";
  std::promise<void> begun, go_on;
  options.encode = [&](const StreamFrame& frame) {
    if (frame.frame_id == 0) {
      begun.set_value();
      go_on.get_future().wait();
    }
    return std::to_string(frame.frame_id);
  };
  UdpSender sender(options);
  sender.Offer(FrameOf({}, 0));
  begun.get_future().wait();
  for (int i = 1; i <= 5; ++i) sender.Offer(FrameOf({}, i));
  go_on.set_value();
  EXPECT_THAT(sender.Finish(), EndsWith(": 2 frames sent, 4 dropped"));
  EXPECT_THAT(receiver.Datagrams(), ElementsAre("0", "5"));
  EXPECT_THAT(problems_, SizeIs(0));
}

TEST_F(UdpSenderTest, SendsNothingForAnEmptyDatagram) {
  const Receiver receiver;
  UdpSenderOptions options = To("127.0.0.1", receiver.port());
  options.encode = [](const StreamFrame&) { return std::string(); };
  UdpSender sender(options);
  sender.Offer(FrameOf({}));
  EXPECT_THAT(sender.Finish(), EndsWith(": 0 frames sent, 0 dropped"));
  EXPECT_THAT(receiver.Datagrams(), SizeIs(0));
}

// The frames go out one by one, so that each meets the answer to the one before.
TEST_F(UdpSenderTest, SaysOnceThatNothingReceives) {
  int port = 0;
  {
    const Receiver gone;
    port = gone.port();
  }
  UdpSenderOptions options = To("127.0.0.1", port);
  std::atomic<int> encoded = 0;
  options.encode = [&](const StreamFrame&) {
    ++encoded;
    return std::string("x");
  };
  UdpSender sender(options);
  for (int i = 0; i < 6; ++i) {
    sender.Offer(FrameOf({}, i));
    while (encoded <= i) std::this_thread::yield();
  }
  EXPECT_THAT(sender.Finish(), HasSubstr("dropped"));
  ASSERT_THAT(problems_, SizeIs(1));
  EXPECT_EQ(problems_[0],
            "--osc 127.0.0.1:" + std::to_string(port) + ": Connection refused; tracking continues");
}

TEST_F(UdpSenderTest, SaysOnceEachOfProblemsThatAlternate) {
  const Receiver receiver;
  UdpSenderOptions options = To("127.0.0.1", receiver.port());
  std::atomic<int> encoded = 0;
  options.encode = [&](const StreamFrame& frame) -> std::string {
    ++encoded;
    throw Error(frame.frame_id % 2 == 0 ? "too hot" : "too cold");
  };
  UdpSender sender(options);
  for (int i = 0; i < 6; ++i) {
    sender.Offer(FrameOf({}, i));
    while (encoded <= i) std::this_thread::yield();
  }
  sender.Finish();
  EXPECT_THAT(problems_, ElementsAre(HasSubstr("too hot"), HasSubstr("too cold")));
}

TEST_F(UdpSenderTest, SaysOnceThatANameIsNotKnown) {
  UdpSender sender(To("nosetip.invalid", 9));
  for (int i = 0; i < 3; ++i) sender.Offer(FrameOf({}, i));
  EXPECT_THAT(sender.Finish(), HasSubstr(": 0 frames sent, 3 dropped"));
  ASSERT_THAT(problems_, SizeIs(1));
  EXPECT_THAT(problems_[0], HasSubstr("cannot resolve nosetip.invalid"));
}

}  // namespace
}  // namespace nosetip
