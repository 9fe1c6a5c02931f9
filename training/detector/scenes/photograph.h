// Photographs with known faces, as material for scenes.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "tracker/vision/face_detector.h"
#include "training/data/data_set.h"
#include "training/detector/scenes/face_label.h"

namespace nosetip {

struct Photograph {
  std::string name;
  std::string group;              // see AnnotatedFace
  std::vector<Image> pyramid;     // the picture, and each the half of the one before
  std::vector<FaceLabel> faces;   // in pixels of pyramid[0]
  std::vector<RectF> unlabelled;  // places that may be faces, of which nothing else is known
};

struct ReadPhotographs {
  std::vector<Photograph> photographs;
  std::vector<std::string> problems;  // pictures left out, each with the reason
};

// Reads every picture with labelled faces once, shrunk so that its largest face is at most
// `max_face_px` high. `teacher`, where there is one, marks what looks like further faces; it
// should have a low detector_score, such as 0.3, as a place marked in vain does no harm.
ReadPhotographs PhotographsOfDataSet(
    const DataSet& data, int max_face_px, FaceDetector* teacher,
    const std::function<void(size_t)>& on_picture = [](size_t) {});

// Every picture below `folder`, shrunk to at most `max_side_px`, without faces; what the teacher
// takes for a face is marked as unlabelled. Throws Error where the folder does not exist or holds
// no picture.
ReadPhotographs PhotographsWithoutFaces(
    const std::filesystem::path& folder, int max_side_px, FaceDetector* teacher,
    const std::function<void(size_t)>& on_picture = [](size_t) {});

}  // namespace nosetip
