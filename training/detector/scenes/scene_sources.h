// What scenes are made of, read from disk.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "training/data/data_set.h"
#include "training/detector/scenes/photograph.h"

namespace nosetip {

struct SceneSources {
  std::vector<std::string> backgrounds;  // folders of pictures without faces
  // A detector file of the YuNet family that marks faces without labels in the photographs; empty:
  // none.
  std::string teacher;
  bool teacher_sees_backgrounds = false;  // where they are not known to be without faces
  int max_face_px = 400;                  // larger ones are shrunk to this height
};

struct SceneMaterial {
  std::vector<Photograph> photographs;
  std::vector<Photograph> backgrounds;
};

struct ReadingProgress {
  std::function<void(const std::string&)> on_problem = [](const std::string&) {};
  // A set is begun, of so many pictures or of an unknown number (0).
  std::function<void(const std::string& name, size_t pictures)> on_set = [](const std::string&,
                                                                            size_t) {};
  std::function<void(size_t)> on_picture = [](size_t) {};
};

// Throws Error for a teacher or a folder that cannot be read.
SceneMaterial ReadSceneMaterial(std::span<const DataSet> data, const SceneSources& sources,
                                const ReadingProgress& progress);

}  // namespace nosetip
