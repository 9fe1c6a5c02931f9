// How sure landmarks are, from how far off they are expected to be.
#pragma once

#include <span>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

// What distances within a face are measured by, in pixels: that of the outer eye corners; where the
// schema has none, 0.6 of the longer side of the points' bounds, which is about as much.
float FaceUnitPx(std::span<const Point2f> points_px, const LandmarkSchema& schema);

// The chance, 0 to 1, that a point lies within kFailureNmePercent of its true place, where its
// distance from it is `expected_percent` on average. Distances are taken to follow a Rayleigh
// distribution, which they do where x and y err independently; `nosetip-train evaluate` says how
// well that holds.
float ConfidenceOf(float expected_percent);

// Sets `confidence` from `expected_error_px`; leaves it empty where there is none.
void SetConfidence(Landmarks& landmarks, const LandmarkSchema& schema);

// Points that are less sure than this, on average, may be those of something else. On 262 held-out
// faces of 300-W the shipped models are at 0.57 and above, in 99 of 100 places beside them at 0.15
// and below (docs/benchmarks.md).
inline constexpr float kSureOfAFace = 0.55F;

// A followed face that is less sure than this is lost, whatever a detector says: its points lie on
// nothing that the model knows. A new one is to be surer, so that none comes and goes. Of 435 faces
// of YouTube Faces face68-fast is at 0.13 and above.
inline constexpr float kLeastOfAFace = 0.1F;
inline constexpr float kLeastOfANewFace = 0.25F;

// Over all points, 0 to 1; 1 where the model says nothing about them.
float MeanConfidence(const Landmarks& landmarks);

}  // namespace nosetip
