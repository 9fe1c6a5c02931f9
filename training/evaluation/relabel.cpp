#include "training/evaluation/relabel.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/face.h"
#include "tracker/core/mirrored.h"
#include "training/data/pack_builder.h"
#include "training/evaluation/face_predictor.h"

namespace nosetip {
namespace {

// Points are in pack pixels.
struct LocatedFace {
  std::vector<Point2f> plain;     // mean over the models
  std::vector<Point2f> mirrored;  // of the mirror image, mirrored back
  float confidence = 0.0F;        // mean over both, models and points
  float unit_px = 1.0F;
};

void Add(const std::vector<Point2f>& points, float weight, std::vector<Point2f>& sum) {
  sum.resize(points.size());
  for (size_t i = 0; i < points.size(); ++i) sum[i] = sum[i] + weight * points[i];
}

LocatedFace LocatePlainAndMirrored(std::span<const std::unique_ptr<Landmarker>> models,
                                   const Image& image, const RectF& box,
                                   const LandmarkSchema& schema) {
  LocatedFace located;
  const Image mirror = Mirrored(image);
  const int width = image.width_px;
  const bool bound = static_cast<size_t>(schema.count) >= kPointsThatBound;
  const float weight = 1.0F / static_cast<float>(models.size());
  for (const auto& model : models) {
    const Landmarks plain = LocateClosely(*model, image, {&box, 1}).front();
    const RectF place = Mirrored(bound ? BoundsOf(plain.points_px) : box, width);
    const Landmarks mirrored = model->Locate(mirror, {&place, 1}).front();
    Add(plain.points_px, weight, located.plain);
    Add(MirroredFace(mirrored.points_px, schema, width), weight, located.mirrored);
    located.confidence += 0.5F * weight * (MeanConfidence(plain) + MeanConfidence(mirrored));
  }
  located.unit_px = bound ? FaceUnitPx(located.plain, schema) : std::max(box.width, box.height);
  return located;
}

// By how much points of mirror images lie to the left, as a part of the face's unit.
float MirrorOffset(std::span<const LocatedFace> all) {
  double sum = 0.0;
  for (const LocatedFace& face : all) {
    sum += static_cast<double>((Mean(face.plain).x - Mean(face.mirrored).x) / face.unit_px);
  }
  return static_cast<float>(sum / static_cast<double>(all.size()));
}

std::vector<Point2f> Joined(const LocatedFace& located, float mirror_offset) {
  std::vector<Point2f> points = located.plain;
  for (size_t i = 0; i < points.size(); ++i) {
    const Point2f shift{mirror_offset * located.unit_px, 0.0F};
    points[i] = 0.5F * (points[i] + located.mirrored[i] + shift);
  }
  return points;
}

float Enlargement(const RectF& box, float box_px) {
  return box_px > 0.0F ? box_px / std::max(box.width, box.height) : 1.0F;
}

class Relabeler {
 public:
  Relabeler(const FacePack& from, const RelabelOptions& options)
      : from_(from),
        options_(options),
        count_(static_cast<size_t>(SchemaByName(from.schema).count)) {
    result_.pack.schema = from.schema;
    result_.pack.view = from.view;
    result_.pack.size_px = from.size_px;
    result_.pack.extent = from.extent;
  }

  void Keep(size_t face) { Append(face, Points(face)); }

  void Renew(size_t face, const LocatedFace& located, float mirror_offset) {
    if (located.confidence < options_.min_confidence) {
      ++result_.left_out;
      return;
    }
    std::vector<Point2f> points = Points(face);
    const std::vector<Point2f> found = Joined(located, mirror_offset);
    for (size_t i = 0; i < points.size(); ++i) {
      const float away = Distance(points[i], found[i]) / located.unit_px;
      squares_ += static_cast<double>(away * away);
      points[i] = points[i] + options_.share * (found[i] - points[i]);
    }
    ++result_.relabeled;
    Append(face, points);
  }

  RelabeledPack Finish() {
    if (result_.relabeled > 0) {
      result_.moved_percent =
          100.0 * std::sqrt(squares_ / static_cast<double>(result_.relabeled * count_));
    }
    return std::move(result_);
  }

 private:
  std::vector<Point2f> Points(size_t face) const {
    std::vector<Point2f> points;
    for (size_t i = face * count_; i < (face + 1) * count_; ++i) {
      points.push_back({from_.points_px[2 * i], from_.points_px[2 * i + 1]});
    }
    return points;
  }

  void Append(size_t face, const std::vector<Point2f>& points) {
    FacePack& to = result_.pack;
    const size_t area = static_cast<size_t>(from_.size_px) * static_cast<size_t>(from_.size_px);
    const auto pixels = from_.pixels.begin() + static_cast<std::ptrdiff_t>(face * area);
    to.pixels.insert(to.pixels.end(), pixels, pixels + static_cast<std::ptrdiff_t>(area));
    for (const Point2f p : points) to.points_px.insert(to.points_px.end(), {p.x, p.y});
    const RectF& box = from_.boxes[face];
    const float scale = Enlargement(box, options_.box_px);
    to.boxes.push_back({scale * box.x, scale * box.y, scale * box.width, scale * box.height});
    const SizePx photograph = from_.photographs_px[face];
    to.photographs_px.push_back({NearestWhole(scale * static_cast<float>(photograph.width)),
                                 NearestWhole(scale * static_cast<float>(photograph.height))});
    to.names.push_back(from_.names[face]);
    to.groups.push_back(from_.groups[face]);
    to.parts.push_back(from_.parts[face]);
  }

  const FacePack& from_;
  const RelabelOptions& options_;
  size_t count_;
  RelabeledPack result_;
  double squares_ = 0.0;
};

}  // namespace

std::optional<RelabeledPack> Relabel(const FacePack& pack,
                                     std::span<const std::unique_ptr<Landmarker>> models,
                                     const RelabelOptions& options,
                                     const std::function<bool(size_t)>& on_face) {
  Check(!models.empty(), "one model or more");
  const LandmarkSchema& schema = SchemaByName(pack.schema);
  for (const auto& model : models) {
    if (model->schema().name == schema.name) continue;
    throw Error(
        fmt::format("the data has the points of {}, a model those of {}; use data and models of "
                    "the same points",
                    schema.name, model->schema().name));
  }
  const DataSet faces = DataSetOfPack(pack);
  std::vector<LocatedFace> located;
  std::vector<size_t> renewed;
  for (size_t i = 0; i < faces.faces.size(); ++i) {
    const AnnotatedFace& face = faces.faces[i];
    if (options.keep.HoldsOut() && IsHeldOut(face.group, options.keep)) continue;
    const RectF box = face.box.Area() > 0.0F ? face.box : BoundsOf(face.points_px);
    located.push_back(LocatePlainAndMirrored(models, PictureOfPack(pack, face), box, schema));
    renewed.push_back(i);
    if (!on_face(located.size())) return std::nullopt;
  }
  const float mirror_offset = located.empty() ? 0.0F : MirrorOffset(located);
  Relabeler relabeler(pack, options);
  size_t next = 0;
  for (size_t i = 0; i < pack.FaceCount(); ++i) {
    if (next < renewed.size() && renewed[next] == i) {
      relabeler.Renew(i, located[next++], mirror_offset);
    } else {
      relabeler.Keep(i);
    }
  }
  return relabeler.Finish();
}

}  // namespace nosetip
