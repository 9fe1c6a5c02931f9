// Which cells of a detector's grids learn which face: SimOTA (Ge, Liu, Wang, Li, Sun: YOLOX, 2021).
// Free of LibTorch.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "training/detector/scenes/scene_composer.h"

namespace nosetip {

// A detector's cells for a picture, in the order of DetectorNetwork's output.
struct Cell {
  float x_px = 0.0F;  // of its left top corner, from the picture's corner (not a pixel's center)
  float y_px = 0.0F;
  float stride_px = 0.0F;
};

// `width_px` and `height_px` are multiples of 32.
std::vector<Cell> CellsOf(int width_px, int height_px);

struct CellBox {
  float center_x_px = 0.0F;  // from the picture's corner
  float center_y_px = 0.0F;
  float width_px = 0.0F;
  float height_px = 0.0F;
};

// The box that a cell's 16 outputs (see detector_network.h) stand for.
CellBox BoxOfCell(const Cell& cell, std::span<const float> outputs);

struct AssignedCell {
  size_t cell = 0;
  size_t face = 0;   // into the scene's faces
  float iou = 0.0F;  // of the cell's box and the face's
};

struct CellAssignment {
  std::vector<AssignedCell> assigned;  // by cell, each cell once
  std::vector<uint8_t> counts;         // per cell: 0 where it is neither right nor wrong
};

// `outputs` holds 16 numbers per cell. Each face that is not ignored gets one cell or more: those
// near its center whose outputs fit it best already, as many as overlap it well. A cell whose
// center lies in an ignored face counts only where it is assigned.
CellAssignment AssignCells(std::span<const Cell> cells, std::span<const float> outputs,
                           std::span<const SceneFace> faces);

}  // namespace nosetip
