// Command lines as text.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nosetip {

// One word of a POSIX shell that means `argument`: as it is where that is safe, else in quotes.
std::string ShellQuote(std::string_view argument);

// The arguments of a program, itself first, as a line that a POSIX shell takes apart into them.
std::string ShellCommand(std::span<const char* const> arguments);

}  // namespace nosetip
