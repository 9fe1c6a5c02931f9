#include "tracker/sources/picture_file.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <sys/resource.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Lets this process have so much more memory than it has.
class MemoryLimit {
 public:
  explicit MemoryLimit(rlim_t more_bytes) {
    getrlimit(RLIMIT_AS, &before_);
    rlim_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    const rlimit limit = {pages * 4096 + more_bytes, before_.rlim_max};
    setrlimit(RLIMIT_AS, &limit);
  }
  ~MemoryLimit() { setrlimit(RLIMIT_AS, &before_); }
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;

 private:
  rlimit before_{};
};

class DecodePictureFileTest : public ::testing::Test {
 protected:
  static std::string Number(uint32_t value) {
    return {static_cast<char>(value >> 24U), static_cast<char>(value >> 16U),
            static_cast<char>(value >> 8U), static_cast<char>(value)};
  }
  std::string Written(const char* name, const std::string& bytes) const {
    WriteText(folder_ / name, bytes);
    return (folder_ / name).string();
  }
  // What reading it says, with little memory.
  static std::string Message(const std::string& path) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    const MemoryLimit limit(rlim_t{100} << 20U);
#endif
    return MessageOf([&] { DecodePictureFile(path, cv::IMREAD_COLOR); });
  }

  const TempFolder folder_;
};

TEST_F(DecodePictureFileTest, RefusesHugePicturesByTheirHeaders) {
  const std::string png =
      Written("huge.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + Number(60000) +
                              Number(60000) + std::string("\x08\2\0\0\0", 5));
  EXPECT_THAT(Message(png), AllOf(HasSubstr(png), HasSubstr("60000x60000"),
                                  HasSubstr("200 million"), HasSubstr("make it smaller")));

  const std::string pgm = Written("sparse.pgm", "P5\n32000 32000\n255\n");
  fs::resize_file(pgm, 1'024'000'020);
  EXPECT_THAT(Message(pgm), AllOf(HasSubstr(pgm), HasSubstr("32000x32000")));

  std::vector<uint8_t> bytes;
  cv::imencode(".jpg", cv::Mat::zeros(64, 64, CV_8UC3), bytes);
  std::string jpeg(bytes.begin(), bytes.end());
  jpeg.replace(jpeg.find("\xFF\xC0") + 5, 4, Number(32000U << 16U | 32000U));
  EXPECT_THAT(Message(Written("huge.jpg", jpeg)), HasSubstr("32000x32000"));
}

TEST_F(DecodePictureFileTest, RefusesASideThatDrawingCannotReach) {
  const std::string path = (folder_ / "wide.png").string();
  cv::imwrite(path, cv::Mat::zeros(4, 32768, CV_8UC3));
  EXPECT_THAT(Message(path), AllOf(HasSubstr(path), HasSubstr("32768x4"), HasSubstr("32767")));
  cv::imwrite(path, cv::Mat::zeros(4, 32767, CV_8UC3));
  EXPECT_EQ(Message(path), "no error");
}

TEST_F(DecodePictureFileTest, NamesAPictureThatThereIsNoMemoryFor) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizers' own memory leaves no room for a limit";
#endif
  const std::string path = Written("large.pgm", "P5\n14000 14000\n255\n");
  fs::resize_file(path, 196'000'019);
  EXPECT_THAT(Message(path),
              AllOf(HasSubstr(path), testing::AnyOf(HasSubstr("memory"), HasSubstr("allocate"))));
}

}  // namespace
}  // namespace nosetip
