// The project's one exception type and its precondition check.
#pragma once

#include <exception>
#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

namespace nosetip {

// Something outside the program is wrong: a file, a camera, a model, an option. The message names
// the thing, says what is wrong with it and what to do about it.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Without the stack trace and the like that some libraries put behind it.
inline std::string FirstLine(const std::exception& error) {
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

// A broken precondition is a mistake in the program; it throws std::logic_error in every build.
inline void Check(bool condition, std::string_view what,
                  std::source_location where = std::source_location::current()) {
  if (condition) return;
  throw std::logic_error(std::string(where.file_name()) + ":" + std::to_string(where.line()) +
                         ": " + std::string(what));
}

}  // namespace nosetip
