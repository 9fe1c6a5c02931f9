// Where the faces of one frame are, by the detector and the landmark network.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/tracking/face_track.h"
#include "tracker/tracking/leaning_face.h"
#include "tracker/tracking/tracker_memory.h"

namespace nosetip {

// Boxes that overlap by more than this belong to one face, where at least one is a detection.
inline constexpr float kSameFaceIou = 0.3F;

// Runs the networks of a tracker on one frame and sums up the time that they take.
class FaceLocator {
 public:
  // Both must outlive this. Throws Error where the region to search lies outside the picture.
  FaceLocator(const TrackerMemory& memory, const Image& image)
      : memory_(memory),
        image_(image),
        region_(RegionIn(memory.region, {image.width_px, image.height_px})) {}

  // The landmarks at each place.
  std::vector<Landmarks> Locate(std::span<const FacePlace> places);
  // Each face located at its place, then again where its first landmarks are, and once more where
  // these have moved far. Not all are usable.
  std::vector<FaceTrack> LocateTwice(std::vector<FacePlace> places);

  // What the detector finds in the frame's region, as its own boxes.
  std::vector<FaceBox> Detect();
  // What it finds in the region turned by `turn_rad` to either side, as boxes of landmarks.
  std::vector<FacePlace> DetectTurned(float turn_rad);
  // The detection around a place that fits it best and fits none of `others` better. Its box is
  // that of landmarks, turned as the place is.
  std::optional<FaceBox> FindAround(const FacePlace& place, std::span<const RectF> others);

  // True where the face leans so far that it is located turned upright.
  bool Leans(const FaceTrack& track) const;
  const LandmarkSchema& schema() const { return memory_.landmarker->schema(); }
  const Image& image() const { return image_; }
  // False for a box whose center lies outside the region, where there is one.
  bool IsInRegion(const RectF& box, float margin_px = 0.0F) const {
    const RectF region{region_.x - margin_px, region_.y - margin_px,
                       region_.width + 2.0F * margin_px, region_.height + 2.0F * margin_px};
    return !memory_.region || Contains(region, box.Center());
  }
  const StageTimings& timings() const { return timings_; }

 private:
  void LocateAgain(FaceTrack& track);
  std::vector<FaceBox> DetectAround(const FacePlace& place);

  const TrackerMemory& memory_;
  const Image& image_;
  const RectF region_;
  StageTimings timings_;
};

// The boxes that would bound the landmarks of these detections.
std::vector<FaceBox> WithLandmarkBoxes(std::vector<FaceBox> detections);

}  // namespace nosetip
