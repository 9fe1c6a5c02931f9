// A training that is done, with what its report says of where it came from. Free of LibTorch.
#pragma once

#include <string>
#include <vector>

#include "training/landmarks/trainer.h"

namespace nosetip {

struct FinishedTraining {
  std::string trainer;  // as on the command line: "face68"
  const TrainJob& job;
  const TrainReport& report;
  std::vector<std::string> data;  // what the user named, one a pack of the job
  std::string command;            // repeats the training when given to a shell
};

}  // namespace nosetip
