// Which inputs an earlier run has finished.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "tracker/cli/run_outputs.h"

namespace nosetip {

// What the results of a run depend on, but for its inputs.

// Texts by name, to be compared with those of an earlier run. A name goes into "tracked with
// another NAME": "--smooth".
class ResultSettings {
 public:
  void Add(const std::string& name, const std::string& value) { texts_[name] = value; }
  // What the file holds, wherever it lies. Throws Error where it cannot be read.
  void AddFile(const std::string& name, const std::string& path);
  // Every member of a table of options.
  template <typename Options>
  void AddOptions(const Options& options) {
    for (const auto& field : Options::Fields()) {
      std::visit([&](auto member) { Add("--" + std::string(field.name), Text(options.*member)); },
                 field.member);
    }
  }

  const std::map<std::string, std::string>& texts() const { return texts_; }

 private:
  static std::string Text(bool value) { return value ? "on" : "off"; }
  static std::string Text(int value) { return std::to_string(value); }
  static std::string Text(float value);
  static std::string Text(double value);
  static std::string Text(const std::string& value) { return value; }
  static std::string Text(const std::vector<std::string>& values);

  std::map<std::string, std::string> texts_;
};

// A small file for each finished table, done/NAME.json in the folder of the outputs: of which
// inputs, with which settings, which files. That an output is there does not say that it is whole:
// after Ctrl-C it has the frames so far. A file a table, written beside and renamed, so that any
// number of processes may share a folder. One thread at a time.
class DoneRecords {
 public:
  // `outputs` must outlive this; its schema does not matter.
  DoneRecords(const OutputSetup& outputs, const ResultSettings& settings);

  // Why the table is to be tracked again: for the user, or empty where no run has finished it.
  // Nothing where its files are there as a run wrote them, from the same inputs with the same
  // settings. Files and inputs are compared by size and time of change in whole seconds, which is
  // what all file systems keep.
  std::optional<std::string> WhyToTrack(size_t table) const;
  // Those of the tables that are to be tracked. `say` gets a line for those that are so again, and
  // how many are not.
  std::vector<size_t> LeftOf(std::span<const size_t> tables,
                             const std::function<void(const std::string&)>& say) const;
  // Before the table is tracked. Forgets what was, and notes how the inputs are now.
  void Begin(size_t table);
  // The table that was begun has been tracked to its end, into these files. Does nothing for
  // cameras and streams, which are never finished. Throws Error where the record cannot be written.
  void Finish(size_t table, std::span<const WrittenFile> written);

 private:
  nlohmann::json InputsOf(size_t table) const;

  const OutputSetup& outputs_;
  nlohmann::json kinds_;
  nlohmann::json settings_;
  std::map<size_t, nlohmann::json> begun_;  // inputs by table
};

// Takes a table's record away, before its files change.
void ForgetDone(const OutputSetup& outputs, size_t table);

}  // namespace nosetip
