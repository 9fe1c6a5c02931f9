// Scenes with faces of every size, composed from photographs: what a face detector trains on.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <span>
#include <vector>

#include "tracker/core/fields.h"
#include "tracker/core/image.h"
#include "training/detector/scenes/photograph.h"

namespace nosetip {

struct SceneFace {
  RectF box;  // in pixels of the scene; may reach outside
  std::array<Point2f, 5> points_px;
  // Too small, mostly hidden, or perhaps not a face: neither right nor wrong to find.
  bool ignored = false;
  bool has_points = true;  // see FaceLabel
};

// Numbers of `taught` per cell: chance of a face, chance of a face's cell, box as in
// detector_outputs.h.
inline constexpr size_t kTaughtNumbers = 6;

struct Scene {
  Image image;
  std::vector<SceneFace> faces;
  std::vector<float> taught;  // what a teacher says of each cell, see DetectorTeacher; or empty
};

struct SceneOptions {
  int size_px = 320;
  float min_face_px = 12.0F;  // height of a face's box; smaller ones are ignored
  float max_face = 1.1F;      // largest height over the scene's side
  int max_faces = 10;
  float max_roll_deg = 45.0F;
  float empty = 0.1F;    // part of the scenes that have no face
  float whole = 0.6F;    // part of the others that are cut from whole photographs, see Photograph
  float degrade = 1.0F;  // strength of blur, noise, light, occlusion; 0: none

  static std::span<const Field<SceneOptions>> Fields();
};

// Immutable once made; several threads may compose at once.
class SceneComposer {
 public:
  // `photographs` and `backgrounds` (may be empty) must outlive it. Throws Error without
  // photographs or for options out of range.
  SceneComposer(std::span<const Photograph> photographs, std::span<const Photograph> backgrounds,
                const SceneOptions& options);

  // The same seed gives the same scene.
  Scene Compose(uint64_t seed) const;

 private:
  std::vector<const Photograph*> portraits_;
  std::vector<const Photograph*> whole_;
  std::span<const Photograph> photographs_;
  std::span<const Photograph> backgrounds_;
  SceneOptions options_;
};

// The scenes of an epoch.
struct SceneOrder {
  uint64_t first_seed = 0;  // scene i of the epoch is Compose(first_seed + i)
  size_t batches = 0;
  size_t batch = 0;  // scenes per batch
  size_t ahead = 2;  // batches that are made at a time, each in a thread of its own
};

// Composes scenes ahead of their use. The batches do not depend on timing. For one thread at a
// time.
class SceneLoader {
 public:
  // The composer must outlive it. `finish` is called for each scene, by several threads at once.
  SceneLoader(const SceneComposer& composer, const SceneOrder& order,
              std::function<void(Scene&)> finish = {});

  // The next batch. Throws std::logic_error beyond the last.
  std::vector<Scene> Next();

 private:
  void StartOne();

  const SceneComposer& composer_;
  SceneOrder order_;
  std::function<void(Scene&)> finish_;
  size_t started_ = 0;
  std::deque<std::future<std::vector<Scene>>> coming_;  // its destructor waits for each
};

// Draws scenes side by side, six per row. Boxes of faces are green and those of ignored ones gray;
// points are green, those on the face's right side red. Takes one scene or more, all of one size.
Image DrawScenes(std::span<const Scene> scenes);

}  // namespace nosetip
