#include "training/history.h"

#include <array>
#include <string>

#include "training/save_text.h"

namespace nosetip {
namespace {

// Column names and members, for both formats.
struct Column {
  const char* name;
  double EpochStats::*member;
};
constexpr std::array kColumns = {Column{"train_loss", &EpochStats::train_loss},
                                 Column{"validation_loss", &EpochStats::validation_loss},
                                 Column{"validation_nme", &EpochStats::validation_nme},
                                 Column{"learning_rate", &EpochStats::learning_rate},
                                 Column{"seconds", &EpochStats::seconds},
                                 Column{"faces_per_s", &EpochStats::faces_per_s},
                                 Column{"augment_share", &EpochStats::augment_share}};

}  // namespace

nlohmann::json JsonFromHistory(std::span<const EpochStats> history) {
  nlohmann::json rows = nlohmann::json::array();
  for (const EpochStats& epoch : history) {
    nlohmann::json row = {{"epoch", epoch.epoch}};
    for (const Column& column : kColumns) row[column.name] = epoch.*column.member;
    rows.push_back(row);
  }
  return rows;
}

std::vector<EpochStats> HistoryFromJson(const nlohmann::json& json) {
  std::vector<EpochStats> history;
  for (const auto& row : json) {
    EpochStats epoch;
    epoch.epoch = row.at("epoch");
    for (const Column& column : kColumns) epoch.*column.member = row.at(column.name);
    history.push_back(epoch);
  }
  return history;
}

void WriteHistory(const std::filesystem::path& path, std::span<const EpochStats> history) {
  std::string text = "epoch";
  for (const Column& column : kColumns) text.append(",").append(column.name);
  text += "\n";
  for (const auto& row : JsonFromHistory(history)) {
    text += row.at("epoch").dump();
    for (const Column& column : kColumns) {
      text += ',';
      text += row.at(column.name).dump();
    }
    text += '\n';
  }
  SaveText(path, text);
}

}  // namespace nosetip
