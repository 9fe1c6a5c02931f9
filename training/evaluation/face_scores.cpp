#include "training/evaluation/face_scores.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/face.h"
#include "tracker/core/metrics.h"

namespace nosetip {
namespace {

constexpr int kRounds = 4;
constexpr float kOnTheFaceIou = 0.3F;
constexpr float kSmallestSidePx = 4.0F;

class Scorer {
 public:
  Scorer(const LocateFace& locate, uint32_t seed) : locate_(locate), random_(seed) {}

  void Add(const FaceToMeasure& face, int places) {
    const Image picture = face.picture();
    const auto found = locate_(picture, face.box);
    if (!found || found->confidence.empty()) return;
    scores_.faces.push_back(MeanConfidence(*found));
    for (int i = 0; i < places; ++i) {
      const auto place = PlaceBeside(face.box, picture);
      if (!place) continue;
      if (const auto score = Follow(picture, *place, face.box)) scores_.beside.push_back(*score);
    }
  }

  FaceScores Finish() && {
    std::ranges::sort(scores_.faces);
    std::ranges::sort(scores_.beside);
    return std::move(scores_);
  }

 private:
  float Uniform(float from, float to) {
    return std::uniform_real_distribution<float>(from, to)(random_);
  }

  // Nothing where no try finds room.
  std::optional<RectF> PlaceBeside(const RectF& face, const Image& picture) {
    constexpr int kTries = 20;
    for (int i = 0; i < kTries; ++i) {
      const float side = face.width * std::exp(Uniform(std::log(0.3F), std::log(1.2F)));
      const float right = static_cast<float>(picture.width_px) - side;
      const float bottom = static_cast<float>(picture.height_px) - side;
      if (right <= 0.0F || bottom <= 0.0F) continue;
      const RectF place{Uniform(0.0F, right), Uniform(0.0F, bottom), side, side};
      if (Intersection(place, face).Area() <= 0.0F) return place;
    }
    return std::nullopt;
  }

  // The confidence where the points end up; nothing where that is on the face.
  std::optional<float> Follow(const Image& picture, RectF place, const RectF& face) const {
    const RectF whole{0.0F, 0.0F, static_cast<float>(picture.width_px),
                      static_cast<float>(picture.height_px)};
    float score = 0.0F;
    for (int round = 0; round < kRounds; ++round) {
      const auto found = locate_(picture, place);
      if (!found) return 0.0F;
      score = MeanConfidence(*found);
      place = BoundsOf(found->points_px);
      const bool is_usable = std::min(place.width, place.height) >= kSmallestSidePx &&
                             Intersection(place, whole).Area() > 0.0F;
      if (!is_usable) return 0.0F;
    }
    if (IntersectionOverUnion(place, face) >= kOnTheFaceIou) return std::nullopt;
    return score;
  }

  const LocateFace& locate_;
  std::mt19937 random_;
  FaceScores scores_;
};

std::string Row(const char* name, const std::vector<double>& scores) {
  return fmt::format("{:<11} {:.3f}   {:.3f}  {:.3f}   {:.3f}  {:.3f}  ({}", name, scores.front(),
                     Percentile(scores, 1.0), Percentile(scores, 50.0), Percentile(scores, 99.0),
                     scores.back(), scores.size());
}

}  // namespace

FaceScores ScoreFaces(const std::vector<FaceToMeasure>& faces, const LocateFace& locate, int places,
                      uint32_t seed) {
  Scorer scorer(locate, seed);
  for (const FaceToMeasure& face : faces) {
    try {
      scorer.Add(face, places);
    } catch (const Error&) {
      continue;  // Evaluate names it
    }
  }
  return std::move(scorer).Finish();
}

std::string FaceScoresText(const FaceScores& scores) {
  if (scores.faces.empty()) return "the model gives no confidences\n";
  if (scores.beside.empty()) return "the pictures have no room beside the faces\n";
  const auto sure =
      std::ranges::count_if(scores.beside, [](double s) { return s >= kSureFaceConfidence; });
  return fmt::format(
      "confidence  min     1 %    median  99 %   max\n{})\n{}, {} of them at {:.2f} or more)\n",
      Row("faces", scores.faces), Row("beside", scores.beside), sure, kSureFaceConfidence);
}

}  // namespace nosetip
