#include "training/report/inspection_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"
#include "tracker/vision/overlay.h"
#include "training/report/face_sheet.h"

namespace nosetip {
namespace {

constexpr int kInspectionColumns = 6;
constexpr int kInspectionTile_px = 220;
constexpr size_t kLabelLetters = 29;

// The end of a long name tells more than its start.
std::string Label(const std::string& reason, const std::string& name) {
  const std::string start = reason.empty() ? "" : reason + ": ";
  const size_t room = kLabelLetters - std::min(kLabelLetters, start.size());
  if (name.size() <= room) return start + name;
  return start + "..." + name.substr(name.size() - (room > 3 ? room - 3 : 0));
}

std::vector<Point2f> Corners(const RectF& box) {
  if (box.Area() <= 0.0F) return {};
  return {{box.x, box.y},
          {box.x + box.width, box.y},
          {box.x, box.y + box.height},
          {box.x + box.width, box.y + box.height}};
}

// A tile of the whole picture with the points as dots, for points that a sheet cannot frame.
FaceTile WholePicture(Image picture, const std::vector<Point2f>& points_px, std::string label) {
  const auto side_px = static_cast<float>(std::max(picture.width_px, picture.height_px));
  const int radius_px =
      std::max(1, cvRound(0.008F * std::sqrt(PointScale(points_px.size())) * side_px));
  cv::Mat pixels = MatView(picture);
  for (const Point2f p : points_px) {
    if (p.x < 0.0F || p.y < 0.0F || p.x > static_cast<float>(pixels.cols) ||
        p.y > static_cast<float>(pixels.rows)) {
      continue;
    }
    cv::circle(pixels, {cvRound(p.x), cvRound(p.y)}, radius_px, {40, 220, 60}, cv::FILLED,
               cv::LINE_AA);
  }
  return {std::move(picture), {}, {}, std::move(label)};
}

FaceTile TileOf(const AnnotatedFace& face, const std::string& reason, Image picture) {
  // With a larger extent the picture itself would be tiny.
  constexpr float kWidest = 3.0F;
  const bool show_box =
      face.points_px.empty() || (!reason.empty() && face.box != BoundsOf(face.points_px));
  FaceTile tile;
  tile.truth_px = face.points_px;
  if (show_box) tile.predicted_px = Corners(face.box);
  tile.label = Label(reason, face.name);
  const RectF bounds = BoundsOf(tile.truth_px.empty() ? tile.predicted_px : tile.truth_px);
  const auto picture_px = static_cast<float>(std::max(picture.width_px, picture.height_px));
  if (!(LongerSide(bounds) >= 1.0F) || LongerSide(bounds) > kWidest * picture_px) {
    return WholePicture(std::move(picture), face.points_px, tile.label);
  }
  tile.picture = std::move(picture);
  return tile;
}

}  // namespace

std::vector<SheetFace> ChooseSheetFaces(const DataSet& data, const Inspection& inspection,
                                        size_t samples, size_t suspicious) {
  std::set<std::filesystem::path> unreadable;
  std::array<std::vector<size_t>, kProblemKinds.size()> faces_of_kind;
  for (const FoundProblem& problem : inspection.problems) {
    if (!problem.face) continue;
    if (problem.kind == ProblemKind::kUnreadablePicture) {
      unreadable.insert(data.faces[*problem.face].picture);
    } else {
      faces_of_kind[static_cast<size_t>(problem.kind)].push_back(*problem.face);
    }
  }
  std::vector<size_t> readable;
  for (size_t i = 0; i < data.faces.size(); ++i) {
    if (!unreadable.contains(data.faces[i].picture)) readable.push_back(i);
  }
  std::vector<SheetFace> chosen;
  samples = std::min(samples, readable.size());
  for (size_t i = 0; i < samples; ++i) {
    chosen.push_back({readable[(2 * i + 1) * readable.size() / (2 * samples)], ""});
  }
  std::set<size_t> taken;
  for (size_t turn = 0; turn < data.faces.size() && taken.size() < suspicious; ++turn) {
    for (const ProblemKindName& name : kProblemKinds) {
      const auto& faces = faces_of_kind[static_cast<size_t>(name.kind)];
      if (turn >= faces.size() || taken.size() == suspicious) continue;
      if (unreadable.contains(data.faces[faces[turn]].picture)) continue;
      if (!taken.insert(faces[turn]).second) continue;
      chosen.push_back({faces[turn], std::string(name.brief)});
    }
  }
  return chosen;
}

Image DrawInspectionSheet(const DataSet& data, const std::vector<SheetFace>& faces,
                          const PictureReader& read_picture, const std::string& title) {
  std::vector<FaceTile> tiles;
  for (const SheetFace& chosen : faces) {
    const AnnotatedFace& face = data.faces[chosen.face];
    tiles.push_back(TileOf(face, chosen.reason, read_picture(face)));
  }
  if (tiles.empty()) {
    throw Error(
        "no picture of the data set can be read, so there is nothing to draw; check the pictures "
        "listed above");
  }
  return DrawFaceSheet(tiles, kInspectionColumns, kInspectionTile_px, title);
}

}  // namespace nosetip
