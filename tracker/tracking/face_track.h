// One followed face, and the questions that decide whether it is still one.
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
  RectF box;  // bounds of the landmarks, in frame pixels; its center moved by `motion_px`
  Landmarks landmarks;
  Point2f motion_px;  // of the box's center since the frame before
  float detector_score = 0.0F;
  float trust = 0.0F;  // 0 to 1, see Tracker
  int frames_since_confirmed = 0;
  bool leans = false;  // so far that it is turned to be located
};

// Below this, a continuity or an agreement is too low to go by.
inline constexpr float kLeastTrust = 0.4F;

// Where the face will be if it moves on as it did.
RectF PredictedBox(const FaceTrack& track);
// The same, turned where it leans.
FacePlace PredictedPlace(const FaceTrack& track, const LandmarkSchema& schema);
// Where it is, turned where it leans.
FacePlace PlaceOf(const FaceTrack& track, const LandmarkSchema& schema);

// The bounds of the points; `otherwise` where they are too few.
RectF BoxAround(const Landmarks& landmarks, const RectF& otherwise);

// The track with what was located for the next frame; counts the frame as unconfirmed. For a schema
// of one or two points, which bound nothing, the box keeps its size and moves with them.
FaceTrack MovedTo(const FaceTrack& before, Landmarks landmarks);

// False for points that are no numbers, a box of no size or one that lies mostly outside `image`.
bool IsUsable(const FaceTrack& track, const Image& image);

// 1 for a face that moves and turns as faces do from one frame to the next, falling to 0 where its
// place, its size or its shape (what no shift, turn and scaling explains) jumps. Both are usable.
float Continuity(const FaceTrack& before, const FaceTrack& now);

// How well landmarks and detection fit together, 0 to 1. Both boxes are those of landmarks.
float Agreement(const RectF& located, const RectF& detected);

// True where two tracks have ended up on one face.
bool AreOnSameFace(const FaceTrack& a, const FaceTrack& b);

// Pairs of one of `a` and one of `b`, best overlap first, each used once, none below `min_iou`.
std::vector<std::pair<size_t, size_t>> MatchByOverlap(std::span<const RectF> a,
                                                      std::span<const RectF> b, float min_iou);

}  // namespace nosetip
