// Measures the boxes of a face detector against known faces. Standard library and core alone.
//
// A box finds a face where their intersection over union is at least 0.5. Boxes are matched in
// order of their scores, best first, each with the face not yet found that it overlaps most; a
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

struct FaceToFind {
  RectF box;
  bool ignored = false;  // neither right nor wrong to find
  std::string name;
};

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

Judgment Judge(std::span<const ExaminedPicture> pictures, const HeightRange& range = {});

// Area under precision over recall, precision made monotone first; 0 to 1. Boxes of equal score
// count together. Nothing where there is no face to find.
std::optional<double> AveragePrecision(const Judgment& judgment);

struct DetectionFigures {
  int found = 0;
  int false_alarms = 0;
  std::optional<double> recall;                    // 0 to 1; nothing without faces
  std::optional<double> mean_iou;                  // of the boxes that found a face
  std::optional<double> false_alarms_per_picture;  // nothing without pictures
};

// Of the boxes with a score of at least `min_score`.
DetectionFigures FiguresAt(const Judgment& judgment, float min_score);

// The lowest score at which there are at most `per_picture` false alarms per picture; 0 where every
// score meets that.
float ScoreForFalseAlarms(const Judgment& judgment, double per_picture);

// Indices into `picture.faces` that no box of at least `min_score` finds, ignored ones left out.
std::vector<size_t> MissedFaces(const ExaminedPicture& picture, float min_score);

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
