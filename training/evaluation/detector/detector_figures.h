// The figures of face detectors on the sets of pictures that they were measured on, for people and
// for programs.
#pragma once

#include <map>
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

struct MeasuredSet {
  SetKind kind = SetKind::kFaces;
  std::string name;
  std::vector<DetectorRecord> records;  // one per detector
};

struct Measurement {
  std::vector<std::string> detectors;  // their names, in the order of every set's records
  std::vector<MeasuredSet> sets;
  float score = 0.6F;  // the threshold at work
};

// Detectors use different scales of scores, so recall at one threshold does not compare them. These
// thresholds, one per detector, give 0.1 false alarms per picture without faces: those of
// SetKind::kEmpty, or of kEmptyScenes where there are none. Empty without either.
inline constexpr double kFewFalseAlarms = 0.1;
std::vector<float> ScoresForFewFalseAlarms(const Measurement& measurement);

// The figures that suit the set's kind. `few_alarms_score` is that of the detector, where known.
std::vector<SetFigure> FiguresOf(SetKind kind, const DetectorRecord& record, float score,
                                 std::optional<float> few_alarms_score);

// A block of lines per set, a line per detector.
std::string MeasurementText(const Measurement& measurement);

// Names of missed faces, and of pictures without faces in which one is found, at the threshold at
// work.
std::string MistakesText(const Measurement& measurement);

// `about` has further entries for the top of the file, such as the machine's name.
std::string MeasurementJson(const Measurement& measurement,
                            const std::map<std::string, std::string>& about);

}  // namespace nosetip
