// The parsers of what strangers send, each as a function of bytes. Free of LibTorch and OpenCV.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nosetip {

struct FuzzTarget {
  std::string_view name;  // of its folder in tests/fuzz/corpus
  void (*run)(const std::string& input);
};

std::span<const FuzzTarget> FuzzTargets();
// Throws std::logic_error where there is none.
const FuzzTarget& FuzzTargetByName(std::string_view name);

// Bad input ends in an Error, which is caught. Anything else that is thrown is a finding.
void RunTarget(const FuzzTarget& target, const std::string& input);

}  // namespace nosetip
