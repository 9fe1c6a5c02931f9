#include "tracker/cli/stdout_rows.h"

#include <array>
#include <string>

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
    return {form, {.point_count = 1}, [this] { ++closed_; }};
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
