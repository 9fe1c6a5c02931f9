// The pictures that face detectors are measured on, and measuring several detectors side by side.
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
#include "training/data/box_set.h"
#include "training/data/data_set.h"
#include "training/data/watched_work.h"
#include "training/detector/scenes/photograph.h"
#include "training/evaluation/detector/detector_evaluation.h"
#include "training/evaluation/detector/face_finders.h"

namespace nosetip {

struct PictureToExamine {
  std::string name;
  Image image;
  std::vector<FaceToFind> faces;
  bool is_picture = true;  // false for a frame of a video, and for scenes, which stand for such
};

// Returns the next picture of a set; nothing after the last.
using PictureSequence = std::function<std::optional<PictureToExamine>()>;

enum class SetKind {
  kFaces,        // photographs, which may have further, unknown faces
  kCloseUps,     // faces that fill their pictures
  kLabeled,      // photographs of which every face is labeled with a box
  kScenes,       // composed, so that every face is known
  kEmpty,        // pictures without faces
  kEmptyScenes,  // composed without faces
  kClip          // frames of a video with one face
};

struct PictureSet {
  SetKind kind = SetKind::kFaces;
  std::string name;
  PictureSequence next;
  std::optional<size_t> count;  // of pictures, where that is known
};

// The results of one detector on a set.
struct DetectorRecord {
  std::vector<ExaminedPicture> pictures;
  std::vector<double> times_ms;  // of each picture
};

// Shows each picture to every detector. The order rotates, so that other load of the machine
// affects all alike; the first picture is detected once before, unmeasured (warm-up). One record
// per detector; ends early on `stop`.
std::vector<DetectorRecord> ExaminePictures(
    std::span<const FaceFinder> detectors, const PictureSequence& next,
    const std::stop_token& stop = {},
    const std::function<void(size_t)>& on_picture = [](size_t) {});

struct FaceFilter {
  int held_out_percent = 0;  // only faces held out by a training with this percentage; 0: all
  std::string parts;         // comma-separated; empty: all
  std::string names;         // a regular expression to find in the name; empty: all
  int least_face_px = 0;     // of boxes: smaller ones are ignored
};

// Reads a data set and keeps the pictures that have a chosen face, with all of their labeled faces.
// Throws Error where none is left or the expression is not valid.
DataSet ReadChosenPictures(const std::string& path, const FaceFilter& filter,
                           const OnWork& on_work = {});

// Every picture with the boxes of its labeled faces (BoxOf). A picture that cannot be read is left
// out and reported to `on_problem`.
using ProblemSink = std::function<void(const std::string&)>;
PictureSet PicturesOfDataSet(DataSet data, std::string name, ProblemSink on_problem);

// Each labeled face cut out of its picture, with a margin around its points of this percentage of
// the longer side of their bounds. Other faces that show are ignored.
PictureSet CloseUpsOfDataSet(const DataSet& data, const std::string& name, float margin_percent,
                             ProblemSink on_problem);

// Pictures with boxes, of which every face is known.
// Throws Error where no picture is left or the expression is not valid.
BoxSet ReadChosenBoxSet(const std::string& path, const FaceFilter& filter,
                        const OnWork& on_work = {});
PictureSet PicturesOfBoxSet(BoxSet set, std::string name, ProblemSink on_problem);

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
