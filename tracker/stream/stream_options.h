// Where live results are sent.
#pragma once

#include <span>
#include <string>

#include "tracker/core/fields.h"

namespace nosetip {

// Where a server listens that was given a port alone.
inline constexpr const char* kServeHost = "127.0.0.1";

// Empty where not wanted.
struct StreamOptions {
  std::string serve{};  // [ADDRESS:]PORT
  std::string osc{};    // HOST:PORT each
  std::string vmc{};
  std::string openseeface{};
  std::string opentrack{};

  bool Any() const;
  static std::span<const Field<StreamOptions>> Fields();
};

// Throws Error for what is no address.
void CheckStreams(const StreamOptions& options);

}  // namespace nosetip
