#include "training/run/run_state.h"

#include <stdexcept>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "training/run/optimizer.h"

namespace nosetip {
namespace {

using nlohmann::json;

// Also of an option that the version of Nosetip did not have.
bool IsOff(const json& value) {
  return value.is_null() || value == 0 || value == false || value == "";
}

void CheckSameValue(const std::string& name, const json& then, const json& now,
                    const std::string& where) {
  if (then == now || ((then.is_null() || now.is_null()) && IsOff(then) && IsOff(now))) return;
  const auto text = [](const json& value) { return value.is_null() ? "nothing" : value.dump(); };
  throw Error(fmt::format(
      "{} was started with {} = {}, not {}. Resume with the same options and data, or train into "
      "another folder.",
      where, name, text(then), text(now)));
}

void CheckSameRun(const json& then, const json& now, const std::string& where) {
  json sections = then;
  sections.merge_patch(now);
  for (const auto& [section, values] : sections.items()) {
    const json old_values = then.value(section, json::object());
    const json new_values = now.value(section, json::object());
    for (const auto& item : values.items()) {
      const std::string& name = item.key();
      CheckSameValue(name, old_values.value(name, json()), new_values.value(name, json()), where);
    }
  }
}

json JsonFromPartial(const PartialEpoch& partial) {
  return {{"epoch", partial.epoch},
          {"steps", partial.steps},
          {"loss_sum", partial.loss_sum},
          {"seconds", partial.seconds}};
}

// Nothing where the file is from a version of Nosetip that kept whole epochs only.
PartialEpoch ReadPartial(const json& meta, torch::serialize::InputArchive& archive) {
  PartialEpoch partial;
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
      throw Error(fmt::format(
          "{} is from another version of Nosetip, which alone can resume it; train into another "
          "folder",
          where));
    }
    CheckSameRun(meta.at("identity"), identity, where);
    state.history = TableFromJson(meta.at("history"), columns);
    state.partial = ReadPartial(meta, opened.archive);
    CheckFollows(state.partial, state.history);
    ReadWeights(opened.archive, *state.network, "network/", where);
    ReadWeights(opened.archive, *state.averaged, "averaged/", where);
    torch::serialize::InputArchive optimizer;
    opened.archive.read("optimizer", optimizer);
    state.optimizer->load(optimizer);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    throw Error(
        fmt::format("{} is damaged ({}); train into another folder", where, FirstLine(error)));
  }
  state.network->to(device);
  state.averaged->to(device);
}

}  // namespace nosetip
