// What a finished training leaves to look at, in its folder.
#pragma once

#include <string>
#include <vector>

#include "training/trainer.h"

namespace nosetip {

// metrics.json (figures on the held-out faces), and in a full build loss.png (history),
// validation.png (error curve, worst and best held-out faces) and samples.png (training faces as
// fed to the network). Returns the paths that it wrote.
std::vector<std::string> WriteTrainingReport(const TrainJob& job, const TrainReport& report);

}  // namespace nosetip
