#include "training/background/training_messages.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/output/options_json.h"

namespace nosetip {

using nlohmann::json;

// The JSON library finds these conversions by the types' namespace.
static void to_json(json& j, const Image& image) {
  j = {{"width", image.width_px}, {"height", image.height_px}, {"rgb", json::binary(image.rgb)}};
}
static void from_json(const json& j, Image& image) {
  // Larger ones are not shown, and textures of graphics cards end there.
  constexpr int64_t kMaxSidePx = 8192;
  const auto width = j.at("width").get<int64_t>();
  const auto height = j.at("height").get<int64_t>();
  if (std::min(width, height) < 1 || std::max(width, height) > kMaxSidePx) {
    throw Error(fmt::format("a picture from the training has {} x {} pixels; sides are 1 to {}",
                            width, height, kMaxSidePx));
  }
  const auto& rgb = j.at("rgb").get_binary();
  if (rgb.size() != 3 * static_cast<size_t>(width * height)) {
    throw Error("a picture from the training is not complete");
  }
  image.width_px = static_cast<int>(width);
  image.height_px = static_cast<int>(height);
  image.rgb.assign(rgb.begin(), rgb.end());
}
static void to_json(json& j, const Point2f& point) { j = {point.x, point.y}; }
static void from_json(const json& j, Point2f& point) { point = {j.at(0), j.at(1)}; }

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(WorkProgress, what, done, total)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DataProblem, kind, what)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DataReport, path, text, faces, train_faces, validation_faces,
                                   problems)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ShownFace, picture, truth_px, predicted_px, caption)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ShownFaces, kind, epoch, faces)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StepStats, epoch, step, steps, loss)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EpochStats, epoch, train_loss, validation_loss, validation_mse,
                                   validation_nme, learning_rate, seconds, faces_per_s,
                                   augment_share)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TrainingResult, stopped, epochs, best, model)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TrainingRemark, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RequestDone, stopped)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RequestFailed, error)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(AccuracySummary, faces, not_found, nme_mean, nme_median,
                                   failure_rate, auc)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(MeasuredModel, path, summary)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ComparedFace, name, old_error, new_error)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ComparedPicture, old_answer, new_answer)

static void to_json(json& j, const ModelComparison& c) {
  j = {{"unit", c.unit},
       {"new_model", c.new_model},
       {"remark", c.remark},
       {"on_training_faces", c.on_training_faces},
       {"faces", c.faces},
       {"gain", c.gain},
       {"gain_standard_error", c.gain_standard_error},
       {"pictures", c.pictures}};
  if (c.old_model) j["old_model"] = *c.old_model;
}
static void from_json(const json& j, ModelComparison& c) {
  c.unit = j.at("unit");
  c.new_model = j.at("new_model");
  if (j.contains("old_model")) c.old_model = j.at("old_model").get<MeasuredModel>();
  c.remark = j.at("remark");
  c.on_training_faces = j.at("on_training_faces");
  c.faces = j.at("faces").get<std::vector<ComparedFace>>();
  c.gain = j.at("gain");
  c.gain_standard_error = j.at("gain_standard_error");
  c.pictures = j.at("pictures").get<std::vector<ComparedPicture>>();
}

static void to_json(json& j, const TrainingOrder& order) {
  j = {{"task", order.task},
       {"data", order.data},
       {"options", JsonFromOptions(order.options)},
       {"augment", JsonFromOptions(order.augment)},
       {"out", order.out.string()},
       {"resume", order.resume},
       {"compare_with", order.compare_with}};
}
static void from_json(const json& j, TrainingOrder& order) {
  order.task = j.at("task");
  order.data = j.at("data").get<std::vector<std::string>>();
  order.options = OptionsFromJson<TrainOptions>(j.at("options"));
  order.augment = OptionsFromJson<AugmentOptions>(j.at("augment"));
  order.out = j.at("out").get<std::string>();
  order.resume = j.at("resume");
  order.compare_with = j.at("compare_with");
}
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TrainingRequest, kind, order)

namespace {

constexpr const char* kAdvice = "install both from the same version of Nosetip";

// In the order of the variant's types.
constexpr std::array<std::string_view, std::variant_size_v<TrainingEvent>> kEventNames = {
    "progress", "data",       "faces",  "step", "epoch",
    "result",   "comparison", "remark", "done", "failed"};

template <size_t... I>
TrainingEvent EventOfKind(const std::string& name, const json& value, std::index_sequence<I...>) {
  TrainingEvent event;
  const bool known =
      ((name == kEventNames[I] &&
        (event.emplace<I>(value.get<std::variant_alternative_t<I, TrainingEvent>>()), true)) ||
       ...);
  if (!known)
    throw Error(fmt::format("the training sent an unknown event '{}'; {}", name, kAdvice));
  return event;
}

template <typename Read>
auto WithReadableErrors(Read&& read) {
  try {
    return read();
  } catch (const json::exception& error) {
    throw Error(fmt::format("the app cannot exchange messages with its training program ({}); {}",
                            error.what(), kAdvice));
  }
}

}  // namespace

json MessageFrom(const TrainingRequest& request) { return request; }

json MessageFrom(const TrainingEvent& event) {
  return std::visit(
      [&](const auto& value) {
        return json{{"event", kEventNames[event.index()]}, {"value", value}};
      },
      event);
}

TrainingRequest RequestFrom(const json& message) {
  return WithReadableErrors([&] { return message.get<TrainingRequest>(); });
}

TrainingEvent EventFrom(const json& message) {
  return WithReadableErrors([&] {
    return EventOfKind(message.at("event").get<std::string>(), message.at("value"),
                       std::make_index_sequence<std::variant_size_v<TrainingEvent>>());
  });
}

Verdict VerdictOf(const ModelComparison& comparison) {
  if (!comparison.old_model || comparison.faces.empty()) return Verdict::kNoComparison;
  if (comparison.faces.size() < 2) return Verdict::kUnclear;
  const double doubt = 2.0 * comparison.gain_standard_error;
  if (comparison.gain > doubt && !comparison.on_training_faces) return Verdict::kBetter;
  if (comparison.gain < -doubt) return Verdict::kWorse;
  return Verdict::kUnclear;
}

}  // namespace nosetip
