#include "tracker/stream/open_see_face.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "tracker/core/face_shape.h"
#include "tracker/core/line_of_sight.h"
#include "tracker/stream/little_endian.h"
#include "tracker/stream/rotation.h"
#include "tracker/vision/head_pose.h"

namespace nosetip {
namespace {

// A datagram has at most 65,507 bytes.
constexpr size_t kMaxFaces = 36;
constexpr size_t kPoints = 68;  // with the pupils
// The width of OpenSeeFace's model is about 1.
constexpr double kMmPerUnit = 140.0;
constexpr double kEyeballDepth = 0.1;  // behind the pupil, in those units

// iBUG's numbers of OpenSeeFace's points from the mouth on.
constexpr std::array kMouth = {49, 50, 51, 52, 53, 55, 56, 57, 58,
                               59, 48, 61, 62, 63, 54, 65, 66, 67};
constexpr size_t kFirstOfMouth = 48;
static_assert(kFirstOfMouth + kMouth.size() + 2 == kPoints);

struct Point {
  Point2f px;
  float confidence = 1.0F;
  double depth_mm = 0.0;  // of an average head
};

Point MiddleOf(const std::vector<Point>& points, size_t first, size_t last) {
  Point middle{{}, 0.0F};
  const auto count = static_cast<float>(last - first + 1);
  for (size_t i = first; i <= last; ++i) {
    middle.px = middle.px + (1.0F / count) * points[i].px;
    middle.confidence += points[i].confidence / count;
    middle.depth_mm += points[i].depth_mm / count;
  }
  return middle;
}

std::vector<Point> PointsOf(const Landmarks& landmarks) {
  std::vector<Point> points;
  const auto add = [&](int landmark) {
    const auto i = static_cast<size_t>(landmark);
    const float confidence = landmarks.confidence.empty() ? 1.0F : landmarks.confidence[i];
    points.push_back({landmarks.points_px[i], confidence, NeutralHead()[i][2]});
  };
  for (size_t i = 0; i < kFirstOfMouth; ++i) add(static_cast<int>(i));
  for (const int landmark : kMouth) add(landmark);
  points.push_back(MiddleOf(points, 36, 41));  // the person's right eye
  points.push_back(MiddleOf(points, 42, 47));
  return points;
}

// OpenSeeFace's axes of the head: to the person's right, up, out of the face; ours are the
// picture's right, down, into the face. Its axes of the camera are those of a mirrored, hollow
// face: swapped, and with the depth reversed.
Rotation HollowRotation(const Rotation& r) {
  return {r[3], r[4], r[5], r[0], r[1], r[2], -r[6], -r[7], -r[8]};
}

// Where the point lies on the head, in mm. A profile's line of sight hardly meets the plane.
Point3 OnHead(const HeadPose& pose, const Sight& sight, const Point& point) {
  const LineOfSight line = sight.Through(point.px);
  const bool meets = std::abs(line.Steepness()) >= 0.1;
  return meets ? line.AtDepth(point.depth_mm) : line.At(pose.translation_mm[2]);
}

// Also of a close face that a wide lens sees.
bool InFrontOfCamera(const HeadPose& pose, const Rotation& rotation) {
  return std::ranges::all_of(RigidFaceModel(), [&](const ModelPoint& point) {
    return Turned(rotation, point.head_mm)[2] + pose.translation_mm[2] > 0.0;
  });
}

double FitErrorPx(const HeadPose& pose, const Landmarks& landmarks) {
  double sum = 0.0;
  for (const ModelPoint& point : RigidFaceModel()) {
    const Point2f seen = landmarks.points_px[static_cast<size_t>(point.landmark)];
    const float error = Distance(ProjectHeadPoint(pose, point.head_mm), seen);
    sum += static_cast<double>(error) * error;
  }
  return std::sqrt(sum / (2.0 * static_cast<double>(RigidFaceModel().size())));
}

void AddPose(const HeadPose& pose, const Rotation& rotation, LittleEndian& datagram) {
  const Rotation hollow = HollowRotation(rotation);
  // OpenSeeFace sends the quaternion of the inverse.
  const auto [x, y, z, w] = QuaternionOf(hollow);
  for (const double part : {-x, -y, -z, w}) datagram.Float32(part);
  for (const double angle : EulerXyzDeg(hollow)) datagram.Float32(angle);
  const Point3 nose = Turned(rotation, NoseTipOfModel());
  const auto at = [&](size_t axis) {
    return -(static_cast<double>(pose.translation_mm[axis]) + nose[axis]) / kMmPerUnit;
  };
  for (const size_t axis : {1, 0, 2}) datagram.Float32(at(axis));
}

void AddPoints3d(const HeadPose& pose, const std::vector<Point>& points, LittleEndian& datagram) {
  const Sight sight(pose);
  const Point3 nose = NoseTipOfModel();
  const auto add = [&](const Point& point, double behind) {
    const Point3 head = OnHead(pose, sight, point);
    // x, -y, -z of OpenSeeFace's axes of the head.
    datagram.Float32(-(head[0] - nose[0]) / kMmPerUnit);
    datagram.Float32((head[1] - nose[1]) / kMmPerUnit);
    datagram.Float32((head[2] - nose[2]) / kMmPerUnit + behind);
  };
  for (const Point& point : points) add(point, 0.0);
  for (const size_t pupil : {kPoints - 2, kPoints - 1}) add(points[pupil], kEyeballDepth);
}

// Eyes (-1 shut); of each brow steepness, height and quirk; of each corner of the mouth height and
// place; the mouth's opening and width. Left is the person's. What is not measured is 0.
void AddFeatures(const FaceSignals& signals, LittleEndian& datagram) {
  for (const float feature :
       {signals[Signal::kEyeOpenLeft] - 1.0F, signals[Signal::kEyeOpenRight] - 1.0F,  //
        0.0F, signals[Signal::kBrowUpLeft], 0.0F,                                     //
        0.0F, signals[Signal::kBrowUpRight], 0.0F,                                    //
        0.0F, 0.0F, 0.0F, 0.0F,                                                       //
        signals[Signal::kMouthOpen], signals[Signal::kMouthWidth]}) {
    datagram.Float32(feature);
  }
}

// Of a face at rest, where signals are not measured.
FaceSignals Resting() {
  FaceSignals signals;
  for (const Signal eye : {Signal::kEyeOpenLeft, Signal::kEyeOpenRight}) {
    signals.values[static_cast<size_t>(eye)] = 1.0F;
  }
  return signals;
}

void AddFace(const StreamFrame& frame, const TrackedFace& face, LittleEndian& datagram) {
  const HeadPose& pose = *face.pose;
  const Rotation rotation = RotationOf(pose.rotation_rad);
  const FaceSignals signals = face.signals.value_or(Resting());
  const std::vector<Point> points = PointsOf(face.landmarks);
  datagram.Float64(frame.pts_s);
  datagram.Int32(face.id);
  for (const int side : {frame.size_px.width, frame.size_px.height}) datagram.Float32(side);
  for (const float open : {signals[Signal::kEyeOpenRight], signals[Signal::kEyeOpenLeft]})
    datagram.Float32(open);
  datagram.Byte(1);
  datagram.Float32(FitErrorPx(pose, face.landmarks));
  AddPose(pose, rotation, datagram);
  for (const Point& point : points) datagram.Float32(point.confidence);
  for (const Point& point : points) {
    datagram.Float32(point.px.x);
    datagram.Float32(point.px.y);
  }
  AddPoints3d(pose, points, datagram);
  AddFeatures(signals, datagram);
}

}  // namespace

std::string OpenSeeFaceDatagram(const StreamFrame& frame) {
  LittleEndian datagram;
  size_t faces = 0;
  for (const TrackedFace& face : frame.faces) {
    if (!face.pose || face.landmarks.Empty() || faces == kMaxFaces) continue;
    if (!InFrontOfCamera(*face.pose, RotationOf(face.pose->rotation_rad))) continue;
    AddFace(frame, face, datagram);
    ++faces;
  }
  return datagram.bytes();
}

}  // namespace nosetip
