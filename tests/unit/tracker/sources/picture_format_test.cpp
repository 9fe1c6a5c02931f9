#include "tracker/sources/picture_format.h"

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

using namespace std::string_literals;

std::string FormatOf(const std::string& bytes, const std::string& extension = "") {
  std::istringstream file(bytes);
  return UnsupportedPictureFormat(FileNumbers(file), extension);
}

std::string Little(uint32_t value, size_t count) {
  std::string bytes;
  for (size_t i = 0; i < count; ++i) bytes += static_cast<char>(value >> 8 * i);
  return bytes;
}

// A TIFF's header with these tags, each a short.
std::string Tiff(const std::vector<std::pair<uint32_t, uint32_t>>& tags) {
  std::string bytes = "II*\0"s + Little(8, 4) + Little(static_cast<uint32_t>(tags.size()), 2);
  for (const auto& [tag, value] : tags) {
    bytes += Little(tag, 2) + Little(3, 2) + Little(1, 4) + Little(value, 4);
  }
  return bytes + Little(0, 4);
}

std::string Jpeg(char start_of_frame, char bits) {
  return "\xFF\xD8\xFF\xE0\0\4ab\xFF"s + start_of_frame + "\0\x0B"s + bits + "\0\1\0\1\1\1\x11\0"s;
}

std::string Jpeg2000(const std::string& components) {
  return "\xFF\x4F\xFF\x51"s + std::string(36, '\0') +
         std::string{'\0', static_cast<char>(components.size() / 3)} + components;
}

TEST(UnsupportedPictureFormat, NamesWhatNoDecoderReads) {
  EXPECT_EQ(FormatOf("RIFF....WEBPVP8X\12\0\0\0\2\0\0\0"s), "animated WebP");
  EXPECT_EQ(FormatOf(Tiff({{0x102, 32}, {0x153, 3}})), "32-bit float TIFF");
  EXPECT_EQ(FormatOf(Tiff({{0x102, 32}, {0x153, 1}})), "32-bit TIFF");
  EXPECT_EQ(FormatOf(Jpeg('\xC3', 8)), "lossless JPEG");
  EXPECT_EQ(FormatOf(Jpeg('\xF7', 8)), "JPEG-LS");
  EXPECT_EQ(FormatOf(Jpeg('\xC1', 12)), "12-bit JPEG");
  EXPECT_EQ(FormatOf(Jpeg2000("\7\1\1\7\2\2\7\2\2")), "JPEG 2000 with subsampled colors");
  EXPECT_EQ(FormatOf(Jpeg2000("\7\1\1\7\1\1\7\1\1\7\1\1\7\1\1")), "JPEG 2000 with 5 components");
}

TEST(UnsupportedPictureFormat, KnowsCameraRawByContentOrName) {
  for (const std::string& bytes :
       {"FUJIFILMCCD-RAW 0201"s, "IIRO\10\0\0\0"s, "IIU\0\30\0\0\0"s, "\0\0\0\30ftypcrx "s,
        Tiff({{0x106, 32803}}), Tiff({{0x102, 8}, {0xC612, 1}})}) {
    EXPECT_EQ(FormatOf(bytes), "camera RAW") << bytes;
  }
  EXPECT_EQ(FormatOf(Tiff({{0x102, 8}}), ".nef"), "camera RAW");
}

TEST(UnsupportedPictureFormat, IsEmptyForTheOthers) {
  for (const std::string& bytes :
       {""s, "II"s, "II*\0"s, "text"s, "RIFF....WEBPVP8X\12\0\0\0\x10\0\0\0"s, "RIFF....WEBPVP8 "s,
        Tiff({{0x102, 8}, {0x106, 2}}), Tiff({{0x102, 16}}), Jpeg('\xC0', 8), Jpeg('\xC2', 8),
        "\xFF\xD8"s, Jpeg2000("\7\1\1\7\1\1\7\1\1"), "\0\0\0\30ftypheic"s}) {
    EXPECT_EQ(FormatOf(bytes), "") << bytes;
  }
}

TEST(IsHeifPicture, LeavesMovingOnesToFfmpeg) {
  const auto is_picture = [](const std::string& brand) {
    std::istringstream file("\0\0\0\30ftyp"s + brand);
    return IsHeifPicture(FileNumbers(file));
  };
  for (const char* brand : {"heic", "heix", "mif1", "avif"}) EXPECT_TRUE(is_picture(brand));
  for (const char* brand : {"msf1", "hevc", "avis", "isom", "mp42", "qt  ", "crx "}) {
    EXPECT_FALSE(is_picture(brand)) << brand;
  }
}

}  // namespace
}  // namespace nosetip
