// The parts of a training's report that are text and figures.
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

// How the epochs were raised; none where they never were.
std::vector<std::string> RaisedSentences(const TrainReport& report);

ReportSection CommandSection(const FinishedTraining& training);
// Every option with its value.
ReportSection RecipeSection(const FinishedTraining& training);
ReportSection DataSection(const FinishedTraining& training);
// `device` is what the training ran on, such as "CPU, 2 cores".
ReportSection TimeAndMachineSection(const FinishedTraining& training,
                                    const Environment& environment, const std::string& device);

// One row per epoch, with every column of the history.
ReportTable EpochTable(const TrainReport& report);
ReportTable LandmarkTable(const Evaluation& evaluation, const std::string& error_unit);
ReportSection ExpressionSection(const ExpressionErrors& errors);

}  // namespace nosetip
