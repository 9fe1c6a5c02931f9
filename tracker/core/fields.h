// Options are plain structs with defaults. One table per struct describes its members once, and
// feeds the command line, the JSON configuration, the editor of the app and the check of ranges.
//
//   struct BlurOptions {
//     int radius_px = 2;
//     static std::span<const Field<BlurOptions>> Fields();
//   };
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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
  bool required = false;  // on the command line
};

// A member of some struct of options. What works on options takes these, so that it is compiled
// once and not for every struct.
struct OptionRef {
  std::string_view name;
  std::variant<bool*, int*, int64_t*, float*, double*, std::string*, std::vector<std::string>*>
      value;
  std::string_view help;
  double low = std::numeric_limits<double>::lowest();
  double high = std::numeric_limits<double>::max();
  std::span<const std::string> choices{};
  bool required = false;
};

// All members, in the order of the table. Valid as long as `options`.
template <typename Options>
std::vector<OptionRef> OptionRefs(Options& options) {
  std::vector<OptionRef> refs;
  for (const auto& field : Options::Fields()) {
    refs.push_back(
        {field.name, {}, field.help, field.low, field.high, field.choices, field.required});
    std::visit([&](auto member) { refs.back().value = &(options.*member); }, field.member);
  }
  return refs;
}

// Throws Error that names the first option out of its range or choices.
void CheckOptions(std::span<const OptionRef> options);

template <typename Options>
void Validate(Options options) {
  CheckOptions(OptionRefs(options));
}

}  // namespace nosetip
