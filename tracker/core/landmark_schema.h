// Which points a model finds: how many, which mirror which, what to draw between them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nosetip {

// Points first, first + 1 ... last of what they outline.
struct LandmarkPart {
  std::string_view name;
  int first = 0;
  int last = 0;
};

struct LandmarkSchema {
  std::string name;  // "ibug68", "imm58" or "nose1"
  int count = 0;
  // In the mirrored picture, point i is the mirror image of the original's point mirror[i].
  std::vector<int> mirror;
  std::vector<std::pair<int, int>> edges;  // contour lines to draw
  std::vector<LandmarkPart> parts;         // each point in one; none where the points outline none
  // The two points whose distance normalizes errors (outer eye corners); nothing where the schema
  // has none.
  std::optional<std::pair<int, int>> outer_eye_corners;
  int nose_tip = 0;
};

// iBUG 300-W's 68 points (Sagonas et al., ICCV-W 2013), 0-based.
const LandmarkSchema& Ibug68();
// IMM's 58 points (Stegmann et al., FAME, IEEE TMI 2003), 0-based.
const LandmarkSchema& Imm58();
// The tip of the nose alone.
const LandmarkSchema& Nose1();

// For each point of `wanted` the point of `given` that is the same place of a face; nothing where
// some have none. So nose1 can be had from any schema, and each from itself.
std::optional<std::vector<int>> PointsOf(const LandmarkSchema& wanted, const LandmarkSchema& given);

// Throws Error that lists the known names.
const LandmarkSchema& SchemaByName(std::string_view name);

// Which points of one scheme are the same place of a face as a point of another.

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
