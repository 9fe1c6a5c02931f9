// The parts of a training's report that are words and figures.
#pragma once

#include <string>
#include <vector>

#include "tracker/core/environment.h"
#include "training/evaluation/evaluate.h"
#include "training/report/html_report.h"
#include "training/report/training_report.h"

namespace nosetip {

// The figures that a reader wants first.
std::vector<ReportFigure> SummaryFigures(const FinishedTraining& training,
                                         const Evaluation& evaluation);

ReportSection CommandSection(const FinishedTraining& training);
// Every option that was at work.
ReportSection RecipeSection(const FinishedTraining& training);
ReportSection DataSection(const FinishedTraining& training);
// `device` is what the training ran on, such as "CPU, 2 cores".
ReportSection TimeAndMachineSection(const FinishedTraining& training,
                                    const Environment& environment, const std::string& device);

// One row an epoch, every column of the history.
ReportTable EpochTable(const TrainReport& report);
ReportTable LandmarkTable(const Evaluation& evaluation, const std::string& error_unit);

}  // namespace nosetip
