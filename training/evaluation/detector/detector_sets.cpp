#include "training/evaluation/detector/detector_sets.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <regex>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/frame_source.h"
#include "tracker/sources/pictures.h"
#include "training/data/data_set_builder.h"
#include "training/data/duplicates.h"
#include "training/data/folder_files.h"
#include "training/data/held_out.h"
#include "training/data/picture_names.h"
#include "training/detector/scenes/face_label.h"
#include "training/detector/scenes/scene_composer.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// Smaller faces of a scene are ignored, as in the smallest range of heights of the tables.
constexpr float kSmallestFacePx = 16.0F;

struct FileToExamine {
  fs::path path;
  std::string name;
  std::vector<FaceToFind> faces;
  std::optional<RectF> part{};  // to be cut out; nothing for the whole picture
};

std::regex NamePattern(const std::string& expression) {
  try {
    return std::regex(expression);
  } catch (const std::regex_error& error) {
    throw Error(
        fmt::format("--names '{}' is not a regular expression: {}", expression, error.what()));
  }
}

FaceToFind FaceOf(const AnnotatedFace& face, const LandmarkSchema* schema) {
  if (face.points_px.empty()) return {face.box, true, face.name};
  return {BoxOf(LabelFromLandmarks(face.points_px, *schema)), false, face.name};
}

// The pixels of `part` that are in the picture, with their faces.
PictureToExamine CutOut(PictureToExamine whole, const RectF& part) {
  const int left = std::max(0, static_cast<int>(std::floor(part.x + 0.5F)));
  const int top = std::max(0, static_cast<int>(std::floor(part.y + 0.5F)));
  const int right =
      std::min(whole.image.width_px, static_cast<int>(std::ceil(part.x + part.width + 0.5F)));
  const int bottom =
      std::min(whole.image.height_px, static_cast<int>(std::ceil(part.y + part.height + 0.5F)));
  if (left >= right || top >= bottom) {
    throw Error(fmt::format("the face {} lies outside its picture", whole.name));
  }
  PictureToExamine cut{std::move(whole.name), Image(right - left, bottom - top), {}};
  for (int y = top; y < bottom; ++y) {
    std::copy_n(whole.image.At(left, y), 3 * (right - left), cut.image.At(0, y - top));
  }
  for (FaceToFind& face : whole.faces) {
    face.box.x -= static_cast<float>(left);
    face.box.y -= static_cast<float>(top);
    cut.faces.push_back(std::move(face));
  }
  return cut;
}

PictureSequence ReadInTurn(std::vector<FileToExamine> files, ProblemSink on_problem) {
  return [files = std::move(files), on_problem = std::move(on_problem),
          at = size_t{0}]() mutable -> std::optional<PictureToExamine> {
    while (at < files.size()) {
      FileToExamine& file = files[at++];
      try {
        PictureToExamine whole{file.name, ReadPicture(file.path.string()), std::move(file.faces)};
        return file.part ? CutOut(std::move(whole), *file.part) : std::move(whole);
      } catch (const Error& error) {
        on_problem(error.what());
      }
    }
    return std::nullopt;
  };
}

}  // namespace

DataSet ReadChosenPictures(const std::string& path, const FaceFilter& filter,
                           const OnWork& on_work) {
  const std::regex pattern = NamePattern(filter.names);
  // Grouping opens every picture; only a split needs it.
  DataSet data =
      filter.held_out_percent > 0 ? ReadGroupedDataSet(path, on_work) : ReadDataSet(path);
  std::set<std::string> parts;
  for (const AnnotatedFace& face : data.faces) parts.insert(face.part);
  CheckListed("--parts", filter.parts, "parts", parts);
  std::set<fs::path> chosen;
  for (const AnnotatedFace& face : data.faces) {
    if (face.points_px.empty() || !IsListed(face.part, filter.parts)) continue;
    if (filter.held_out_percent > 0 && !IsHeldOut(face.group, filter.held_out_percent)) continue;
    if (std::regex_search(face.name, pattern)) chosen.insert(face.picture);
  }
  if (chosen.empty()) {
    throw Error(
        fmt::format("{} has no labeled face that matches --held-out, --parts and --names", path));
  }
  std::erase_if(data.faces,
                [&](const AnnotatedFace& face) { return !chosen.contains(face.picture); });
  return data;
}

PictureSet PicturesOfDataSet(DataSet data, std::string name, ProblemSink on_problem) {
  std::vector<FileToExamine> files;
  std::map<fs::path, size_t> places;
  for (const AnnotatedFace& face : data.faces) {
    const auto [place, is_new] = places.emplace(face.picture, files.size());
    if (is_new) files.push_back({face.picture, face.name, {}});
    files[place->second].faces.push_back(FaceOf(face, data.schema));
  }
  PictureSet set{SetKind::kFaces, std::move(name), {}, files.size()};
  set.next = ReadInTurn(std::move(files), std::move(on_problem));
  return set;
}

PictureSet CloseUpsOfDataSet(const DataSet& data, const std::string& name, float margin_percent,
                             ProblemSink on_problem) {
  std::map<fs::path, std::vector<FaceToFind>> faces_of;
  std::vector<FileToExamine> files;
  for (const AnnotatedFace& face : data.faces) {
    faces_of[face.picture].push_back(FaceOf(face, data.schema));
    if (face.points_px.empty()) continue;
    RectF part = BoundsOf(face.points_px);
    const float margin_px = margin_percent / 100.0F * LongerSide(part);
    part = {part.x - margin_px, part.y - margin_px, part.width + 2.0F * margin_px,
            part.height + 2.0F * margin_px};
    files.push_back({face.picture, face.name, {}, part});
  }
  for (FileToExamine& file : files) {
    file.faces = faces_of[file.path];
    for (FaceToFind& face : file.faces) face.ignored |= face.name != file.name;
  }
  PictureSet set{SetKind::kCloseUps,
                 fmt::format("{} with a margin of {:g} %", name, margin_percent),
                 {},
                 files.size()};
  set.next = ReadInTurn(std::move(files), std::move(on_problem));
  return set;
}

BoxSet ReadChosenBoxSet(const std::string& path, const FaceFilter& filter, const OnWork& on_work) {
  const std::regex pattern = NamePattern(filter.names);
  BoxSet set = filter.held_out_percent > 0 ? ReadGroupedBoxSet(path, on_work) : ReadBoxSet(path);
  std::set<std::string> parts;
  for (const BoxPicture& picture : set.pictures) parts.insert(TopFolderOf(picture.name));
  CheckListed("--parts", filter.parts, "parts", parts);
  std::erase_if(set.pictures, [&](const BoxPicture& picture) {
    return !IsListed(TopFolderOf(picture.name), filter.parts) ||
           (filter.held_out_percent > 0 && !IsHeldOut(picture.group, filter.held_out_percent)) ||
           !std::regex_search(picture.name, pattern);
  });
  if (set.pictures.empty()) {
    throw Error(
        fmt::format("{} has no picture that matches --held-out, --parts and --names", path));
  }
  IgnoreSmallFaces(set, static_cast<float>(filter.least_face_px));
  return set;
}

PictureSet PicturesOfBoxSet(BoxSet set, std::string name, ProblemSink on_problem) {
  std::vector<FileToExamine> files;
  for (BoxPicture& picture : set.pictures) {
    FileToExamine& file = files.emplace_back(FileToExamine{picture.path, picture.name, {}});
    for (const LabeledBox& face : picture.boxes) {
      file.faces.push_back(
          {face.box, face.ignored, fmt::format("{} {}", picture.name, TextOf(face.box))});
    }
  }
  PictureSet pictures{SetKind::kLabeled, std::move(name), {}, files.size()};
  pictures.next = ReadInTurn(std::move(files), std::move(on_problem));
  return pictures;
}

PictureSet PicturesWithoutFaces(const fs::path& folder, ProblemSink on_problem) {
  std::vector<FileToExamine> files;
  const FolderFiles found = PicturesBelow(folder);
  for (const std::string& problem : found.problems) on_problem(problem);
  for (const fs::path& path : found.files) {
    files.push_back({path, NameBelow(folder, path), {}});
  }
  PictureSet set{SetKind::kEmpty, folder.string(), {}, files.size()};
  set.next = ReadInTurn(std::move(files), std::move(on_problem));
  return set;
}

PictureSet FramesOfClip(const std::string& clip) {
  const std::shared_ptr<FrameSource> source = OpenFrameSource(clip);
  const SourceInfo& info = source->info();
  if (info.kind == SourceKind::kCamera || info.kind == SourceKind::kStream) {
    throw Error(fmt::format("--clip {} is a live source without an end; give a file", clip));
  }
  PictureSet set{SetKind::kClip, clip, {}, {}};
  if (info.frame_count) set.count = static_cast<size_t>(std::max<int64_t>(*info.frame_count, 0));
  set.next = [source]() -> std::optional<PictureToExamine> {
    const FramePtr frame = source->Next();
    if (!frame) return std::nullopt;
    return PictureToExamine{fmt::format("frame {}", frame->id), frame->image, {}, false};
  };
  return set;
}

PictureSet ComposedScenes(std::shared_ptr<const SceneMaterial> material, const ScenePlan& plan) {
  SceneOptions options;
  options.size_px = plan.size_px;
  options.min_face_px = kSmallestFacePx;
  options.empty = plan.empty ? 1.0F : 0.0F;
  const SceneComposer composer(material->photographs, material->backgrounds, options);
  PictureSet set{plan.empty ? SetKind::kEmptyScenes : SetKind::kScenes,
                 plan.empty ? "composed scenes without faces" : "composed scenes",
                 {},
                 static_cast<size_t>(plan.count)};
  set.next = [material, composer, plan, done = 0]() mutable -> std::optional<PictureToExamine> {
    if (done == plan.count) return std::nullopt;
    const uint64_t seed = plan.seed + static_cast<uint64_t>(done++);
    Scene scene = composer.Compose(seed);
    PictureToExamine picture{fmt::format("scene {}", seed), std::move(scene.image), {}, false};
    for (const SceneFace& face : scene.faces) picture.faces.push_back({face.box, face.ignored, ""});
    return picture;
  };
  return set;
}

std::vector<DetectorRecord> ExaminePictures(std::span<const FaceFinder> detectors,
                                            const PictureSequence& next,
                                            const std::stop_token& stop,
                                            const std::function<void(size_t)>& on_picture) {
  using Clock = std::chrono::steady_clock;
  std::vector<DetectorRecord> records(detectors.size());
  size_t done = 0;
  while (!stop.stop_requested()) {
    std::optional<PictureToExamine> picture = next();
    if (!picture) break;
    if (done == 0) {
      for (const FaceFinder& detector : detectors) detector(picture->image, picture->is_picture);
    }
    for (size_t turn = 0; turn < detectors.size(); ++turn) {
      const size_t i = (turn + done) % detectors.size();
      const auto start = Clock::now();
      std::vector<FaceBox> boxes = detectors[i](picture->image, picture->is_picture);
      records[i].times_ms.push_back(
          std::chrono::duration<double, std::milli>(Clock::now() - start).count());
      records[i].pictures.push_back({picture->name, std::move(boxes), picture->faces});
    }
    on_picture(++done);
  }
  return records;
}

}  // namespace nosetip
