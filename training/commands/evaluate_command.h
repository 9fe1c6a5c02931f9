// The command `evaluate`, and the part of it that a training's report shares.
#pragma once

#include <string>
#include <vector>

#include "tracker/model/landmarker.h"
#include "training/evaluation/evaluate.h"

namespace nosetip {

// Crops around the true landmarks' bounds, as papers do.
FaceLocator LocateInTruthBoxes(Landmarker& landmarker);

// Which of the data's points are the model's; throws Error that names both schemas where some are
// not there.
std::vector<int> CheckedPoints(const LandmarkSchema& model, const LandmarkSchema& given,
                               const std::string& data);

// The figures as the keys faces, not_found, nme_mean, nme_median, unit, fr8, auc8, mae_px, mse_px2,
// mse_relative and landmark_nme.
std::string MetricsJson(const Evaluation& evaluation, const std::string& model,
                        const std::string& data, const std::string& boxes);

std::string SummaryText(const Evaluation& evaluation);

}  // namespace nosetip
