// What was measured of face detectors, for people and for programs.
#pragma once

#include <map>
#include <string>

#include "training/evaluation/detector/detector_figures.h"

namespace nosetip {

// A block of lines a set, a line a detector.
std::string MeasurementText(const Measurement& measurement);

// Names of the faces that are missed, and of the pictures without faces in which one is seen, at
// the threshold at work.
std::string MistakesText(const Measurement& measurement);

// `about` are further entries of the file's top, such as the machine's name.
std::string MeasurementJson(const Measurement& measurement,
                            const std::map<std::string, std::string>& about);

}  // namespace nosetip
