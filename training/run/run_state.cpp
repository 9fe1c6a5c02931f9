#include "training/run/run_state.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "training/run/optimizer.h"

namespace nosetip {
namespace {

using nlohmann::json;

bool IsOff(const json& value) { return value == 0 || value == false || value == ""; }

void CheckSameRun(const json& then, const json& now, const std::string& where) {
  for (const auto& [section, values] : now.items()) {
    for (const auto& [name, value] : values.items()) {
      const json old = then.value(section, json::object()).value(name, json());
      // An older version went without what it did not know.
      if (old == value || (old.is_null() && IsOff(value))) continue;
      throw Error(where + " was started with " + name + " = " + old.dump() + ", not " +
                  value.dump() + ". Resume with the same options, or train into another folder.");
    }
  }
}

json JsonFromPartial(const PartialEpoch& partial) {
  return {{"epoch", partial.epoch},
          {"steps", partial.steps},
          {"loss_sum", partial.loss_sum},
          {"seconds", partial.seconds}};
}

PartialEpoch ReadPartial(const json& meta, torch::serialize::InputArchive& archive) {
  PartialEpoch partial;
  // States of before have none.
  if (!meta.contains("partial")) return partial;
  const json& j = meta.at("partial");
  partial.epoch = j.at("epoch");
  partial.steps = j.at("steps");
  partial.loss_sum = j.at("loss_sum");
  partial.seconds = j.at("seconds");
  if (partial.epoch > 0) {
    archive.read("random/cpu", partial.cpu_random);
    archive.try_read("random/device", partial.device_random);
  }
  return partial;
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

PartialEpoch TakePartial(RunState& state, int epoch) {
  PartialEpoch partial = std::exchange(state.partial, {});
  return partial.epoch == epoch ? partial : PartialEpoch();
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
  torch::serialize::OutputArchive archive;
  const json meta = {{"format", "nosetip-run"},
                     {"format_version", 1},
                     {"identity", identity},
                     {"history", JsonFromTable(state.history)},
                     {"partial", JsonFromPartial(state.partial)}};
  archive.write("meta", c10::IValue(meta.dump()));
  WriteWeights(archive, *state.network, "network/");
  WriteWeights(archive, *state.averaged, "averaged/");
  torch::serialize::OutputArchive optimizer;
  state.optimizer->save(optimizer);
  archive.write("optimizer", optimizer);
  if (state.partial.epoch > 0) {
    archive.write("random/cpu", state.partial.cpu_random);
    if (state.partial.device_random.defined()) {
      archive.write("random/device", state.partial.device_random);
    }
  }
  WriteArchive(path, archive);
}

void LoadRunState(const std::filesystem::path& path, const json& identity,
                  const std::vector<std::string>& columns, RunState& state) {
  const std::string where = path.string();
  const torch::Device device = state.Device();
  OpenedArchive opened = OpenArchive(path, "stopped training (last.ntc)");
  try {
    const json meta = json::parse(opened.meta);
    if (meta.at("format") != "nosetip-run" || meta.at("format_version") != 1) {
      throw Error(where + " was written by another version of Nosetip; start the training anew");
    }
    CheckSameRun(meta.at("identity"), identity, where);
    state.history = TableFromJson(meta.at("history"), columns);
    state.partial = ReadPartial(meta, opened.archive);
    ReadWeights(opened.archive, *state.network, "network/", where);
    ReadWeights(opened.archive, *state.averaged, "averaged/", where);
    torch::serialize::InputArchive optimizer;
    opened.archive.read("optimizer", optimizer);
    state.optimizer->load(optimizer);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    const std::string text = error.what();
    throw Error(where + " is damaged (" + text.substr(0, text.find('\n')) +
                "); start the training anew in another folder");
  }
  state.network->to(device);
  state.averaged->to(device);
}

}  // namespace nosetip
