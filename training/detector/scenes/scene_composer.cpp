#include "training/detector/scenes/scene_composer.h"

#include <algorithm>
#include <array>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"
#include "training/detector/scenes/scene_canvas.h"
#include "training/detector/scenes/scene_layouts.h"
#include "training/detector/scenes/scene_light.h"

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

constexpr int kColumns = 6;
constexpr int kGapPx = 2;
constexpr int kFractionBits = 4;
const cv::Scalar kFace(40, 230, 60);
const cv::Scalar kIgnored(150, 150, 150);
const cv::Scalar kRightSide(255, 60, 50);

cv::Point Fixed(Point2f p) {
  constexpr float kFraction = 1 << kFractionBits;
  return {cvRound(p.x * kFraction), cvRound(p.y * kFraction)};
}

void DrawFace(cv::Mat& tile, const SceneFace& face) {
  const RectF& box = face.box;
  const cv::Scalar& color = face.ignored ? kIgnored : kFace;
  cv::rectangle(tile, Fixed({box.x, box.y}), Fixed({box.x + box.width, box.y + box.height}), color,
                1, cv::LINE_AA, kFractionBits);
  if (face.ignored || !face.has_points) return;
  const float radius_px = std::clamp(0.012F * box.height, 0.6F, 2.0F);
  for (size_t i = 0; i < face.points_px.size(); ++i) {
    const bool right_side = i == 0 || i == 3;
    cv::circle(tile, Fixed(face.points_px[i]), cvRound(radius_px * (1 << kFractionBits)),
               right_side ? kRightSide : kFace, cv::FILLED, cv::LINE_AA, kFractionBits);
  }
}

}  // namespace

std::span<const Field<SceneOptions>> SceneOptions::Fields() {
  static const std::array<Field<SceneOptions>, 8> kFields = {{
      {"scene-size", &SceneOptions::size_px, "Side of a training scene in pixels.", 32, 2048},
      {"min-face", &SceneOptions::min_face_px,
       "Height of the smallest face to find, in pixels of the scene.", 4.0, 1024.0},
      {"max-face", &SceneOptions::max_face,
       "Height of the largest face over the scene's side; above 1 it is cut off.", 0.05, 2.0},
      {"max-faces", &SceneOptions::max_faces,
       "Largest number of photographs with faces in one scene.", 1, 50},
      {"max-roll", &SceneOptions::max_roll_deg, "Largest rotation of a face in degrees.", 0.0,
       180.0},
      {"empty-scenes", &SceneOptions::empty, "Part of the scenes without a face.", 0.0, 1.0},
      {"whole-photographs", &SceneOptions::whole,
       "Part of the scenes with faces that are cut from photographs with a box around every face.",
       0.0, 1.0},
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
    (photograph.all_labeled ? whole_ : portraits_).push_back(&photograph);
  }
}

Scene SceneComposer::Compose(uint64_t seed) const {
  SceneRandom random(seed);
  const SceneStock stock{photographs_, portraits_, whole_, backgrounds_, options_};
  SceneCanvas canvas = SceneLayout(stock, random).Laid();
  Scene scene = std::move(canvas).Finish(options_.min_face_px);
  Degrade(scene.image, options_.degrade, SmallestFacePx(scene), random);
  return scene;
}

SceneLoader::SceneLoader(const SceneComposer& composer, const SceneOrder& order,
                         std::function<void(Scene&)> finish)
    : composer_(composer), order_(order), finish_(std::move(finish)) {
  for (size_t i = 0; i < order_.ahead; ++i) StartOne();
}

void SceneLoader::StartOne() {
  if (started_ == order_.batches) return;
  const uint64_t first = order_.first_seed + started_ * order_.batch;
  ++started_;
  // Where no thread can start, the batch is composed by who asks for it.
  coming_.push_back(std::async(std::launch::async | std::launch::deferred, [this, first] {
    std::vector<Scene> scenes;
    for (size_t i = 0; i < order_.batch; ++i) {
      scenes.push_back(composer_.Compose(first + i));
      if (finish_) finish_(scenes.back());
    }
    return scenes;
  }));
}

std::vector<Scene> SceneLoader::Next() {
  Check(!coming_.empty(), "a batch that is left");
  std::vector<Scene> scenes = coming_.front().get();
  coming_.pop_front();
  StartOne();
  return scenes;
}

Image DrawScenes(std::span<const Scene> scenes) {
  Check(!scenes.empty(), "a sheet with scenes");
  const int count = static_cast<int>(scenes.size());
  const int columns = std::min(kColumns, count);
  const int rows = (count + columns - 1) / columns;
  const int side_px = scenes.front().image.width_px;
  const int step_px = side_px + kGapPx;
  Image sheet(columns * step_px - kGapPx, rows * step_px - kGapPx);
  cv::Mat canvas = MatView(sheet);
  canvas.setTo(cv::Scalar::all(255));
  for (int i = 0; i < count; ++i) {
    const Scene& scene = scenes[static_cast<size_t>(i)];
    Check(scene.image.width_px == side_px && scene.image.height_px == side_px,
          "scenes of one size");
    cv::Mat tile =
        canvas(cv::Rect((i % columns) * step_px, (i / columns) * step_px, side_px, side_px));
    MatView(scene.image).copyTo(tile);
    for (const SceneFace& face : scene.faces) DrawFace(tile, face);
  }
  return sheet;
}

}  // namespace nosetip
