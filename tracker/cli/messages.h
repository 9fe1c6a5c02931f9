// Lines of a command-line program for its user. They go to stderr, as stdout is for results.
#pragma once

#include <cstdio>
#include <string>

#include <fmt/core.h>

namespace nosetip {

// What a program returns to the shell when something failed.
inline constexpr int kExitFailed = 1;

// Not fmt::print, which throws where stderr is closed.
inline void PrintNote(const std::string& text) { std::fputs((text + '\n').c_str(), stderr); }
inline void PrintError(const std::string& text) { PrintNote(fmt::format("error: {}", text)); }

}  // namespace nosetip
