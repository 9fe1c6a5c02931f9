// The pictures that a face detector is measured on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "tracker/vision/face_detector.h"
#include "training/data/data_set.h"
#include "training/detector/scenes/photograph.h"
#include "training/evaluation/detector/detector_evaluation.h"

namespace nosetip {

// Face detectors beside each other on the same pictures.

struct PictureToExamine {
  std::string name;
  Image image;
  std::vector<FaceToFind> faces;
};

// Gives the next picture of a set; nothing after the last.
using PictureSequence = std::function<std::optional<PictureToExamine>()>;

enum class SetKind {
  kFaces,        // photographs, of whose faces some may be unknown
  kScenes,       // composed, so that every face is known
  kEmpty,        // pictures without faces
  kEmptyScenes,  // composed without faces
  kClip          // frames of a video with one face
};

struct PictureSet {
  SetKind kind = SetKind::kFaces;
  std::string name;
  PictureSequence next;
  std::optional<size_t> count;  // how many pictures are ahead, where that is known
};

// What one detector made of a set.
struct DetectorRecord {
  std::vector<ExaminedPicture> pictures;
  std::vector<double> times_ms;  // of each Detect
};

using Detectors = std::span<const std::unique_ptr<FaceDetector>>;

// Shows each picture to every detector; who is first changes from picture to picture, so that
// whatever else the machine does hits all alike. The first picture is shown once before for nothing
// (warm-up). One record a detector; ends early on `stop`.
std::vector<DetectorRecord> ExaminePictures(
    Detectors detectors, const PictureSequence& next, const std::stop_token& stop = {},
    const std::function<void(size_t)>& on_picture = [](size_t) {});

struct FaceFilter {
  int held_out_percent = 0;  // only what a training with this part held out has not seen; 0: all
  std::string parts;         // comma-separated; empty: all
  std::string names;         // a regular expression that is found in the name; empty: all
};

// Reads a data set and keeps the pictures that have a chosen face, with all of their labeled
// faces. Throws Error where none is left or the expression is none.
DataSet ReadChosenPictures(const std::string& path, const FaceFilter& filter);

// Every picture with the boxes of its labeled faces (BoxOf). A picture that cannot be read is left
// out and said through `on_problem`.
using ProblemSink = std::function<void(const std::string&)>;
PictureSet PicturesOfDataSet(DataSet data, std::string name, ProblemSink on_problem);

// Every picture below the folder, without faces. Throws Error where there is none.
PictureSet PicturesWithoutFaces(const std::filesystem::path& folder, ProblemSink on_problem);

// The frames of a video, or of a picture sequence. Throws Error where it cannot be opened.
PictureSet FramesOfClip(const std::string& clip);

struct ScenePlan {
  int count = 0;
  uint64_t seed = 1;
  int size_px = 320;
  bool empty = false;  // scenes without faces
};

// Composed scenes of the seeds `seed`, `seed` + 1 ...
PictureSet ComposedScenes(std::shared_ptr<const SceneMaterial> material, const ScenePlan& plan);

}  // namespace nosetip
