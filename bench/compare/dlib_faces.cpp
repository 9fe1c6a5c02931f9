#include "bench/compare/dlib_faces.h"

#include <cmath>

#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/opencv.h>
#include <dlib/revision.h>
#include <fmt/core.h>
#include <opencv2/core.hpp>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using DlibView = dlib::cv_image<dlib::rgb_pixel>;

DlibView ViewOf(const Image& image) {
  return cv::Mat(image.height_px, image.width_px, CV_8UC3, const_cast<uint8_t*>(image.rgb.data()));
}

long Rounded(float value) { return std::lround(value); }

}  // namespace

struct DlibFaces::Parts {
  dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
  dlib::shape_predictor predictor;
};

DlibFaces::DlibFaces(const std::string& model) : parts_(std::make_unique<Parts>()) {
  try {
    dlib::deserialize(model) >> parts_->predictor;
  } catch (const std::exception& error) {
    throw Error(
        fmt::format("{}: dlib cannot read this model ({}); install libdlib-data, or name "
                    "another with --dlib-model",
                    model, FirstLine(error)));
  }
}

DlibFaces::~DlibFaces() = default;

// dlib's rectangles include their last pixel.
std::vector<RectF> DlibFaces::Detect(const Image& image) {
  std::vector<RectF> boxes;
  for (const dlib::rectangle& r : parts_->detector(ViewOf(image))) {
    boxes.push_back({static_cast<float>(r.left()) - 0.5F, static_cast<float>(r.top()) - 0.5F,
                     static_cast<float>(r.width()), static_cast<float>(r.height())});
  }
  return boxes;
}

std::vector<Point2f> DlibFaces::Locate(const Image& image, const RectF& box) {
  const long left = Rounded(box.x + 0.5F);
  const long top = Rounded(box.y + 0.5F);
  const dlib::rectangle rectangle(left, top, left + Rounded(box.width) - 1,
                                  top + Rounded(box.height) - 1);
  const dlib::full_object_detection shape = parts_->predictor(ViewOf(image), rectangle);
  std::vector<Point2f> points;
  for (unsigned long k = 0; k < shape.num_parts(); ++k) {
    points.push_back(
        {static_cast<float>(shape.part(k).x()), static_cast<float>(shape.part(k).y())});
  }
  return points;
}

std::string DlibFaces::Version() {
  return fmt::format("{}.{} (compiled with {})", DLIB_MAJOR_VERSION, DLIB_MINOR_VERSION,
                     NOSETIP_DLIB_OPTIONS);
}

}  // namespace nosetip
