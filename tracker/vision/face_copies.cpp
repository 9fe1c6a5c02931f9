#include "tracker/vision/face_copies.h"

#include <algorithm>

#include <opencv2/imgproc.hpp>

#include "tracker/vision/opencv_bridge.h"

namespace nosetip {

Image CopiesOfFace(const Image& image, const RectF& face, int per_side) {
  Check(!image.Empty() && per_side > 0 && face.Area() > 0.0F, "a face in a picture to copy");
  constexpr float kSurroundings = 1.8F;  // sides of the face
  Image copies(image.width_px, image.height_px);
  const cv::Mat target = MatView(copies);
  const auto edge = [&](int i, int length) { return i * length / per_side; };
  WithOpenCv("copies of a face", [&] {
    for (int row = 0; row < per_side; ++row) {
      for (int column = 0; column < per_side; ++column) {
        const cv::Rect cell({edge(column, target.cols), edge(row, target.rows)},
                            cv::Point{edge(column + 1, target.cols), edge(row + 1, target.rows)});
        const float scale = static_cast<float>(std::min(cell.width, cell.height)) /
                            (kSurroundings * std::max(face.width, face.height));
        const Point2f middle{0.5F * static_cast<float>(cell.width - 1),
                             0.5F * static_cast<float>(cell.height - 1)};
        const Affine2 cell_from_image =
            Affine2::Similarity(scale, 0.0F, middle - scale * face.Center());
        const cv::Mat matrix(2, 3, CV_32F, const_cast<float*>(cell_from_image.m.data()));
        cv::Mat part = target(cell);
        cv::warpAffine(MatView(image), part, matrix, part.size(), cv::INTER_LINEAR,
                       cv::BORDER_REPLICATE);
      }
    }
  });
  return copies;
}

}  // namespace nosetip
