// What a finished training leaves to look at, in its folder.
#pragma once

#include <string>
#include <vector>

#include "training/report/finished_training.h"

namespace nosetip {

// metrics.json (figures on the held-out faces, times, versions), and in a full build report.html
// with its pictures (see training_page.h). Returns the paths that it wrote.
std::vector<std::string> WriteTrainingReport(const FinishedTraining& training);

}  // namespace nosetip
