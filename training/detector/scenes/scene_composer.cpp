#include "training/detector/scenes/scene_composer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tracker/core/error.h"
#include "training/detector/scenes/scene_light.h"
#include "training/detector/scenes/scene_layouts.h"
#include "training/detector/scenes/scene_random.h"

namespace nosetip {
namespace {

float SmallestFacePx(const Scene& scene) {
  constexpr float kNone = 100.0F;
  float smallest_px = kNone;
  for (const SceneFace& face : scene.faces) {
    if (!face.ignored) smallest_px = std::min(smallest_px, face.box.height);
  }
  return smallest_px;
}

}  // namespace

std::span<const Field<SceneOptions>> SceneOptions::Fields() {
  static const std::array<Field<SceneOptions>, 7> kFields = {{
      {"scene-size", &SceneOptions::size_px, "Side of a training scene in pixels.", 32, 2048},
      {"min-face", &SceneOptions::min_face_px,
       "Height of the smallest face to be found, in pixels of the scene.", 4.0, 1024.0},
      {"max-face", &SceneOptions::max_face,
       "Height of the largest face over the scene's side; over 1 it is cut off.", 0.05, 2.0},
      {"max-faces", &SceneOptions::max_faces, "Most photographs with faces in one scene.", 1, 50},
      {"max-roll", &SceneOptions::max_roll_deg, "Largest turn of a face in degrees.", 0.0, 180.0},
      {"empty-scenes", &SceneOptions::empty, "Part of the scenes that have no face.", 0.0, 1.0},
      {"degrade", &SceneOptions::degrade,
       "Strength of bad light, blur, noise, compression and covered faces; 0 for none.", 0.0, 1.0},
  }};
  return kFields;
}

SceneComposer::SceneComposer(std::span<const Photograph> photographs,
                             std::span<const Photograph> backgrounds, const SceneOptions& options)
    : photographs_(photographs), backgrounds_(backgrounds), options_(options) {
  Validate(options);
  if (options.max_face * static_cast<float>(options.size_px) < options.min_face_px) {
    throw Error("--min-face is larger than --max-face times --scene-size; no face fits between");
  }
  if (photographs.empty()) {
    throw Error("there are no photographs with faces to make scenes of; name a data set");
  }
  for (const Photograph& photograph : photographs) {
    Check(!photograph.faces.empty() && !photograph.pyramid.empty(), "photographs with faces");
  }
}

Scene SceneComposer::Compose(uint64_t seed) const {
  SceneRandom random(seed);
  const SceneStock stock{photographs_, backgrounds_, options_};
  SceneCanvas canvas = SceneLayout(stock, random).Laid();
  Scene scene = std::move(canvas).Finish(options_.min_face_px);
  Degrade(scene.image, options_.degrade, SmallestFacePx(scene), random);
  return scene;
}

}  // namespace nosetip
