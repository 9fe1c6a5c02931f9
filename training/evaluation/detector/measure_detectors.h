// Face detectors beside each other on the same pictures.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "tracker/vision/face_detector.h"
#include "training/evaluation/detector/detector_evaluation.h"

namespace nosetip {

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

}  // namespace nosetip
