// LibTorch's errors as ours. Includes LibTorch.
#pragma once

#include <string>
#include <utility>

#include <torch/torch.h>

#include "tracker/core/error.h"

namespace nosetip {

// Runs a training; an error of LibTorch's becomes an Error with its first line.
template <typename Work>
auto WithTorch(Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const c10::Error& error) {
    const std::string text = error.what();
    throw Error("training failed in LibTorch: " + text.substr(0, text.find('\n')) +
                ". With too little memory, a smaller --batch helps.");
  }
}

}  // namespace nosetip
