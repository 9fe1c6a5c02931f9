#include "tracker/model/eye_refiner.h"

#include <shared_mutex>
#include <utility>
#include <vector>

#include "tracker/core/crop.h"
#include "tracker/core/eye_crop.h"
#include "tracker/model/batch_runner.h"

namespace nosetip {
namespace {

struct EyeInFrame {
  Landmarks* face = nullptr;
  size_t eye = 0;
  Affine2 crop_from_frame;
};

std::vector<EyeInFrame> EyesOf(std::span<Landmarks> faces) {
  std::vector<EyeInFrame> eyes;
  for (Landmarks& face : faces) {
    for (size_t eye = 0; eye < kEyesOfIbug68.size(); ++eye) {
      if (const auto crop_from_frame = EyeCropFromFrame(face.points_px, eye)) {
        eyes.push_back({&face, eye, *crop_from_frame});
      }
    }
  }
  return eyes;
}

// [N, 1, height, width], as the landmark network's crops.
torch::Tensor CropsOf(const Image& image, std::span<const EyeInFrame> eyes) {
  const auto count = static_cast<int64_t>(eyes.size());
  torch::Tensor crops = torch::empty({count, 1, kEyeCropPx.height, kEyeCropPx.width});
  float* next = crops.data_ptr<float>();
  for (const EyeInFrame& eye : eyes) {
    CutGrayCrop(image, eye.crop_from_frame, kEyeCropPx, {next, kEyeCropPx.Area()});
    next += kEyeCropPx.Area();
  }
  return crops;
}

}  // namespace

NetworkSpec EyeNetworkSpec() {
  return {kEyeArchitecture, 1, kEyeCropPx, static_cast<int>(kPointsPerEye)};
}

EyeRefiner::EyeRefiner(torch::nn::Sequential network, const torch::Device& device)
    : device_(device),
      network_(PreparedFor(device, std::move(network), TensorForm{LayoutFor(device)})) {}

void EyeRefiner::Refine(const Image& image, std::span<Landmarks> faces) const {
  const c10::InferenceMode inference;
  const std::vector<EyeInFrame> eyes = EyesOf(faces);
  if (eyes.empty()) return;
  // A recording elsewhere on the GPU must not meet this work.
  std::shared_lock<std::shared_mutex> lock;
  if (device_.is_cuda()) lock = std::shared_lock(RecordingMutex());
  const torch::Tensor units =
      network_.Forward(CropsOf(image, eyes).to(device_)).to(torch::kCPU).contiguous();
  const auto unit = units.accessor<float, 3>();
  for (size_t i = 0; i < eyes.size(); ++i) {
    const EyeInFrame& eye = eyes[i];
    const Affine2 frame_from_crop = eye.crop_from_frame.Inverse();
    PointsOfEye found;
    for (size_t k = 0; k < found.size(); ++k) {
      const auto answer = unit[static_cast<int64_t>(i)][static_cast<int64_t>(k)];
      found[k] = frame_from_crop.Apply({PixelFromUnit(answer[0], kEyeCropPx.width),
                                        PixelFromUnit(answer[1], kEyeCropPx.height)});
    }
    const PointsOfEye refined = MeanEyeWithLidsOf(EyeOf(eye.face->points_px, eye.eye), found);
    for (size_t k = 0; k < refined.size(); ++k) {
      eye.face->points_px[kEyesOfIbug68[eye.eye][k]] = refined[k];
    }
  }
}

}  // namespace nosetip
