#include "training/detector/scenes/face_label.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {
namespace {

constexpr int kOutlinePoints = 32;

// Where the five points are among a schema's landmarks. The mean of an eye's contour is its center.
struct PointRuns {
  std::pair<int, int> right_eye;  // first and last
  std::pair<int, int> left_eye;
  int nose = 0;
  int right_mouth = 0;
  int left_mouth = 0;
  // From the nose's point to its tip, towards the eyes: part of the distance of mouth and eyes.
  float nose_rise = 0.0F;
};

PointRuns RunsOf(const LandmarkSchema& schema) {
  if (schema.name == Ibug68().name) return {{36, 41}, {42, 47}, 30, 48, 54};
  // IMM's contour passes below the tip of the nose; the median of how far YuNet's is above it.
  if (schema.name == Imm58().name) return {{21, 28}, {13, 20}, 52, 39, 43, 0.17F};
  throw Error("faces with the landmarks '" + schema.name +
              "' cannot teach a detector, which needs eyes, nose and mouth; use ibug68 or imm58");
}

Point2f MeanOfRun(std::span<const Point2f> points, std::pair<int, int> run) {
  const auto first = static_cast<size_t>(run.first);
  const auto last = static_cast<size_t>(run.second);
  return Mean(points.subspan(first, last - first + 1));
}

std::vector<Point2f> EllipseIn(const RectF& box) {
  std::vector<Point2f> points;
  for (int i = 0; i < kOutlinePoints; ++i) {
    const float angle = 2.0F * std::numbers::pi_v<float> * static_cast<float>(i) /
                        static_cast<float>(kOutlinePoints);
    points.push_back(box.Center() + Point2f{0.5F * box.width * std::cos(angle),
                                            0.5F * box.height * std::sin(angle)});
  }
  return points;
}

Point2f RaisedNose(const std::array<Point2f, 5>& p, float rise) {
  return p[2] + (0.5F * rise) * ((p[0] + p[1]) - (p[3] + p[4]));
}

}  // namespace

FaceLabel LabelFromLandmarks(std::span<const Point2f> points_px, const LandmarkSchema& schema) {
  const PointRuns runs = RunsOf(schema);
  Check(points_px.size() == static_cast<size_t>(schema.count), "as many points as the schema has");
  FaceLabel label;
  label.points_px = {MeanOfRun(points_px, runs.right_eye), MeanOfRun(points_px, runs.left_eye),
                     points_px[static_cast<size_t>(runs.nose)],
                     points_px[static_cast<size_t>(runs.right_mouth)],
                     points_px[static_cast<size_t>(runs.left_mouth)]};
  label.points_px[2] = RaisedNose(label.points_px, runs.nose_rise);
  const Affine2 picture_from_upright = Affine2::Similarity(1.0F, RollOf(label), {});
  const Affine2 upright_from_picture = picture_from_upright.Inverse();
  std::vector<Point2f> upright;
  for (const Point2f p : points_px) upright.push_back(upright_from_picture.Apply(p));
  for (const Point2f p : EllipseIn(DetectionOfLandmarkBox(BoundsOf(upright)))) {
    label.outline_px.push_back(picture_from_upright.Apply(p));
  }
  return label;
}

FaceLabel LabelFromBox(const RectF& box) {
  constexpr std::array<Point2f, 5> kUnit = {
      {{0.3F, 0.42F}, {0.7F, 0.42F}, {0.5F, 0.6F}, {0.34F, 0.78F}, {0.66F, 0.78F}}};
  FaceLabel label;
  label.has_points = false;
  label.outline_px = EllipseIn(box);
  std::ranges::transform(kUnit, label.points_px.begin(), [&](Point2f u) {
    return Point2f{box.x + u.x * box.width, box.y + u.y * box.height};
  });
  return label;
}

FaceLabel Transformed(const FaceLabel& label, const Affine2& to_from) {
  FaceLabel moved = label;
  for (Point2f& p : moved.outline_px) p = to_from.Apply(p);
  for (Point2f& p : moved.points_px) p = to_from.Apply(p);
  const auto& m = to_from.m;
  if (m[0] * m[4] - m[1] * m[3] < 0.0F) {
    std::swap(moved.points_px[0], moved.points_px[1]);
    std::swap(moved.points_px[3], moved.points_px[4]);
  }
  return moved;
}

RectF BoxOf(const FaceLabel& label) { return BoundsOf(label.outline_px); }

float RollOf(const FaceLabel& label) {
  const Point2f across = label.points_px[1] - label.points_px[0];
  return std::atan2(across.y, across.x);
}

}  // namespace nosetip
