// The figures of a face detector on a set of pictures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "training/evaluation/detector/detector_sets.h"

namespace nosetip {

// One figure of one detector on one set, for both the table and the JSON file.
struct SetFigure {
  std::string key;      // "recall_percent"
  std::string heading;  // "recall %"; empty: only in the file
  std::optional<double> value;
  int decimals = 1;
};

// From where on boxes count.
struct FigureLimits {
  float score = 0.6F;                       // the threshold at work
  std::optional<float> few_alarms_score{};  // see ScoresForFewFalseAlarms; where known
  float min_iou = kFoundIou;
};

// The figures that suit the set's kind.
std::vector<SetFigure> FiguresOf(SetKind kind, const DetectorRecord& record,
                                 const FigureLimits& limits);

// The precision that goes with some levels of recall, for the table alone.
std::vector<SetFigure> CurveFigures(const DetectorRecord& record, float min_iou);

}  // namespace nosetip
