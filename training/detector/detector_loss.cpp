#include "training/detector/detector_loss.h"

#include <algorithm>

#include "tracker/core/error.h"
#include "tracker/model/detector_outputs.h"

namespace nosetip {
namespace {

using torch::indexing::Slice;

constexpr double kBoxWeight = 5.0;
constexpr double kPointWeight = 0.5;

// What the assigned cells of a batch should answer, one row per cell.
struct Targets {
  std::vector<int64_t> rows;      // into [N * A]
  std::vector<float> cells;       // x, y, stride
  std::vector<float> boxes;       // center and size, pixels from the picture's corner
  std::vector<float> points;      // 5 x 2, strides from the cell's corner
  std::vector<float> has_points;  // 1 where the face's points are known, else 0
  std::vector<float> ious;
  torch::Tensor counts;  // [N * A] float: 1 where a cell counts
};

void AddAssigned(const AssignedCell& assigned, const Cell& cell, const SceneFace& face,
                 int64_t first_row, Targets& targets) {
  targets.rows.push_back(first_row + static_cast<int64_t>(assigned.cell));
  targets.cells.insert(targets.cells.end(), {cell.x_px, cell.y_px, cell.stride_px});
  const Point2f center = face.box.Center();
  targets.boxes.insert(targets.boxes.end(),
                       {center.x + 0.5F, center.y + 0.5F, face.box.width, face.box.height});
  for (const Point2f point : face.points_px) {
    targets.points.push_back((point.x + 0.5F - cell.x_px) / cell.stride_px);
    targets.points.push_back((point.y + 0.5F - cell.y_px) / cell.stride_px);
  }
  targets.has_points.push_back(face.has_points ? 1.0F : 0.0F);
  targets.ious.push_back(assigned.iou);
}

Targets TargetsOf(const torch::Tensor& outputs, std::span<const Scene> scenes,
                  std::span<const Cell> cells) {
  const torch::Tensor answers = outputs.detach().cpu().contiguous();
  const size_t picture_size = cells.size() * kDetectorOutputs;
  const auto count = static_cast<int64_t>(cells.size());
  Targets targets;
  targets.counts = torch::empty({outputs.size(0), count});
  for (size_t n = 0; n < scenes.size(); ++n) {
    const std::span<const float> answer(answers.data_ptr<float>() + n * picture_size, picture_size);
    const CellAssignment assignment = AssignCells(cells, answer, scenes[n].faces);
    for (const AssignedCell& assigned : assignment.assigned) {
      AddAssigned(assigned, cells[assigned.cell], scenes[n].faces[assigned.face],
                  static_cast<int64_t>(n) * count, targets);
    }
    auto* row = targets.counts.data_ptr<float>() + n * cells.size();
    std::copy(assignment.counts.begin(), assignment.counts.end(), row);
  }
  return targets;
}

// One minus the overlap, plus the distances of centers, widths and heights over those of the
// smallest box that holds both.
torch::Tensor EIouLoss(const torch::Tensor& center, const torch::Tensor& size,
                       const torch::Tensor& truth) {
  const torch::Tensor true_center = truth.index({Slice(), Slice(0, 2)});
  const torch::Tensor true_size = truth.index({Slice(), Slice(2, 4)});
  const torch::Tensor low = center - 0.5 * size;
  const torch::Tensor high = center + 0.5 * size;
  const torch::Tensor true_low = true_center - 0.5 * true_size;
  const torch::Tensor true_high = true_center + 0.5 * true_size;
  const torch::Tensor both =
      (torch::min(high, true_high) - torch::max(low, true_low)).clamp_min(0).prod(1);
  const torch::Tensor either = size.prod(1) + true_size.prod(1) - both;
  const torch::Tensor hull =
      (torch::max(high, true_high) - torch::min(low, true_low)).square().clamp_min(1e-6);
  const torch::Tensor off_center = (center - true_center).square().sum(1) / hull.sum(1);
  const torch::Tensor off_size = ((size - true_size).square() / hull).sum(1);
  return 1.0 - both / either.clamp_min(1e-6) + off_center + off_size;
}

torch::Tensor FromRows(const std::vector<float>& values, int64_t columns,
                       const torch::Device& device) {
  return torch::tensor(values).reshape({-1, columns}).to(device);
}

torch::Tensor CellRows(std::span<const Cell> cells) {
  std::vector<float> rows;
  for (const Cell& cell : cells) rows.insert(rows.end(), {cell.x_px, cell.y_px, cell.stride_px});
  return torch::tensor(rows).reshape({-1, 3});
}

torch::Tensor CrossEntropy(const torch::Tensor& logits, const torch::Tensor& wanted) {
  namespace fn = torch::nn::functional;
  return fn::binary_cross_entropy_with_logits(
      logits, wanted, fn::BinaryCrossEntropyWithLogitsFuncOptions().reduction(torch::kNone));
}

// Of every cell that counts, assigned or not.
torch::Tensor ObjLoss(const torch::Tensor& all, const torch::Tensor& rows, const Targets& targets) {
  const torch::Device device = all.device();
  const torch::Tensor wanted = torch::zeros({all.size(0)}, device).index_fill_(0, rows, 1.0);
  const torch::Tensor loss = CrossEntropy(all.index({Slice(), kDetectorObj}), wanted);
  return (loss * targets.counts.reshape({-1}).to(device)).sum();
}

struct Boxes {
  torch::Tensor center;  // [n, 2] pixels
  torch::Tensor size;
};

// `cells` [n, 3] x, y, stride; `box` [n, 4] as in detector_outputs.h.
Boxes BoxesOf(const torch::Tensor& cells, const torch::Tensor& box) {
  const torch::Tensor stride = cells.index({Slice(), Slice(2, 3)});
  return {cells.index({Slice(), Slice(0, 2)}) + stride * box.index({Slice(), Slice(0, 2)}),
          stride * box.index({Slice(), Slice(2, 4)}).clamp(-10, 10).exp()};
}

torch::Tensor BoxOutputs(const torch::Tensor& outputs) {
  return outputs.index({Slice(), Slice(kDetectorBox, kDetectorBox + 4)});
}

// `chosen` holds the outputs of the assigned cells.
torch::Tensor BoxLoss(const torch::Tensor& chosen, const Targets& targets) {
  const torch::Device device = chosen.device();
  const Boxes boxes = BoxesOf(FromRows(targets.cells, 3, device), BoxOutputs(chosen));
  return EIouLoss(boxes.center, boxes.size, FromRows(targets.boxes, 4, device)).sum();
}

// Cells in which the teacher sees a face with less than this chance say nothing about its box.
constexpr double kTaughtFace = 0.1;

torch::Tensor TaughtRows(std::span<const Scene> scenes) {
  std::vector<torch::Tensor> rows;
  for (const Scene& scene : scenes) {
    rows.push_back(torch::tensor(scene.taught).reshape({-1, int64_t{kTaughtNumbers}}));
  }
  return torch::cat(rows);
}

// `all` [N * A, 16].
torch::Tensor TaughtLoss(const torch::Tensor& all, std::span<const Scene> scenes,
                         std::span<const Cell> cells) {
  const torch::Device device = all.device();
  const torch::Tensor taught = TaughtRows(scenes).to(device);
  const torch::Tensor obj = taught.index({Slice(), 1}).clamp(0, 1);
  const torch::Tensor chance = taught.index({Slice(), 0}).clamp(0, 1) * obj;
  const torch::Tensor sum = chance.sum().clamp_min(1.0);
  const torch::Tensor obj_loss = CrossEntropy(all.index({Slice(), kDetectorObj}), obj).sum() / sum;
  const torch::Tensor rows = (chance > kTaughtFace).nonzero().reshape({-1});
  if (rows.size(0) == 0) return obj_loss;
  const torch::Tensor weight = chance.index_select(0, rows);
  const torch::Tensor chosen = all.index_select(0, rows);
  const torch::Tensor wanted = taught.index_select(0, rows);
  const torch::Tensor cell = CellRows(cells).to(device).index_select(
      0, rows.remainder(static_cast<int64_t>(cells.size())));
  const Boxes seen = BoxesOf(cell, wanted.index({Slice(), Slice(2, 6)}));
  const Boxes boxes = BoxesOf(cell, BoxOutputs(chosen));
  const torch::Tensor cls_loss =
      CrossEntropy(chosen.index({Slice(), kDetectorCls}), wanted.index({Slice(), 0}).clamp(0, 1));
  const torch::Tensor box_loss =
      EIouLoss(boxes.center, boxes.size, torch::cat({seen.center, seen.size}, 1));
  return obj_loss + (weight * (cls_loss + kBoxWeight * box_loss)).sum() / sum;
}

// A mean over the cells whose faces have points.
torch::Tensor PointLoss(const torch::Tensor& chosen, const Targets& targets) {
  const torch::Tensor points = chosen.index({Slice(), Slice(kDetectorPoints, kDetectorOutputs)});
  const torch::Tensor known = FromRows(targets.has_points, 1, chosen.device());
  const torch::Tensor loss = torch::smooth_l1_loss(
      points, FromRows(targets.points, 10, chosen.device()), at::Reduction::None, /*beta=*/0.1);
  return (loss * known).sum() / (10.0 * known.sum().clamp_min(1.0));
}

}  // namespace

DetectorLoss LossOfScenes(const torch::Tensor& outputs, std::span<const Scene> scenes,
                          std::span<const Cell> cells) {
  Check(outputs.size(0) == static_cast<int64_t>(scenes.size()) &&
            outputs.size(1) == static_cast<int64_t>(cells.size()),
        "outputs of these scenes");
  const torch::Device device = outputs.device();
  const Targets targets = TargetsOf(outputs, scenes, cells);
  const torch::Tensor rows = torch::tensor(targets.rows, torch::kInt64).to(device);
  const double found = std::max<double>(1.0, static_cast<double>(targets.rows.size()));
  const torch::Tensor all = outputs.reshape({-1, kDetectorOutputs});

  DetectorLoss loss;
  loss.obj = ObjLoss(all, rows, targets) / found;
  const torch::Tensor chosen = all.index_select(0, rows);
  const torch::Tensor iou = FromRows(targets.ious, 1, device).reshape({-1});
  loss.cls = CrossEntropy(chosen.index({Slice(), kDetectorCls}), iou).sum() / found;
  loss.box = BoxLoss(chosen, targets) / found;
  loss.points = PointLoss(chosen, targets);
  const bool all_taught =
      std::ranges::none_of(scenes, [](const Scene& scene) { return scene.taught.empty(); });
  loss.taught = all_taught ? TaughtLoss(all, scenes, cells) : torch::zeros({}, device);
  loss.total =
      loss.cls + loss.obj + kBoxWeight * loss.box + kPointWeight * loss.points + loss.taught;
  for (torch::Tensor* part : {&loss.cls, &loss.obj, &loss.box, &loss.points, &loss.taught}) {
    *part = part->detach();
  }
  return loss;
}

}  // namespace nosetip
