// The record of a training: one row an epoch. A row is a plain struct with `int epoch` (from 1) and
// numbers, which its static function HistoryColumns() lists as HistoryColumn<Row>. A number that
// does not exist is NaN: null in JSON, an empty field in the table.
#pragma once

#include <cmath>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "training/run/history_column.h"

namespace nosetip {

template <typename Row>
nlohmann::json JsonFromHistory(std::span<const Row> history) {
  nlohmann::json rows = nlohmann::json::array();
  for (const Row& row : history) {
    nlohmann::json j = {{"epoch", row.epoch}};
    for (const auto& column : Row::HistoryColumns()) {
      const double value = row.*column.member;
      j[column.name] = std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
    }
    rows.push_back(j);
  }
  return rows;
}

template <typename Row>
std::vector<Row> HistoryFromJson(const nlohmann::json& json) {
  std::vector<Row> history;
  for (const auto& j : json) {
    Row row;
    row.epoch = j.at("epoch");
    for (const auto& column : Row::HistoryColumns()) {
      const nlohmann::json& value = j.at(column.name);
      row.*column.member = value.is_null() ? std::nan("") : value.get<double>();
    }
    history.push_back(row);
  }
  return history;
}

// `rows` under a header line of "epoch" and `names`. Written beside and renamed.
void WriteHistoryTable(const std::filesystem::path& path, const nlohmann::json& rows,
                       std::span<const std::string> names);

// history.csv.
template <typename Row>
void WriteHistory(const std::filesystem::path& path, std::span<const Row> history) {
  std::vector<std::string> names;
  for (const auto& column : Row::HistoryColumns()) names.emplace_back(column.name);
  WriteHistoryTable(path, JsonFromHistory(history), names);
}

}  // namespace nosetip
