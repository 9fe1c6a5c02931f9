// Faces with known points, whatever format they are stored in.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

// What can be wrong with a box that a data set gives for a face.
enum class BoxFault {
  kNoNumber,   // a coordinate is missing or no finite number
  kNegative,   // the width or the height is below 0
  kNoArea,     // the width or the height is 0
  kApart,      // all points lie to one side of it
  kWrongSize,  // most of the points are far outside, or the box is far larger than their bounds
};

// A point this far outside its box, as a share of the box's longer side, is far outside: boxes of
// detectors cut off chins and ears, but not that much.
inline constexpr float kFarShare = 0.5F;
// A box whose longer side is more than this many times that of its points' bounds is far larger:
// boxes of whole heads stay below.
inline constexpr float kLargestBoxRatio = 4.0F;

struct RejectedBox {
  BoxFault fault = BoxFault::kNoNumber;
  std::string remark;  // what is wrong, such as "a box has no area (0 x 12 px)"
};

// How far the point is beyond the nearest edge; 0 inside.
float DistanceOutside(Point2f point, const RectF& rect);

// Why `box` cannot be used for a face with these points; nothing where it can. A box that reaches
// outside the picture can, and so can one that misses a few stray points. Where the points have no
// extent (none, or the nose alone) nothing could replace the box, so any with an area can be used.
std::optional<RejectedBox> FaultOfBox(const RectF& box, std::span<const Point2f> points_px);

struct AnnotatedFace {
  // Not opened by the readers, except where the format needs its size.
  std::filesystem::path picture;
  std::string name;  // unique in its data set: path relative to the root, no extension
  // Faces of one group (one photograph, one person) stay on one side of every split.
  std::string group;
  std::string part;  // subset of the data set, such as "lfpw", "helen", "afw"; may be empty
  // What bounds the face: the data set's own box where it has one, else the bounds of the points.
  RectF box;
  // Why the data set's own box cannot be used; `box` is the bounds of the points then.
  std::optional<RejectedBox> rejected_box;
  // 0-based picture pixels, in the schema's order; empty: unlabeled.
  std::vector<Point2f> points_px;
  // Grows with the place in the data set's file, or in the sorted list of its files. Ordering by it
  // gives the faces as the file has them.
  size_t order = 0;
};

struct DataSet {
  const LandmarkSchema* schema = nullptr;  // null where no face has points
  std::vector<AnnotatedFace> faces;        // sorted by name
  std::vector<std::string> problems;       // files left out, each with the reason
};

enum class DataSetFormat { kPts, kAsf, kKeypointsCsv, kDlibXml };

// Throws Error where the path does not exist or nothing in it is a known format.
DataSetFormat FormatOf(const std::filesystem::path& path);

// Reads any supported data set:
//  - a folder with .pts files (iBUG, 1-based) beside their pictures, at any depth;
//  - a folder with .asf files (IMM);
//  - a .csv file of keypoints, or a folder with keypoints.csv and images/;
//  - a dlib .xml file (imglab).
// A broken annotation becomes an entry in `problems`; throws Error where the path does not exist,
// nothing in it is a known format, or nothing usable is left.
DataSet ReadDataSet(const std::filesystem::path& path);

}  // namespace nosetip
