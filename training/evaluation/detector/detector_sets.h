// The pictures that a face detector is measured on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "training/data/data_set.h"
#include "training/evaluation/detector/measure_detectors.h"
#include "training/detector/scenes/scene_sources.h"

namespace nosetip {

struct FaceFilter {
  int held_out_percent = 0;  // only what a training with this part held out has not seen; 0: all
  std::string parts;         // comma-separated; empty: all
  std::string names;         // a regular expression that is found in the name; empty: all
};

// Reads a data set and keeps the pictures that have a chosen face, with all of their labelled
// faces. Throws Error where none is left or the expression is none.
DataSet ReadChosenPictures(const std::string& path, const FaceFilter& filter);

// Every picture with the boxes of its labelled faces (BoxOf). A picture that cannot be read is left
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
