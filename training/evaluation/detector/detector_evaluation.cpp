#include "training/evaluation/detector/detector_evaluation.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/core.h>

namespace nosetip {
namespace {

// Of a box, inside an ignored face.
constexpr float kMostlyInside = 0.5F;

// The outcome for one box.
struct Verdict {
  std::optional<size_t> found;  // the face that it finds
  bool counts = true;           // false where it belongs to an ignored face
  float iou = 0.0F;
};

// An ignored face may be cut off, or a blurred place of many faces: a box that mostly lies inside
// belongs to it too.
bool BelongsTo(const RectF& box, const RectF& ignored, float min_iou) {
  return IntersectionOverUnion(box, ignored) >= min_iou ||
         (box.Area() > 0.0F && Intersection(box, ignored).Area() >= kMostlyInside * box.Area());
}

// One verdict per detection.
std::vector<Verdict> JudgePicture(const ExaminedPicture& picture, const HeightRange& range,
                                  float min_iou) {
  const auto is_ignored = [&](const FaceToFind& face) {
    return face.ignored || !range.Holds(face.box.height);
  };
  std::vector<bool> taken(picture.faces.size(), false);
  std::vector<Verdict> verdicts;
  for (const FaceBox& detection : picture.detections) {
    Verdict verdict;
    for (size_t i = 0; i < picture.faces.size(); ++i) {
      if (taken[i] || is_ignored(picture.faces[i])) continue;
      const float iou = IntersectionOverUnion(detection.rect, picture.faces[i].box);
      if (iou < min_iou || iou <= verdict.iou) continue;
      verdict.found = i;
      verdict.iou = iou;
    }
    if (verdict.found) {
      taken[*verdict.found] = true;
    } else {
      verdict.counts = range.Holds(detection.rect.height) &&
                       std::ranges::none_of(picture.faces, [&](const FaceToFind& face) {
                         return is_ignored(face) && BelongsTo(detection.rect, face.box, min_iou);
                       });
    }
    verdicts.push_back(verdict);
  }
  return verdicts;
}

double RootMeanSquare(const std::vector<double>& squares) {
  double sum = 0.0;
  for (const double square : squares) sum += square;
  return std::sqrt(sum / static_cast<double>(squares.size()));
}

}  // namespace

std::string TextOf(const RectF& box) {
  return fmt::format("{:.0f},{:.0f},{:.0f},{:.0f}", box.x + 0.5F, box.y + 0.5F, box.width,
                     box.height);
}

Judgment Judge(std::span<const ExaminedPicture> pictures, const HeightRange& range, float min_iou) {
  Judgment judgment;
  judgment.pictures = static_cast<int>(pictures.size());
  for (const ExaminedPicture& picture : pictures) {
    judgment.faces +=
        static_cast<int>(std::ranges::count_if(picture.faces, [&](const FaceToFind& face) {
          return !face.ignored && range.Holds(face.box.height);
        }));
    const std::vector<Verdict> verdicts = JudgePicture(picture, range, min_iou);
    for (size_t i = 0; i < verdicts.size(); ++i) {
      const Verdict& verdict = verdicts[i];
      if (!verdict.counts) continue;
      judgment.boxes.push_back(
          {picture.detections[i].score, verdict.found.has_value(), verdict.iou});
    }
  }
  std::ranges::stable_sort(judgment.boxes, std::greater{}, &JudgedBox::score);
  return judgment;
}

std::vector<CurvePoint> PrecisionCurve(const Judgment& judgment) {
  std::vector<CurvePoint> curve;
  if (judgment.faces == 0) return curve;
  int right = 0;
  for (size_t i = 0; i < judgment.boxes.size();) {
    const float score = judgment.boxes[i].score;
    for (; i < judgment.boxes.size() && judgment.boxes[i].score == score; ++i) {
      right += judgment.boxes[i].right ? 1 : 0;
    }
    curve.push_back({score, static_cast<double>(right) / judgment.faces,
                     static_cast<double>(right) / static_cast<double>(i)});
  }
  return curve;
}

std::optional<double> PrecisionAt(std::span<const CurvePoint> curve, double recall) {
  std::optional<double> best;
  for (const CurvePoint& point : curve) {
    if (point.recall >= recall) best = std::max(best.value_or(0.0), point.precision);
  }
  return best;
}

std::optional<double> AveragePrecision(const Judgment& judgment) {
  if (judgment.faces == 0) return std::nullopt;
  const std::vector<CurvePoint> curve = PrecisionCurve(judgment);
  double area = 0.0;
  double best_precision = 0.0;
  for (size_t i = curve.size(); i-- > 0;) {
    best_precision = std::max(best_precision, curve[i].precision);
    area += best_precision * (curve[i].recall - (i > 0 ? curve[i - 1].recall : 0.0));
  }
  return area;
}

DetectionFigures FiguresAt(const Judgment& judgment, float min_score) {
  DetectionFigures figures;
  double iou_sum = 0.0;
  for (const JudgedBox& box : judgment.boxes) {
    if (box.score < min_score) break;
    if (box.right) {
      ++figures.found;
      iou_sum += static_cast<double>(box.iou);
    } else {
      ++figures.false_alarms;
    }
  }
  if (judgment.faces > 0) {
    figures.recall = static_cast<double>(figures.found) / judgment.faces;
  }
  if (figures.found + figures.false_alarms > 0) {
    figures.precision = static_cast<double>(figures.found) / (figures.found + figures.false_alarms);
  }
  if (figures.found > 0) figures.mean_iou = iou_sum / figures.found;
  if (judgment.pictures > 0) {
    figures.false_alarms_per_picture =
        static_cast<double>(figures.false_alarms) / judgment.pictures;
  }
  return figures;
}

float ScoreForFalseAlarms(const Judgment& judgment, double per_picture) {
  const auto allowed = static_cast<int>(std::floor(per_picture * judgment.pictures + 1e-9));
  int false_alarms = 0;
  for (const JudgedBox& box : judgment.boxes) {
    if (box.right || ++false_alarms <= allowed) continue;
    return std::nextafter(box.score, std::numeric_limits<float>::infinity());
  }
  return 0.0F;
}

std::vector<size_t> MissedFaces(const ExaminedPicture& picture, float min_score, float min_iou) {
  std::vector<bool> found(picture.faces.size(), false);
  const std::vector<Verdict> verdicts = JudgePicture(picture, {}, min_iou);
  for (size_t i = 0; i < verdicts.size(); ++i) {
    if (picture.detections[i].score >= min_score && verdicts[i].found) {
      found[*verdicts[i].found] = true;
    }
  }
  std::vector<size_t> missed;
  for (size_t i = 0; i < found.size(); ++i) {
    if (!found[i] && !picture.faces[i].ignored) missed.push_back(i);
  }
  return missed;
}

std::vector<size_t> FalseAlarms(const ExaminedPicture& picture, float min_score, float min_iou) {
  const std::vector<Verdict> verdicts = JudgePicture(picture, {}, min_iou);
  std::vector<size_t> alarms;
  for (size_t i = 0; i < verdicts.size(); ++i) {
    const bool is_alarm = verdicts[i].counts && !verdicts[i].found;
    if (is_alarm && picture.detections[i].score >= min_score) alarms.push_back(i);
  }
  return alarms;
}

FoundFaces CountFound(std::span<const ExaminedPicture> pictures, const HeightRange& range,
                      float min_score, float min_iou) {
  FoundFaces count;
  for (const ExaminedPicture& picture : pictures) {
    for (const FaceToFind& face : picture.faces) {
      if (!face.ignored && range.Holds(face.box.height)) ++count.faces;
    }
    for (const size_t i : MissedFaces(picture, min_score, min_iou)) {
      if (range.Holds(picture.faces[i].box.height)) --count.found;
    }
  }
  count.found += count.faces;
  return count;
}

int CountWithoutFind(std::span<const ExaminedPicture> pictures, float min_score, float min_iou) {
  return static_cast<int>(std::ranges::count_if(pictures, [&](const ExaminedPicture& picture) {
    const FoundFaces count = CountFound(std::span(&picture, 1), {}, min_score, min_iou);
    return count.faces > 0 && count.found == 0;
  }));
}

ClipFigures Steadiness(std::span<const std::optional<RectF>> best_boxes) {
  ClipFigures figures;
  figures.frames = static_cast<int>(best_boxes.size());
  std::vector<double> center_squares;
  std::vector<double> size_squares;
  double iou_sum = 0.0;
  int pairs = 0;
  for (size_t i = 0; i < best_boxes.size(); ++i) {
    if (!best_boxes[i]) continue;
    ++figures.found;
    if (i < 1 || !best_boxes[i - 1]) continue;
    const RectF& last = *best_boxes[i];
    const RectF& middle = *best_boxes[i - 1];
    iou_sum += static_cast<double>(IntersectionOverUnion(last, middle));
    ++pairs;
    if (i < 2 || !best_boxes[i - 2] || middle.height <= 0.0F) continue;
    const RectF& first = *best_boxes[i - 2];
    const double percent = 100.0 / static_cast<double>(middle.height);
    const Point2f half_way = 0.5F * (first.Center() + last.Center());
    center_squares.push_back(
        std::pow(percent * static_cast<double>(Distance(middle.Center(), half_way)), 2.0));
    const float even_height = 0.5F * (first.height + last.height);
    size_squares.push_back(
        std::pow(percent * static_cast<double>(middle.height - even_height), 2.0));
  }
  if (pairs > 0) figures.mean_iou = iou_sum / pairs;
  if (!center_squares.empty()) {
    figures.center_jitter = RootMeanSquare(center_squares);
    figures.size_jitter = RootMeanSquare(size_squares);
  }
  return figures;
}

std::optional<RectF> BestBox(const ExaminedPicture& picture, float min_score) {
  if (picture.detections.empty() || picture.detections.front().score < min_score) {
    return std::nullopt;
  }
  return picture.detections.front().rect;
}

}  // namespace nosetip
