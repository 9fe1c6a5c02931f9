// The landmarks of faces in a picture, whose boxes are known or not.
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

// The faces in the boxes, in order. Boxes of detectors and annotators bound the landmarks only
// roughly; so each face is located again around its last landmarks, one to three times, until they
// stay in place. Not again where the schema has too few points to bound a face, or where the
// landmarks lie mostly outside the picture.
std::vector<Landmarks> LocateClosely(Landmarker& landmarker, const Image& image,
                                     std::span<const RectF> boxes);

// The box that overlaps most with `truth`, the bounds of a face's true landmarks; null where none
// overlaps by much.
const RectF* NearestBox(const std::vector<RectF>& boxes, const RectF& truth);

// False for a box of no area, one of less than 4 pixels, and one that lies mostly outside the
// picture.
bool IsUsableBox(const RectF& box, const Image& image);

struct BoxedFaces {
  std::vector<Landmarks> faces;    // one per box, in order
  std::vector<std::string> notes;  // what replaces each face whose box is not usable
};

struct FoundFaces {
  std::vector<Landmarks> faces;  // the largest first
  // Faces that the tracker reports without points: where they are, and why.
  std::vector<std::string> rejected;
};

// One thread at a time. Throws Error where the model gives points that are no numbers.
class FacePredictor {
 public:
  using MakeDetector = std::function<std::unique_ptr<FaceDetector>()>;

  // The detector is made at its first use, which throws what its maker throws.
  FacePredictor(std::unique_ptr<Landmarker> landmarker, MakeDetector make_detector);

  // Always as many faces as boxes. An unusable box gets the largest face found in the picture that
  // is in none of its other boxes, or else that of InWholePicture.
  BoxedFaces InBoxes(const Image& image, std::span<const RectF> boxes);
  // What the tracker finds in the picture.
  FoundFaces Find(const Image& image);
  // As if one face filled the middle of the picture.
  Landmarks InWholePicture(const Image& image);

  const LandmarkSchema& schema() const { return landmarker_->schema(); }

 private:
  std::unique_ptr<Landmarker> landmarker_;
  MakeDetector make_detector_;
  std::optional<Tracker> tracker_;
};

// Known faces as the tracker finds them by itself, each picture as the first frame of a clip:
// detection, two rounds of landmarks, and the check whether that is a face. One thread.
class DetectedFaces {
 public:
  DetectedFaces(std::unique_ptr<FaceDetector> detector, std::unique_ptr<Landmarker> landmarker);
  ~DetectedFaces();

  // The face that overlaps most with `truth_box`, the bounds of the true landmarks; nothing where
  // none overlaps by much.
  std::optional<Landmarks> Locate(const Image& picture, const RectF& truth_box);

  // Of the boxes in which these faces were located so far: the detector's, then those around the
  // first landmarks (in a video: around those of the previous frame).
  std::vector<NamedBoxErrors> ErrorsOfBoxes() const;

 private:
  class BoxRecorder;

  BoxRecorder* recorder_;  // the tracker's landmarker
  Tracker tracker_;
  std::vector<std::vector<BoxPair>> rounds_;
};

}  // namespace nosetip
