// The report of a finished training, in its folder.
#pragma once

#include <string>
#include <vector>

#include "training/landmarks/train_job.h"

namespace nosetip {

// A finished training and its origin.
struct FinishedTraining {
  std::string trainer;  // as on the command line: "face68"
  const TrainJob& job;
  const TrainReport& report;
  std::vector<std::string> data;  // as the user named it, one per pack of the job
  std::string command;            // repeats the training when given to a shell
};

// Writes metrics.json (figures on the held-out faces, times, versions), and in a full build
// report.html with its pictures (training_page.h). Returns the paths of the files.
std::vector<std::string> WriteTrainingReport(const FinishedTraining& training);

}  // namespace nosetip
