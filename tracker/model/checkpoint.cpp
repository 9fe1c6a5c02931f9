#include "tracker/model/checkpoint.h"

#include <algorithm>
#include <exception>

#include <fmt/core.h>

#include "tracker/core/atomic_file.h"
#include "tracker/core/error.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/core/readable_file.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kNotAModel = " is not a model file of Nosetip; give a .ntm file";

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
    if (j.at("format") != "nosetip-model") throw Error(where + kNotAModel);
    const int version = j.at("format_version");
    if (version != kModelFormatVersion) {
      throw Error(
          fmt::format("{} has model format version {}; this program reads version {}. Use the "
                      "Nosetip that wrote "
                      "it, or a newer one.",
                      where, version, kModelFormatVersion));
    }
    ModelMeta meta;
    meta.network.architecture = j.at("architecture");
    if (j.at("normalisation") != Normalization(meta.network)) {
      throw Error(fmt::format(
          "{} needs the normalization '{}', which this program does not know. Use a newer Nosetip.",
          where, j.at("normalisation").get<std::string>()));
    }
    meta.network.channels = j.at("channels");
    // Older models have square inputs around faces only.
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
    throw Error(
        fmt::format("{} has a broken description ({}). Get the file again, or train it again with "
                    "nosetip-train.",
                    where, error.what()));
  }
}

void CheckMeta(const ModelMeta& meta, const std::string& where) {
  const NetworkSpec& network = meta.network;
  if (network.architecture == kFaceDetectorArchitecture) return;
  const auto [shorter, longer] = std::minmax(network.input_px.width, network.input_px.height);
  if (network.channels != 1 || shorter < 16 || longer > 1024 ||
      network.points != SchemaByName(meta.schema).count ||
      !(meta.crop_margin >= 1.0F && meta.crop_margin <= 4.0F)) {
    throw Error(
        fmt::format("{} describes a network that this program cannot run ({} channels, input {}x{} "
                    "px, {} points "
                    "of {}). Get the file again, or train it again.",
                    where, network.channels, network.input_px.width, network.input_px.height,
                    network.points, meta.schema));
  }
  if (!AreRangesOf(meta.ranges, network)) {
    throw Error(where + " has activation ranges that do not fit its network. Get the file again.");
  }
}

}  // namespace

std::string Normalization(const NetworkSpec& network) {
  return network.architecture == kFaceDetectorArchitecture ? "bgr" : "grey/255-0.5";
}

OpenedArchive OpenArchive(const fs::path& path, const std::string& what) {
  const std::string where = path.string();
  CheckReadableFile(where);
  OpenedArchive opened;
  try {
    opened.archive.load_from(where);
    c10::IValue meta;
    if (opened.archive.try_read("meta", meta) && meta.isString()) opened.meta = meta.toStringRef();
  } catch (const std::exception& error) {
    throw Error(
        fmt::format("{} is not a {}, or it is truncated or damaged ({}). Get or make it again.",
                    where, what, FirstLine(error)));
  }
  return opened;
}

void WriteArchive(const fs::path& path, torch::serialize::OutputArchive& archive) {
  AtomicFile file(path);
  // LibTorch ends the program where its writer fails, as on a full disk, since a destructor then
  // throws. So it is told that each write succeeded.
  std::exception_ptr failure;
  archive.save_to([&](const void* data, size_t size) {
    if (failure) return size;
    try {
      file.Write({static_cast<const char*>(data), size});
    } catch (const Error&) {
      failure = std::current_exception();
    }
    return size;
  });
  if (failure) std::rethrow_exception(failure);
  file.Commit();
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
      throw Error(fmt::format("{} has no weight '{}'. Get the file again.", where, name));
    }
    if (stored.sizes() != target.sizes()) {
      throw Error(fmt::format(
          "{}: the weight '{}' has another shape than its network needs. Get the file again.",
          where, name));
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
  if (opened.meta.empty()) throw Error(where + kNotAModel);
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
    throw Error(fmt::format("{} is damaged ({}). Get the file again.", where, FirstLine(error)));
  }
  model.network->eval();
  return model;
}

}  // namespace nosetip
