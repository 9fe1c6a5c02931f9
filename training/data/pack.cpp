#include "training/data/pack.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/model/safetensors_file.h"

namespace nosetip {
namespace {

using nlohmann::json;

constexpr const char* kPackFormat = "nosetip-pack";
constexpr int kMaxSizePx = 4096;
constexpr float kMinExtent = 1.0F;
constexpr float kMaxExtent = 10.0F;
// Of points and boxes: far outside of any picture.
constexpr float kMaxPlacePx = 1e6F;

template <typename Value>
TensorBytes TensorFrom(const std::string& name, TensorType type, std::vector<int64_t> shape,
                       const std::vector<Value>& values) {
  return {name, type, std::move(shape), std::as_bytes(std::span(values))};
}

template <typename Value>
std::vector<Value> Values(const SafetensorsContent& content, const std::string& name,
                          TensorType type, const std::vector<int64_t>& shape) {
  const TensorBytes* tensor = content.Find(name);
  if (tensor == nullptr || tensor->type != type || tensor->shape != shape) {
    throw Error(fmt::format("'{}' is missing or has the wrong type or shape", name));
  }
  std::vector<Value> values(tensor->bytes.size() / sizeof(Value));
  std::memcpy(values.data(), tensor->bytes.data(), tensor->bytes.size());
  return values;
}

std::vector<std::string> Texts(const Metadata& metadata, const std::string& name) {
  return ParseJson(TextOf(metadata, name)).get<std::vector<std::string>>();
}

void ReadDescription(const Metadata& metadata, FacePack& pack) {
  const auto format = metadata.find("format");
  if (format == metadata.end() || format->second != kPackFormat) {
    throw Error(fmt::format("its format is '{}', not '{}'",
                            format == metadata.end() ? "" : format->second, kPackFormat));
  }
  const int version = IntOf(metadata, "format_version");
  if (version != kPackFormatVersion) {
    throw Error(fmt::format("it has format version {}, not {}", version, kPackFormatVersion));
  }
  pack.schema = TextOf(metadata, "schema");
  pack.view = CropViewByName(TextOf(metadata, "view"));
  pack.size_px = IntOf(metadata, "size_px");
  pack.extent = FloatOf(metadata, "extent");
  pack.names = Texts(metadata, "names");
  pack.groups = Texts(metadata, "groups");
  pack.parts = Texts(metadata, "parts");
  if (pack.names.empty() || pack.groups.size() != pack.names.size() ||
      pack.parts.size() != pack.names.size() || pack.size_px < 16 || pack.size_px > kMaxSizePx ||
      !(pack.extent >= kMinExtent && pack.extent <= kMaxExtent)) {
    throw Error("its description is invalid");
  }
}

void ReadBoxes(const SafetensorsContent& content, FacePack& pack) {
  const auto n = static_cast<int64_t>(pack.names.size());
  const auto boxes = Values<float>(content, "boxes", TensorType::kF32, {n, 4});
  for (size_t i = 0; i < boxes.size(); i += 4) {
    const RectF box{boxes[i], boxes[i + 1], boxes[i + 2], boxes[i + 3]};
    const bool in_range = std::all_of(boxes.begin() + static_cast<std::ptrdiff_t>(i),
                                      boxes.begin() + static_cast<std::ptrdiff_t>(i) + 4,
                                      [](float value) { return std::abs(value) <= kMaxPlacePx; });
    if (!in_range || !(box.width > 0.0F && box.height > 0.0F)) {
      throw Error(fmt::format("the box of {} is invalid", pack.names[i / 4]));
    }
    pack.boxes.push_back(box);
  }
}

void ReadPhotographs(const SafetensorsContent& content, FacePack& pack) {
  const auto n = static_cast<int64_t>(pack.names.size());
  const auto sizes = Values<float>(content, "photographs_px", TensorType::kF32, {n, 2});
  for (size_t i = 0; i < sizes.size(); i += 2) {
    if (!(sizes[i] >= 1.0F && sizes[i + 1] >= 1.0F) ||
        std::max(sizes[i], sizes[i + 1]) > kMaxPlacePx) {
      throw Error(fmt::format("the photograph of {} has an invalid size", pack.names[i / 2]));
    }
    pack.photographs_px.push_back({NearestWhole(sizes[i]), NearestWhole(sizes[i + 1])});
  }
}

FacePack ReadBody(const SafetensorsContent& content) {
  FacePack pack;
  ReadDescription(content.metadata, pack);
  const auto n = static_cast<int64_t>(pack.names.size());
  const int64_t k = SchemaByName(pack.schema).count;
  pack.pixels =
      Values<uint8_t>(content, "pixels", TensorType::kU8, {n, pack.size_px, pack.size_px});
  pack.points_px = Values<float>(content, "points_px", TensorType::kF32, {n, k, 2});
  const bool finite = std::ranges::all_of(
      pack.points_px, [](float value) { return std::abs(value) <= kMaxPlacePx; });
  if (!finite) throw Error("it has points with invalid coordinates");
  ReadBoxes(content, pack);
  ReadPhotographs(content, pack);
  return pack;
}

}  // namespace

void CheckHasPointsOf(const LandmarkSchema& schema, const LandmarkSchema& given) {
  if (PointsOf(schema, given)) return;
  throw Error(
      fmt::format("the data has the points of {}, which do not include those of {}; give data of "
                  "that kind",
                  given.name, schema.name));
}

FacePack WithPointsOf(const LandmarkSchema& schema, FacePack pack) {
  const LandmarkSchema& given = SchemaByName(pack.schema);
  CheckHasPointsOf(schema, given);
  const auto points = PointsOf(schema, given);
  std::vector<float> chosen;
  for (size_t face = 0; face < pack.FaceCount(); ++face) {
    const float* xy = pack.points_px.data() + face * 2 * static_cast<size_t>(given.count);
    for (const int k : *points) chosen.insert(chosen.end(), {xy[2 * k], xy[2 * k + 1]});
  }
  pack.points_px = std::move(chosen);
  pack.schema = schema.name;
  return pack;
}

void SavePack(const std::filesystem::path& path, const FacePack& pack) {
  const auto n = static_cast<int64_t>(pack.FaceCount());
  const int64_t k = SchemaByName(pack.schema).count;
  Check(n > 0 &&
            pack.pixels.size() == pack.FaceCount() * static_cast<size_t>(pack.size_px) *
                                      static_cast<size_t>(pack.size_px) &&
            pack.points_px.size() == static_cast<size_t>(2 * n * k) &&
            pack.boxes.size() == pack.FaceCount() && pack.photographs_px.size() == pack.FaceCount(),
        "a pack whose parts fit together");
  std::vector<float> boxes;
  for (const RectF& box : pack.boxes) {
    boxes.insert(boxes.end(), {box.x, box.y, box.width, box.height});
  }
  std::vector<float> photographs;
  for (const SizePx size : pack.photographs_px) {
    photographs.push_back(static_cast<float>(size.width));
    photographs.push_back(static_cast<float>(size.height));
  }
  const Metadata metadata{{"format", kPackFormat},
                          {"format_version", fmt::to_string(kPackFormatVersion)},
                          {"schema", pack.schema},
                          {"view", std::string(NameOf(pack.view))},
                          {"size_px", fmt::to_string(pack.size_px)},
                          {"extent", fmt::to_string(pack.extent)},
                          {"names", JsonText(json(pack.names))},
                          {"groups", JsonText(json(pack.groups))},
                          {"parts", JsonText(json(pack.parts))}};
  WriteSafetensors(
      path, metadata,
      {TensorFrom("pixels", TensorType::kU8, {n, pack.size_px, pack.size_px}, pack.pixels),
       TensorFrom("points_px", TensorType::kF32, {n, k, 2}, pack.points_px),
       TensorFrom("boxes", TensorType::kF32, {n, 4}, boxes),
       TensorFrom("photographs_px", TensorType::kF32, {n, 2}, photographs)});
}

bool IsPack(const std::string& path) {
  // Old packs, too, so that opening one says that it is old.
  return path.ends_with(kSafetensors) || path.ends_with(".ntp");
}

FacePack LoadPack(const std::filesystem::path& path) {
  const SafetensorsFile file(path, "packed data set");
  try {
    return ReadBody(file.content());
  } catch (const std::exception& error) {
    throw Error(
        fmt::format("{} is not a packed data set that this program can read: {}. Make it again "
                    "with nosetip-train pack.",
                    path.string(), FirstLine(error)));
  }
}

}  // namespace nosetip
