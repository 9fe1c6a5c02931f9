// Shows on the terminal how far reading photographs is.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "tracker/cli/progress.h"
#include "training/detector/scenes/photograph.h"

namespace nosetip {

// `progress` must outlive what is returned.
inline ReadingProgress ReadingOn(Progress& progress,
                                 std::function<void(const std::string&)> on_problem) {
  ReadingProgress reading;
  reading.on_problem = std::move(on_problem);
  reading.on_set = [&progress](const std::string& name, size_t pictures) {
    const std::optional<int64_t> total(static_cast<int64_t>(pictures));
    progress.Start(name, pictures > 0 ? total : std::nullopt);
  };
  reading.on_picture = [&progress](size_t done) { progress.Update(static_cast<int64_t>(done)); };
  return reading;
}

}  // namespace nosetip
