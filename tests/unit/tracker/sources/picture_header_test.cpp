#include "tracker/sources/picture_header.h"

#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

namespace nosetip {
namespace {

std::optional<SizePx> SizeOf(const std::string& bytes) {
  std::istringstream file(bytes);
  return PictureSizeInHeader(file);
}

// As OpenCV writes it; empty where this build cannot.
std::string Encoded(const std::string& extension, const std::vector<int>& options = {}) {
  cv::Mat picture(37, 51, extension == ".hdr" ? CV_32FC3 : CV_8UC3);
  cv::randu(picture, 0, extension == ".hdr" ? 1 : 256);
  std::vector<uint8_t> bytes;
  try {
    if (!cv::imencode(extension, picture, bytes, options)) return "";
  } catch (const cv::Exception&) {
    return "";
  }
  return {bytes.begin(), bytes.end()};
}

TEST(PictureSizeInHeader, AgreesWithWhatIsWritten) {
  int formats = 0;
  for (const char* extension : {".jpg", ".png", ".bmp", ".ppm", ".pam", ".webp", ".tiff", ".jp2",
                                ".hdr", ".ras", ".avif"}) {
    const std::string bytes = Encoded(extension);
    if (bytes.empty()) continue;
    EXPECT_EQ(SizeOf(bytes), (SizePx{51, 37})) << extension;
    ++formats;
  }
  EXPECT_GE(formats, 9);
  EXPECT_EQ(SizeOf(Encoded(".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1})), (SizePx{51, 37}));
  EXPECT_EQ(SizeOf(Encoded(".webp", {cv::IMWRITE_WEBP_QUALITY, 101})), (SizePx{51, 37}));
}

TEST(PictureSizeInHeader, SkipsTheCommentsOfPnm) {
  EXPECT_EQ(SizeOf("P5\n# 1 2 3\n640 # four\n480\n255\n"), (SizePx{640, 480}));
  EXPECT_EQ(SizeOf("P4 7 9 "), (SizePx{7, 9}));
}

TEST(PictureSizeInHeader, LimitsWhatIsClaimed) {
  EXPECT_EQ(SizeOf("P6 99999999999999999999 3 255 "), (SizePx{kLargestWhole, 3}));
  EXPECT_EQ(SizeOf(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xFF\xFF\xFF\xFF\0\0\0\1", 24)),
            (SizePx{kLargestWhole, 1}));
}

TEST(PictureSizeInHeader, SaysNothingOfWhatItDoesNotKnow) {
  for (const char* text : {"", "P", "GIF89a", "RIFF", "RIFFxxxx", "II*", "no picture at all"}) {
    EXPECT_EQ(SizeOf(text), std::nullopt) << text;
  }
}

TEST(PictureSizeInHeader, EndsWithEveryCutAndFlippedByte) {
  for (const char* extension : {".jpg", ".png", ".bmp", ".ppm", ".webp", ".tiff", ".jp2"}) {
    const std::string whole = Encoded(extension);
    for (size_t i = 0; i < std::min<size_t>(whole.size(), 400); ++i) {
      SizeOf(whole.substr(0, i));
      std::string flipped = whole;
      flipped[i] = static_cast<char>(~flipped[i]);
      SizeOf(flipped);
    }
  }
}

}  // namespace
}  // namespace nosetip
