#include "training/run/history.h"

#include <array>

#include "tracker/output/text_output.h"
#include "training/landmarks/trainer.h"

namespace nosetip {

std::span<const HistoryColumn<EpochStats>> EpochStats::HistoryColumns() {
  static constexpr std::array<HistoryColumn<EpochStats>, 8> kColumns = {
      {{"train_loss", &EpochStats::train_loss},
       {"validation_loss", &EpochStats::validation_loss},
       {"validation_mse", &EpochStats::validation_mse},
       {"validation_nme", &EpochStats::validation_nme},
       {"learning_rate", &EpochStats::learning_rate},
       {"seconds", &EpochStats::seconds},
       {"faces_per_s", &EpochStats::faces_per_s},
       {"augment_share", &EpochStats::augment_share}}};
  return kColumns;
}

double ValidationError(const EpochStats& epoch) {
  return std::isfinite(epoch.validation_nme) ? epoch.validation_nme : epoch.validation_mse;
}

void WriteHistoryTable(const std::filesystem::path& path, const nlohmann::json& rows,
                       std::span<const std::string> names) {
  std::string text = "epoch";
  for (const std::string& name : names) text.append(",").append(name);
  text += "\n";
  for (const auto& row : rows) {
    text += row.at("epoch").dump();
    for (const std::string& name : names) {
      text += ',';
      if (!row.at(name).is_null()) text += row.at(name).dump();
    }
    text += '\n';
  }
  SaveText(path, text);
}

}  // namespace nosetip
