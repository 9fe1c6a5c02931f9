// What the name of a file tells about its content.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/sources/frame_source.h"

namespace nosetip {

// With its dot, in lower case; empty where the name has none.
std::string LowerExtension(const std::filesystem::path& path);

// Those of pictures, as LowerExtension gives them.
std::span<const std::string_view> PictureExtensions();

// A picture or a video file; nothing for other extensions.
std::optional<SourceKind> KindByExtension(const std::filesystem::path& path);

// "3 files (2 .txt, 1 .docx)", the most frequent first; empty where there is none.
std::string CountByExtension(const std::vector<std::filesystem::path>& files);

}  // namespace nosetip
