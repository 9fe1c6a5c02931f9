// The parts of `evaluate` that need pictures or a face detector. A build of the trainer alone has
// stand-ins for them (trainer_only.cpp).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tracker/model/landmarker.h"
#include "tracker/model/model_lookup.h"
#include "tracker/vision/face_detector.h"
#include "training/commands/command_line.h"
#include "training/data/held_out.h"
#include "training/evaluation/evaluate.h"

namespace nosetip {

struct EvaluateArguments {
  std::string model = std::string(kAutoModel);
  std::string data;
  std::string boxes = "truth";  // or "detector", or a file of boxes
  HoldOut hold_out;
  std::string json;
  std::string picture;
  DeviceArguments device;
  int beside = 0;
  float turn_deg = 0.0F;
  DetectorOptions detector;
};

inline bool HasBoxFile(const EvaluateArguments& arguments) {
  return arguments.boxes != "truth" && arguments.boxes != "detector";
}

// --picture, --turn-deg and those of the detector.
void AddFullBuildOptions(CommandParser& command, EvaluateArguments& arguments);

// The wanted faces of a data set that is no pack, with the points of `schema`. With a file of boxes
// each has its box, or one without area where the file has none for it. Throws Error where the data
// set has other points or none, or the file no box for any of its faces.
std::vector<FaceToMeasure> FacesOfDataSet(const EvaluateArguments& arguments,
                                          const LandmarkSchema& schema,
                                          const std::stop_token& stop);

// Turned clockwise about their boxes' centers, in squares of four times their boxes.
std::vector<FaceToMeasure> TurnedFaces(std::vector<FaceToMeasure> faces, float degrees);

struct MeasuringLocator {
  LocateFace locate;
  // What is known about the boxes after all faces; may be empty.
  std::function<std::string()> boxes_text = [] { return std::string(); };
};

// As LocateInGivenBoxes.
MeasuringLocator LocateInBoxesOfFile(std::unique_ptr<Landmarker> landmarker);
// Finds each face as the tracker would in the first frame of a clip.
MeasuringLocator LocateDetectedFaces(const DetectorOptions& options,
                                     std::unique_ptr<Landmarker> landmarker);

// Writes --picture where it is given.
void WriteEvaluationPicture(const EvaluateArguments& arguments, const Evaluation& evaluation,
                            const std::vector<FaceToMeasure>& faces);

}  // namespace nosetip
