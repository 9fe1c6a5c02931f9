#include "tracker/cli/stdout_rows.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <stop_token>
#include <string>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// Standard output is `file` while this lives.
class StdoutTo {
 public:
  explicit StdoutTo(int file) : before_(dup(STDOUT_FILENO)) { dup2(file, STDOUT_FILENO); }
  ~StdoutTo() {
    dup2(before_, STDOUT_FILENO);
    close(before_);
  }

 private:
  int before_;
};

class StdoutRowsTest : public ::testing::Test {
 protected:
  StdoutRowsTest() { EXPECT_EQ(pipe(ends_.data()), 0); }
  ~StdoutRowsTest() override {
    CloseReader();
    close(ends_[1]);
  }
  void CloseReader() {
    if (ends_[0] >= 0) close(ends_[0]);
    ends_[0] = -1;
  }
  StdoutRows Rows(StdoutRows::Form form) {
    return {form, {.point_count = 1}, [this] { ++closed_; }, stop_.get_token()};
  }
  void Write(StdoutRows& rows, int64_t frame) {
    const StdoutTo pipe(ends_[1]);
    TrackResult result;
    result.frame_id = frame;
    rows.Write(result, "a.mp4", std::nullopt);
  }
  // What can be read now.
  std::string Read() {
    std::array<char, 4096> text{};
    const ssize_t size = read(ends_[0], text.data(), text.size());
    return {text.data(), size > 0 ? static_cast<size_t>(size) : 0};
  }

  std::array<int, 2> ends_{-1, -1};
  int closed_ = 0;
  std::stop_source stop_;
};

TEST_F(StdoutRowsTest, HandsOnEachFrameAtOnce) {
  StdoutRows lines = Rows(StdoutRows::Form::kJsonLines);
  for (const char* frame : {"0", "1"}) {
    Write(lines, frame[0] - '0');
    EXPECT_EQ(Read(), std::string(R"({"file":"a.mp4","frame":)") + frame +
                          ",\"timestamp\":0.0,\"faces\":[]}\n");
  }
  StdoutRows table = Rows(StdoutRows::Form::kCsv);
  Write(table, 0);
  EXPECT_THAT(Read(), AllOf(StartsWith("frame,face_id,"), HasSubstr("\n0,-1,")));
  Write(table, 1);
  EXPECT_THAT(Read(), StartsWith("1,-1,"));
}

TEST_F(StdoutRowsTest, SaysOnceThatTheReaderHasGone) {
  StdoutRows rows = Rows(StdoutRows::Form::kJsonLines);
  Write(rows, 0);
  EXPECT_EQ(closed_, 0);
  CloseReader();
  Write(rows, 1);
  Write(rows, 2);
  EXPECT_EQ(closed_, 1);
}

TEST_F(StdoutRowsTest, AStopEndsTheWaitForAReaderThatStalls) {
  StdoutRows rows = Rows(StdoutRows::Form::kJsonLines);
  const std::jthread user([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop_.request_stop();
  });
  for (int i = 0; i < 10'000; ++i) Write(rows, i);  // more than a pipe holds
  EXPECT_EQ(closed_, 0);
}

TEST_F(StdoutRowsTest, WaitsForAReaderAlsoWhereWritesDoNot) {
  fcntl(ends_[1], F_SETFL, fcntl(ends_[1], F_GETFL) | O_NONBLOCK);
  StdoutRows rows = Rows(StdoutRows::Form::kJsonLines);
  std::string read;
  std::jthread reader([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    while (read.find("\"frame\":4999,") == std::string::npos) read += Read();
  });
  for (int i = 0; i < 5000; ++i) Write(rows, i);
  reader.join();
  EXPECT_EQ(std::ranges::count(read, '\n'), 5000);
}

TEST_F(StdoutRowsTest, NamesAFullDisk) {
  const int full = open("/dev/full", O_WRONLY);
  if (full < 0) GTEST_SKIP() << "no /dev/full here";
  StdoutRows rows = Rows(StdoutRows::Form::kCsv);
  std::string message;
  {
    const StdoutTo disk(full);
    message = MessageOf([&] { rows.Write({}, "a.mp4", std::nullopt); });
  }
  close(full);
  EXPECT_THAT(message, StartsWith("cannot write to standard output: No space left"));
}

}  // namespace
}  // namespace nosetip
