// The record of a training: one row an epoch.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include <nlohmann/json.hpp>

#include "training/trainer.h"

namespace nosetip {

nlohmann::json JsonFromHistory(std::span<const EpochStats> history);
std::vector<EpochStats> HistoryFromJson(const nlohmann::json& json);

// history.csv with a header line. Written beside and renamed.
void WriteHistory(const std::filesystem::path& path, std::span<const EpochStats> history);

}  // namespace nosetip
