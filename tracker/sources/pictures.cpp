#include "tracker/sources/pictures.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <span>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <opencv2/imgcodecs.hpp>

#include "tracker/core/atomic_file.h"
#include "tracker/core/error.h"
#include "tracker/core/readable_file.h"
#include "tracker/sources/input_list.h"
#include "tracker/sources/sequence_pattern.h"
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

// A decoder may also return a part of a truncated PNG; a whole one always ends with IEND.
bool PngReachesItsEnd(std::span<const uint8_t> bytes) {
  constexpr std::array<uint8_t, 4> kEnd = {'I', 'E', 'N', 'D'};
  return std::search(bytes.begin(), bytes.end(), kEnd.begin(), kEnd.end()) != bytes.end();
}

bool IsPng(std::span<const uint8_t> bytes) {
  return bytes.size() > 8 && bytes[0] == 0x89 && bytes[1] == 'P' && bytes[2] == 'N' &&
         bytes[3] == 'G';
}

bool IsGif(const std::string& path) {
  std::array<char, 4> head{};
  std::ifstream(path, std::ios::binary).read(head.data(), head.size());
  return std::string_view(head.data(), head.size()) == "GIF8";
}

constexpr double kSequenceRateHz = 25.0;

class PictureSource : public FrameSource {
 public:
  PictureSource(SourceInfo info, std::vector<std::string> paths)
      : info_(std::move(info)), paths_(std::move(paths)), first_(ReadPicture(paths_.front())) {
    info_.width_px = first_.width_px;
    info_.height_px = first_.height_px;
    info_.frame_count = static_cast<int64_t>(paths_.size());
  }

  const SourceInfo& info() const override { return info_; }

  FramePtr Next() override {
    if (next_ == paths_.size()) return nullptr;
    auto frame = std::make_shared<Frame>();
    frame->image = next_ == 0 ? std::move(first_) : ReadNext();
    frame->id = static_cast<int64_t>(next_);
    frame->pts_s = static_cast<double>(next_) / kSequenceRateHz;
    frame->captured_at = std::chrono::steady_clock::now();
    ++next_;
    return frame;
  }

 private:
  Image ReadNext() const {
    Image image = ReadPicture(paths_[next_]);
    if (image.width_px != info_.width_px || image.height_px != info_.height_px) {
      throw Error(fmt::format(
          "{} has {}x{} pixels, but the sequence began with {}x{}; give pictures of different "
          "sizes "
          "as a folder",
          paths_[next_], image.width_px, image.height_px, info_.width_px, info_.height_px));
    }
    return image;
  }

  SourceInfo info_;
  std::vector<std::string> paths_;
  Image first_;
  size_t next_ = 0;
};

}  // namespace

bool IsPictureFile(const std::string& path) {
  return WithOpenCv(path, [&] { return cv::haveImageReader(path) && !IsGif(path); });
}

Image ReadPicture(const std::string& path) {
  const std::vector<uint8_t> bytes = ReadWholeFile(path);
  if (!IsPictureFile(path)) {
    throw Error(path + " is not a picture that can be read; convert it to PNG or JPEG");
  }
  const bool truncated =
      (IsJpeg(bytes) && !JpegReachesItsEnd(bytes)) || (IsPng(bytes) && !PngReachesItsEnd(bytes));
  const cv::Mat picture =
      truncated ? cv::Mat()
                : WithOpenCv(path, [&] { return cv::imdecode(bytes, cv::IMREAD_COLOR); });
  if (picture.empty()) {
    throw Error(path + ": the picture is truncated or damaged; copy or download it again");
  }
  return ImageFromBgr(picture);
}

void WritePicture(const std::string& path, const Image& image) {
  Check(!image.Empty(), "a picture to write");
  std::string extension = std::filesystem::path(path).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (extension != ".png" && extension != ".jpg" && extension != ".jpeg") {
    throw Error(path +
                ": pictures are written as .png or .jpg; give the name one of these extensions");
  }
  std::vector<uint8_t> bytes;
  WithOpenCv(path, [&] {
    return cv::imencode(extension, BgrFromImage(image), bytes, {cv::IMWRITE_JPEG_QUALITY, 92});
  });
  AtomicFile file(path, {.part_name = PartName::kHidden, .sync = false});
  file.Write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  file.Commit();
}

std::unique_ptr<FrameSource> OpenPicture(const std::string& path) {
  SourceInfo info;
  info.kind = SourceKind::kPicture;
  info.name = path;
  return std::make_unique<PictureSource>(std::move(info), std::vector<std::string>{path});
}

std::unique_ptr<FrameSource> OpenPictureSequence(const std::string& pattern) {
  SourceInfo info;
  info.kind = SourceKind::kPictureSequence;
  info.name = pattern;
  info.frame_rate_hz = kSequenceRateHz;
  return std::make_unique<PictureSource>(std::move(info), ListSequence(pattern));
}

}  // namespace nosetip
