// LibTorch's errors as ours. Includes LibTorch.
#pragma once

#include <utility>

#include <fmt/core.h>
#include <torch/torch.h>

#include "tracker/core/error.h"

namespace nosetip {

// Runs `work`; an error of LibTorch becomes an Error with its first line.
template <typename Work>
auto WithTorch(Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const c10::Error& error) {
    throw Error(fmt::format(
        "training failed in LibTorch: {}. If memory is too small, choose a smaller --batch.",
        FirstLine(error)));
  }
}

}  // namespace nosetip
