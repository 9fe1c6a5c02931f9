#include "training/report/run_on_disk.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/core/text_file.h"
#include "training/data/annotation_text.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

HistoryTable ParseHistory(const fs::path& file, std::string_view text) {
  const std::vector<TextLine> lines = TextLinesOf(file, text);
  HistoryTable table;
  table.names = CommaSeparated(lines.front().text);
  if (table.names.front() != "epoch") {
    FailAt(file, lines.front().number, "expected the header of a training's history: epoch,...");
  }
  table.names.erase(table.names.begin());
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> fields = CommaSeparated(lines[i].text);
    const auto epoch = ParseWholeNumber(fields.front());
    if (!epoch || fields.size() != table.names.size() + 1) {
      FailAt(file, lines[i].number,
             fmt::format("expected an epoch and {} numbers", table.names.size()));
    }
    table.epochs.push_back(*epoch);
    table.values.emplace_back();
    for (size_t k = 1; k < fields.size(); ++k) {
      table.values.back().push_back(ParseNumber(fields[k]).value_or(std::nanf("")));
    }
  }
  return table;
}

std::string OptionText(const json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "on" : "off";
  if (value.is_number_float()) return fmt::format("{:.6g}", value.get<double>());
  if (!value.is_string()) return JsonText(value);
  const std::string text = value.get<std::string>();
  return text.empty() ? "(empty)" : text;
}

void AddOptions(const json& sections, RunOnDisk& run) {
  for (const auto& [section, values] : sections.items()) {
    for (const auto& [name, value] : values.items()) {
      run.options[section == "data" ? name : "--" + name] = OptionText(value);
    }
  }
}

void AddMetrics(const json& metrics, RunOnDisk& run) {
  for (const auto& [name, value] : metrics.items()) {
    if (value.is_number()) run.figures[name] = value.get<double>();
  }
  if (metrics.contains("held_out_groups")) {
    run.held_out_groups = JsonText(metrics["held_out_groups"]);
  }
  if (metrics.contains("raised_epochs")) run.raised = RaisedFromJson(metrics["raised_epochs"]);
}

void AddJson(const fs::path& file, void add(const json&, RunOnDisk&), RunOnDisk& run) {
  try {
    add(ParseJson(ReadTextFile(file.string())), run);
  } catch (const std::exception& error) {
    throw Error(fmt::format("{} is not that of a training: {}", file.string(), FirstLine(error)));
  }
}

}  // namespace

RunOnDisk ReadRun(const fs::path& folder) {
  const fs::path history = folder / kRunHistory;
  if (!fs::exists(history)) {
    throw Error(fmt::format(
        "{} holds no training that has finished an epoch (no {}); give the --out of trainings",
        folder.string(), kRunHistory));
  }
  RunOnDisk run;
  run.name = folder.string();
  run.history = ParseHistory(history, ReadTextFile(history.string()));
  if (run.history.epochs.empty()) throw Error(history.string() + " has no epoch");
  AddJson(folder / kRunOptions, AddOptions, run);
  if (fs::exists(folder / kRunMetrics)) AddJson(folder / kRunMetrics, AddMetrics, run);
  return run;
}

std::vector<double> ColumnOf(const HistoryTable& history, const std::string& name) {
  const auto found = std::ranges::find(history.names, name);
  if (found == history.names.end()) return {};
  const auto k = static_cast<size_t>(found - history.names.begin());
  std::vector<double> values;
  for (const std::vector<double>& row : history.values) values.push_back(row[k]);
  if (std::ranges::none_of(values, [](double value) { return std::isfinite(value); })) return {};
  return values;
}

}  // namespace nosetip
