// From a table of fields (tracker/core/fields.h) to options of the command line.
#pragma once

#include <span>
#include <string>

#include "tracker/core/fields.h"

namespace CLI {
class App;
}

namespace nosetip {

// Adds one option per member, in the group `group` of the help, with its default and range. What
// the members are in must outlive the parsing; it holds the values afterwards. Of an option that is
// given twice the last counts. Ranges are checked by Validate.
void AddOptionRefs(CLI::App& app, std::span<const OptionRef> options, const std::string& group);

template <typename Options>
void AddOptions(CLI::App& app, Options& options, const std::string& group) {
  AddOptionRefs(app, OptionRefs(options), group);
}

}  // namespace nosetip
