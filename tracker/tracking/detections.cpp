#include "tracker/tracking/detections.h"

#include "tracker/vision/face_detector.h"

namespace nosetip {

std::vector<FaceBox> WithLandmarkBoxes(std::vector<FaceBox> detections) {
  for (FaceBox& detection : detections) {
    detection.rect = LandmarkBoxFromDetection(detection.rect);
  }
  return detections;
}

RectF MovedAs(const RectF& box, const Affine2& frame_from_view) {
  const Point2f center = frame_from_view.Apply(box.Center());
  const float width = frame_from_view.Scale() * box.width;
  const float height = frame_from_view.Scale() * box.height;
  return {center.x - 0.5F * width, center.y - 0.5F * height, width, height};
}

}  // namespace nosetip
