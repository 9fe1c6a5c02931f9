#include "training/data/pack.h"

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"

namespace nosetip {
namespace {

using nlohmann::json;

template <typename Value>
torch::Tensor View(const std::vector<Value>& values, torch::IntArrayRef shape,
                   torch::ScalarType type) {
  return torch::from_blob(const_cast<Value*>(values.data()), shape, type);
}

template <typename Value>
std::vector<Value> Values(torch::serialize::InputArchive& archive, const std::string& name,
                          torch::IntArrayRef shape, torch::ScalarType type) {
  torch::Tensor tensor;
  archive.read(name, tensor);
  if (tensor.scalar_type() != type || tensor.sizes() != shape) {
    throw Error(fmt::format("'{}' has another type or shape than its description", name));
  }
  tensor = tensor.contiguous();
  const auto* data = tensor.data_ptr<Value>();
  return {data, data + tensor.numel()};
}

FacePack ReadBody(OpenedArchive& opened) {
  const json meta = json::parse(opened.meta);
  if (meta.at("format") != "nosetip-pack") throw Error("it is another kind of file");
  const int version = meta.at("format_version");
  if (version != kPackFormatVersion) {
    throw Error(fmt::format("it has format version {}, not {}", version, kPackFormatVersion));
  }
  FacePack pack;
  pack.schema = meta.at("schema");
  pack.view = CropViewByName(meta.value("view", "face"));
  pack.size_px = meta.at("size_px");
  pack.extent = meta.at("extent");
  pack.names = meta.at("names").get<std::vector<std::string>>();
  pack.groups = meta.at("groups").get<std::vector<std::string>>();
  pack.parts = meta.at("parts").get<std::vector<std::string>>();
  if (pack.names.empty() || pack.groups.size() != pack.names.size() ||
      pack.parts.size() != pack.names.size() || pack.size_px < 16 || !(pack.extent >= 1.0F)) {
    throw Error("its description contradicts itself");
  }
  const auto n = static_cast<int64_t>(pack.names.size());
  const int64_t k = SchemaByName(pack.schema).count;
  pack.pixels =
      Values<uint8_t>(opened.archive, "pixels", {n, pack.size_px, pack.size_px}, torch::kUInt8);
  pack.points_px = Values<float>(opened.archive, "points_px", {n, k, 2}, torch::kFloat32);
  const auto boxes = Values<float>(opened.archive, "boxes", {n, 4}, torch::kFloat32);
  for (size_t i = 0; i < boxes.size(); i += 4) {
    pack.boxes.push_back({boxes[i], boxes[i + 1], boxes[i + 2], boxes[i + 3]});
  }
  return pack;
}

}  // namespace

FacePack WithPointsOf(const LandmarkSchema& schema, FacePack pack) {
  const LandmarkSchema& given = SchemaByName(pack.schema);
  const auto points = PointsOf(schema, given);
  if (!points) {
    throw Error(
        fmt::format("the data has the points of {}, which do not include those of {}; give "
                    "data of that kind",
                    given.name, schema.name));
  }
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
            pack.points_px.size() == static_cast<size_t>(2 * n * k),
        "a pack whose parts fit together");
  std::vector<float> boxes;
  for (const RectF& box : pack.boxes) {
    boxes.insert(boxes.end(), {box.x, box.y, box.width, box.height});
  }
  const json meta = {{"format", "nosetip-pack"}, {"format_version", kPackFormatVersion},
                     {"schema", pack.schema},    {"view", NameOf(pack.view)},
                     {"size_px", pack.size_px},  {"extent", pack.extent},
                     {"names", pack.names},      {"groups", pack.groups},
                     {"parts", pack.parts}};
  torch::serialize::OutputArchive archive;
  archive.write("meta", c10::IValue(meta.dump()));
  archive.write("pixels", View(pack.pixels, {n, pack.size_px, pack.size_px}, torch::kUInt8));
  archive.write("points_px", View(pack.points_px, {n, k, 2}, torch::kFloat32));
  archive.write("boxes", View(boxes, {n, 4}, torch::kFloat32));
  WriteArchive(path, archive);
}

FacePack LoadPack(const std::filesystem::path& path) {
  OpenedArchive opened = OpenArchive(path, "packed data set (.ntp)");
  try {
    return ReadBody(opened);
  } catch (const std::exception& error) {
    throw Error(
        fmt::format("{} is not a packed data set that this program can read ({}). Make it "
                    "again with nosetip-train pack.",
                    path.string(), FirstLine(error)));
  }
}

}  // namespace nosetip
