// What a finished training leaves to look at, in its folder.
#pragma once

#include <string>
#include <vector>

#include "training/landmarks/train_job.h"

namespace nosetip {

// A training that is done, with what its report says of where it came from.

struct FinishedTraining {
  std::string trainer;  // as on the command line: "face68"
  const TrainJob& job;
  const TrainReport& report;
  std::vector<std::string> data;  // what the user named, one a pack of the job
  std::string command;            // repeats the training when given to a shell
};

// metrics.json (figures on the held-out faces, times, versions), and in a full build report.html
// with its pictures (see training_page.h). Returns the paths that it wrote.
std::vector<std::string> WriteTrainingReport(const FinishedTraining& training);

}  // namespace nosetip
