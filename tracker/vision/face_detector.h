// Finds face boxes in a picture.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/fields.h"
#include "tracker/core/image.h"

namespace nosetip {

struct DetectorOptions {
  std::string detector;  // an ONNX file of the YuNet family
  int detector_input_px = 320;
  float detector_score = 0.6F;
  float detector_nms_iou = 0.3F;

  static std::span<const Field<DetectorOptions>> Fields();
};

// One thread at a time.
class FaceDetector {
 public:
  virtual ~FaceDetector() = default;
  // Boxes in picture pixels, best score first, overlapping ones suppressed. May reach outside the
  // picture for a face that does.
  virtual std::vector<FaceBox> Detect(const Image& image) = 0;
  // The same within `region` (frame pixels; may reach outside) at `input_px` pixels a side: cheap,
  // to confirm a face that is followed.
  virtual std::vector<FaceBox> DetectIn(const Image& image, const RectF& region, int input_px) = 0;
};

// Reads an ONNX file of the YuNet family (Wu, Peng, Yu, Machine Intelligence Research 2023): the
// 2023 layout (12 outputs cls/obj/bbox/kps_8/16/32) and the 2022 one (loc/conf/iou), on OpenCV 4.6
// and later. Throws Error for a file that is missing, broken or of another layout.
std::unique_ptr<FaceDetector> CreateYuNetDetector(const DetectorOptions& options);

}  // namespace nosetip
