#include "training/run_state.h"

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"

namespace nosetip {
namespace {

using nlohmann::json;

void CheckSameRun(const json& then, const json& now, const std::string& where) {
  for (const auto& [section, values] : now.items()) {
    for (const auto& [name, value] : values.items()) {
      const json old = then.value(section, json::object()).value(name, json());
      if (old == value) continue;
      throw Error(where + " was started with " + name + " = " + old.dump() + ", not " +
                  value.dump() + ". Resume with the same options, or train into another folder.");
    }
  }
}

}  // namespace

void SaveRunState(const std::filesystem::path& path, const RunState& state, const json& identity) {
  torch::serialize::OutputArchive archive;
  const json meta = {{"format", "nosetip-run"},
                     {"format_version", 1},
                     {"identity", identity},
                     {"history", state.history}};
  archive.write("meta", c10::IValue(meta.dump()));
  WriteWeights(archive, *state.network, "network/");
  WriteWeights(archive, *state.averaged, "averaged/");
  torch::serialize::OutputArchive optimizer;
  state.optimizer->save(optimizer);
  archive.write("optimizer", optimizer);
  WriteArchive(path, archive);
}

void LoadRunState(const std::filesystem::path& path, const json& identity,
                  const torch::Device& device, RunState& state) {
  const std::string where = path.string();
  OpenedArchive opened = OpenArchive(path, "stopped training (last.ntc)");
  try {
    const json meta = json::parse(opened.meta);
    if (meta.at("format") != "nosetip-run" || meta.at("format_version") != 1) {
      throw Error(where + " was written by another version of Nosetip; start the training anew");
    }
    CheckSameRun(meta.at("identity"), identity, where);
    state.history = meta.at("history");
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
