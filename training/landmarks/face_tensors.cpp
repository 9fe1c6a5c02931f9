#include "training/landmarks/face_tensors.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "tracker/core/error.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

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

}  // namespace nosetip
