// What a data set holds, and what is wrong with it.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/core/image.h"
#include "training/data/data_set.h"
#include "training/data/picture_names.h"
#include "training/data/picture_size.h"

namespace nosetip {

// What can be wrong with a data set, in the order of the report: from what costs faces to what may
// be right.
enum class ProblemKind {
  kLeftOut,
  kUnreadablePicture,
  kNoBox,
  kBoxNoNumber,
  kBoxNegative,
  kBoxNoArea,
  kBoxApart,
  kBoxWrongSize,
  kBoxOutside,
  kBoxReachesOut,
  kTinyBox,
  kPointsCoincide,
  kSidesSwapped,
  kPointsFarFromBox,
  kPointsOutside,
  kSamePoints,
};

struct ProblemKindName {
  ProblemKind kind;
  std::string_view key;    // in JSON
  std::string_view brief;  // below a picture
  std::string_view title;
};

// One of each kind, in order.
inline constexpr std::array<ProblemKindName, 16> kProblemKinds = {{
    {ProblemKind::kLeftOut, "left_out", "left out", "left out by the reader"},
    {ProblemKind::kUnreadablePicture, "unreadable_picture", "unreadable",
     "pictures that cannot be read"},
    {ProblemKind::kNoBox, "no_box", "no box", "faces without a box: a single point has no size"},
    {ProblemKind::kBoxNoNumber, "box_no_number", "box missing",
     "boxes missing or no numbers; the bounds of the points are taken"},
    {ProblemKind::kBoxNegative, "box_negative", "box negative",
     "boxes of negative size; the bounds of the points are taken"},
    {ProblemKind::kBoxNoArea, "box_no_area", "box no area",
     "boxes without area; the bounds of the points are taken"},
    {ProblemKind::kBoxApart, "box_apart", "box apart",
     "boxes beside all of their points; the bounds of the points are taken"},
    {ProblemKind::kBoxWrongSize, "box_wrong_size", "box size",
     "boxes far smaller or larger than their points; the bounds of the points are taken"},
    {ProblemKind::kBoxOutside, "box_outside", "box outside", "boxes outside the picture"},
    {ProblemKind::kBoxReachesOut, "box_reaches_out", "box cut off",
     "boxes that reach outside the picture"},
    {ProblemKind::kTinyBox, "tiny_box", "tiny", "faces below 16 px"},
    {ProblemKind::kPointsCoincide, "points_coincide", "points coincide",
     "faces with all points in one place"},
    {ProblemKind::kSidesSwapped, "sides_swapped", "sides swapped",
     "faces whose left and right points look swapped"},
    {ProblemKind::kPointsFarFromBox, "points_far_from_box", "points far off",
     "faces with points far outside their box"},
    {ProblemKind::kPointsOutside, "points_outside", "points outside",
     "faces with points outside the picture"},
    {ProblemKind::kSamePoints, "same_points", "same points",
     "faces with exactly the points of another"},
}};

constexpr const ProblemKindName& NameOf(ProblemKind kind) {
  return kProblemKinds[static_cast<size_t>(kind)];
}

struct FoundProblem {
  ProblemKind kind = ProblemKind::kLeftOut;
  std::optional<size_t> face;  // index into DataSet::faces; of a picture, its first
  std::string what;            // names the thing and what is wrong with it
};

template <typename Value>
struct Spread {
  Value smallest{};
  Value median{};
  Value largest{};
};

struct Inspection {
  std::string schema;  // empty where no face has points
  int points = 0;
  size_t pictures = 0;
  size_t labeled_faces = 0;
  size_t unlabeled_faces = 0;  // a box alone
  size_t empty_pictures = 0;   // known to hold no face
  size_t groups = 0;
  std::map<std::string, size_t> faces_of_part;    // without faces of no part
  std::optional<Spread<PictureSize>> picture_px;  // by area; nothing where no picture can be read
  std::optional<Spread<float>> face_px;  // the longer side of the box; nothing without boxes
  std::vector<FoundProblem> problems;    // by kind, then by face
};

// Opens a face's picture. Throws Error where it cannot be read.
using PictureReader = std::function<Image(const AnnotatedFace&)>;

// The longer sides of these boxes, without those that have no area.
std::optional<Spread<float>> FaceSizes(const std::vector<RectF>& boxes);

size_t CountGroups(const DataSet& data);

// Opens every picture once, whole. `on_picture` is called with the count of pictures done and of
// all. When `stop` is requested, what was not opened until then is not judged.
Inspection InspectDataSet(
    const DataSet& data, const PictureReader& read_picture, const std::stop_token& stop = {},
    const std::function<void(size_t, size_t)>& on_picture = [](size_t, size_t) {});

}  // namespace nosetip
