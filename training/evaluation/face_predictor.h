// The landmarks of faces in a picture, given their boxes or not.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/measure/box_errors.h"
#include "tracker/model/landmarker.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

// The faces in the boxes, in order. A detector's or an annotator's box bounds the landmarks only
// roughly, the first landmarks bound them better: each face is located again around its last
// landmarks, at least once and until they stay where they are, at most three times. Once only where
// the schema has too few points to bound a face, or where the landmarks lie mostly outside the
// picture.
std::vector<Landmarks> LocateClosely(Landmarker& landmarker, const Image& image,
                                     std::span<const RectF> boxes);

// False for a box of no area, one of less than 4 pixels, and one that lies mostly outside the
// picture.
bool IsUsableBox(const RectF& box, const Image& image);

struct BoxedFaces {
  std::vector<Landmarks> faces;    // one a box, in order
  std::vector<std::string> notes;  // what stands for a face whose box is not usable
};

// One thread at a time. Throws Error where the model gives points that are no numbers.
class FacePredictor {
 public:
  using MakeDetector = std::function<std::unique_ptr<FaceDetector>()>;

  // The detector is made when it is needed first; what its maker throws comes out there.
  FacePredictor(std::unique_ptr<Landmarker> landmarker, MakeDetector make_detector);

  // Always as many faces as boxes. For a box that is not usable stands the largest face found in
  // the picture that is in none of its other boxes, or what is seen in the picture as a whole.
  BoxedFaces InBoxes(const Image& image, std::span<const RectF> boxes);
  // What the tracker makes of the picture as the first frame of a clip, the largest face first.
  std::vector<Landmarks> Find(const Image& image);
  // As if one face filled the middle of the picture.
  Landmarks InWholePicture(const Image& image);

  const LandmarkSchema& schema() const { return landmarker_->schema(); }

 private:
  std::unique_ptr<Landmarker> landmarker_;
  MakeDetector make_detector_;
  std::optional<Tracker> tracker_;
};

// The landmarks of known faces as the tracker finds them by itself.

// What the tracker makes of each picture as the first frame of a clip: detection, two rounds of
// landmarks, and its own judgment whether that is a face. One thread.
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
