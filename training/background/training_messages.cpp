#include "training/background/training_messages.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/output/options_json.h"

namespace nosetip {

using nlohmann::json;

template <typename Value>
static void ReadField(const json& j, const char* name, Value& value) {
  if constexpr (std::is_enum_v<Value> ||
                (std::is_integral_v<Value> && !std::is_same_v<Value, bool>)) {
    constexpr bool kFitsInt = std::is_enum_v<Value> || sizeof(Value) < sizeof(int64_t);
    constexpr int64_t kHigh =
        kFitsInt ? std::numeric_limits<int>::max() : std::numeric_limits<int64_t>::max();
    value = static_cast<Value>(WholeNumber(j.at(name), 0, kHigh));
  } else {
    j.at(name).get_to(value);
  }
}

// As NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE, which takes any number for a whole one.
#define READ_FIELD(name) ReadField(nlohmann_json_j, #name, nlohmann_json_t.name);
#define MESSAGE_TYPE(Type, ...)                                               \
  static void to_json(json& nlohmann_json_j, const Type& nlohmann_json_t) {   \
    NLOHMANN_JSON_EXPAND(NLOHMANN_JSON_PASTE(NLOHMANN_JSON_TO, __VA_ARGS__))  \
  }                                                                           \
  static void from_json(const json& nlohmann_json_j, Type& nlohmann_json_t) { \
    NLOHMANN_JSON_EXPAND(NLOHMANN_JSON_PASTE(READ_FIELD, __VA_ARGS__))        \
  }

// The JSON library finds these conversions by the types' namespace.
static void to_json(json& j, const Image& image) {
  j = {{"width", image.width_px}, {"height", image.height_px}, {"rgb", json::binary(image.rgb)}};
}
static void from_json(const json& j, Image& image) {
  // Larger ones are not shown, and textures of graphics cards end there.
  constexpr int64_t kMaxSidePx = 8192;
  const int64_t width = WholeNumber(j.at("width"), 1, kMaxSidePx);
  const int64_t height = WholeNumber(j.at("height"), 1, kMaxSidePx);
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

MESSAGE_TYPE(WorkProgress, what, done, total)
MESSAGE_TYPE(DataProblem, kind, what)
MESSAGE_TYPE(DataReport, path, text, faces, train_faces, validation_faces, problems)
MESSAGE_TYPE(ShownFace, picture, truth_px, predicted_px, caption)
MESSAGE_TYPE(ShownFaces, kind, epoch, faces)
MESSAGE_TYPE(StepStats, epoch, step, steps, loss)
MESSAGE_TYPE(EpochStats, epoch, train_loss, validation_loss, validation_mse, validation_nme,
             learning_rate, seconds, faces_per_s, augment_share)
MESSAGE_TYPE(TrainingResult, stopped, epochs, best, model)
MESSAGE_TYPE(TrainingRemark, text)
MESSAGE_TYPE(RequestDone, stopped)
MESSAGE_TYPE(RequestFailed, error)
MESSAGE_TYPE(AccuracySummary, faces, not_found, nme_mean, nme_median, failure_rate, auc)
MESSAGE_TYPE(MeasuredModel, path, summary)
MESSAGE_TYPE(ComparedFace, name, old_error, new_error)
MESSAGE_TYPE(ComparedPicture, old_answer, new_answer)

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
MESSAGE_TYPE(TrainingRequest, kind, order)

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
  } catch (const std::exception& error) {
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
