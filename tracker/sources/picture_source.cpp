#include "tracker/sources/picture_source.h"

#include <utility>
#include <vector>

#include "tracker/sources/pictures.h"
#include "tracker/sources/sequence_pattern.h"

namespace nosetip {
namespace {

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
      throw Error(paths_[next_] + ": is " + std::to_string(image.width_px) + "x" +
                  std::to_string(image.height_px) + ", but the sequence began with " +
                  std::to_string(info_.width_px) + "x" + std::to_string(info_.height_px) +
                  "; give pictures of different sizes as a folder");
    }
    return image;
  }

  SourceInfo info_;
  std::vector<std::string> paths_;
  Image first_;
  size_t next_ = 0;
};

}  // namespace

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
