// What the folder of a training tells about it, for comparisons. Free of LibTorch.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "training/run/history.h"

namespace nosetip {

struct RunOnDisk {
  std::string name;      // the folder as it was given
  HistoryTable history;  // of history.csv; one epoch or more
  // Of options.json: "--epochs" to "50", and what its data are, such as "pack 1".
  std::map<std::string, std::string> options;
  // Of metrics.json; empty where the training has not ended.
  std::map<std::string, double> figures;
  std::optional<std::string> held_out_groups;
  std::vector<RaisedEpochs> raised;
};

// Throws Error that names what is missing or damaged, such as the history of a training that has
// finished no epoch.
RunOnDisk ReadRun(const std::filesystem::path& folder);

// The column of a history, as long as it; empty where it has none with a number.
std::vector<double> ColumnOf(const HistoryTable& history, const std::string& name);

}  // namespace nosetip
