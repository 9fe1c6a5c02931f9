// What an error says.
#pragma once

#include <functional>
#include <string>

#include "tracker/core/error.h"

namespace nosetip {

// "no error" where none is thrown.
inline std::string MessageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace nosetip
