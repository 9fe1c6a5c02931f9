// What a measurement of face detectors prints and writes, for people and for programs.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "training/evaluation/detector/detector_sets.h"

namespace nosetip {

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

// A block of lines per set, a line per detector; two blocks, for kFoundIou and kRoughlyFoundIou,
// where every face is labeled.
std::string MeasurementText(const Measurement& measurement);

// Names of missed faces, of pictures without faces in which one is found and, where every face is
// labeled, of boxes without one, at the threshold at work. Labeled faces, and close-ups, are missed
// where no box has kRoughlyFoundIou with them.
std::string MistakesText(const Measurement& measurement);

// `about` has further entries for the top of the file, such as the machine's name.
std::string MeasurementJson(const Measurement& measurement,
                            const std::map<std::string, std::string>& about);

}  // namespace nosetip
