#include "tracker/measure/face_copies.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "tracker/vision/opencv_bridge.h"

namespace nosetip {

Image CopiesOfFace(const Image& image, const RectF& face, int per_side) {
  return CopiesOfFace(image, face, {per_side, per_side, {image.width_px, image.height_px}});
}

Image CopiesOfFace(const Image& image, const RectF& face, const FaceGrid& grid) {
  Check(!image.Empty() && grid.columns > 0 && grid.rows > 0 && face.Area() > 0.0F,
        "a face in a picture to copy");
  constexpr float kSurroundings = 1.8F;  // sides of the face
  Image copies(grid.frame_px.width, grid.frame_px.height);
  const cv::Mat target = MatView(copies);
  const auto corner = [&](int column, int row) {
    return cv::Point{column * target.cols / grid.columns, row * target.rows / grid.rows};
  };
  WithOpenCv("copies of a face", [&] {
    for (int row = 0; row < grid.rows; ++row) {
      for (int column = 0; column < grid.columns; ++column) {
        const cv::Rect cell(corner(column, row), corner(column + 1, row + 1));
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

Image FilledWith(const Image& image, SizePx frame_px, Point2f middle) {
  Check(!image.Empty() && frame_px.width > 0 && frame_px.height > 0, "a picture to fill a frame");
  const float scale =
      std::max(static_cast<float>(frame_px.width) / static_cast<float>(image.width_px),
               static_cast<float>(frame_px.height) / static_cast<float>(image.height_px));
  const auto side = [scale](int frame_side, int image_side) {
    const auto part = std::lround(static_cast<float>(frame_side) / scale);
    return std::clamp(static_cast<int>(part), 1, image_side);
  };
  const auto start = [](float middle_at, int part, int whole) {
    return std::clamp(static_cast<int>(std::lround(middle_at)) - part / 2, 0, whole - part);
  };
  const int width = side(frame_px.width, image.width_px);
  const int height = side(frame_px.height, image.height_px);
  const cv::Rect part(start(middle.x, width, image.width_px),
                      start(middle.y, height, image.height_px), width, height);
  Image filled(frame_px.width, frame_px.height);
  cv::Mat target = MatView(filled);
  WithOpenCv("a picture of another size", [&] {
    cv::resize(MatView(image)(part), target, target.size(), 0, 0,
               scale < 1.0F ? cv::INTER_AREA : cv::INTER_LINEAR);
  });
  return filled;
}

}  // namespace nosetip
