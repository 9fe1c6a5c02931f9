// Errors of every face, and of the parts of faces. Free of LibTorch.
#pragma once

#include <cstddef>
#include <vector>

#include "tracker/core/landmark_schema.h"
#include "training/evaluation/evaluate.h"
#include "training/report/html_report.h"

namespace nosetip {

// This many of the worst faces have their picture in the table, which keeps a page below 10 MB.
inline constexpr size_t kPicturedFaces = 600;

// A row per face, the worst first: its picture with true points green and predicted ones red, its
// name, its error and that of each part of the face, in percent of Evaluation::unit.
ReportTable FaceTable(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                      const LandmarkSchema& schema);

// A row per part of the face, and one for all points: the error's mean over the faces found, its
// median, what 90 % of them stay below, and how far the prediction lies to the right and
// down on average, which tells a bias.
ReportTable PartTable(const Evaluation& evaluation, const LandmarkSchema& schema);

}  // namespace nosetip
