#include "training/run/history.h"

#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tracker/core/json_text.h"
#include "tracker/output/text_output.h"

namespace nosetip {

nlohmann::json JsonFromRaised(const std::vector<RaisedEpochs>& raised) {
  nlohmann::json list = nlohmann::json::array();
  for (const RaisedEpochs& one : raised) {
    list.push_back({{"done", one.done}, {"from", one.from}, {"to", one.to}});
  }
  return list;
}

std::vector<RaisedEpochs> RaisedFromJson(const nlohmann::json& list) {
  std::vector<RaisedEpochs> raised;
  for (const auto& one : list) {
    const auto number = [&](const char* name) {
      return static_cast<int>(WholeNumber(one.at(name), 0, std::numeric_limits<int>::max()));
    };
    raised.push_back({number("done"), number("from"), number("to")});
  }
  return raised;
}

nlohmann::json JsonFromTable(const HistoryTable& table) {
  nlohmann::json rows = nlohmann::json::array();
  for (size_t i = 0; i < table.epochs.size(); ++i) {
    nlohmann::json row = {{"epoch", table.epochs[i]}};
    for (size_t k = 0; k < table.names.size(); ++k) {
      const double value = table.values[i][k];
      row[table.names[k]] = std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

HistoryTable TableFromJson(const nlohmann::json& rows, std::vector<std::string> names) {
  HistoryTable table{std::move(names), {}, {}};
  for (const auto& row : rows) {
    table.epochs.push_back(
        static_cast<int>(WholeNumber(row.at("epoch"), 0, std::numeric_limits<int>::max())));
    table.values.emplace_back();
    for (const std::string& name : table.names) {
      const nlohmann::json& value = row.at(name);
      table.values.back().push_back(value.is_null() ? std::nan("") : value.get<double>());
    }
  }
  return table;
}

void WriteHistory(const std::filesystem::path& path, const HistoryTable& table) {
  std::string text = fmt::format("epoch,{}\n", fmt::join(table.names, ","));
  for (size_t i = 0; i < table.epochs.size(); ++i) {
    text += fmt::format("{}", table.epochs[i]);
    for (const double value : table.values[i]) {
      text += ',';
      // As JSON writes numbers: the shortest text that gives the same number back.
      if (std::isfinite(value)) text += JsonText(nlohmann::json(value));
    }
    text += '\n';
  }
  SaveText(path, text);
}

}  // namespace nosetip
