// Measures the boxes of a face detector against known faces. Standard library and core alone.
//
// A box finds a face where their intersection over union is at least `min_iou`. Boxes are matched
// in order of their scores, best first, each with the face not yet found that it overlaps most; a
// second box on a face is a false alarm. Because of that order a threshold may be applied
// afterwards: the boxes above it have found the same faces. (PASCAL VOC, Everingham et al., IJCV
// 2010; ranges of size and ignored faces as in COCO, Lin et al., ECCV 2014.)
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/face.h"

namespace nosetip {

inline constexpr float kFoundIou = 0.5F;  // the usual one
// Enough to tell which face a box belongs to, where boxes have different conventions.
inline constexpr float kRoughlyFoundIou = 0.3F;

struct FaceToFind {
  RectF box;
  bool ignored = false;  // neither right nor wrong to find
  std::string name;
};

// "x,y,width,height" in whole pixels, counted from the edge of the first one as in files of boxes.
std::string TextOf(const RectF& box);

// What a detector found in one picture.
struct ExaminedPicture {
  std::string name;
  std::vector<FaceBox> detections;  // best score first
  std::vector<FaceToFind> faces;
};

// Faces from one height of their boxes up to another, in picture pixels. Other faces are ignored,
// and so are boxes of other heights that find none.
struct HeightRange {
  float from_px = 0.0F;
  float to_px = std::numeric_limits<float>::infinity();

  bool Holds(float height_px) const { return height_px >= from_px && height_px < to_px; }
};

struct JudgedBox {
  float score = 0.0F;
  bool right = false;
  float iou = 0.0F;  // with the face that it found; 0 for a false alarm
};

// The boxes of many pictures, right or wrong, and the number of faces to find.
struct Judgment {
  std::vector<JudgedBox> boxes;  // best score first
  int faces = 0;
  int pictures = 0;
};

Judgment Judge(std::span<const ExaminedPicture> pictures, const HeightRange& range = {},
               float min_iou = kFoundIou);

// One point of the curve per score, best score first: what the boxes from that score on find. Empty
// where there is no face to find.
struct CurvePoint {
  float score = 0.0F;
  double recall = 0.0;     // 0 to 1
  double precision = 0.0;  // 0 to 1
};
std::vector<CurvePoint> PrecisionCurve(const Judgment& judgment);

// The best precision at a recall of at least `recall`; nothing where that is not reached.
std::optional<double> PrecisionAt(std::span<const CurvePoint> curve, double recall);

// Area under precision over recall, precision made monotone first; 0 to 1. Boxes of equal score
// count together. Nothing where there is no face to find.
std::optional<double> AveragePrecision(const Judgment& judgment);

struct DetectionFigures {
  int found = 0;
  int false_alarms = 0;
  std::optional<double> recall;                    // 0 to 1; nothing without faces
  std::optional<double> precision;                 // 0 to 1; nothing without boxes
  std::optional<double> mean_iou;                  // of the boxes that found a face
  std::optional<double> false_alarms_per_picture;  // nothing without pictures
};

// Of the boxes with a score of at least `min_score`.
DetectionFigures FiguresAt(const Judgment& judgment, float min_score);

// The lowest score at which there are at most `per_picture` false alarms per picture; 0 where every
// score meets that.
float ScoreForFalseAlarms(const Judgment& judgment, double per_picture);

// Indices into `picture.faces` that no box of at least `min_score` finds, ignored ones left out.
std::vector<size_t> MissedFaces(const ExaminedPicture& picture, float min_score,
                                float min_iou = kFoundIou);
// Indices into `picture.detections` of at least `min_score` that are false alarms.
std::vector<size_t> FalseAlarms(const ExaminedPicture& picture, float min_score,
                                float min_iou = kFoundIou);

// Of the faces of a range, whatever the heights of the boxes that find them.
struct FoundFaces {
  int faces = 0;
  int found = 0;
};
FoundFaces CountFound(std::span<const ExaminedPicture> pictures, const HeightRange& range,
                      float min_score, float min_iou = kFoundIou);

// Pictures with faces to find of which none is found.
int CountWithoutFind(std::span<const ExaminedPicture> pictures, float min_score,
                     float min_iou = kFoundIou);

// How steady the best box per frame is in a clip with one face.
struct ClipFigures {
  int frames = 0;
  int found = 0;
  std::optional<double> mean_iou;  // of neighboring frames that both have a box
  // Distance of the middle one of three neighboring frames from half-way between the others: root
  // mean square, in percent of the box's height. A face that moves evenly has none.
  std::optional<double> center_jitter;
  std::optional<double> size_jitter;  // the same of the height
};

ClipFigures Steadiness(std::span<const std::optional<RectF>> best_boxes);

// The best box of at least `min_score`.
std::optional<RectF> BestBox(const ExaminedPicture& picture, float min_score);

}  // namespace nosetip
