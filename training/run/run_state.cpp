#include "training/run/run_state.h"

#include <stdexcept>
#include <type_traits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/model/tensor_file.h"
#include "training/run/optimizer.h"

namespace nosetip {
namespace {

using nlohmann::json;

constexpr const char* kRunFormat = "nosetip-run";
constexpr const char* kRunFormatVersion = "2";

// Also of an option that the version of Nosetip did not have.
bool IsOff(const json& value) {
  return value.is_null() || value == 0 || value == false || value == "";
}

// Section and name, in the identity of every kind of training.
constexpr const char* kOptions = "options";
constexpr const char* kEpochs = "epochs";

void CheckEpochs(const json& then, const json& now, const std::string& where) {
  if (then.get<int>() <= now.get<int>()) return;
  throw Error(fmt::format(
      "{} was started with epochs = {}, not {}. Epochs can be raised, not lowered: resume with "
      "--epochs {} or more, or train into another folder.",
      where, JsonText(then), JsonText(now), JsonText(then)));
}

void CheckSameValue(const std::string& name, const json& then, const json& now,
                    const std::string& where) {
  if (then == now || ((then.is_null() || now.is_null()) && IsOff(then) && IsOff(now))) return;
  const auto text = [](const json& value) { return value.is_null() ? "nothing" : JsonText(value); };
  throw Error(fmt::format(
      "{} was started with {} = {}, not {}. Resume with the same options and data, or train into "
      "another folder.",
      where, name, text(then), text(now)));
}

void CheckSameRun(const json& then, const json& now, const std::string& where, bool may_raise) {
  json sections = then;
  sections.merge_patch(now);
  for (const auto& [section, values] : sections.items()) {
    const json old_values = then.value(section, json::object());
    const json new_values = now.value(section, json::object());
    for (const auto& item : values.items()) {
      const std::string& name = item.key();
      const json old_value = old_values.value(name, json());
      const json new_value = new_values.value(name, json());
      const bool are_epochs = may_raise && section == kOptions && name == kEpochs &&
                              old_value.is_number_integer() && new_value.is_number_integer();
      (are_epochs ? CheckEpochs(old_value, new_value, where)
                  : CheckSameValue(name, old_value, new_value, where));
    }
  }
}

json JsonFromPartial(const PartialEpoch& partial) {
  return {{"epoch", partial.epoch},
          {"steps", partial.steps},
          {"loss_sum", partial.loss_sum},
          {"seconds", partial.seconds}};
}

// Where the epochs are more than before.
void AddRaise(const json& then, const json& now, RunState& state) {
  const json from = then.value(kOptions, json::object()).value(kEpochs, json());
  const json to = now.value(kOptions, json::object()).value(kEpochs, json());
  if (!from.is_number_integer() || !to.is_number_integer() || from == to) return;
  const int done = state.history.epochs.empty() ? 0 : state.history.epochs.back();
  state.raised.push_back({done, from.get<int>(), to.get<int>()});
}

PartialEpoch ReadPartial(const SafetensorsFile& file) {
  const json j = ParseJson(TextOf(file.content().metadata, "partial"));
  PartialEpoch partial;
  partial.epoch = j.at("epoch");
  partial.steps = j.at("steps");
  partial.loss_sum = j.at("loss_sum");
  partial.seconds = j.at("seconds");
  if (partial.epoch > 0) {
    partial.cpu_random = TensorOf(file, "random/cpu");
    if (HasTensor(file, "random/device")) partial.device_random = TensorOf(file, "random/device");
  }
  return partial;
}

// LibTorch 1.13 keys an optimizer's state with text, later versions with the address itself.
template <typename Key>
Key StateKey(const torch::Tensor& parameter) {
  void* address = parameter.unsafeGetTensorImpl();
  if constexpr (std::is_same_v<Key, std::string>) {
    return fmt::format("{}", address);
  } else {
    return address;
  }
}

// The three numbers that Adam keeps for each weight, under the weight's name.
void AddOptimizer(NamedTensors& tensors, const RunState& run) {
  const auto& states = run.optimizer->state();
  using Key = std::decay_t<decltype(states)>::key_type;
  for (const auto& item : run.network->named_parameters()) {
    const auto found = states.find(StateKey<Key>(item.value()));
    if (found == states.end()) continue;
    const auto& adam = static_cast<const torch::optim::AdamWParamState&>(*found->second);
    const std::string prefix = "optimizer/" + item.key();
    tensors.emplace_back(prefix + "/step", torch::tensor(adam.step(), torch::kInt64));
    tensors.emplace_back(prefix + "/exp_avg", adam.exp_avg());
    tensors.emplace_back(prefix + "/exp_avg_sq", adam.exp_avg_sq());
  }
}

void ReadOptimizer(const SafetensorsFile& file, RunState& run) {
  auto& states = run.optimizer->state();
  using Key = std::decay_t<decltype(states)>::key_type;
  for (const auto& item : run.network->named_parameters()) {
    const std::string prefix = "optimizer/" + item.key();
    if (!HasTensor(file, prefix + "/step")) continue;
    auto adam = std::make_unique<torch::optim::AdamWParamState>();
    adam->step(TensorOf(file, prefix + "/step").item<int64_t>());
    // Like the weight in device and memory format, as LibTorch makes them.
    adam->exp_avg(torch::zeros_like(item.value(), at::MemoryFormat::Preserve));
    adam->exp_avg_sq(torch::zeros_like(item.value(), at::MemoryFormat::Preserve));
    ReadTensor(file, prefix + "/exp_avg", adam->exp_avg());
    ReadTensor(file, prefix + "/exp_avg_sq", adam->exp_avg_sq());
    states[StateKey<Key>(item.value())] = std::move(adam);
  }
}

void CheckFollows(const PartialEpoch& partial, const HistoryTable& history) {
  const int finished = history.epochs.empty() ? 0 : history.epochs.back();
  if (partial.epoch == 0 || partial.epoch == finished + 1) return;
  throw std::runtime_error(
      fmt::format("epoch {} does not follow epoch {}", partial.epoch, finished));
}

}  // namespace

RunState NewRunState(const NetworkSpec& spec) {
  RunState state;
  state.network = BuildNetwork(spec);
  state.averaged = BuildNetwork(spec);
  return state;
}

void StartRun(RunState& state, const torch::Device& device, const OptimizerSettings& settings) {
  CopyWeights(*state.network, *state.averaged);
  for (auto* network : {&state.network, &state.averaged}) {
    (*network)->to(device);
    PutChannelsLast(**network);
  }
  state.optimizer = MakeOptimizer(*state.network, settings.learning_rate, settings.weight_decay,
                                  settings.epsilon);
}

PartialEpoch WithRandomState(PartialEpoch epoch, const torch::Device& device) {
  epoch.cpu_random = at::globalContext().defaultGenerator(torch::kCPU).get_state();
  if (!device.is_cpu()) {
    epoch.device_random = at::globalContext().defaultGenerator(device).get_state();
  }
  return epoch;
}

void RestoreRandomState(const PartialEpoch& epoch, const torch::Device& device) {
  if (epoch.cpu_random.defined()) {
    at::Generator cpu = at::globalContext().defaultGenerator(torch::kCPU);
    cpu.set_state(epoch.cpu_random);
  }
  if (!device.is_cpu() && epoch.device_random.defined()) {
    at::Generator generator = at::globalContext().defaultGenerator(device);
    generator.set_state(epoch.device_random);
  }
}

void SaveRunState(const std::filesystem::path& path, const RunState& state, const json& identity) {
  const Metadata metadata{{"format", kRunFormat},
                          {"format_version", kRunFormatVersion},
                          {"identity", JsonText(identity)},
                          {"history", JsonText(JsonFromTable(state.history))},
                          {"partial", JsonText(JsonFromPartial(state.partial))},
                          {"raised", JsonText(JsonFromRaised(state.raised))}};
  NamedTensors tensors;
  AddWeights(tensors, *state.network, "network/");
  AddWeights(tensors, *state.averaged, "averaged/");
  AddOptimizer(tensors, state);
  if (state.partial.epoch > 0) {
    tensors.emplace_back("random/cpu", state.partial.cpu_random);
    if (state.partial.device_random.defined()) {
      tensors.emplace_back("random/device", state.partial.device_random);
    }
  }
  WriteTensors(path, metadata, tensors);
}

void LoadRunState(const std::filesystem::path& path, const json& identity,
                  const std::vector<std::string>& columns, RunState& state, bool may_raise) {
  const SafetensorsFile file(path, "stopped training");
  const Metadata& metadata = file.content().metadata;
  const auto is = [&](const char* name, const char* value) {
    const auto found = metadata.find(name);
    return found != metadata.end() && found->second == value;
  };
  if (!is("format", kRunFormat) || !is("format_version", kRunFormatVersion)) {
    throw Error(
        fmt::format("{} is not a stopped training that this version of Nosetip can resume; choose "
                    "another folder",
                    file.name()));
  }
  json then;
  try {
    then = ParseJson(TextOf(metadata, "identity"));
    state.history = TableFromJson(ParseJson(TextOf(metadata, "history")), columns);
    state.partial = ReadPartial(file);
    state.raised.clear();  // a run of an older Nosetip tells of none
    if (metadata.contains("raised")) {
      state.raised = RaisedFromJson(ParseJson(TextOf(metadata, "raised")));
    }
    CheckFollows(state.partial, state.history);
  } catch (const std::exception& error) {
    throw Error(
        fmt::format("{} is damaged ({}); choose another folder", file.name(), FirstLine(error)));
  }
  CheckSameRun(then, identity, file.name(), may_raise);
  AddRaise(then, identity, state);
  ReadWeights(file, *state.network, "network/");
  ReadWeights(file, *state.averaged, "averaged/");
  ReadOptimizer(file, state);
}

}  // namespace nosetip
