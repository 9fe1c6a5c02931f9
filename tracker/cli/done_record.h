// The record of a finished table, and what it is compared with.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace nosetip {

// Size and time of change of a file, in whole seconds; null where it is missing.
nlohmann::json FileState(const std::filesystem::path& path);

// Its format and version alone.
nlohmann::json EmptyDoneRecord();

// Why the record of this text does not hold for the kinds, settings and inputs of `wanted`, or for
// the files that are in `folder`; nothing where it does. Throws Error or nlohmann's exceptions
// where it is no record.
std::optional<std::string> WhyNotDone(std::string_view text, const nlohmann::json& wanted,
                                      const std::filesystem::path& folder);

}  // namespace nosetip
