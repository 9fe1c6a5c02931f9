// The landmarks of known faces as the tracker finds them by itself.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "tracker/measure/box_errors.h"
#include "tracker/tracking/tracker.h"
#include "tracker/model/landmarker.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

// What the tracker makes of each picture as the first frame of a clip: detection, two rounds of
// landmarks, and its own judgement whether that is a face. One thread.
class DetectedFaces {
 public:
  DetectedFaces(std::unique_ptr<FaceDetector> detector, std::unique_ptr<Landmarker> landmarker);
  ~DetectedFaces();

  // Of the face that overlaps most with `truth_box`, the bounds of the true landmarks; nothing
  // where none overlaps much.
  std::optional<Landmarks> Locate(const Image& picture, const RectF& truth_box);

  // Of the boxes so far in which those faces were looked for: the detector's, then those around the
  // first landmarks, as in a video around those of the frame before.
  std::vector<NamedBoxErrors> ErrorsOfBoxes() const;

 private:
  class Witness;

  Witness* witness_;  // the tracker's landmarker
  Tracker tracker_;
  std::vector<std::vector<BoxPair>> rounds_;
};

}  // namespace nosetip
