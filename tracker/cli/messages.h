// Lines of a command-line program for its user.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/printable_text.h"

namespace nosetip {

// What a program returns to the shell when something failed.
inline constexpr int kExitFailed = 1;

// As all that is printed may hold names of files and addresses of streams.
inline std::string SafeText(std::string_view text) { return PrintableText(WithoutPasswords(text)); }

// None of these is fmt::print, which throws where the output is closed or its disk is full: a long
// run must not end for that.

// Results, to stdout.
template <typename... Arguments>
void Print(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  std::fputs(SafeText(fmt::format(format, std::forward<Arguments>(arguments)...)).c_str(), stdout);
}

// To stderr.
inline void PrintNote(const std::string& text) {
  std::fputs((SafeText(text) + '\n').c_str(), stderr);
}
inline void PrintWarning(const std::string& text) { PrintNote(fmt::format("warning: {}", text)); }
inline void PrintError(const std::string& text) { PrintNote(fmt::format("error: {}", text)); }

}  // namespace nosetip
