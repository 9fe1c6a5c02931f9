// Corrected faces on disk, a data set: one picture and one file of points per sample.
#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

struct SavedSample {
  std::filesystem::path picture;
  std::filesystem::path points;
};

// Writes NAME.png and NAME.pts (iBUG's form, 1-based) into the folder, which is created where it is
// missing. NAME is sample-DATE-TIME-MILLISECONDS, with another number where that is taken. The
// picture comes first, so that a reader never sees half a sample. Encoding a large picture takes
// about 100 ms. Throws Error where they cannot be written; nothing is left then.
SavedSample SaveSample(const std::filesystem::path& folder, const Image& picture,
                       std::span<const Point2f> points_px,
                       std::chrono::system_clock::time_point captured_at);

// The samples of a folder, oldest first; empty where there is no such folder. A .pts without its
// picture does not count.
std::vector<SavedSample> ListSamples(const std::filesystem::path& folder);

// Removes both files. Throws Error where one cannot be removed.
void RemoveSample(const SavedSample& sample);

}  // namespace nosetip
