// One followed face, and the tests that decide whether it still is one.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/tracking/leaning_face.h"

namespace nosetip {

struct FaceTrack {
  int id = 0;
  RectF box;            // bounds of the landmarks, in frame pixels; its center moved by `motion_px`
  Landmarks landmarks;  // none where only the detector vouches for the face
  Point2f motion_px;    // of the box's center since the frame before
  float detector_score = 0.0F;
  float trust = 0.0F;  // 0 to 1, see Tracker
  int frames_since_confirmed = 0;
  bool leans = false;  // so far that it is located turned upright
};

// A continuity or an agreement below this is too low to trust.
inline constexpr float kMinTrust = 0.4F;

// Where the face will be if it keeps its motion.
RectF PredictedBox(const FaceTrack& track);
// The same, turned upright where the face leans.
FacePlace PredictedPlace(const FaceTrack& track, const LandmarkSchema& schema);
// Where the face is, turned upright where it leans.
FacePlace PlaceOf(const FaceTrack& track, const LandmarkSchema& schema);

// False where all faces are known by their boxes alone.
bool AnyHasPoints(std::span<const FaceTrack> tracks);

// The bounds of the points, or `otherwise` where these are too few.
RectF BoxAround(const Landmarks& landmarks, const RectF& otherwise);

// The track with the landmarks of the next frame, which counts as unconfirmed. For a schema of one
// or two points, which bound nothing, the box keeps its size and moves with them.
FaceTrack MovedTo(const FaceTrack& before, Landmarks landmarks);

// False for points that are not finite, an empty box, or one that lies mostly outside `image`.
bool IsUsable(const FaceTrack& track, const Image& image);

// 1 for a face that moves and turns as faces do from one frame to the next, falling to 0 where its
// place, size or shape (what no shift, turn and scaling explains) jumps. Both must be usable.
float Continuity(const FaceTrack& before, const FaceTrack& now);

// How well landmarks and detection fit together, 0 to 1. Both boxes bound landmarks.
float Agreement(const RectF& located, const RectF& detected);

// True for a face that is followed in place of the other, where only the largest is: by a fifth in
// each direction, so that two of about the same size do not take turns.
inline bool IsMuchLarger(const RectF& box, const RectF& other) {
  return box.Area() > 1.5F * other.Area();
}

// True where two tracks have ended up on one face: by their points, or where one has none by their
// boxes.
bool AreOnSameFace(const FaceTrack& a, const FaceTrack& b);

// Pairs of an index into `a` and one into `b`, best overlap first, each used once, none below
// `min_iou`.
std::vector<std::pair<size_t, size_t>> MatchByOverlap(std::span<const RectF> a,
                                                      std::span<const RectF> b, float min_iou);

}  // namespace nosetip
