#include "tracker/core/readable_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

// A pipe that nobody writes to would be waited for.
TEST(ReadableFile, RefusesPipesSocketsAndDevicesAtOnce) {
  const TempFolder folder;
  const std::string pipe = (folder / "pipe").string();
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string socket_path = (folder / "socket").string();
  socket_path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  for (const std::string& path : {pipe, socket_path, std::string("/dev/zero")}) {
    EXPECT_THAT(MessageOf([&] { CheckReadableFile(path); }),
                AllOf(HasSubstr(path), HasSubstr("not a regular file")));
    EXPECT_THAT(MessageOf([&] { ReadWholeFile(path); }), HasSubstr("not a regular file"));
  }
  close(fd);
}

TEST(ReadableFile, SaysWhyAFileCannotBeRead) {
  const TempFolder folder;
  WriteText(folder / "empty", "");
  fs::create_symlink(folder / "loop", folder / "loop");
  const auto message = [&](const char* name) {
    return MessageOf([&] { ReadWholeFile((folder / name).string()); });
  };
  EXPECT_THAT(message("missing"), HasSubstr("does not exist"));
  EXPECT_THAT(message("empty/below"), HasSubstr("does not exist"));
  EXPECT_THAT(message(""), HasSubstr("is a folder"));
  EXPECT_THAT(message("empty"), HasSubstr("is empty"));
  EXPECT_THAT(message("loop"), HasSubstr("symbolic links"));
}

TEST(ReadableFile, ReadsEveryByte) {
  const TempFolder folder;
  const std::string path = (folder / "file").string();
  WriteText(path, std::string("a\0\xFF\n", 4));
  EXPECT_EQ(ReadWholeFile(path), (std::vector<uint8_t>{'a', 0, 0xFF, '\n'}));
}

}  // namespace
}  // namespace nosetip
