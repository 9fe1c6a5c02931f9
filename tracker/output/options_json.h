// Options as JSON: what is stored in settings and with a training, and compared when it resumes.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "tracker/core/fields.h"

namespace nosetip {

// Every member under its name on the command line, except `without`.
nlohmann::json JsonFromRefs(std::span<const OptionRef> options,
                            const std::vector<std::string_view>& without);
// The other way; what the JSON does not name stays. Throws Error that names a value of another type
// than its option, or that the type does not hold.
void ReadRefs(const nlohmann::json& json, std::span<const OptionRef> options);

void ReadOption(const nlohmann::json& value, const OptionRef& option);

// Callers need nlohmann/json.hpp.
template <typename Options>
auto JsonFromOptions(Options options, const std::vector<std::string_view>& without = {}) {
  return JsonFromRefs(OptionRefs(options), without);
}

template <typename Options>
Options OptionsFromJson(const nlohmann::json& json) {
  Options options;
  ReadRefs(json, OptionRefs(options));
  return options;
}

}  // namespace nosetip
