// Long work that shows how far it is and can be stopped.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace nosetip {

// Thrown to end the work in progress when a stop is requested.
struct StopRequested {};

// Called with what is being done, such as "opening pictures", and how much of how much is done,
// several times a second or more. It may throw StopRequested, which ends the work.
using OnWork = std::function<void(std::string_view what, size_t done, size_t total)>;

inline constexpr std::string_view kReadingLabels = "reading labels";

// Nothing where nobody watches.
inline void TellWork(const OnWork& on_work, std::string_view what, size_t done, size_t total) {
  if (on_work) on_work(what, done, total);
}

}  // namespace nosetip
