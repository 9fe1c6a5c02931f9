#include "training/detector/scenes/photograph.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"
#include "tracker/vision/opencv_bridge.h"
#include "training/data/data_set_builder.h"
#include "training/data/folder_files.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// A level whose shorter side is less is not needed: its faces are too small for any scene.
constexpr int kSmallestSidePx = 12;

Image Resized(const Image& image, int width_px, int height_px) {
  Image smaller(width_px, height_px);
  cv::Mat target = MatView(smaller);
  cv::resize(MatView(image), target, target.size(), 0, 0, cv::INTER_AREA);
  return smaller;
}

// Shrinks by the factor; gives the transform from the old pixels too.
std::pair<Image, Affine2> Shrunk(Image image, float factor) {
  if (factor >= 1.0F) return {std::move(image), Affine2{}};
  const auto scaled = [&](int side_px) {
    return std::max(1, static_cast<int>(std::lround(factor * static_cast<float>(side_px))));
  };
  Image smaller = Resized(image, scaled(image.width_px), scaled(image.height_px));
  const float x = static_cast<float>(smaller.width_px) / static_cast<float>(image.width_px);
  const float y = static_cast<float>(smaller.height_px) / static_cast<float>(image.height_px);
  return {std::move(smaller), Affine2{{x, 0.0F, 0.5F * x - 0.5F, 0.0F, y, 0.5F * y - 0.5F}}};
}

// Odd sizes lose their last row or column, so that each level is the half of the one before exactly
// and points stay where they are.
Image Half(const Image& image) {
  Image half(image.width_px / 2, image.height_px / 2);
  cv::Mat target = MatView(half);
  const cv::Rect even(0, 0, 2 * half.width_px, 2 * half.height_px);
  cv::resize(MatView(image)(even), target, target.size(), 0, 0, cv::INTER_AREA);
  return half;
}

std::vector<Image> PyramidOf(Image image) {
  std::vector<Image> pyramid;
  pyramid.push_back(std::move(image));
  while (std::min(pyramid.back().width_px, pyramid.back().height_px) >= 2 * kSmallestSidePx) {
    pyramid.push_back(Half(pyramid.back()));
  }
  return pyramid;
}

bool Holds(const RectF& box, Point2f p) {
  return p.x >= box.x && p.y >= box.y && p.x <= box.x + box.width && p.y <= box.y + box.height;
}

bool IsSameFace(const RectF& known, const RectF& detected) {
  if (IntersectionOverUnion(known, detected) > 0.3F) return true;
  const float ratio = std::sqrt(detected.Area() / std::max(known.Area(), 1.0F));
  return Holds(known, detected.Center()) && ratio > 0.5F && ratio < 2.0F;
}

// Also looks at the picture within a black margin: a face that the picture's border cuts in half is
// found more often there.
std::vector<FaceBox> Taught(const Image& image, FaceDetector& teacher) {
  std::vector<FaceBox> faces = teacher.Detect(image);
  const int margin_px = std::max(image.width_px, image.height_px) / 4;
  Image wide(image.width_px + 2 * margin_px, image.height_px + 2 * margin_px);
  MatView(image).copyTo(
      MatView(wide)(cv::Rect(margin_px, margin_px, image.width_px, image.height_px)));
  for (FaceBox found : teacher.Detect(wide)) {
    found.rect.x -= static_cast<float>(margin_px);
    found.rect.y -= static_cast<float>(margin_px);
    faces.push_back(found);
  }
  std::ranges::stable_sort(faces, std::ranges::greater(), &FaceBox::score);
  return faces;
}

bool IsKnown(const Photograph& photograph, const RectF& found) {
  return std::ranges::any_of(
             photograph.faces,
             [&](const FaceLabel& face) { return IsSameFace(BoxOf(face), found); }) ||
         std::ranges::any_of(photograph.unlabeled,
                             [&](const RectF& box) { return IsSameFace(box, found); });
}

// What the teacher scores at least `sure_score` becomes a face, the rest a place that may be one.
void MarkFurtherFaces(Photograph& photograph, FaceDetector* teacher, float sure_score) {
  if (teacher == nullptr) return;
  for (const FaceBox& found : Taught(photograph.pyramid.front(), *teacher)) {
    if (IsKnown(photograph, found.rect)) continue;
    if (found.score >= sure_score) {
      photograph.faces.push_back(LabelFromBox(found.rect));
    } else {
      photograph.unlabeled.push_back(found.rect);
    }
  }
}

using FacesOfPicture = std::vector<const AnnotatedFace*>;

// In the order of the first face of each.
std::vector<FacesOfPicture> ByPicture(const DataSet& data) {
  std::vector<FacesOfPicture> pictures;
  std::map<fs::path, size_t> places;
  for (const AnnotatedFace& face : data.faces) {
    const auto [at, is_new] = places.emplace(face.picture, pictures.size());
    if (is_new) pictures.emplace_back();
    pictures[at->second].push_back(&face);
  }
  return pictures;
}

RectF MovedBox(const RectF& box, const Affine2& to_from) {
  return BoxOf(Transformed(LabelFromBox(box), to_from));
}

// Reads the picture of a photograph whose faces are known in pixels of the file.
void ReadPixels(Photograph& photograph, const fs::path& file, int max_face_px) {
  float highest_px = 1.0F;
  for (const FaceLabel& face : photograph.faces) {
    highest_px = std::max(highest_px, BoxOf(face).height);
  }
  Image picture = ReadPicture(file.string());
  const int side_px = std::max(picture.width_px, picture.height_px);
  auto [image, smaller_from_file] =
      Shrunk(std::move(picture),
             std::min(static_cast<float>(max_face_px) / highest_px,
                      static_cast<float>(kMaxPhotographPx) / static_cast<float>(side_px)));
  for (FaceLabel& face : photograph.faces) face = Transformed(face, smaller_from_file);
  for (RectF& box : photograph.unlabeled) box = MovedBox(box, smaller_from_file);
  photograph.pyramid = PyramidOf(std::move(image));
}

Photograph ReadLabeled(const FacesOfPicture& faces, const LandmarkSchema& schema, int max_face_px) {
  Photograph photograph;
  photograph.name = faces.front()->name;
  photograph.group = faces.front()->group;
  for (const AnnotatedFace* face : faces) {
    if (!face->points_px.empty()) {
      photograph.faces.push_back(LabelFromLandmarks(face->points_px, schema));
    } else if (face->box.Area() > 0.0F) {
      photograph.unlabeled.push_back(face->box);
    }
  }
  ReadPixels(photograph, faces.front()->picture, max_face_px);
  return photograph;
}

Photograph ReadBoxed(const BoxPicture& picture, int max_face_px) {
  Photograph photograph;
  photograph.name = picture.name;
  photograph.group = picture.group;
  photograph.all_labeled = true;
  for (const LabeledBox& face : picture.boxes) {
    if (face.ignored) {
      photograph.unlabeled.push_back(face.box);
    } else {
      photograph.faces.push_back(LabelFromBox(face.box));
    }
  }
  ReadPixels(photograph, picture.path, max_face_px);
  return photograph;
}

constexpr int kMaxBackgroundPx = 640;
// Low: a place that is taken for a face by mistake costs only a little background.
constexpr float kTeacherScore = 0.3F;
// High: a place that is taught as a face by mistake costs false positives.
constexpr float kSureTeacherScore = 0.85F;

std::unique_ptr<FaceDetector> MakeTeacher(const std::string& file) {
  if (file.empty()) return nullptr;
  DetectorOptions options;
  options.detector = file;
  options.detector_score = kTeacherScore;
  return CreateYuNetDetector(options);
}

void Append(ReadPhotographs read, const ReadingProgress& progress, SceneMaterial& material) {
  for (const std::string& problem : read.problems) progress.on_problem(problem);
  for (Photograph& photograph : read.photographs) {
    (photograph.faces.empty() ? material.backgrounds : material.photographs)
        .push_back(std::move(photograph));
  }
}

}  // namespace

ReadPhotographs PhotographsOfDataSet(const DataSet& data, int max_face_px, FaceDetector* teacher,
                                     float sure_score,
                                     const std::function<void(size_t)>& on_picture) {
  Check(max_face_px > 0, "faces of some height");
  ReadPhotographs read;
  if (data.schema == nullptr) return read;
  size_t done = 0;
  for (const FacesOfPicture& faces : ByPicture(data)) {
    const bool labeled = std::ranges::any_of(
        faces, [](const AnnotatedFace* face) { return !face->points_px.empty(); });
    if (labeled) {
      try {
        read.photographs.push_back(ReadLabeled(faces, *data.schema, max_face_px));
        MarkFurtherFaces(read.photographs.back(), teacher, sure_score);
      } catch (const Error& error) {
        read.problems.emplace_back(error.what());
      }
    }
    on_picture(++done);
  }
  return read;
}

ReadPhotographs PhotographsOfBoxSet(const BoxSet& set, int max_face_px,
                                    const std::function<void(size_t)>& on_picture) {
  Check(max_face_px > 0, "faces of some height");
  ReadPhotographs read;
  for (const BoxPicture& picture : set.pictures) {
    try {
      read.photographs.push_back(ReadBoxed(picture, max_face_px));
    } catch (const Error& error) {
      read.problems.emplace_back(error.what());
    }
    on_picture(read.photographs.size() + read.problems.size());
  }
  return read;
}

ReadPhotographs PhotographsWithoutFaces(const fs::path& folder, int max_side_px,
                                        FaceDetector* teacher,
                                        const std::function<void(size_t)>& on_picture) {
  Check(max_side_px > 0, "pictures of some size");
  ReadPhotographs read;
  FolderFiles found = PicturesBelow(folder);
  for (const fs::path& path : found.files) {
    try {
      Image image = ReadPicture(path.string());
      const int side_px = std::max(image.width_px, image.height_px);
      Photograph photograph;
      photograph.name = photograph.group = NameBelow(folder, path);
      photograph.pyramid = PyramidOf(
          Shrunk(std::move(image), static_cast<float>(max_side_px) / static_cast<float>(side_px))
              .first);
      MarkFurtherFaces(photograph, teacher, kNeverSure);
      read.photographs.push_back(std::move(photograph));
    } catch (const Error& error) {
      read.problems.emplace_back(error.what());
    }
    on_picture(read.photographs.size() + read.problems.size());
  }
  if (read.photographs.empty()) {
    throw Error(folder.string() + " holds no picture that can be read");
  }
  std::ranges::move(found.problems, std::back_inserter(read.problems));
  return read;
}

SceneMaterial ReadSceneMaterial(std::span<const DataSet> data, std::span<const BoxSet> boxes,
                                const SceneSources& sources, const ReadingProgress& progress) {
  const std::unique_ptr<FaceDetector> teacher = MakeTeacher(sources.teacher);
  SceneMaterial material;
  for (const DataSet& set : data) {
    progress.on_set("reading faces", set.faces.size());
    Append(PhotographsOfDataSet(set, sources.max_face_px, teacher.get(),
                                sources.teacher_labels ? kSureTeacherScore : kNeverSure,
                                progress.on_picture),
           progress, material);
  }
  for (const BoxSet& set : boxes) {
    progress.on_set("reading photographs", set.pictures.size());
    Append(PhotographsOfBoxSet(set, sources.max_face_px, progress.on_picture), progress, material);
  }
  FaceDetector* for_backgrounds = sources.teacher_sees_backgrounds ? teacher.get() : nullptr;
  for (const std::string& folder : sources.backgrounds) {
    progress.on_set("reading " + folder, 0);
    Append(PhotographsWithoutFaces(folder, kMaxBackgroundPx, for_backgrounds, progress.on_picture),
           progress, material);
  }
  return material;
}

}  // namespace nosetip
