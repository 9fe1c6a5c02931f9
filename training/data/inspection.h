// What a data set holds and what is wrong with it.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "training/data/data_set.h"
#include "training/data/inspection_problem.h"
#include "training/data/picture_names.h"

namespace nosetip {

template <typename Value>
struct Spread {
  Value smallest{};
  Value median{};
  Value largest{};
};

struct Inspection {
  std::string schema;  // empty where no face has points
  int points = 0;
  size_t pictures = 0;
  size_t labelled_faces = 0;
  size_t unlabelled_faces = 0;  // a box alone
  size_t empty_pictures = 0;    // known to hold no face
  size_t groups = 0;
  std::map<std::string, size_t> faces_of_part;    // without faces of no part
  std::optional<Spread<PictureSize>> picture_px;  // by area; nothing where no picture can be read
  std::optional<Spread<float>> face_px;  // the longer side of the box; nothing without boxes
  std::vector<FoundProblem> problems;    // by kind, then by face
};

// Opens a face's picture. Throws Error where it cannot be read.
using PictureReader = std::function<Image(const AnnotatedFace&)>;

// The longer sides of these boxes, without those that have no area.
std::optional<Spread<float>> FaceSizes(const std::vector<RectF>& boxes);

size_t CountGroups(const DataSet& data);

// Opens every picture once, whole. `on_picture` is called with the count of pictures done and of
// all. When `stop` is requested, what was not opened until then is not judged.
Inspection InspectDataSet(
    const DataSet& data, const PictureReader& read_picture, const std::stop_token& stop = {},
    const std::function<void(size_t, size_t)>& on_picture = [](size_t, size_t) {});

}  // namespace nosetip
