// Faces with known points, whatever format they are stored in.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"
#include "training/data/box_fault.h"
#include "training/data/watched_work.h"

namespace nosetip {

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

// By its name: a .zip, .tar.gz or the like, which has to be unpacked first.
bool IsArchive(const std::filesystem::path& path);

enum class DataSetFormat { kPts, kAsf, kKeypointsCsv, kDlibXml, kCoco };

// Throws Error where the path does not exist or nothing in it is a known format.
DataSetFormat FormatOf(const std::filesystem::path& path);

// Reads any supported data set:
//  - a folder with .pts files (iBUG, 1-based) beside their pictures, at any depth;
//  - a folder with .asf files (IMM);
//  - a .csv file of keypoints, or a folder with keypoints.csv and images/;
//  - a dlib .xml file (imglab);
//  - a .json file of COCO keypoints.
// A broken annotation becomes an entry in `problems`; throws Error where the path does not exist,
// nothing in it is a known format, or nothing usable is left.
DataSet ReadDataSet(const std::filesystem::path& path, const OnWork& on_work = {});

}  // namespace nosetip
