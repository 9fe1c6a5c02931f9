#include "tracker/output/options_json.h"

#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

#include "tracker/core/geometry.h"

namespace nosetip {
namespace {

template <typename Value>
void Read(const nlohmann::json& json, Value& value) {
  json.get_to(value);
}

// The check of ranges, which follows, finds a number that no int can hold.
void Read(const nlohmann::json& json, int& value) { value = NearestWhole(json.get<double>()); }

}  // namespace

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
    std::visit([&](auto* value) { Read(*found, *value); }, option.value);
  }
}

}  // namespace nosetip
