// A finished training as a page to look at.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "training/evaluation/evaluate.h"
#include "training/report/training_report.h"

namespace nosetip {

struct MeasuredTraining {
  const Evaluation& evaluation;             // of the best epoch's model
  const std::vector<FaceToMeasure>& faces;  // that it measured: all held-out ones, pack after pack
  std::string device;                       // that the training ran on
};

// report.html and its pictures in the run's folder: curves, faces as the network sees them, best
// and worst faces, errors, the first layer's filters, recipe, data, times and machine. Returns the
// paths that it wrote, the page first.
std::vector<std::filesystem::path> WriteTrainingPage(const FinishedTraining& training,
                                                     const MeasuredTraining& measured);

}  // namespace nosetip
