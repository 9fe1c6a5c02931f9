#include "training/evaluation/given_boxes.h"

#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "training/data/box_set.h"
#include "training/data/dlib_xml_reader.h"
#include "training/evaluation/face_predictor.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// Two files may name a picture in two ways.
fs::path Canonical(const fs::path& picture) {
  std::error_code ignored;
  return fs::weakly_canonical(picture, ignored);
}

}  // namespace

GivenBoxes::GivenBoxes(const fs::path& file) {
  if (file.extension() == ".xml") {
    for (const AnnotatedFace& face : ReadDlibBoxes(file).faces) {
      boxes_[Canonical(face.picture)].push_back(face.box);
    }
  } else if (IsBoxSet(file)) {
    for (const BoxPicture& picture : ReadBoxSet(file).pictures) {
      for (const LabeledBox& face : picture.boxes) {
        boxes_[Canonical(picture.path)].push_back(face.box);
      }
    }
  } else {
    throw Error(fmt::format(
        "there are no boxes in {}; give truth, detector, a dlib .xml file or a .csv with the "
        "columns file,x,y,width,height",
        file.string()));
  }
}

RectF GivenBoxes::Of(const fs::path& picture, const RectF& truth_box) const {
  const auto found = boxes_.find(Canonical(picture));
  if (found == boxes_.end()) return {};
  const RectF* nearest = NearestBox(found->second, truth_box);
  return nearest == nullptr ? RectF() : *nearest;
}

LocateFace LocateInGivenBoxes(Landmarker& landmarker) {
  return [&landmarker](const Image& picture, const RectF& box) -> std::optional<Landmarks> {
    if (!IsUsableBox(box, picture)) return std::nullopt;
    return LocateClosely(landmarker, picture, std::span(&box, 1)).front();
  };
}

}  // namespace nosetip
