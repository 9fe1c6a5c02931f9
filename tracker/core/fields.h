// Options are plain structs with defaults. One table a struct describes its members once, and
// feeds the command line, the JSON configuration, the editor of the app and the check of ranges.
//
//   struct BlurOptions {
//     int radius_px = 2;
//     static std::span<const Field<BlurOptions>> Fields();
//   };
#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "tracker/core/error.h"

namespace nosetip {

template <typename Options>
struct Field {
  // Which member. A std::string member may be restricted to `choices`.
  using Member = std::variant<bool Options::*, int Options::*, float Options::*, double Options::*,
                              std::string Options::*, std::vector<std::string> Options::*>;

  std::string_view name;  // as on the command line, without dashes: "detect-interval"
  Member member;
  std::string_view help;  // one sentence; with its unit
  double low = std::numeric_limits<double>::lowest();
  double high = std::numeric_limits<double>::max();
  std::vector<std::string> choices{};
};

// Throws Error that names the first member out of its range or choices.
template <typename Options>
void Validate(const Options& options) {
  for (const auto& field : Options::Fields()) {
    std::visit(
        [&](auto member) {
          const auto& value = options.*member;
          using Value = std::remove_cvref_t<decltype(value)>;
          if constexpr (std::is_arithmetic_v<Value> && !std::is_same_v<Value, bool>) {
            const auto number = static_cast<double>(value);
            if (!(number >= field.low && number <= field.high)) {
              throw Error("--" + std::string(field.name) + " is " + std::to_string(value) +
                          "; it must lie between " + std::to_string(static_cast<Value>(field.low)) +
                          " and " + std::to_string(static_cast<Value>(field.high)));
            }
          } else if constexpr (std::is_same_v<Value, std::string>) {
            if (field.choices.empty()) return;
            std::string known;
            for (const auto& choice : field.choices) {
              if (choice == value) return;
              known += (known.empty() ? "" : ", ") + choice;
            }
            throw Error("--" + std::string(field.name) + " is '" + value + "'; it must be one of " +
                        known);
          }
        },
        field.member);
  }
}

}  // namespace nosetip
