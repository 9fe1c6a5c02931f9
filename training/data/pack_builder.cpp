#include "training/data/pack_builder.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/core/face.h"
#include "tracker/sources/pictures.h"
#include "training/data/on_all_cores.h"

namespace nosetip {
namespace {

// As in the tracker.
RectF BoxOf(const AnnotatedFace& face) {
  return face.points_px.size() >= kPointsThatBound ? BoundsOf(face.points_px) : face.box;
}

// Why a face cannot be packed; empty where it can.
std::string Obstacle(const AnnotatedFace& face, CropView view) {
  if (face.points_px.empty()) return "has no points";
  if (view == CropView::kPicture) return "";
  const RectF box = BoxOf(face);
  if (!(box.width >= 1.0F && box.height >= 1.0F)) {
    return "has no box, and too few points for one; train on whole pictures (--view picture)";
  }
  return "";
}

struct CutFace {
  RectF box;
  SizePx photograph_px;
  std::vector<uint8_t> pixels;
  std::string obstacle;  // why it cannot be packed; empty where it can
};

CutFace Cut(const AnnotatedFace& face, const FacePack& pack) {
  CutFace cut;
  cut.obstacle = Obstacle(face, pack.view);
  if (!cut.obstacle.empty()) return cut;
  try {
    const Image picture = ReadPicture(face.picture.string());
    cut.photograph_px = {picture.width_px, picture.height_px};
    cut.box = pack.view == CropView::kPicture ? WholePicture(picture) : BoxOf(face);
    const Affine2 pack_from_picture = CropFromFrame(cut.box, pack.extent, pack.size_px);
    std::vector<float> crop(SizePx::Square(pack.size_px).Area());
    CutGrayCrop(picture, pack_from_picture, pack.size_px, crop);
    for (const float value : crop) {
      cut.pixels.push_back(static_cast<uint8_t>(std::lround(255.0F * (value + 0.5F))));
    }
  } catch (const Error& error) {
    cut.obstacle = error.what();
  }
  return cut;
}

void AddFace(const AnnotatedFace& face, const CutFace& cut, FacePack& pack) {
  const Affine2 pack_from_picture = CropFromFrame(cut.box, pack.extent, pack.size_px);
  pack.pixels.insert(pack.pixels.end(), cut.pixels.begin(), cut.pixels.end());
  for (const Point2f point : face.points_px) {
    const Point2f packed = pack_from_picture.Apply(point);
    pack.points_px.insert(pack.points_px.end(), {packed.x, packed.y});
  }
  pack.boxes.push_back(cut.box);
  pack.photographs_px.push_back(cut.photograph_px);
  pack.names.push_back(face.name);
  pack.groups.push_back(face.group);
  pack.parts.push_back(face.part);
}

RectF Transformed(const RectF& rect, const Affine2& transform) {
  const Point2f low = transform.Apply({rect.x, rect.y});
  const Point2f high = transform.Apply({rect.x + rect.width, rect.y + rect.height});
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

}  // namespace

std::vector<std::string> RemarksOf(const DataSet& data, const BuiltPack& built) {
  std::vector<std::string> remarks;
  for (const auto& list : {data.problems, built.problems}) {
    for (const std::string& problem : list) remarks.push_back("left out: " + problem);
  }
  const auto replaced = std::ranges::count_if(
      data.faces, [](const AnnotatedFace& face) { return face.rejected_box.has_value(); });
  if (replaced > 0) {
    remarks.push_back(fmt::format(
        "{} faces whose own box cannot be used: the bounds of their points are taken", replaced));
  }
  return remarks;
}

float UsualExtent(CropView view) { return view == CropView::kPicture ? 1.25F : 2.2F; }

BuiltPack BuildPack(const DataSet& data, const PackOptions& options,
                    const std::function<void(size_t)>& on_face) {
  Check(data.schema != nullptr, "a data set with a schema");
  if (options.extent != 0.0F && !(options.extent >= 1.0F)) {
    throw Error("an extent below 1 would cut faces off; give 1 or more, or 0 for the default");
  }
  BuiltPack built;
  built.pack.schema = data.schema->name;
  built.pack.view = options.view;
  built.pack.size_px = options.size_px;
  built.pack.extent = options.extent > 0.0F ? options.extent : UsualExtent(options.view);
  std::vector<CutFace> cuts(data.faces.size());
  size_t added = 0;
  OnAllCores(
      cuts.size(), [&](size_t i) { cuts[i] = Cut(data.faces[i], built.pack); },
      [&](size_t done) {
        for (; added < done; ++added) {
          const CutFace cut = std::exchange(cuts[added], {});
          const AnnotatedFace& face = data.faces[added];
          if (cut.obstacle.empty()) {
            AddFace(face, cut, built.pack);
          } else {
            built.problems.push_back(fmt::format("{}: {}", face.name, cut.obstacle));
          }
        }
        on_face(done);
      });
  if (built.pack.FaceCount() == 0) {
    throw Error("no face of the data set can be packed; the first problem is: " +
                (built.problems.empty() ? "it is empty" : built.problems.front()));
  }
  return built;
}

DataSet DataSetOfPack(const FacePack& pack) {
  DataSet data;
  data.schema = &SchemaByName(pack.schema);
  const auto count = static_cast<size_t>(data.schema->count);
  for (size_t i = 0; i < pack.FaceCount(); ++i) {
    AnnotatedFace face;
    face.picture = fmt::format("{}", i);
    face.name = pack.names[i];
    face.group = pack.groups[i];
    face.part = pack.parts[i];
    for (size_t k = i * count; k < (i + 1) * count; ++k) {
      face.points_px.push_back({pack.points_px[2 * k], pack.points_px[2 * k + 1]});
    }
    const RectF& box = pack.boxes[i];
    if (box.Area() > 0.0F) {
      face.box = Transformed(box, CropFromFrame(box, pack.extent, pack.size_px));
    }
    data.faces.push_back(std::move(face));
  }
  return data;
}

Image PictureOfPack(const FacePack& pack, const AnnotatedFace& face) {
  const size_t index = std::stoul(face.picture.string());
  Check(index < pack.FaceCount(), "a face of this pack");
  Image image(pack.size_px, pack.size_px);
  const size_t area = image.rgb.size() / 3;
  for (size_t i = 0; i < image.rgb.size(); ++i) {
    image.rgb[i] = pack.pixels[index * area + i / 3];
  }
  return image;
}

}  // namespace nosetip
