// The command `evaluate`, and the part of it that a training's report shares.
#pragma once

#include <string>
#include <vector>

#include "tracker/model/landmarker.h"
#include "training/evaluate.h"

namespace nosetip {

// Crops around the true landmarks' bounds, as papers do.
FaceLocator LocateInTruthBoxes(Landmarker& landmarker);

// One face's points must be the model's: throws Error that names both schemas otherwise.
void CheckSameSchema(const Landmarker& landmarker, const std::string& data_schema,
                     const std::string& data);

// The figures as the keys faces, not_found, nme_mean, nme_median, fr8, auc8 and landmark_nme.
std::string MetricsJson(const Evaluation& evaluation, const std::string& model,
                        const std::string& data, const std::string& boxes);

std::string SummaryText(const AccuracySummary& summary);

}  // namespace nosetip
