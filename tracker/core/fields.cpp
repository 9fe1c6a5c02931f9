#include "tracker/core/fields.h"

#include <type_traits>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

void CheckRange(const OptionRef& option, double number, const std::string& text, bool whole) {
  if (number >= option.low && number <= option.high) return;
  const auto limit = [&](double value) {
    return whole ? fmt::format("{}", static_cast<int64_t>(value)) : fmt::format("{:g}", value);
  };
  throw Error(fmt::format("--{} is {}; it must be between {} and {}", option.name, text,
                          limit(option.low), limit(option.high)));
}

void CheckChoice(const OptionRef& option, const std::string& value) {
  if (option.choices.empty()) return;
  for (const std::string& choice : option.choices) {
    if (choice == value) return;
  }
  throw Error(fmt::format("--{} is '{}'; it must be one of {}", option.name, value,
                          fmt::join(option.choices, ", ")));
}

}  // namespace

void CheckOptions(std::span<const OptionRef> options) {
  for (const OptionRef& option : options) {
    std::visit(
        [&](const auto* value) {
          using Value = std::remove_cvref_t<decltype(*value)>;
          if constexpr (std::is_same_v<Value, std::string>) {
            CheckChoice(option, *value);
          } else if constexpr (std::is_arithmetic_v<Value> && !std::is_same_v<Value, bool>) {
            CheckRange(option, static_cast<double>(*value), fmt::format("{}", *value),
                       std::is_integral_v<Value>);
          }
        },
        option.value);
  }
}

}  // namespace nosetip
