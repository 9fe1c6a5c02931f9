// Photographs with known faces or none, as material for scenes.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "tracker/vision/face_detector.h"
#include "training/data/box_set.h"
#include "training/data/data_set.h"
#include "training/detector/scenes/face_label.h"

namespace nosetip {

struct Photograph {
  std::string name;
  std::string group;             // see AnnotatedFace
  std::vector<Image> pyramid;    // the picture, and each the half of the one before
  std::vector<FaceLabel> faces;  // in pixels of pyramid[0]
  std::vector<RectF> unlabeled;  // places that may be faces; nothing else is known about them
  // Whether all faces are in `faces` or `unlabeled`, so that any part of it can be a scene.
  bool all_labeled = false;
};

struct ReadPhotographs {
  std::vector<Photograph> photographs;
  std::vector<std::string> problems;  // pictures left out, each with the reason
};

// Reads every picture with labeled faces once, shrunk so that its largest face is at most
// `max_face_px` high and its longer side at most kMaxPhotographPx. `teacher`, unless null, marks
// what looks like further faces: those with a score of `sure_score` or more become faces without
// points, others places that may be one. It should have a low detector_score, such as 0.3, since a
// false mark of a place does no harm.
inline constexpr int kMaxPhotographPx = 1280;
inline constexpr float kNeverSure = 2.0F;
ReadPhotographs PhotographsOfDataSet(
    const DataSet& data, int max_face_px, FaceDetector* teacher, float sure_score = kNeverSure,
    const std::function<void(size_t)>& on_picture = [](size_t) {});

// The same for pictures in which every face has a box. Those without any are read too.
ReadPhotographs PhotographsOfBoxSet(
    const BoxSet& set, int max_face_px,
    const std::function<void(size_t)>& on_picture = [](size_t) {});

// Every picture below `folder`, shrunk to at most `max_side_px`, as one without faces; what the
// teacher takes for a face is marked as unlabeled. Throws Error where the folder does not exist or
// holds no picture.
ReadPhotographs PhotographsWithoutFaces(
    const std::filesystem::path& folder, int max_side_px, FaceDetector* teacher,
    const std::function<void(size_t)>& on_picture = [](size_t) {});

// What scenes are made of, on disk.
struct SceneSources {
  std::vector<std::string> backgrounds;  // folders of pictures without faces
  // A detector file of the YuNet family that marks faces without labels in the photographs; empty
  // for none.
  std::string teacher;
  bool teacher_sees_backgrounds = false;  // where they are not known to be without faces
  bool teacher_labels = false;  // whether faces that it is sure of count as labeled: for training
  int max_face_px = 400;        // larger ones are shrunk to this height
};

struct SceneMaterial {
  std::vector<Photograph> photographs;  // each with a face or more
  std::vector<Photograph> backgrounds;
};

struct ReadingProgress {
  std::function<void(const std::string&)> on_problem = [](const std::string&) {};
  // At the start of a set with its number of pictures; 0 where that is unknown.
  std::function<void(const std::string& name, size_t pictures)> on_set = [](const std::string&,
                                                                            size_t) {};
  std::function<void(size_t)> on_picture = [](size_t) {};
};

// Throws Error for a teacher or a folder that cannot be read.
SceneMaterial ReadSceneMaterial(std::span<const DataSet> data, std::span<const BoxSet> boxes,
                                const SceneSources& sources, const ReadingProgress& progress);

}  // namespace nosetip
