// The HTML page of a finished training. A build of the trainer alone writes none
// (trainer_only.cpp).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "training/evaluation/evaluate.h"
#include "training/report/training_report.h"

namespace nosetip {

struct MeasuredTraining {
  const Evaluation& evaluation;             // of the best epoch's model
  const std::vector<FaceToMeasure>& faces;  // all held-out ones, pack after pack
  std::string device;                       // of the training
};

// Writes report.html and its pictures into the run's folder: curves, errors of every held-out
// face, of parts and points, faces as the network sees them, what its layers are and have learned,
// recipe, data, times and machine.
// Returns the paths of the files, the page first.
std::vector<std::filesystem::path> WriteTrainingPage(const FinishedTraining& training,
                                                     const MeasuredTraining& measured);

}  // namespace nosetip
