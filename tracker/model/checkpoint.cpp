#include "tracker/model/checkpoint.h"

#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/model/eye_refiner.h"
#include "tracker/model/tensor_file.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kModelFormat = "nosetip-model";
constexpr const char* kEyes = "eyes.";  // before the names of the eye network's tensors
constexpr const char* kFirstOfEyes = "eyes.conv1.weight";

json JsonFromRanges(const std::vector<ActivationRange>& ranges) {
  json list = json::array();
  for (const ActivationRange& range : ranges) list.push_back({range.low, range.high});
  return list;
}

std::vector<ActivationRange> RangesFromJson(const json& list) {
  std::vector<ActivationRange> ranges;
  for (const json& range : list) ranges.push_back({range.at(0), range.at(1)});
  return ranges;
}

bool AreRangesOf(const std::vector<ActivationRange>& ranges, const NetworkSpec& network) {
  if (ranges.empty()) return true;
  const bool ordered = std::ranges::all_of(
      ranges, [](const ActivationRange& range) { return range.low <= range.high; });
  return ordered && HasScoreMaps(network.architecture) && ranges.size() == kScoreMapRanges;
}

Metadata MetadataFrom(const ModelMeta& meta) {
  return {{"format", kModelFormat},
          {"format_version", fmt::to_string(kModelFormatVersion)},
          {"architecture", meta.network.architecture},
          {"channels", fmt::to_string(meta.network.channels)},
          {"input_width_px", fmt::to_string(meta.network.input_px.width)},
          {"input_height_px", fmt::to_string(meta.network.input_px.height)},
          {"points", fmt::to_string(meta.network.points)},
          {"normalization", Normalization(meta.network)},
          {"schema", meta.schema},
          {"view", std::string(NameOf(meta.view))},
          {"crop_margin", fmt::to_string(meta.crop_margin)},
          {"activation_ranges", JsonText(JsonFromRanges(meta.ranges))},
          {"about", JsonText(meta.about)}};
}

// Throws Error that does not name the file.
ModelMeta MetaFrom(const Metadata& metadata) {
  ModelMeta meta;
  meta.network.architecture = TextOf(metadata, "architecture");
  const std::string normalization = TextOf(metadata, "normalization");
  if (normalization != Normalization(meta.network)) {
    throw Error(fmt::format("its input is normalized by '{}', which only a newer Nosetip may know",
                            normalization));
  }
  meta.network.channels = IntOf(metadata, "channels");
  meta.network.input_px.width = IntOf(metadata, "input_width_px");
  meta.network.input_px.height = IntOf(metadata, "input_height_px");
  meta.network.points = IntOf(metadata, "points");
  meta.schema = TextOf(metadata, "schema");
  meta.view = CropViewByName(TextOf(metadata, "view"));
  meta.crop_margin = FloatOf(metadata, "crop_margin");
  meta.ranges = RangesFromJson(ParseJson(TextOf(metadata, "activation_ranges")));
  meta.about = ParseJson(TextOf(metadata, "about"));
  return meta;
}

void CheckMeta(const ModelMeta& meta) {
  const NetworkSpec& network = meta.network;
  if (network.architecture == kFaceDetectorArchitecture) return;
  const auto [shorter, longer] = std::minmax(network.input_px.width, network.input_px.height);
  if (network.channels != 1 || shorter < 16 || longer > 1024 ||
      network.points != SchemaByName(meta.schema).count ||
      !(meta.crop_margin >= 1.0F && meta.crop_margin <= 4.0F)) {
    throw Error(fmt::format(
        "it describes a network that this program cannot run ({} channels, input {}x{} px, {} "
        "points of {}, margin {})",
        network.channels, network.input_px.width, network.input_px.height, network.points,
        meta.schema, meta.crop_margin));
  }
  if (!AreRangesOf(meta.ranges, network)) {
    throw Error("its activation ranges do not fit its network");
  }
}

// Of what comes from the description, for the user.
std::string BrokenDescription(const std::string& name, const std::exception& error) {
  return fmt::format(
      "{} has an invalid description: {}. Download it again, or train it "
      "again with nosetip-train.",
      name, FirstLine(error));
}

ModelMeta CheckedMeta(const SafetensorsFile& file) {
  const Metadata& metadata = file.content().metadata;
  const auto format = metadata.find("format");
  if (format == metadata.end() || format->second != kModelFormat) {
    throw Error(file.name() + " is not a model of Nosetip; give one that nosetip-train wrote");
  }
  const auto version = metadata.find("format_version");
  if (version == metadata.end() || version->second != fmt::to_string(kModelFormatVersion)) {
    throw Error(fmt::format(
        "{} has model format version {}; this program reads version {}. Use the Nosetip that "
        "wrote it, or a newer one.",
        file.name(), version == metadata.end() ? "none" : version->second, kModelFormatVersion));
  }
  try {
    ModelMeta meta = MetaFrom(metadata);
    CheckMeta(meta);
    return meta;
  } catch (const Error& error) {
    throw Error(BrokenDescription(file.name(), error));
  } catch (const json::exception& error) {
    throw Error(BrokenDescription(file.name(), error));
  }
}

}  // namespace

std::string Normalization(const NetworkSpec& network) {
  return network.architecture == kFaceDetectorArchitecture ? "bgr" : "grey/255-0.5";
}

void SaveModel(const fs::path& path, const Model& model, bool half) {
  NamedTensors tensors;
  AddWeights(tensors, *model.network, "", half);
  if (model.eyes) AddWeights(tensors, *model.eyes, kEyes, half);
  WriteTensors(path, MetadataFrom(model.meta), tensors);
}

ModelMeta ReadModelMeta(const fs::path& path) { return CheckedMeta({path, "model"}); }

Model LoadModel(const fs::path& path) {
  const SafetensorsFile file(path, "model");
  Model model;
  model.meta = CheckedMeta(file);
  try {
    model.network = BuildNetwork(model.meta.network, Weights::kToBeRead);
  } catch (const Error& error) {
    throw Error(BrokenDescription(file.name(), error));
  }
  ReadWeights(file, *model.network, "");
  model.network->eval();
  if (!HasTensor(file, kFirstOfEyes)) return model;
  if (model.meta.schema != Ibug68().name) {
    throw Error(BrokenDescription(
        file.name(), Error("it has an eye network, which needs the points of ibug68")));
  }
  model.eyes = BuildNetwork(EyeNetworkSpec());
  ReadWeights(file, *model.eyes, kEyes);
  model.eyes->eval();
  return model;
}

}  // namespace nosetip
