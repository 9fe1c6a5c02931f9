// Which points of one scheme are the same place of a face as a point of another.
#pragma once

#include <vector>

#include "tracker/core/landmark_schema.h"

namespace nosetip {

struct PointPair {
  int given = 0;  // number in the given scheme
  int ibug = 0;   // number in ibug68
};

// By ascending `given`: all points of ibug68 itself; 16 of imm58 (corners of eyes and mouth, ends
// of brows, middle and peaks of the upper lip, the middle below the lower one, the base of the nose
// and the chin). What IMM spreads along eyelids, jaw and the sides of the nose lies between
// iBUG's points and is left out. None for nose1.
std::vector<PointPair> ComparablePoints(const LandmarkSchema& given);

}  // namespace nosetip
