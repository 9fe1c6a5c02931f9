#include "tests/unit/tracker/sources/clip_files.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <opencv2/videoio.hpp>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr int kFirstLevel = 20;
constexpr int kLevelStep = 5;
// FFmpeg's conversions to and from H.264's colors darken a gray by up to three levels.
constexpr double kDarkening = 3.9;

uint32_t NumberAt(const std::string& bytes, size_t at) {
  uint32_t value = 0;
  for (size_t i = at; i < at + 4; ++i) value = value << 8U | static_cast<uint8_t>(bytes.at(i));
  return value;
}

void PutNumber(std::string& bytes, size_t at, uint32_t value) {
  for (size_t i = 0; i < 4; ++i) bytes.at(at + i) = static_cast<char>(value >> (24U - 8U * i));
}

std::string Number(uint32_t value) {
  std::string bytes(4, '\0');
  PutNumber(bytes, 0, value);
  return bytes;
}

int FourCc(VideoCodec codec) {
  switch (codec) {
    case VideoCodec::kH264:
      return cv::VideoWriter::fourcc('a', 'v', 'c', '1');
    case VideoCodec::kMpeg4:
      return cv::VideoWriter::fourcc('m', 'p', '4', 'v');
    case VideoCodec::kMotionJpeg:
      return cv::VideoWriter::fourcc('M', 'J', 'P', 'G');
  }
  throw std::logic_error("an unknown codec");
}

// Where the box of this type starts that follows `from`.
size_t FindBox(const std::string& bytes, const char* type, size_t from = 0) {
  const size_t at = bytes.find(type, from + 4);
  Check(at != std::string::npos, std::string("the MP4 has a box ") + type);
  return at - 4;
}

}  // namespace

Image ClipFrame(const ClipOptions& options, int i) {
  Image image(options.width_px, options.height_px);
  std::fill(image.rgb.begin(), image.rgb.end(), static_cast<uint8_t>(kFirstLevel + kLevelStep * i));
  return image;
}

int ClipFrameIndex(const Image& image) {
  double sum = 0.0;
  for (const uint8_t value : image.rgb) sum += value;
  const double level = sum / static_cast<double>(image.rgb.size());
  return static_cast<int>(std::floor((level - kFirstLevel + kDarkening) / kLevelStep));
}

std::string WriteClip(const fs::path& stem, const ClipOptions& options) {
  const bool motion_jpeg = options.codec == VideoCodec::kMotionJpeg;
  const std::string path = fs::path(stem).replace_extension(motion_jpeg ? ".avi" : ".mp4").string();
  // OpenCV's encoders want even sides.
  const ClipOptions even = {.width_px = options.width_px + options.width_px % 2,
                            .height_px = options.height_px + options.height_px % 2};
  QuietOpenCv();
  cv::VideoWriter writer(path, cv::CAP_FFMPEG, FourCc(options.codec), options.frame_rate_hz,
                         {even.width_px, even.height_px});
  Check(writer.isOpened(), "OpenCV writes clips");
  for (int i = 0; i < options.frames; ++i) writer.write(BgrFromImage(ClipFrame(even, i)));
  writer.release();
  return path;
}

void MakeRateVary(const std::string& mp4_path) {
  std::string bytes = ReadText(mp4_path);
  const size_t moov = FindBox(bytes, "moov");
  Check(moov > FindBox(bytes, "mdat"), "the index behind the pictures, so that it may grow");
  const size_t stts = FindBox(bytes, "stts", moov);
  Check(NumberAt(bytes, stts + 12) == 1, "one duration for all frames");
  const uint32_t frames = NumberAt(bytes, stts + 16);
  const uint32_t duration = NumberAt(bytes, stts + 20);
  std::string table = Number(frames);
  for (uint32_t i = 0; i < frames; ++i) {
    table += Number(1) + Number(i % 2 == 0 ? duration / 2 : duration + duration / 2);
  }
  const auto growth = static_cast<uint32_t>(table.size() - 12);
  for (const char* type : {"moov", "trak", "mdia", "minf", "stbl", "stts"}) {
    const size_t box = FindBox(bytes, type, moov - 4);
    PutNumber(bytes, box, NumberAt(bytes, box) + growth);
  }
  bytes.replace(stts + 12, 12, table);
  WriteText(mp4_path, bytes);
}

void MoveIndexToFront(const std::string& mp4_path) {
  std::string bytes = ReadText(mp4_path);
  const size_t ftyp = FindBox(bytes, "ftyp");
  const size_t moov = FindBox(bytes, "moov");
  const size_t start = ftyp + NumberAt(bytes, ftyp);
  std::string index = bytes.substr(moov, NumberAt(bytes, moov));
  const size_t stco = FindBox(index, "stco");
  for (uint32_t i = 0; i < NumberAt(index, stco + 12); ++i) {
    const size_t at = stco + 16 + 4 * i;
    PutNumber(index, at, NumberAt(index, at) + static_cast<uint32_t>(index.size()));
  }
  bytes.erase(moov, index.size());
  bytes.insert(start, index);
  WriteText(mp4_path, bytes);
}

void Truncate(const std::string& path, double kept_fraction) {
  const auto size = static_cast<double>(fs::file_size(path));
  fs::resize_file(path, static_cast<uintmax_t>(kept_fraction * size));
}

void Zero(const std::string& path, double from, double to) {
  std::string bytes = ReadText(path);
  const auto size = static_cast<double>(bytes.size());
  const auto begin = static_cast<size_t>(from * size);
  const auto length = static_cast<size_t>(to * size) - begin;
  bytes.replace(begin, length, length, '\0');
  WriteText(path, bytes);
}

DecodedClip Decode(FrameSource& source) {
  DecodedClip clip;
  try {
    while (const FramePtr frame = source.Next()) {
      clip.indexes.push_back(ClipFrameIndex(frame->image));
      clip.ids.push_back(frame->id);
      clip.pts_s.push_back(frame->pts_s);
    }
  } catch (const Error& error) {
    clip.error = error.what();
  }
  return clip;
}

std::string OpeningError(const std::string& source) {
  return MessageOf([&] { OpenFrameSource(source); });
}

}  // namespace nosetip
