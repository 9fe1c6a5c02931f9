#include "tracker/output/options_json.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/core/text_file.h"

namespace nosetip {
namespace {

// Whether the value has the member's type and fits into it. JSON's own conversions turn 1e30 into
// any int.
template <typename Whole>
requires std::is_integral_v<Whole>
bool Read(const nlohmann::json& value, Whole& member) {
  if (!value.is_number_integer()) return false;
  const bool fits = value.is_number_unsigned() ? std::in_range<Whole>(value.get<uint64_t>())
                                               : std::in_range<Whole>(value.get<int64_t>());
  if (fits) value.get_to(member);
  return fits;
}
bool Read(const nlohmann::json& value, bool& member) {
  if (value.is_boolean()) value.get_to(member);
  return value.is_boolean();
}
template <typename Real>
requires std::is_floating_point_v<Real>
bool Read(const nlohmann::json& value, Real& member) {
  if (!value.is_number()) return false;
  const auto number = value.get<double>();
  if (!(std::abs(number) <= static_cast<double>(std::numeric_limits<Real>::max()))) return false;
  member = static_cast<Real>(number);
  return true;
}
bool Read(const nlohmann::json& value, std::string& member) {
  if (value.is_string()) value.get_to(member);
  return value.is_string();
}
bool Read(const nlohmann::json& value, std::vector<std::string>& member) {
  const auto is_string = [](const nlohmann::json& entry) { return entry.is_string(); };
  const bool fits = value.is_array() && std::ranges::all_of(value, is_string);
  if (fits) value.get_to(member);
  return fits;
}

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

void ReadOption(const nlohmann::json& value, const OptionRef& option) {
  const bool held = std::visit([&](auto* member) { return Read(value, *member); }, option.value);
  if (!held) {
    throw Error(fmt::format("{} cannot be {}: wrong type or out of range; correct or remove it",
                            option.name, Excerpt(JsonText(value))));
  }
}

void ReadRefs(const nlohmann::json& json, std::span<const OptionRef> options) {
  for (const OptionRef& option : options) {
    const auto found = json.find(std::string(option.name));
    if (found != json.end()) ReadOption(*found, option);
  }
}

}  // namespace nosetip
