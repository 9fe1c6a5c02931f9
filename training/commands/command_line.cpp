#include "training/commands/shell_command.h"

namespace nosetip {

std::string ShellQuote(std::string_view argument) {
  constexpr std::string_view kSafe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
  if (!argument.empty() && argument.find_first_not_of(kSafe) == std::string_view::npos) {
    return std::string(argument);
  }
  std::string quoted = "'";
  for (const char c : argument) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::string ShellCommand(std::span<const char* const> arguments) {
  std::string command;
  for (const char* argument : arguments) {
    if (!command.empty()) command += ' ';
    command += ShellQuote(argument);
  }
  return command;
}

}  // namespace nosetip
