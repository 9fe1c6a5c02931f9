#include "training/data/inspection.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "tracker/core/error.h"
#include "training/data/face_checks.h"
#include "training/data/picture_size.h"

namespace nosetip {
namespace {

// Of values in order, one or more.
template <typename Value>
Spread<Value> SpreadOf(const std::vector<Value>& sorted) {
  return {sorted.front(), sorted[sorted.size() / 2], sorted.back()};
}

// The indices of each picture's faces.
std::map<std::filesystem::path, std::vector<size_t>> GroupByPicture(const DataSet& data) {
  std::map<std::filesystem::path, std::vector<size_t>> pictures;
  for (size_t i = 0; i < data.faces.size(); ++i) pictures[data.faces[i].picture].push_back(i);
  return pictures;
}

void CountFaces(const DataSet& data, Inspection& inspection) {
  for (const AnnotatedFace& face : data.faces) {
    if (!face.points_px.empty()) {
      ++inspection.labeled_faces;
    } else if (face.box.Area() > 0.0F) {
      ++inspection.unlabeled_faces;
    } else {
      ++inspection.empty_pictures;
    }
    if (!face.part.empty()) ++inspection.faces_of_part[face.part];
  }
}

int64_t AreaOf(const PictureSize& size) { return int64_t{size.width_px} * size.height_px; }

// The pictures' sizes, and what is wrong with them and the faces in them.
class PictureWalk {
 public:
  explicit PictureWalk(const DataSet& data) : data_(data) {}

  void Visit(const std::vector<size_t>& faces, const PictureReader& read_picture) {
    std::optional<PictureSize> size;
    try {
      const Image picture = read_picture(data_.faces[faces.front()]);
      size = {picture.width_px, picture.height_px};
      sizes_.push_back(*size);
    } catch (const Error& error) {
      problems_.push_back({ProblemKind::kUnreadablePicture, faces.front(), error.what()});
    }
    for (const size_t face : faces) Append(CheckFace(data_, face, size));
  }

  void Append(std::vector<FoundProblem> problems) {
    std::ranges::move(problems, std::back_inserter(problems_));
  }

  std::optional<Spread<PictureSize>> Sizes() {
    if (sizes_.empty()) return std::nullopt;
    std::ranges::stable_sort(sizes_, {}, AreaOf);
    return SpreadOf(sizes_);
  }

  std::vector<FoundProblem> Problems() {
    std::ranges::stable_sort(problems_, {}, [](const FoundProblem& problem) {
      return std::pair(problem.kind, problem.face);
    });
    return std::move(problems_);
  }

 private:
  const DataSet& data_;
  std::vector<PictureSize> sizes_;
  std::vector<FoundProblem> problems_;
};

}  // namespace

std::optional<Spread<float>> FaceSizes(const std::vector<RectF>& boxes) {
  std::vector<float> sizes_px;
  for (const RectF& box : boxes) {
    if (box.Area() > 0.0F) sizes_px.push_back(std::max(box.width, box.height));
  }
  if (sizes_px.empty()) return std::nullopt;
  std::ranges::sort(sizes_px);
  return SpreadOf(sizes_px);
}

size_t CountGroups(const DataSet& data) {
  std::set<std::string> groups;
  for (const AnnotatedFace& face : data.faces) groups.insert(face.group);
  return groups.size();
}

Inspection InspectDataSet(const DataSet& data, const PictureReader& read_picture,
                          const std::stop_token& stop,
                          const std::function<void(size_t, size_t)>& on_picture) {
  Inspection inspection;
  if (data.schema != nullptr) {
    inspection.schema = data.schema->name;
    inspection.points = data.schema->count;
  }
  CountFaces(data, inspection);
  inspection.groups = CountGroups(data);
  std::vector<RectF> boxes;
  for (const AnnotatedFace& face : data.faces) boxes.push_back(face.box);
  inspection.face_px = FaceSizes(boxes);

  PictureWalk walk(data);
  for (const std::string& problem : data.problems) {
    walk.Append({{ProblemKind::kLeftOut, std::nullopt, problem}});
  }
  const auto pictures = GroupByPicture(data);
  inspection.pictures = pictures.size();
  size_t done = 0;
  for (const auto& [picture, faces] : pictures) {
    if (stop.stop_requested()) break;
    walk.Visit(faces, read_picture);
    on_picture(++done, pictures.size());
  }
  walk.Append(FindSwappedSides(data));
  walk.Append(FindSamePoints(data));
  inspection.picture_px = walk.Sizes();
  inspection.problems = walk.Problems();
  return inspection;
}

}  // namespace nosetip
