// Scenes with faces of every size, composed from photographs: what a face detector trains on.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "tracker/core/fields.h"
#include "tracker/core/image.h"
#include "training/detector/scenes/photograph.h"

namespace nosetip {

struct SceneFace {
  RectF box;  // in pixels of the scene; may reach outside
  std::array<Point2f, 5> points_px;
  // Too small, too little of it to be seen, or perhaps not a face: neither right nor wrong to find.
  bool ignored = false;
};

struct Scene {
  Image image;
  std::vector<SceneFace> faces;
};

struct SceneOptions {
  int size_px = 320;
  float min_face_px = 12.0F;  // height of a face's box; smaller ones are ignored
  float max_face = 1.1F;      // largest height over the scene's side
  int max_faces = 10;
  float max_roll_deg = 45.0F;
  float empty = 0.1F;    // part of the scenes that have no face
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
  std::span<const Photograph> photographs_;
  std::span<const Photograph> backgrounds_;
  SceneOptions options_;
};

}  // namespace nosetip
