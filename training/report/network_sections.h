// The parts of a training's report about its network.
#pragma once

#include <vector>

#include "training/evaluation/evaluate.h"
#include "training/report/html_report.h"
#include "training/report/training_report.h"

namespace nosetip {

// The first layer's filters, later layers' filters and responses to the held-out face with the
// smallest error, and a table of all layers.
std::vector<ReportSection> NetworkSections(const FinishedTraining& training,
                                           const Evaluation& evaluation);

}  // namespace nosetip
