#include "training/landmarks/face_tensors.h"

#include <algorithm>
#include <cstring>

#include "tracker/core/error.h"
#include "tracker/core/metrics.h"
#include "training/data/held_out.h"

namespace nosetip {
namespace {

std::vector<Point2f> FacePoints(const torch::Tensor& points, int64_t face) {
  const auto at = points.accessor<float, 3>();
  std::vector<Point2f> face_points;
  for (int64_t k = 0; k < points.size(1); ++k) {
    face_points.push_back({at[face][k][0], at[face][k][1]});
  }
  return face_points;
}

}  // namespace

FaceTensors TensorsFromPack(const FacePack& pack, std::span<const size_t> faces,
                            const torch::Device& device) {
  Check(!faces.empty(), "one face or more of a pack");
  const auto n = static_cast<int64_t>(faces.size());
  const auto size = static_cast<size_t>(pack.size_px);
  const int64_t k = SchemaByName(pack.schema).count;
  torch::Tensor images = torch::empty({n, 1, pack.size_px, pack.size_px}, torch::kUInt8);
  torch::Tensor points = torch::empty({n, k, 2});
  auto* image = images.data_ptr<uint8_t>();
  auto* point = points.data_ptr<float>();
  const size_t floats = static_cast<size_t>(2 * k);
  for (const size_t face : faces) {
    std::memcpy(image, pack.pixels.data() + face * size * size, size * size);
    std::memcpy(point, pack.points_px.data() + face * floats, floats * sizeof(float));
    image += size * size;
    point += floats;
  }
  points = (points + 0.5F) / static_cast<float>(pack.size_px);
  std::vector<float> boxes;
  std::vector<float> pixels;
  for (const size_t face : faces) {
    const RectF& box = pack.boxes[face];
    const float longer = std::max(box.width, box.height);
    boxes.insert(boxes.end(), {box.width / longer, box.height / longer});
    pixels.push_back(1.0F / (pack.extent * longer));
  }
  return {images.to(device), points.to(device), torch::tensor(boxes).view({n, 2}).to(device),
          torch::tensor(pixels).to(device), pack.extent};
}

PackSplit SplitPack(const FacePack& pack, const HoldOut& hold_out) {
  PackSplit split;
  for (size_t i = 0; i < pack.FaceCount(); ++i) {
    if (!IsHeldOut(pack.groups[i], hold_out)) split.train.push_back(i);
    if (IsMeasured(pack.groups[i], pack.parts[i], hold_out)) split.validation.push_back(i);
  }
  return split;
}

std::vector<double> NmePerFace(const torch::Tensor& predicted, const torch::Tensor& truth,
                               const LandmarkSchema& schema, SizePx size_px) {
  const torch::Tensor scale =
      torch::tensor({static_cast<float>(size_px.width), static_cast<float>(size_px.height)});
  const torch::Tensor predicted_px = predicted * scale;
  const torch::Tensor truth_px = truth * scale;
  std::vector<double> errors;
  for (int64_t i = 0; i < truth.size(0); ++i) {
    errors.push_back(NmePercent(FacePoints(predicted_px, i), FacePoints(truth_px, i), schema));
  }
  return errors;
}

}  // namespace nosetip
