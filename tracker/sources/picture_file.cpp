#include "tracker/sources/picture_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>

#include <fmt/core.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/core/readable_file.h"
#include "tracker/sources/file_kinds.h"
#include "tracker/sources/file_numbers.h"
#include "tracker/sources/heif_picture.h"
#include "tracker/sources/picture_format.h"
#include "tracker/sources/picture_header.h"
#include "tracker/sources/pictures.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

bool IsJpeg(std::span<const uint8_t> bytes) {
  return bytes.size() > 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF;
}

// libjpeg fills what is missing with gray and only warns, so a truncated JPEG has to be found here.
// Segments before the first scan are skipped, as an EXIF thumbnail holds an end marker too.
bool JpegReachesItsEnd(std::span<const uint8_t> bytes) {
  size_t at = 2;
  while (at + 4 <= bytes.size()) {
    if (bytes[at] != 0xFF) return true;  // not a marker: let the decoder judge
    const uint8_t marker = bytes[at + 1];
    if (marker == 0xFF) {
      ++at;  // fill byte
      continue;
    }
    const size_t length = 256U * bytes[at + 2] + bytes[at + 3];
    at += 2 + length;
    if (marker == 0xDA) break;  // start of scan
  }
  if (at >= bytes.size()) return false;
  constexpr std::array<uint8_t, 2> kEndOfImage = {0xFF, 0xD9};
  const auto rest = bytes.subspan(at);
  return std::search(rest.begin(), rest.end(), kEndOfImage.begin(), kEndOfImage.end()) !=
         rest.end();
}

bool IsPng(std::span<const uint8_t> bytes) {
  return bytes.size() > 8 && bytes[0] == 0x89 && bytes[1] == 'P' && bytes[2] == 'N' &&
         bytes[3] == 'G';
}

// A decoder may also return a part of a truncated PNG; a whole one always ends with IEND.
bool PngReachesItsEnd(std::span<const uint8_t> bytes) {
  constexpr std::array<uint8_t, 4> kEnd = {'I', 'E', 'N', 'D'};
  return std::search(bytes.begin(), bytes.end(), kEnd.begin(), kEnd.end()) != bytes.end();
}

// OpenCV turns a picture by its EXIF orientation, but up to 4.10 not a WebP.
cv::Mat TurnedUpright(const cv::Mat& stored, int orientation) {
  if (stored.empty()) return stored;
  cv::Mat upright = stored;
  if (orientation >= 5) upright = upright.t();
  if (orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7) {
    cv::flip(upright, upright, 1);
  }
  if (orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8) {
    cv::flip(upright, upright, 0);
  }
  return upright;
}

cv::Mat Decode(const std::string& path, std::span<const uint8_t> bytes, int flags) {
  Check(bytes.size() <= size_t{INT32_MAX}, "bytes that OpenCV can count");
  // Not written to.
  const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8U,
                        const_cast<uint8_t*>(bytes.data()));
  try {
    return WithOpenCv(path, [&] { return cv::imdecode(encoded, flags); });
  } catch (const Error& error) {
    // Of a format whose header is not read here.
    if (std::string_view(error.what()).find("CV_IO_MAX_IMAGE") == std::string_view::npos) throw;
    throw Error(fmt::format(
        "{}: the picture is larger than OpenCV reads; make it smaller (OPENCV_IO_MAX_IMAGE_PIXELS)",
        path));
  }
}

// Upright.
cv::Mat DecodeAny(const std::string& path, std::span<const uint8_t> bytes, int flags) {
  const FileNumbers file(bytes);
  if (IsHeifPicture(file)) {
    return WithOpenCv(path, [&] {
      cv::Mat picture = DecodeHeifPicture(path, bytes);
      if (flags == cv::IMREAD_GRAYSCALE) cv::cvtColor(picture, picture, cv::COLOR_BGR2GRAY);
      return picture;
    });
  }
  const bool webp = IsWebp(file);
  const cv::Mat stored = Decode(path, bytes, webp ? flags | cv::IMREAD_IGNORE_ORIENTATION : flags);
  return webp ? TurnedUpright(stored, OrientationOfWebp(file)) : stored;
}

}  // namespace

void CheckPictureSize(const std::string& path, SizePx size) {
  if (std::max(size.width, size.height) <= kMaxPictureSidePx &&
      size.Area() <= size_t{kMaxPicturePixels}) {
    return;
  }
  throw Error(fmt::format(
      "{}: the picture has {}x{} pixels, but at most {} million and {} per side can be read; make "
      "it smaller",
      path, size.width, size.height, kMaxPicturePixels / 1'000'000, kMaxPictureSidePx));
}

void ThrowDamagedPicture(const std::string& path) {
  throw Error(path + ": the picture is truncated or damaged; copy or download it again");
}

std::vector<uint8_t> ReadPictureBytes(const std::string& path) {
  CheckReadableFile(path);
  if (!IsPictureFile(path)) {
    throw Error(path + " is not a picture that can be read; convert it to PNG or JPEG");
  }
  std::ifstream file(path, std::ios::binary);
  const std::string format = UnsupportedPictureFormat(FileNumbers(file), LowerExtension(path));
  if (!format.empty()) {
    throw Error(fmt::format("{}: {} is not supported; convert it to PNG or JPEG", path, format));
  }
  if (const std::optional<SizePx> claimed = PictureSizeInHeader(file))
    CheckPictureSize(path, *claimed);
  file.clear();
  file.seekg(0, std::ios::end);
  if (file.tellg() > std::streamoff{INT32_MAX}) {
    throw Error(path + ": the file is larger than 2 GB, the limit for pictures; convert it to PNG");
  }
  std::vector<uint8_t> bytes = WithMemoryFor(path, [&] { return ReadWholeFile(path); });
  if ((IsJpeg(bytes) && !JpegReachesItsEnd(bytes)) || (IsPng(bytes) && !PngReachesItsEnd(bytes))) {
    ThrowDamagedPicture(path);
  }
  return bytes;
}

cv::Mat DecodePicture(const std::string& path, std::span<const uint8_t> bytes, int flags) {
  cv::Mat picture = WithMemoryFor(path, [&] { return DecodeAny(path, bytes, flags); });
  if (picture.empty()) ThrowDamagedPicture(path);
  CheckPictureSize(path, {picture.cols, picture.rows});
  return picture;
}

cv::Mat DecodePictureFile(const std::string& path, int flags) {
  return DecodePicture(path, ReadPictureBytes(path), flags);
}

}  // namespace nosetip
