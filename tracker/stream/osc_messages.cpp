#include "tracker/stream/osc_messages.h"

#include <array>
#include <utility>
#include <vector>

#include "tracker/stream/osc_bundle.h"
#include "tracker/stream/rotation.h"

namespace nosetip {
namespace {

constexpr float kUnitsBetweenEyeCorners = 24.0F;

struct Gesture {
  const char* address;
  std::pair<int, int> points;  // of ibug68
};

// Those of ofxFaceTracker, whose points lack the inner corners of the mouth. Left is the picture's.
constexpr Gesture kGestures[] = {
    {"/gesture/mouth/width", {48, 54}},  {"/gesture/mouth/height", {62, 66}},
    {"/gesture/eyebrow/left", {38, 20}}, {"/gesture/eyebrow/right", {43, 23}},
    {"/gesture/eye/left", {38, 41}},     {"/gesture/eye/right", {43, 46}},
    {"/gesture/jaw", {33, 8}},           {"/gesture/nostrils", {31, 35}},
};

void AddFace(const StreamFrame& frame, const TrackedFace& face, OscBundle& bundle) {
  const std::vector<Point2f>& points = face.landmarks.points_px;
  const Point2f position = Mean(points);
  const float scale = FaceUnitPx(points, *frame.schema) / kUnitsBetweenEyeCorners;
  bundle.AddFloats("/pose/position", std::array{position.x, position.y});
  bundle.AddFloats("/pose/scale", std::array{scale});
  if (face.pose) bundle.AddFloats("/pose/orientation", face.pose->rotation_rad);
  if (frame.schema->name == Ibug68().name && scale > 0.0F) {
    for (const auto& [address, pair] : kGestures) {
      const float distance = Distance(points[static_cast<size_t>(pair.first)],
                                      points[static_cast<size_t>(pair.second)]);
      bundle.AddFloats(address, std::array{distance / scale});
    }
  }
  std::vector<float> raw;
  for (const Point2f& point : points) raw.insert(raw.end(), {point.x, point.y});
  bundle.AddFloats("/raw", raw);
}

void AddBlend(const std::string& name, float value, OscBundle& bundle) {
  bundle.AddFloats("/VMC/Ext/Blend/Val", std::array{value}, name);
}

}  // namespace

std::string FaceOscDatagram(const StreamFrame& frame) {
  OscBundle bundle;
  const TrackedFace* main = MainFace(frame);
  bundle.AddInt("/found", main != nullptr ? 1 : 0);
  if (main != nullptr) AddFace(frame, *main, bundle);
  return bundle.Bytes();
}

std::string VmcDatagram(const StreamFrame& frame) {
  OscBundle bundle;
  const TrackedFace* main = MainFace(frame);
  const bool posed = main != nullptr && main->pose;
  bundle.AddInt("/VMC/Ext/OK", posed ? 1 : 0);
  bundle.AddFloats("/VMC/Ext/T", std::array{static_cast<float>(frame.pts_s)});
  if (!posed) return bundle.Bytes();
  // Unity's axes of one who faces the camera are ours reversed, so the matrix is the same.
  const auto [x, y, z, w] = QuaternionOf(RotationOf(main->pose->rotation_rad));
  std::vector<float> bone(3, 0.0F);  // the bone stays where it is on the neck
  for (const double part : {x, y, z, w}) bone.push_back(static_cast<float>(part));
  bundle.AddFloats("/VMC/Ext/Bone/Pos", bone, "Head");
  if (main->signals) {
    const FaceSignals& signals = *main->signals;
    AddBlend("Blink_L", 1.0F - signals[Signal::kEyeOpenLeft], bundle);
    AddBlend("Blink_R", 1.0F - signals[Signal::kEyeOpenRight], bundle);
    AddBlend("A", signals[Signal::kMouthOpen], bundle);
    AddBlend("Joy", signals[Signal::kSmile], bundle);
  }
  bundle.AddFloats("/VMC/Ext/Blend/Apply", {});
  return bundle.Bytes();
}

}  // namespace nosetip
