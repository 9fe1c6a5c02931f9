// The picture of a scene while layers are laid over one another, and the random numbers that they
// are drawn with. Only for .cpp files of this folder.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include <opencv2/core.hpp>

#include "tracker/core/geometry.h"
#include "training/detector/scenes/face_label.h"
#include "training/detector/scenes/scene_composer.h"

namespace nosetip {

// A part of a picture that covers `place` of the scene.
struct Patch {
  cv::Rect place;
  cv::Mat pixels;  // CV_8UC3, RGB
  cv::Mat alpha;   // CV_8U, 255 covers; empty: covers all
};

// Remembers which layer each pixel shows, and so how much of a face is left.
class SceneCanvas {
 public:
  explicit SceneCanvas(int size_px);

  int SizePx() const { return scene_.image.width_px; }
  cv::Rect Bounds() const { return {0, 0, SizePx(), SizePx()}; }

  // Something without faces.
  void Cover(const Patch& patch) { Lay(patch, 0); }
  // Faces, in pixels of the scene, are seen where this layer is. `places` may be faces.
  void Cover(const Patch& patch, const std::vector<FaceLabel>& faces,
             const std::vector<FaceLabel>& places);

  // All that a later layer should not hide: boxes within the picture, of places too.
  std::vector<RectF> FaceBoxes() const;
  // The labeled faces so far.
  std::vector<FaceLabel> Faces() const;

  // The scene; the canvas is of no use after it.
  Scene Finish(float min_face_px) &&;

 private:
  struct Expected {
    FaceLabel label;
    uint8_t layer = 0;
    bool labeled = false;
  };

  void Lay(const Patch& patch, uint8_t layer);
  // The part of the face's outline, 0 to 1, that can be seen.
  float VisibleShare(const Expected& face) const;

  Scene scene_;
  cv::Mat layer_at_;  // CV_8U
  uint8_t layers_ = 0;
  std::vector<Expected> expected_;
};

// Random numbers that are the same with every standard library, unlike the std distributions.
class SceneRandom {
 public:
  explicit SceneRandom(uint64_t seed) : engine_(seed) {}

  // 0 to 1, below 1.
  float Unit() { return static_cast<float>(engine_() >> 40U) * 0x1p-24F; }
  float Uniform(float low, float high) { return low + (high - low) * Unit(); }
  // Uniform in the logarithm: as many values from 10 to 20 as from 20 to 40.
  float LogUniform(float low, float high) { return low * std::exp(std::log(high / low) * Unit()); }
  // About normal, within 3.5 sigma.
  float Bell(float sigma) {
    float sum = -2.0F;
    for (int i = 0; i < 4; ++i) sum += Unit();
    return sigma * std::sqrt(3.0F) * sum;
  }
  bool Chance(float probability) { return Unit() < probability; }
  // 0 to count - 1.
  int Below(int count) { return static_cast<int>(engine_() % static_cast<uint64_t>(count)); }
  uint8_t Byte() { return static_cast<uint8_t>(engine_() >> 56U); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace nosetip
