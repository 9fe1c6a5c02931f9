// What a mistyped name may have meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nosetip {

// The first of `names` that takes the fewest changes, each of one letter (also two that are
// swapped), to become `word`; empty where all take more than a third of its letters.
std::string NearestName(std::string_view word, std::span<const std::string> names);

// "; did you mean nose?", or nothing.
std::string DidYouMean(std::string_view word, std::span<const std::string> names);

}  // namespace nosetip
