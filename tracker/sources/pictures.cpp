#include "tracker/sources/pictures.h"

#include <filesystem>
#include <fstream>
#include <span>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <opencv2/imgcodecs.hpp>

#include "tracker/core/atomic_file.h"
#include "tracker/core/error.h"
#include "tracker/sources/file_kinds.h"
#include "tracker/sources/file_numbers.h"
#include "tracker/sources/jpeg_damage.h"
#include "tracker/sources/picture_file.h"
#include "tracker/sources/picture_format.h"
#include "tracker/sources/sequence_pattern.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

// Raw motion JPEG begins as a picture does. A name tells it apart, but what follows the first
// picture does not: some cameras append another view or a larger preview.
bool IsNamedMotionJpeg(const std::string& path) {
  const std::string extension = LowerExtension(path);
  return extension == ".mjpeg" || extension == ".mjpg";
}

Image ImageFromBytes(const std::string& path, std::span<const uint8_t> bytes) {
  const cv::Mat picture = DecodePicture(path, bytes, cv::IMREAD_COLOR);
  return WithMemoryFor(path, [&] { return ImageFromBgr(picture); });
}

constexpr double kSequenceRateHz = 25.0;

class PictureSource : public FrameSource {
 public:
  PictureSource(SourceInfo info, std::vector<std::string> paths)
      : info_(std::move(info)), paths_(std::move(paths)), first_(Read(paths_.front())) {
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
    frame->is_picture = info_.kind == SourceKind::kPicture;
    frame->captured_at = std::chrono::steady_clock::now();
    ++next_;
    return frame;
  }

 private:
  Image Read(const std::string& path) {
    const std::vector<uint8_t> bytes = ReadPictureBytes(path);
    Image image = ImageFromBytes(path, bytes);
    if (IsDamagedJpeg(bytes)) NoteDamage(path);
    return image;
  }

  void NoteDamage(const std::string& path) {
    if (++damaged_ == 1) first_damaged_ = std::filesystem::path(path).filename().string();
    const std::string others = damaged_ > 1 ? fmt::format(" and {} more", damaged_ - 1) : "";
    info_.note = fmt::format("damaged: {}{} with missing pixels, which are filled in; copy again",
                             first_damaged_, others);
  }

  Image ReadNext() {
    Image image = Read(paths_[next_]);
    if (image.width_px != info_.width_px || image.height_px != info_.height_px) {
      throw Error(fmt::format(
          "{} has {}x{} pixels, but the sequence began with {}x{}; give pictures of different "
          "sizes as a folder",
          paths_[next_], image.width_px, image.height_px, info_.width_px, info_.height_px));
    }
    return image;
  }

  SourceInfo info_;
  std::vector<std::string> paths_;
  int64_t damaged_ = 0;
  std::string first_damaged_;
  Image first_;
  size_t next_ = 0;
};

}  // namespace

bool IsPictureFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  const FileNumbers file(stream);
  if (IsNamedMotionJpeg(path) || file.Bytes(0, 4) == "GIF8") return false;
  if (IsHeifPicture(file) || !UnsupportedPictureFormat(file, LowerExtension(path)).empty()) {
    return true;
  }
  // Some builds of OpenCV take the first picture of a moving AVIF.
  return !IsMp4Family(file) && WithOpenCv(path, [&] { return cv::haveImageReader(path); });
}

bool IsReadablePicture(const std::string& path) {
  if (!IsPictureFile(path)) return false;
  std::ifstream stream(path, std::ios::binary);
  return UnsupportedPictureFormat(FileNumbers(stream), LowerExtension(path)).empty();
}

Image ReadPicture(const std::string& path) { return ImageFromBytes(path, ReadPictureBytes(path)); }

void WritePicture(const std::string& path, const Image& image) {
  Check(!image.Empty(), "a picture to write");
  const std::string extension = LowerExtension(path);
  if (extension != ".png" && extension != ".jpg" && extension != ".jpeg") {
    throw Error(path +
                ": pictures are written as .png or .jpg; give the name one of these extensions");
  }
  std::vector<uint8_t> bytes;
  WithOpenCv(path, [&] {
    return cv::imencode(extension, BgrFromImage(image), bytes, {cv::IMWRITE_JPEG_QUALITY, 92});
  });
  AtomicFile file(path);
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
