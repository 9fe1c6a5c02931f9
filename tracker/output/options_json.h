// Options of a training as JSON: what is stored with a run, and compared when it goes on.
#pragma once

#include <initializer_list>
#include <string>

#include <nlohmann/json.hpp>

#include "tracker/core/fields.h"

namespace nosetip {

// Every member under its name on the command line, but for `without`.
template <typename Options>
nlohmann::json JsonFromOptions(const Options& options,
                               std::initializer_list<const char*> without = {}) {
  nlohmann::json j = nlohmann::json::object();
  for (const auto& field : Options::Fields()) {
    std::visit([&](auto member) { j[std::string(field.name)] = options.*member; }, field.member);
  }
  for (const char* name : without) j.erase(name);
  return j;
}

// The other way; what is not named keeps its default. Throws nlohmann's exceptions for values of
// another type.
template <typename Options>
Options OptionsFromJson(const nlohmann::json& j) {
  Options options;
  for (const auto& field : Options::Fields()) {
    const auto found = j.find(std::string(field.name));
    if (found == j.end()) continue;
    std::visit([&](auto member) { found->get_to(options.*member); }, field.member);
  }
  return options;
}

}  // namespace nosetip
