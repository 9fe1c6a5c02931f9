#include "gui/controllers/unfinished_order.h"

#include <fstream>
#include <system_error>

#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "training/background/training_messages.h"
#include "tracker/output/save_text.h"

namespace nosetip {

std::string SaveOrder(const std::filesystem::path& file, const TrainingOrder& order) {
  try {
    std::error_code ignored;  // writing says what is wrong with the folder
    std::filesystem::create_directories(file.parent_path(), ignored);
    SaveText(file, MessageFrom(TrainingRequest{TrainingRequestKind::kTrain, order}).dump(2) + "\n");
  } catch (const Error& error) {
    return std::string("after a restart, this training cannot go on: ") + error.what();
  }
  return "";
}

std::optional<TrainingOrder> LoadOrder(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return std::nullopt;
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  try {
    return RequestFrom(json).order;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace nosetip
