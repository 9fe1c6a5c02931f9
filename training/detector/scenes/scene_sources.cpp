#include "training/detector/scenes/scene_sources.h"

#include <memory>
#include <utility>

namespace nosetip {
namespace {

constexpr int kMaxBackgroundPx = 640;
// Low: a place that is taken for a face by mistake costs only a little background.
constexpr float kTeacherScore = 0.3F;

std::unique_ptr<FaceDetector> MakeTeacher(const std::string& file) {
  if (file.empty()) return nullptr;
  DetectorOptions options;
  options.detector = file;
  options.detector_score = kTeacherScore;
  return CreateYuNetDetector(options);
}

void Append(ReadPhotographs read, const ReadingProgress& progress, std::vector<Photograph>& all) {
  for (const std::string& problem : read.problems) progress.on_problem(problem);
  for (Photograph& photograph : read.photographs) all.push_back(std::move(photograph));
}

}  // namespace

SceneMaterial ReadSceneMaterial(std::span<const DataSet> data, const SceneSources& sources,
                                const ReadingProgress& progress) {
  const std::unique_ptr<FaceDetector> teacher = MakeTeacher(sources.teacher);
  SceneMaterial material;
  for (const DataSet& set : data) {
    progress.on_set("reading faces", set.faces.size());
    Append(PhotographsOfDataSet(set, sources.max_face_px, teacher.get(), progress.on_picture),
           progress, material.photographs);
  }
  FaceDetector* for_backgrounds = sources.teacher_sees_backgrounds ? teacher.get() : nullptr;
  for (const std::string& folder : sources.backgrounds) {
    progress.on_set("reading " + folder, 0);
    Append(PhotographsWithoutFaces(folder, kMaxBackgroundPx, for_backgrounds, progress.on_picture),
           progress, material.backgrounds);
  }
  return material;
}

}  // namespace nosetip
