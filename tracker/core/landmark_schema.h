// Which points a model finds: how many, which mirror which, which lines to draw between them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nosetip {

// The points first, first + 1 ... last outline a part of the face.
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
  std::vector<LandmarkPart> parts;         // each point is in one; empty for nose1
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

// For each point of `wanted` the point of `given` at the same place of a face; nothing where some
// have none. nose1 can be taken from any schema, and each schema from itself.
std::optional<std::vector<int>> PointsOf(const LandmarkSchema& wanted, const LandmarkSchema& given);

// Throws Error that lists the known names.
const LandmarkSchema& SchemaByName(std::string_view name);

// A point of a schema and the point of ibug68 at the same place of a face.
struct PointPair {
  int given = 0;  // number in the given schema
  int ibug = 0;   // number in ibug68
};

// By ascending `given`: all points of ibug68 itself; 16 of imm58 (corners of eyes and mouth, ends
// of brows, middle and peaks of the upper lip, the middle below the lower one, the base of the nose
// and the chin). IMM's points along eyelids, jaw and the sides of the nose lie between iBUG's
// points and are left out. None for nose1.
std::vector<PointPair> ComparablePoints(const LandmarkSchema& given);

}  // namespace nosetip
