// Threads whose failure to start is an Error.
#pragma once

#include <system_error>
#include <thread>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {

// As std::jthread. Throws Error where the system allows no further thread.
template <typename Body>
std::jthread StartThread(Body&& body) {
  try {
    return std::jthread(std::forward<Body>(body));
  } catch (const std::system_error& error) {
    throw Error(fmt::format(
        "cannot start a thread: {}; end other programs, or raise the limit of processes "
        "(ulimit -u)",
        error.code().message()));
  }
}

}  // namespace nosetip
