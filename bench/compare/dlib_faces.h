// dlib's face detector and 68-point model (King, JMLR 2009; Kazemi, Sullivan, CVPR 2014), used as
// in its example webcam_face_pose_ex.cpp. Includes none of dlib's headers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

// The model in Debian's libdlib-data.
inline constexpr const char* kDebiansDlibModel =
    "/usr/share/dlib/shape_predictor_68_face_landmarks.dat";

// One thread at a time.
class DlibFaces {
 public:
  // Throws Error for a model that is missing or broken.
  explicit DlibFaces(const std::string& model);
  ~DlibFaces();

  // get_frontal_face_detector on the unscaled color picture: finds faces of about 80 pixels and
  // more.
  std::vector<RectF> Detect(const Image& image);
  // iBUG's 68 points of the face in a box like those of Detect, which dlib rounds to whole pixels.
  std::vector<Point2f> Locate(const Image& image, const RectF& box);

  // dlib's version and how it was compiled here.
  static std::string Version();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace nosetip
