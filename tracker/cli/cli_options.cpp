#include "tracker/cli/cli_options.h"

#include <limits>
#include <type_traits>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace nosetip {
namespace {

// " (1 to 100)", " (at least 1)" or nothing, for the help.
std::string RangeText(const OptionRef& option) {
  using Limits = std::numeric_limits<double>;
  const auto number = [](double value) {
    std::string text = fmt::format("{:f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    return text.back() == '.' ? text.substr(0, text.size() - 1) : text;
  };
  if (option.low == Limits::lowest()) return "";
  if (option.high == Limits::max()) return fmt::format(" (at least {})", number(option.low));
  return fmt::format(" ({} to {})", number(option.low), number(option.high));
}

template <typename Value>
CLI::Option* AddOne(CLI::App& app, const OptionRef& option, Value& value) {
  const std::string flag = fmt::format("--{}", option.name);
  const std::string help(option.help);
  if constexpr (std::is_same_v<Value, bool>) {
    if (!value) return app.add_flag(flag, value, help + " (off)");
    return app.add_flag(fmt::format("{},!--no-{}", flag, option.name), value, help + " (on)");
  } else {
    CLI::Option* added =
        app.add_option(flag, value, help + RangeText(option))->capture_default_str();
    if constexpr (!std::is_same_v<Value, std::vector<std::string>>) added->take_last();
    return added;
  }
}

}  // namespace

void AddOptionRefs(CLI::App& app, std::span<const OptionRef> options, const std::string& group) {
  for (const OptionRef& option : options) {
    CLI::Option* added =
        std::visit([&](auto* value) { return AddOne(app, option, *value); }, option.value);
    if (!option.choices.empty()) {
      added->check(
          CLI::IsMember(std::vector<std::string>(option.choices.begin(), option.choices.end())));
    }
    added->group(group);
  }
}

}  // namespace nosetip
