#include "training/detector/scenes/detector_teacher.h"

#include <array>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <opencv2/dnn.hpp>

#include "tracker/core/error.h"
#include "tracker/model/detector_outputs.h"
#include "tracker/vision/opencv_bridge.h"
#include "tracker/vision/yunet_file.h"

namespace nosetip {
namespace {

// Numbers per cell of cls, obj and bbox: see OutputNames.
constexpr std::array<size_t, 3> kNumbers = {1, 1, 4};

[[noreturn]] void RefuseLayout(const std::string& file) {
  throw Error(
      fmt::format("the teacher {} does not have YuNet's layout of 2023; name a file that has, or "
                  "omit --teacher",
                  file));
}

}  // namespace

// cv::dnn runs a network for one thread at a time, so each thread borrows one.
class DetectorTeacher::Networks {
 public:
  explicit Networks(std::string file) : file_(std::move(file)) {
    if (LayoutOf(ReadYuNet(file_), file_) != YuNetLayout::k2023) RefuseLayout(file_);
    Answer(Image(32, 32));  // a file with outputs of other sizes is refused before the training
  }

  std::vector<float> Answer(const Image& image) {
    cv::dnn::Net network = Borrowed();
    std::vector<cv::Mat> outputs;
    WithOpenCv("the teacher " + file_, [&] {
      constexpr bool kRgbToBgr = true;
      network.setInput(cv::dnn::blobFromImage(MatView(image), 1.0, {}, {}, kRgbToBgr));
      network.forward(outputs, OutputNames(YuNetLayout::k2023));
    });
    std::vector<float> answer = Interleaved(outputs, image);
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(network));
    return answer;
  }

 private:
  cv::dnn::Net Borrowed() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return ReadYuNet(file_);
    cv::dnn::Net network = std::move(free_.back());
    free_.pop_back();
    return network;
  }

  // Cell by cell, those of stride 8 first.
  std::vector<float> Interleaved(const std::vector<cv::Mat>& outputs, const Image& image) const {
    std::vector<float> answer;
    for (size_t s = 0; s < kDetectorStridesPx.size(); ++s) {
      const int stride = kDetectorStridesPx[s];
      const auto cells = static_cast<size_t>(image.width_px / stride * (image.height_px / stride));
      std::array<const float*, kNumbers.size()> next{};
      for (size_t k = 0; k < kNumbers.size(); ++k) {
        const cv::Mat& output = outputs[k * kDetectorStridesPx.size() + s];
        if (output.type() != CV_32F || output.total() != cells * kNumbers[k]) RefuseLayout(file_);
        next[k] = output.ptr<float>();
      }
      for (size_t i = 0; i < cells; ++i) {
        for (size_t k = 0; k < kNumbers.size(); ++k) {
          answer.insert(answer.end(), next[k], next[k] + kNumbers[k]);
          next[k] += kNumbers[k];
        }
      }
    }
    return answer;
  }

  std::string file_;
  std::mutex mutex_;
  std::vector<cv::dnn::Net> free_;
};

DetectorTeacher::DetectorTeacher(const std::string& file)
    : networks_(std::make_unique<Networks>(file)) {}

DetectorTeacher::~DetectorTeacher() = default;

void DetectorTeacher::Teach(Scene& scene) const { scene.taught = networks_->Answer(scene.image); }

}  // namespace nosetip
