#include "training/detector/detector_teacher.h"

#include <array>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <opencv2/dnn.hpp>

#include "tracker/core/error.h"
#include "tracker/core/readable_file.h"
#include "tracker/model/detector_outputs.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

// Outputs per cell, each with one tensor a stride.
struct Output {
  const char* name;
  size_t numbers;
};
constexpr std::array<Output, 3> kOutputs = {{{"cls", 1}, {"obj", 1}, {"bbox", 4}}};

std::vector<std::string> OutputNames() {
  std::vector<std::string> names;
  for (const Output& output : kOutputs) {
    for (const int stride : kDetectorStridesPx) {
      names.push_back(fmt::format("{}_{}", output.name, stride));
    }
  }
  return names;
}

}  // namespace

// cv::dnn runs a network for one thread at a time, so each thread borrows one.
class DetectorTeacher::Networks {
 public:
  explicit Networks(std::string file) : file_(std::move(file)), bytes_(ReadWholeFile(file_)) {
    Image black(32, 32);
    Answer(black);  // so that a file of another kind is refused before a training starts
  }

  std::vector<float> Answer(const Image& image) {
    cv::dnn::Net network = Borrowed();
    std::vector<cv::Mat> outputs;
    WithOpenCv("the teacher " + file_, [&] {
      constexpr bool kRgbToBgr = true;
      network.setInput(cv::dnn::blobFromImage(MatView(image), 1.0, {}, {}, kRgbToBgr));
      network.forward(outputs, OutputNames());
    });
    std::vector<float> answer = Interleaved(outputs, image);
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(network));
    return answer;
  }

 private:
  cv::dnn::Net Borrowed() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        cv::dnn::Net network = std::move(free_.back());
        free_.pop_back();
        return network;
      }
    }
    return WithOpenCv("the teacher " + file_, [&] {
      return cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(bytes_.data()), bytes_.size());
    });
  }

  // Cell by cell, those of stride 8 first.
  std::vector<float> Interleaved(const std::vector<cv::Mat>& outputs, const Image& image) const {
    std::vector<float> answer;
    for (size_t s = 0; s < kDetectorStridesPx.size(); ++s) {
      const int stride = kDetectorStridesPx[s];
      const auto cells = static_cast<size_t>(image.width_px / stride * (image.height_px / stride));
      std::array<const float*, kOutputs.size()> next{};
      for (size_t k = 0; k < kOutputs.size(); ++k) {
        const cv::Mat& output = outputs[k * kDetectorStridesPx.size() + s];
        if (output.type() != CV_32F || output.total() != cells * kOutputs[k].numbers) {
          throw Error(fmt::format("the teacher {} does not have YuNet's layout of 2023", file_));
        }
        next[k] = output.ptr<float>();
      }
      for (size_t i = 0; i < cells; ++i) {
        for (size_t k = 0; k < kOutputs.size(); ++k) {
          answer.insert(answer.end(), next[k], next[k] + kOutputs[k].numbers);
          next[k] += kOutputs[k].numbers;
        }
      }
    }
    return answer;
  }

  std::string file_;
  std::vector<uint8_t> bytes_;
  std::mutex mutex_;
  std::vector<cv::dnn::Net> free_;
};

DetectorTeacher::DetectorTeacher(const std::string& file)
    : networks_(std::make_unique<Networks>(file)) {}

DetectorTeacher::~DetectorTeacher() = default;

void DetectorTeacher::Teach(Scene& scene) const { scene.taught = networks_->Answer(scene.image); }

}  // namespace nosetip
