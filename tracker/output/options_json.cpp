#include "tracker/output/options_json.h"

#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

namespace nosetip {

nlohmann::json JsonFromRefs(std::span<const OptionRef> options,
                            const std::vector<std::string_view>& without) {
  nlohmann::json json = nlohmann::json::object();
  for (const OptionRef& option : options) {
    if (std::ranges::count(without, option.name) > 0) continue;
    std::visit([&](const auto* value) { json[std::string(option.name)] = *value; }, option.value);
  }
  return json;
}

void ReadRefs(const nlohmann::json& json, std::span<const OptionRef> options) {
  for (const OptionRef& option : options) {
    const auto found = json.find(std::string(option.name));
    if (found == json.end()) continue;
    std::visit([&](auto* value) { found->get_to(*value); }, option.value);
  }
}

}  // namespace nosetip
