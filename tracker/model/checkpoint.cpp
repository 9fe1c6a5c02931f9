#include "tracker/model/checkpoint.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "tracker/core/error.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

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

json JsonFromMeta(const ModelMeta& meta) {
  return {{"format", "nosetip-model"},
          {"format_version", kModelFormatVersion},
          {"architecture", meta.network.architecture},
          {"channels", meta.network.channels},
          {"input_size_px", meta.network.input_px.width},
          {"input_height_px", meta.network.input_px.height},
          {"points", meta.network.points},
          {"normalisation", Normalization(meta.network)},
          {"schema", meta.schema},
          {"view", NameOf(meta.view)},
          {"crop_margin", meta.crop_margin},
          {"activation_ranges", JsonFromRanges(meta.ranges)},
          {"about", meta.about}};
}

ModelMeta MetaFromJson(const std::string& text, const std::string& where) {
  try {
    const json j = json::parse(text);
    if (j.at("format") != "nosetip-model") throw Error(where + " is not a model file of Nosetip");
    const int version = j.at("format_version");
    if (version != kModelFormatVersion) {
      throw Error(where + " has model format version " + std::to_string(version) +
                  "; this program reads version " + std::to_string(kModelFormatVersion) +
                  ". Use the Nosetip that wrote it, or a newer one.");
    }
    ModelMeta meta;
    meta.network.architecture = j.at("architecture");
    if (j.at("normalisation") != Normalization(meta.network)) {
      throw Error(where + " wants the normalization '" + j.at("normalisation").get<std::string>() +
                  "', which this program does not know. Use a newer Nosetip.");
    }
    meta.network.channels = j.at("channels");
    // Models of before had square inputs around faces only.
    meta.network.input_px.width = j.at("input_size_px");
    meta.network.input_px.height = j.value("input_height_px", meta.network.input_px.width);
    meta.view = CropViewByName(j.value("view", "face"));
    meta.network.points = j.at("points");
    meta.schema = j.at("schema");
    meta.crop_margin = j.at("crop_margin");
    meta.ranges = RangesFromJson(j.value("activation_ranges", json::array()));
    meta.about = j.value("about", json::object());
    return meta;
  } catch (const json::exception& error) {
    throw Error(where + " has a broken description (" + error.what() +
                "). Get the file again, or train it again with nosetip-train.");
  }
}

void CheckMeta(const ModelMeta& meta, const std::string& where) {
  const NetworkSpec& network = meta.network;
  if (network.architecture == kFaceDetectorArchitecture) return;
  const auto [shorter, longer] = std::minmax(network.input_px.width, network.input_px.height);
  if (network.channels != 1 || shorter < 16 || longer > 1024 ||
      network.points != SchemaByName(meta.schema).count ||
      !(meta.crop_margin >= 1.0F && meta.crop_margin <= 4.0F)) {
    throw Error(where + " describes a network that this program cannot run (" +
                std::to_string(network.channels) + " channels, input " +
                std::to_string(network.input_px.width) + "x" +
                std::to_string(network.input_px.height) + " px, " + std::to_string(network.points) +
                " points of " + meta.schema + "). Get the file again, or train it again.");
  }
  if (!AreRangesOf(meta.ranges, network)) {
    throw Error(where + " has activation ranges that do not fit its network. Get the file again.");
  }
}

// LibTorch's messages carry a stack trace; the first line says it.
std::string FirstLine(const c10::Error& error) {
  const std::string text = error.what_without_backtrace();
  return text.substr(0, text.find('\n'));
}

}  // namespace

std::string Normalization(const NetworkSpec& network) {
  return network.architecture == kFaceDetectorArchitecture ? "bgr" : "grey/255-0.5";
}

OpenedArchive OpenArchive(const fs::path& path, const std::string& what) {
  const std::string where = path.string();
  std::error_code failure;
  if (!fs::exists(path, failure)) {
    throw Error(where + " does not exist; it should be a " + what + ". Check the path.");
  }
  if (fs::is_directory(path, failure)) {
    throw Error(where + " is a folder; a " + what + " is a file.");
  }
  if (!std::ifstream(path)) {
    throw Error(where + " cannot be read; check its permissions.");
  }
  if (fs::file_size(path, failure) == 0) {
    throw Error(where + " is empty; it should be a " + what + ". Get or make it again.");
  }
  OpenedArchive opened;
  try {
    opened.archive.load_from(where);
    c10::IValue meta;
    if (opened.archive.try_read("meta", meta) && meta.isString()) opened.meta = meta.toStringRef();
  } catch (const std::exception& error) {
    const auto* from_torch = dynamic_cast<const c10::Error*>(&error);
    throw Error(where + " is not a " + what + ", or it is truncated or damaged (" +
                (from_torch != nullptr ? FirstLine(*from_torch) : std::string(error.what())) +
                "). Get or make it again.");
  }
  return opened;
}

void WriteArchive(const fs::path& path, torch::serialize::OutputArchive& archive) {
  fs::path partial = path;
  partial += ".part";
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  // LibTorch ends the program where its writer fails (its destructor throws), as on a full disk. So
  // it is told that all went well; the stream remembers what did not.
  archive.save_to([&](const void* data, size_t size) {
    file.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
    return size;
  });
  file.close();
  std::error_code failure;
  if (file) fs::rename(partial, path, failure);
  if (!file || failure) {
    std::error_code ignored;
    fs::remove(partial, ignored);
    throw Error(path.string() +
                " cannot be written; check that the folder exists and is writable and that the "
                "disk is not full.");
  }
}

void WriteWeights(torch::serialize::OutputArchive& archive, const torch::nn::Module& module,
                  const std::string& prefix, bool half) {
  const torch::NoGradGuard no_grad;
  const auto write = [&](const std::string& name, const torch::Tensor& tensor) {
    torch::Tensor stored = tensor.detach().to(torch::kCPU).contiguous();
    if (half && stored.is_floating_point()) stored = stored.to(torch::kHalf);
    archive.write(prefix + name, stored);
  };
  for (const auto& item : module.named_parameters()) write(item.key(), item.value());
  for (const auto& item : module.named_buffers()) write(item.key(), item.value());
}

void ReadWeights(torch::serialize::InputArchive& archive, torch::nn::Module& module,
                 const std::string& prefix, const std::string& where) {
  const torch::NoGradGuard no_grad;
  const auto read = [&](const std::string& name, torch::Tensor& target) {
    torch::Tensor stored;
    if (!archive.try_read(prefix + name, stored)) {
      throw Error(where + " has no weight '" + name + "'. Get the file again.");
    }
    if (stored.sizes() != target.sizes()) {
      throw Error(where + ": the weight '" + name +
                  "' has another shape than its network needs. "
                  "Get the file again.");
    }
    target.copy_(stored);
  };
  for (auto& item : module.named_parameters()) read(item.key(), item.value());
  for (auto& item : module.named_buffers()) read(item.key(), item.value());
}

void SaveModel(const fs::path& path, const Model& model, bool half) {
  torch::serialize::OutputArchive archive;
  archive.write("meta", c10::IValue(JsonFromMeta(model.meta).dump()));
  WriteWeights(archive, *model.network, "weights/", half);
  WriteArchive(path, archive);
}

Model LoadModel(const fs::path& path) {
  const std::string where = path.string();
  OpenedArchive opened = OpenArchive(path, "Nosetip model (.ntm)");
  if (opened.meta.empty()) throw Error(where + " is not a model file of Nosetip");
  Model model;
  model.meta = MetaFromJson(opened.meta, where);
  CheckMeta(model.meta, where);
  try {
    model.network = BuildNetwork(model.meta.network, Weights::kToBeRead);
    ReadWeights(opened.archive, *model.network, "weights/", where);
  } catch (const Error& error) {
    const std::string message = error.what();
    throw Error(message.starts_with(where) ? message : where + ": " + message);
  } catch (const c10::Error& error) {
    throw Error(where + " is damaged (" + FirstLine(error) + "). Get the file again.");
  }
  model.network->eval();
  return model;
}

}  // namespace nosetip
