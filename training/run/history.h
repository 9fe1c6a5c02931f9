// The record of a training: one row per epoch. A row is a plain struct with `int epoch` (from 1)
// and numbers, which its static function HistoryColumns() lists in the order of the file. A number
// that does not exist is NaN: null in JSON, an empty field in history.csv.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace nosetip {

template <typename Row>
struct HistoryColumn {
  const char* name;
  double Row::*member;
};

// The rows without their type, as they are stored.
struct HistoryTable {
  std::vector<std::string> names;           // of the columns after "epoch"
  std::vector<int> epochs;                  // one per row
  std::vector<std::vector<double>> values;  // [row][column]
};

template <typename Row>
HistoryTable TableFromHistory(std::span<const Row> history) {
  HistoryTable table;
  for (const auto& column : Row::HistoryColumns()) table.names.emplace_back(column.name);
  for (const Row& row : history) {
    table.epochs.push_back(row.epoch);
    table.values.emplace_back();
    for (const auto& column : Row::HistoryColumns()) {
      table.values.back().push_back(row.*column.member);
    }
  }
  return table;
}

// The table must have the columns of `Row`, in their order.
template <typename Row>
std::vector<Row> HistoryFromTable(const HistoryTable& table) {
  std::vector<Row> history;
  for (size_t i = 0; i < table.epochs.size(); ++i) {
    Row row;
    row.epoch = table.epochs[i];
    size_t k = 0;
    for (const auto& column : Row::HistoryColumns()) row.*column.member = table.values[i][k++];
    history.push_back(row);
  }
  return history;
}

// A run was resumed with more epochs than before.
struct RaisedEpochs {
  int done = 0;  // epochs that it had finished
  int from = 0;  // epochs that it was to have before
  int to = 0;
};
nlohmann::json JsonFromRaised(const std::vector<RaisedEpochs>& raised);
// Throws Error or nlohmann::json::exception where a number is missing or out of range.
std::vector<RaisedEpochs> RaisedFromJson(const nlohmann::json& list);

// A list with one object per row.
nlohmann::json JsonFromTable(const HistoryTable& table);
// The columns `names` of such a list; others are left out. Throws Error or
// nlohmann::json::exception where one is missing or not a number.
HistoryTable TableFromJson(const nlohmann::json& rows, std::vector<std::string> names);

// Writes history.csv. Throws Error where the file cannot be written.
void WriteHistory(const std::filesystem::path& path, const HistoryTable& table);

}  // namespace nosetip
