#include "training/detector/cell_assignment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "tracker/core/error.h"
#include "tracker/model/detector_outputs.h"

namespace nosetip {
namespace {

constexpr float kCenterRadius = 2.5F;  // in strides; YOLOX's
constexpr size_t kMostCells = 10;      // per face
constexpr float kIouWeight = 3.0F;
// Far above any other cost: a cell outside the face, or far from its center, is a last resort.
constexpr float kOutside = 1e5F;

// A scene counts from its first pixel's center, cells from the picture's corner.
CellBox BoxOfFace(const SceneFace& face) {
  const Point2f center = face.box.Center();
  return {center.x + 0.5F, center.y + 0.5F, face.box.width, face.box.height};
}

float Overlap(float center_a, float size_a, float center_b, float size_b) {
  return std::max(0.0F, std::min(center_a + 0.5F * size_a, center_b + 0.5F * size_b) -
                            std::max(center_a - 0.5F * size_a, center_b - 0.5F * size_b));
}

float Iou(const CellBox& a, const CellBox& b) {
  const float both = Overlap(a.center_x_px, a.width_px, b.center_x_px, b.width_px) *
                     Overlap(a.center_y_px, a.height_px, b.center_y_px, b.height_px);
  const float either = a.width_px * a.height_px + b.width_px * b.height_px - both;
  return either > 0.0F ? both / either : 0.0F;
}

// The larger of a cell's distances from `box`'s center along x and y, over half of `width`,
// `height`.
float Reach(const Cell& cell, const CellBox& box, float width, float height) {
  const float half_cell = 0.5F * cell.stride_px;
  return std::max(std::fabs(cell.x_px + half_cell - box.center_x_px) / (0.5F * width),
                  std::fabs(cell.y_px + half_cell - box.center_y_px) / (0.5F * height));
}

float Sigmoid(float x) { return 1.0F / (1.0F + std::exp(-x)); }

struct Candidate {
  size_t cell = 0;
  float iou = 0.0F;
  float cost = 0.0F;
};

class Assigner {
 public:
  Assigner(std::span<const Cell> cells, std::span<const float> outputs)
      : cells_(cells), outputs_(outputs), owner_(cells.size()) {}

  void AddFace(size_t number, const CellBox& face) {
    std::vector<Candidate> candidates = CandidatesFor(face);
    if (candidates.empty()) return;
    const size_t wanted = CellsWanted(candidates);
    std::partial_sort(candidates.begin(), candidates.begin() + static_cast<ptrdiff_t>(wanted),
                      candidates.end(),
                      [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
    for (const Candidate& candidate : std::span(candidates).first(wanted)) {
      Owner& owner = owner_[candidate.cell];
      // A cell that two faces want goes to the one that its outputs fit better.
      if (owner.taken && owner.cost <= candidate.cost) continue;
      owner = {true, number, candidate.iou, candidate.cost};
    }
  }

  std::vector<AssignedCell> Assigned() const {
    std::vector<AssignedCell> assigned;
    for (size_t i = 0; i < owner_.size(); ++i) {
      if (owner_[i].taken) assigned.push_back({i, owner_[i].face, owner_[i].iou});
    }
    return assigned;
  }

 private:
  struct Owner {
    bool taken = false;
    size_t face = 0;
    float iou = 0.0F;
    float cost = 0.0F;
  };

  std::vector<Candidate> CandidatesFor(const CellBox& face) const {
    std::vector<Candidate> candidates;
    for (size_t i = 0; i < cells_.size(); ++i) {
      const Cell& cell = cells_[i];
      const bool inside = Reach(cell, face, face.width_px, face.height_px) < 1.0F;
      const float across = 2.0F * kCenterRadius * cell.stride_px;
      const bool central = Reach(cell, face, across, across) < 1.0F;
      if (!inside && !central) continue;
      const auto answer = outputs_.subspan(i * kDetectorOutputs, kDetectorOutputs);
      const float iou = Iou(BoxOfCell(cell, answer), face);
      const float score = std::sqrt(Sigmoid(answer[kDetectorCls]) * Sigmoid(answer[kDetectorObj]));
      candidates.push_back({i, iou,
                            -std::log(score + 1e-8F) - kIouWeight * std::log(iou + 1e-8F) +
                                (inside && central ? 0.0F : kOutside)});
    }
    return candidates;
  }

  // As many cells as the best overlaps add up to.
  static size_t CellsWanted(std::span<const Candidate> candidates) {
    std::vector<float> ious;
    for (const Candidate& candidate : candidates) ious.push_back(candidate.iou);
    const size_t best = std::min(kMostCells, ious.size());
    std::partial_sort(ious.begin(), ious.begin() + static_cast<ptrdiff_t>(best), ious.end(),
                      std::greater<>());
    float sum = 0.0F;
    for (size_t i = 0; i < best; ++i) sum += ious[i];
    return std::clamp(static_cast<size_t>(sum), size_t{1}, candidates.size());
  }

  std::span<const Cell> cells_;
  std::span<const float> outputs_;
  std::vector<Owner> owner_;
};

}  // namespace

std::vector<Cell> CellsOf(int width_px, int height_px) {
  std::vector<Cell> cells;
  for (const int stride : kDetectorStridesPx) {
    Check(width_px % stride == 0 && height_px % stride == 0, "a picture of whole cells");
    for (int y = 0; y < height_px; y += stride) {
      for (int x = 0; x < width_px; x += stride) {
        cells.push_back({static_cast<float>(x), static_cast<float>(y), static_cast<float>(stride)});
      }
    }
  }
  return cells;
}

CellBox BoxOfCell(const Cell& cell, std::span<const float> outputs) {
  const auto box = outputs.subspan(kDetectorBox, 4);
  // A wild answer early in training must stay a number.
  const auto length = [&](float log_strides) {
    return cell.stride_px * std::exp(std::clamp(log_strides, -10.0F, 10.0F));
  };
  return {cell.x_px + cell.stride_px * box[0], cell.y_px + cell.stride_px * box[1], length(box[2]),
          length(box[3])};
}

CellAssignment AssignCells(std::span<const Cell> cells, std::span<const float> outputs,
                           std::span<const SceneFace> faces) {
  Check(outputs.size() == cells.size() * kDetectorOutputs, "16 outputs per cell");
  Assigner assigner(cells, outputs);
  CellAssignment result;
  result.counts.assign(cells.size(), 1);
  for (size_t k = 0; k < faces.size(); ++k) {
    const CellBox box = BoxOfFace(faces[k]);
    if (!(box.width_px > 0.0F && box.height_px > 0.0F)) continue;
    if (!faces[k].ignored) {
      assigner.AddFace(k, box);
      continue;
    }
    for (size_t i = 0; i < cells.size(); ++i) {
      if (Reach(cells[i], box, box.width_px, box.height_px) < 1.0F) result.counts[i] = 0;
    }
  }
  result.assigned = assigner.Assigned();
  for (const AssignedCell& cell : result.assigned) result.counts[cell.cell] = 1;
  return result;
}

}  // namespace nosetip
