#include <algorithm>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/device.h"
#include "tracker/model/landmarker.h"

namespace nosetip {
namespace {

// Faces a forward pass: bounds the memory of a frame full of faces.
constexpr size_t kLargestBatch = 32;

class TorchLandmarker final : public Landmarker {
 public:
  TorchLandmarker(Model model, const DeviceChoice& device, int threads)
      : model_(std::move(model)),
        schema_(&SchemaByName(model_.meta.schema)),
        device_(TorchDevice(device)),
        threads_(threads) {
    PrepareTorchThread(threads_);
    model_.network->to(device_);
  }

  const LandmarkSchema& schema() const override { return *schema_; }

  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    PrepareTorchThread(threads_);
    std::vector<Landmarks> found;
    found.reserve(boxes.size());
    for (size_t first = 0; first < boxes.size(); first += kLargestBatch) {
      const auto batch = boxes.subspan(first, std::min(kLargestBatch, boxes.size() - first));
      for (Landmarks& landmarks : LocateBatch(image, batch)) found.push_back(std::move(landmarks));
    }
    return found;
  }

 private:
  std::vector<Landmarks> LocateBatch(const Image& image, std::span<const RectF> boxes) {
    const c10::InferenceMode inference;
    const SizePx size = model_.meta.network.input_px;
    const auto n = static_cast<int64_t>(boxes.size());
    torch::Tensor input = torch::empty({n, 1, size.height, size.width});
    const size_t pixels = size.Area();
    std::vector<Affine2> frame_from_crop;
    for (size_t i = 0; i < boxes.size(); ++i) {
      const RectF box = model_.meta.view == CropView::kPicture ? WholePicture(image) : boxes[i];
      const Affine2 crop_from_frame = CropFromFrame(box, model_.meta.crop_margin, size);
      CutGrayCrop(image, crop_from_frame, size, {input.data_ptr<float>() + i * pixels, pixels});
      frame_from_crop.push_back(crop_from_frame.Inverse());
    }
    const torch::Tensor units = model_.network->forward(input.to(device_)).cpu().contiguous();
    const auto unit = units.accessor<float, 3>();
    std::vector<Landmarks> found(boxes.size());
    for (int64_t i = 0; i < n; ++i) {
      auto& points = found[static_cast<size_t>(i)].points_px;
      for (int64_t k = 0; k < units.size(1); ++k) {
        points.push_back(frame_from_crop[static_cast<size_t>(i)].Apply(
            {PixelFromUnit(unit[i][k][0], size.width), PixelFromUnit(unit[i][k][1], size.height)}));
      }
    }
    return found;
  }

  Model model_;
  const LandmarkSchema* schema_;
  torch::Device device_;
  int threads_;
};

}  // namespace

std::unique_ptr<Landmarker> LoadLandmarker(const std::string& path, const DeviceChoice& device,
                                           int threads) {
  Model model = LoadModel(path);
  if (model.meta.network.architecture == kFaceDetectorArchitecture) {
    throw Error(path + " is a face detector; give a model of face landmarks, such as face68.ntm");
  }
  return std::make_unique<TorchLandmarker>(std::move(model), device, threads);
}

}  // namespace nosetip
