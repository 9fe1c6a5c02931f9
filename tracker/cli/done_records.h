// Records of the inputs that earlier runs have finished, for --resume.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "tracker/cli/run_outputs.h"

namespace nosetip {

// What the results of a run depend on besides its inputs: texts by name, to compare with those of
// an earlier run. Names are shown to the user: "--smooth has changed".
class ResultSettings {
 public:
  void Add(const std::string& name, const std::string& value) { texts_[name] = value; }
  // By the content of the file, wherever it lies. Throws Error where it cannot be read.
  void AddFile(const std::string& name, const std::string& path);
  // All members of a table of options.
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

// One small file per finished table, done/NAME.json in the folder of the outputs: its inputs,
// settings and files. A file that exists need not be complete, as after Ctrl-C it has the frames so
// far, so the files themselves do not tell. Records are written beside and renamed, so that any
// number of processes may share a folder. One thread at a time.
class DoneRecords {
 public:
  // `outputs` must outlive this; its schema does not matter.
  DoneRecords(const OutputSetup& outputs, const ResultSettings& settings);

  // Why the table is to be tracked: for the user, or empty where no run has finished it. Nothing
  // where its files are there as a run wrote them, from the same inputs with the same settings.
  // Files and inputs are compared by size and by time of change in whole seconds, which is the
  // precision of all file systems.
  std::optional<std::string> WhyToTrack(size_t table) const;
  // Those of the tables that are to be tracked. `print` gets one line per table that is to be
  // tracked again, and one with the number of finished tables.
  std::vector<size_t> LeftOf(std::span<const size_t> tables,
                             const std::function<void(const std::string&)>& print) const;
  // Call before the table is tracked. Removes its record and notes the state of its inputs.
  void Begin(size_t table);
  // Call when the table that was begun is complete, with its files. Does nothing for cameras and
  // streams, which are never finished. Throws Error where the record cannot be written.
  void Finish(size_t table, std::span<const WrittenFile> written);

 private:
  const OutputSetup& outputs_;
  std::map<std::string, std::string> settings_;
  std::map<size_t, std::string> begun_;  // the inputs of each table, as JSON
};

// Removes a table's record, before its files change.
void ForgetDone(const OutputSetup& outputs, size_t table);

}  // namespace nosetip
