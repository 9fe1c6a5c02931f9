// From a table of fields (tracker/core/fields.h) to options of the command line.
#pragma once

#include <limits>
#include <string>

#include <CLI/CLI.hpp>

#include "tracker/core/fields.h"

namespace nosetip {

// " (1 to 100)", " (at least 1)" or nothing, for the help.
template <typename Options>
std::string RangeText(const Field<Options>& field) {
  const auto number = [](double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    return text.back() == '.' ? text.substr(0, text.size() - 1) : text;
  };
  using Limits = std::numeric_limits<double>;
  if (field.low == Limits::lowest()) return "";
  if (field.high == Limits::max()) return " (at least " + number(field.low) + ")";
  return " (" + number(field.low) + " to " + number(field.high) + ")";
}

// Adds one option a field, in the group `group` of the help, with its default and range. `options`
// must outlive the parsing; it holds the values afterwards. Of an option that is given twice the
// last counts. Ranges are checked by Validate.
template <typename Options>
void AddOptions(CLI::App& app, Options& options, const std::string& group) {
  for (const auto& field : Options::Fields()) {
    const std::string flag = "--" + std::string(field.name);
    const std::string help(field.help);
    CLI::Option* option = std::visit(
        [&](auto member) -> CLI::Option* {
          auto& value = options.*member;
          using Value = std::remove_cvref_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, bool>) {
            if (!value) return app.add_flag(flag, value, help + " (off)");
            return app.add_flag(flag + ",!--no-" + std::string(field.name), value, help + " (on)");
          } else {
            CLI::Option* added =
                app.add_option(flag, value, help + RangeText(field))->capture_default_str();
            if constexpr (!std::is_same_v<Value, std::vector<std::string>>) added->take_last();
            return added;
          }
        },
        field.member);
    if (!field.choices.empty()) option->check(CLI::IsMember(field.choices));
    option->group(group);
  }
}

}  // namespace nosetip
