// Figures of face detectors on the sets that they were measured on.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "training/evaluation/detector/detector_sets.h"

namespace nosetip {

// One figure of one detector on one set, as it stands in both the table and the JSON file.
struct SetFigure {
  std::string key;      // "recall_percent"
  std::string heading;  // "recall %"; empty: in the file alone
  std::optional<double> value;
  int decimals = 1;
};

struct MeasuredSet {
  SetKind kind = SetKind::kFaces;
  std::string name;
  std::vector<DetectorRecord> records;  // one a detector
};

struct Measurement {
  std::vector<std::string> detectors;  // their names, in the order of every set's records
  std::vector<MeasuredSet> sets;
  float score = 0.6F;  // the threshold at work
};

// Scores differ from detector to detector, so that recall at one threshold compares little. This
// threshold of each gives 0.1 false alarms for a picture without faces: those of SetKind::kEmpty,
// or of kEmptyScenes where there are no others. Empty where there are none at all.
inline constexpr double kFewFalseAlarms = 0.1;
std::vector<float> ScoresForFewFalseAlarms(const Measurement& measurement);

// The figures that suit the set's kind. `few_alarms_score` is that of the detector, where known.
std::vector<SetFigure> FiguresOf(SetKind kind, const DetectorRecord& record, float score,
                                 std::optional<float> few_alarms_score);

// What was measured of face detectors, for people and for programs.

// A block of lines a set, a line a detector.
std::string MeasurementText(const Measurement& measurement);

// Names of the faces that are missed, and of the pictures without faces in which one is seen, at
// the threshold at work.
std::string MistakesText(const Measurement& measurement);

// `about` are further entries of the file's top, such as the machine's name.
std::string MeasurementJson(const Measurement& measurement,
                            const std::map<std::string, std::string>& about);

}  // namespace nosetip
