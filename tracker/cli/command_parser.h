// The command lines of the programs. CLI11 is behind this, since a file that includes it takes ten
// seconds to compile.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/fields.h"

namespace nosetip {

// A command line, or one command of it such as "evaluate".
class CommandParser {
 public:
  // The group of flags that choose what is written to --out.
  static constexpr const char* kOutputs = "Outputs";

  // Has --help and --version.
  explicit CommandParser(const std::string& description);
  ~CommandParser();
  CommandParser(CommandParser&&) noexcept;
  CommandParser& operator=(CommandParser&&) = delete;

  // Exactly one command must be given then. It lives as long as this. A hidden one is not in the
  // help.
  CommandParser& AddCommand(const std::string& name, const std::string& help, bool hidden = false);

  // Adds one option per member, in the group `group` of the help, with its default and range. The
  // struct must outlive the parsing and holds the values afterwards. Of an option that is given
  // twice the last counts. Ranges are checked by Validate.
  template <typename Options>
  void AddOptions(Options& options, const std::string& group) {
    AddOptionRefs(OptionRefs(options), group);
  }
  void AddOptionRefs(std::span<const OptionRef> options, const std::string& group);
  // One option that is in no table. Its range is checked when it is parsed. Given twice it is an
  // error, except for a list, which takes all.
  void AddOption(OptionRef option, const std::vector<std::string>& choices = {});
  // Makes `--FLAG -` (or --FLAG=-) set `to_stdout` besides the flag, which was added before. It
  // must outlive the parsing.
  void AllowStdout(const std::string& flag, bool& to_stdout);
  // Arguments without a name, of which a string takes one and a list all.
  void AddArguments(const OptionRef& argument);

  // Prints the help or what is wrong, and gives the exit code, where the program has to end.
  std::optional<int> Parse(std::span<const char* const> arguments);

  // After parsing: whether this command was given, or the option, without dashes.
  bool IsChosen() const;
  bool IsGiven(const std::string& option) const;
  std::string Help() const;

 private:
  struct Impl;

  explicit CommandParser(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace nosetip
