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

namespace {

void CheckCounts(const TrainJob& job, const RunFaces& faces) {
  if (faces.train_count == 0) {
    throw Error(
        "all faces are held out, none is left to train on; give more data, or a lower "
        "--validation-percent");
  }
  if (job.options.steps == 0 && faces.train_count < 2) {
    throw Error("there is one face to train on, too few for a batch; give more data, or --steps");
  }
  if (faces.validation_count == 0) {
    throw Error(
        "no face is left for validation; give more data, a higher --validation-percent, "
        "or other --validation-groups or --validation-parts");
  }
}

}  // namespace

RunFaces FacesOfRun(const TrainJob& job, const torch::Device& device) {
  RunFaces faces;
  for (const FacePack& pack : job.packs) {
    const PackSplit split = SplitPack(pack, job.options.Validation());
    if (!split.train.empty()) faces.train.push_back(TensorsFromPack(pack, split.train, device));
    if (!split.validation.empty()) {
      faces.validation.push_back(TensorsFromPack(pack, split.validation, device));
    }
    faces.train_count += static_cast<int64_t>(split.train.size());
    faces.validation_count += static_cast<int64_t>(split.validation.size());
  }
  for (const FacePack& pack : job.rehearsal) {
    const PackSplit split = SplitPack(pack, {kRehearsalHeldOutPercent, "", ""});
    if (!split.train.empty()) faces.train.push_back(TensorsFromPack(pack, split.train, device));
    faces.rehearsal_count += static_cast<int64_t>(split.train.size());
  }
  CheckCounts(job, faces);
  return faces;
}

int64_t BatchSize(const RunFaces& faces, const TrainOptions& options) {
  if (options.steps > 0) return options.batch;
  return std::min<int64_t>(options.batch, faces.train_count);
}

Batch BatchOfRun(const RunFaces& faces, const torch::Tensor& chosen, const TrainJob& job,
                 const LandmarkSchema& schema) {
  std::vector<torch::Tensor> images;
  std::vector<torch::Tensor> targets;
  int64_t first = 0;
  for (const FaceTensors& set : faces.train) {
    const int64_t end = first + set.Count();
    const torch::Tensor own = chosen.masked_select((chosen >= first) & (chosen < end)) - first;
    if (own.numel() > 0) {
      const Batch part =
          MakeBatch(set, own.to(set.images.device()), schema, job.options.View(), job.augment);
      images.push_back(part.images);
      targets.push_back(part.targets);
    }
    first = end;
  }
  return {torch::cat(images), torch::cat(targets)};
}

}  // namespace nosetip
