// The project's one exception type and its precondition check.
#pragma once

#include <exception>
#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fmt/core.h>

namespace nosetip {

// Something outside the program is wrong: a file, a camera, a model, an option. The message tells
// what failed, why, and what to do.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The message without the stack trace that some libraries append.
inline std::string FirstLine(const std::exception& error) {
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

// A broken precondition is a mistake in the program; it throws std::logic_error in every build.
inline void Check(bool condition, std::string_view what,
                  std::source_location where = std::source_location::current()) {
  if (condition) return;
  throw std::logic_error(fmt::format("{}:{}: {}", where.file_name(), where.line(), what));
}

}  // namespace nosetip
