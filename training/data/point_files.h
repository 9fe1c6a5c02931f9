// Text files with the points of one face: .asf and .pts.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/core/geometry.h"

namespace nosetip {

// The IMM face database's .asf files (Stegmann, Ersbøll, Larsen: FAME, IEEE TMI 2003): after the
// comments and the number of points, one row per point
//
//   path, type, x, y, point, connects from, connects to
//
// and at the end the name of the picture. x and y are relative to the picture's size.
struct AsfShape {
  std::vector<Point2f> points_rel;  // 0 is the picture's left (top) edge, 1 its right (bottom) edge
  std::string picture;              // its name in the file; empty where there is none
};

// `text` is that of the file `path`. Throws Error naming file and line for anything but the form
// above, and for more than kMaxFacePoints points.
AsfShape ParseAsf(const std::filesystem::path& path, std::string_view text);
AsfShape ReadAsf(const std::filesystem::path& path);

// From relative coordinates to 0-based pixels, whose centers are at whole numbers: x * width - 0.5.
// In IMM's files x * 640 lies on half pixels plus steps of the annotation tool's zoomed view, so
// the tool, too, counted from the edge of the picture.
Point2f PixelFromRelative(Point2f relative, int width_px, int height_px);

// The points of one of iBUG's .pts files (Sagonas et al., IMAVIS 2016) as 0-based pixels; the file
// itself is 1-based. Reads the usual form (version, n_points, braces) and bare rows "x y". `text`
// is that of the file `path`. Throws Error naming file and line for anything else, a truncated file
// and one of more than kMaxFacePoints points included.
std::vector<Point2f> ParsePts(const std::filesystem::path& path, std::string_view text);
std::vector<Point2f> ReadPts(const std::filesystem::path& path);

}  // namespace nosetip
