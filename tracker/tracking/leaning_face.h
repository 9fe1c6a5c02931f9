// Turns faces that lean to a side upright before the landmark network sees them, as it was trained
// on few that lean.
#pragma once

#include <span>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/model/landmarker.h"

namespace nosetip {

// Where a face is looked at.
struct FacePlace {
  RectF box;              // bounds of the landmarks, turned about its center by `roll_rad`
  float roll_rad = 0.0F;  // clockwise on the screen; 0 for an upright box
};

// How far the line from the eyes to the mouth leans, clockwise on the screen, -pi to pi; 0 where
// the schema has no eyes or no mouth.
float RollOf(const Landmarks& landmarks, const LandmarkSchema& schema);

// Whether the face leans far enough to be turned. A face that is turned already stays so down to a
// smaller angle, so that this does not change from frame to frame.
bool Leans(const Landmarks& landmarks, const LandmarkSchema& schema, bool is_turned);

// The bounds of the landmarks, turned with the face where it leans. Needs enough points for bounds.
FacePlace PlaceOf(const Landmarks& landmarks, const LandmarkSchema& schema, bool leans);

// A box mapped by a similarity: its center and its size, but it is not turned.
RectF MappedBox(const RectF& box, const Affine2& to_from);

struct LocatedFaces {
  std::vector<Landmarks> faces;  // one per place, in order
  double crop_ms = 0.0;          // spent on cutting them out, as far as the landmarker knows
};

// The landmarks at these places, in picture pixels: upright ones in one batch, turned ones one by
// one.
LocatedFaces LocateAt(Landmarker& landmarker, const Image& image,
                      std::span<const FacePlace> places);

}  // namespace nosetip
