#include "training/data/pack_as_data_set.h"

#include <string>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

RectF Transformed(const RectF& rect, const Affine2& transform) {
  const Point2f low = transform.Apply({rect.x, rect.y});
  const Point2f high = transform.Apply({rect.x + rect.width, rect.y + rect.height});
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

}  // namespace

DataSet DataSetOfPack(const FacePack& pack) {
  DataSet data;
  data.schema = &SchemaByName(pack.schema);
  const auto count = static_cast<size_t>(data.schema->count);
  for (size_t i = 0; i < pack.FaceCount(); ++i) {
    AnnotatedFace face;
    face.picture = std::to_string(i);
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
