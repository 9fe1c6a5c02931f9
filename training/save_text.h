// Small text files of a run.
#pragma once

#include <filesystem>
#include <string_view>

#include "tracker/output/text_output.h"

namespace nosetip {

// Written beside and renamed. Throws Error that names the file where that fails.
inline void SaveText(const std::filesystem::path& path, std::string_view text) {
  TextOutput file(path);
  file.Write(text);
  file.Finish();
}

}  // namespace nosetip
