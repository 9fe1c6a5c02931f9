#include "tracker/sources/jpeg_damage.h"

#include <vector>

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

namespace nosetip {
namespace {

std::vector<uint8_t> Jpeg(const std::vector<int>& options = {}) {
  cv::Mat picture(240, 320, CV_8UC3);
  cv::randu(picture, 0, 256);
  std::vector<uint8_t> bytes;
  cv::imencode(".jpg", picture, bytes, options);
  return bytes;
}

// The first third, with an end marker.
std::vector<uint8_t> Cut(std::vector<uint8_t> bytes) {
  bytes.resize(bytes.size() / 3);
  bytes.insert(bytes.end(), {0xFF, 0xD9});
  return bytes;
}

TEST(IsDamagedJpeg, FindsAPictureThatWasCutAndGotAnEndMarker) {
  for (const auto& options : {std::vector<int>{},
                              {cv::IMWRITE_JPEG_PROGRESSIVE, 1},
                              {cv::IMWRITE_JPEG_RST_INTERVAL, 4}}) {
    EXPECT_FALSE(IsDamagedJpeg(Jpeg(options)));
    EXPECT_TRUE(IsDamagedJpeg(Cut(Jpeg(options))));
  }
}

TEST(IsDamagedJpeg, FindsAPartThatIsMissing) {
  std::vector<uint8_t> bytes = Jpeg({cv::IMWRITE_JPEG_RST_INTERVAL, 4});
  const auto middle = bytes.begin() + static_cast<ptrdiff_t>(bytes.size() / 2);
  bytes.erase(middle, middle + 9000);
  EXPECT_TRUE(IsDamagedJpeg(bytes));
}

// As many cameras write.
TEST(IsDamagedJpeg, AllowsExtraBytesBeforeTheEnd) {
  std::vector<uint8_t> bytes = Jpeg();
  bytes.insert(bytes.end() - 2, {0, 0, 0, 0});
  EXPECT_FALSE(IsDamagedJpeg(bytes));
}

TEST(IsDamagedJpeg, LeavesWhatIsNoJpegToTheDecoder) {
  EXPECT_FALSE(IsDamagedJpeg({}));
  for (const std::vector<uint8_t>& bytes :
       {std::vector<uint8_t>{0xFF, 0xD8}, {0xFF, 0xD8, 0xFF, 0xE0, 0, 3}, {'P', 'N', 'G'}}) {
    EXPECT_FALSE(IsDamagedJpeg(bytes));
  }
}

}  // namespace
}  // namespace nosetip
