#include "training/data/coco_reader.h"

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/core/text_file.h"
#include "training/data/annotation_text.h"
#include "training/data/data_set_builder.h"
#include "training/data/picture_names.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int64_t kMostIds = int64_t{1} << 53;

// Numbers of an annotation, such as its points.
struct Names {
  const char* points = "keypoints";
  const char* box = "bbox";
};

const json& ListIn(const fs::path& file, const json& document, const char* name) {
  const auto found = document.find(name);
  if (document.is_object() && found != document.end() && found->is_array()) return *found;
  throw Error(
      fmt::format("{} has no list '{}'; give an export of COCO keypoints", file.string(), name));
}

std::map<int64_t, std::string> FileNames(const fs::path& file, const json& document) {
  std::map<int64_t, std::string> names;
  for (const json& image : ListIn(file, document, "images")) {
    names.emplace(WholeNumber(image.at("id"), 0, kMostIds), image.at("file_name"));
  }
  return names;
}

// x, y and v of each point; nothing where none is labeled. Throws Error where some are not.
std::vector<Point2f> PointsOf(const json& numbers) {
  if (numbers.size() % 3 != 0 || numbers.size() > 3 * kMaxFacePoints) {
    throw Error(fmt::format("it has {} numbers for points; a face has three for each of at most {}",
                            numbers.size(), kMaxFacePoints));
  }
  std::vector<Point2f> points_px;
  size_t labeled = 0;
  for (size_t i = 0; i < numbers.size(); i += 3) {
    points_px.push_back({numbers[i].get<float>(), numbers[i + 1].get<float>()});
    if (!std::isfinite(points_px.back().x) || !std::isfinite(points_px.back().y)) {
      throw Error(fmt::format("its point {} is beyond all pictures", i / 3));
    }
    // COCO-WholeBody has a confidence in its place.
    if (numbers[i + 2].get<double>() > 0.0) ++labeled;
  }
  if (labeled == 0) return {};
  if (labeled < points_px.size()) {
    throw Error(fmt::format("{} of its {} points are not labeled", points_px.size() - labeled,
                            points_px.size()));
  }
  return points_px;
}

RectF BoxOf(const json& numbers) {
  if (numbers.size() != 4) throw Error("its box has not four numbers");
  return {numbers[0], numbers[1], numbers[2], numbers[3]};
}

bool IsOn(const json& annotation, const char* name, bool otherwise) {
  const auto found = annotation.find(name);
  if (found == annotation.end()) return otherwise;
  return found->is_boolean() ? found->get<bool>() : found->get<double>() != 0.0;
}

class CocoParser {
 public:
  CocoParser(const fs::path& file, const json& document)
      : file_(file), names_(FileNames(file, document)) {}

  // Nothing for what is no face.
  std::optional<AnnotatedFace> FaceOf(const json& annotation) const {
    const bool whole_body = annotation.contains("face_kpts");
    if (IsOn(annotation, "iscrowd", false) || !IsOn(annotation, "face_valid", true)) return {};
    const Names names = whole_body ? Names{"face_kpts", "face_box"} : Names{};
    AnnotatedFace face;
    face.points_px = PointsOf(annotation.at(names.points));
    const auto box = annotation.find(names.box);
    face.box = face.points_px.size() < 3 && box != annotation.end() ? BoxOf(*box)
                                                                    : BoundsOf(face.points_px);
    const NamedFile picture = PictureOf(annotation);
    face.picture = picture.path;
    face.name = NameBelow("", picture.name);
    face.group = PhotographOf(face.name);
    face.part = TopFolderOf(face.name);
    return face;
  }

 private:
  NamedFile PictureOf(const json& annotation) const {
    const auto name = names_.find(WholeNumber(annotation.at("image_id"), 0, kMostIds));
    if (name == names_.end()) throw Error("its picture is not in 'images'");
    const fs::path folder = file_.parent_path();
    auto picture =
        FileNamed(name->second, {folder / "images", folder, folder.parent_path() / "images"});
    if (picture) return *std::move(picture);
    throw Error(fmt::format("the picture {} is neither beside the file nor in images/",
                            Excerpt(name->second)));
  }

  const fs::path& file_;
  std::map<int64_t, std::string> names_;
};

// Errors of JSON's own conversions as ours.
template <typename Work>
auto WithJson(const std::string& where, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const json::exception&) {
    throw Error(where + ": a number or name is missing, or is something else");
  } catch (const Error& error) {
    throw Error(fmt::format("{}: {}", where, error.what()));
  }
}

}  // namespace

DataSet ReadCoco(const fs::path& file, const OnWork& on_work) {
  return ParseCoco(file, ReadTextFile(file.string()), on_work);
}

DataSet ParseCoco(const fs::path& file, std::string_view text, const OnWork& on_work) {
  const json document =
      WithJson(file.string() + " is no export of COCO keypoints", [&] { return ParseJson(text); });
  const json& annotations = ListIn(file, document, "annotations");
  const CocoParser parser =
      WithJson(file.string() + ", images", [&] { return CocoParser(file, document); });
  DataSetBuilder builder(file);
  for (size_t i = 0; i < annotations.size(); ++i) {
    TellWork(on_work, kReadingLabels, i, annotations.size());
    builder.Try([&] {
      auto face = WithJson(fmt::format("{}, annotation {}", file.string(), i + 1),
                           [&] { return parser.FaceOf(annotations[i]); });
      if (face) builder.Add(*std::move(face));
    });
  }
  return std::move(builder).Build();
}

}  // namespace nosetip
