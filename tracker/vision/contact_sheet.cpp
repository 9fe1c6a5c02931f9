#include "tracker/vision/contact_sheet.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/core.h>
#include <opencv2/imgproc.hpp>

#include "tracker/vision/canvas.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

const cv::Scalar kBackground(22, 24, 29);
constexpr int kGapPx = 8;

// As wide as asked for; a very tall picture is kept within three times that height.
Image Thumbnail(const Image& image, int width_px) {
  const double scale =
      std::min(static_cast<double>(width_px) / image.width_px, 3.0 * width_px / image.height_px);
  Image small(std::max(1, static_cast<int>(std::lround(scale * image.width_px))),
              std::max(1, static_cast<int>(std::lround(scale * image.height_px))));
  cv::Mat target = MatView(small);
  cv::resize(MatView(image), target, target.size(), 0.0, 0.0,
             scale < 1.0 ? cv::INTER_AREA : cv::INTER_LINEAR);
  return small;
}

std::string LabelOf(int64_t frame_id, double pts_s) {
  const double minutes = std::floor(pts_s / 60.0);
  return fmt::format("frame {}   {:.0f}:{:05.2f}", frame_id, minutes, pts_s - 60.0 * minutes);
}

}  // namespace

ContactSheet::ContactSheet(const ContactSheetOptions& options) : options_(options) {
  Check(options.columns > 0, "a column");
  Check(options.max_frames > 1, "two frames at least");
  Check(options.thumbnail_px > 0, "a width of the thumbnails");
}

void ContactSheet::Add(const Image& image, int64_t frame_id, double pts_s) {
  Check(!image.Empty(), "a picture");
  const bool wanted = WantsNext();
  ++offered_;
  if (!wanted) return;
  cells_.push_back(WithOpenCv("contact sheet", [&] {
    return Cell{Thumbnail(image, options_.thumbnail_px), frame_id, pts_s};
  }));
  if (cells_.size() <= static_cast<size_t>(options_.max_frames)) return;
  std::vector<Cell> kept;
  for (size_t i = 0; i < cells_.size(); i += 2) kept.push_back(std::move(cells_[i]));
  cells_ = std::move(kept);
  spacing_ *= 2;
}

Image ContactSheet::Render() const {
  if (cells_.empty()) return {};
  const int count = static_cast<int>(cells_.size());
  const int columns = std::min(options_.columns, count);
  const int rows = (count + columns - 1) / columns;
  int cell_height = 0;
  for (const Cell& cell : cells_) cell_height = std::max(cell_height, cell.thumbnail.height_px);
  const float text_px = std::max(6.0F, static_cast<float>(options_.thumbnail_px) / 24.0F);
  const int label_height = static_cast<int>(std::lround(2.2F * text_px));
  const int step_x = options_.thumbnail_px + kGapPx;
  const int step_y = cell_height + label_height + kGapPx;
  Image sheet(columns * step_x + kGapPx, rows * step_y + kGapPx);
  return WithOpenCv("contact sheet", [&] {
    cv::Mat target = MatView(sheet);
    target.setTo(kBackground);
    for (int i = 0; i < count; ++i) {
      const Cell& cell = cells_[static_cast<size_t>(i)];
      const int left = kGapPx + i % columns * step_x;
      const int top = kGapPx + i / columns * step_y;
      const int inset = (options_.thumbnail_px - cell.thumbnail.width_px) / 2;
      MatView(cell.thumbnail)
          .copyTo(target({left + inset, top, cell.thumbnail.width_px, cell.thumbnail.height_px}));
      const RectF strip = {static_cast<float>(left), static_cast<float>(top + cell_height),
                           static_cast<float>(options_.thumbnail_px),
                           static_cast<float>(label_height)};
      Canvas canvas(sheet, strip, 0.14F * text_px);
      canvas.Text(LabelOf(cell.frame_id, cell.pts_s), {strip.x + 2.0F, strip.y + 1.6F * text_px},
                  text_px, {{206, 212, 222}, 1.0F});
      canvas.Commit();
    }
    return sheet;
  });
}

}  // namespace nosetip
