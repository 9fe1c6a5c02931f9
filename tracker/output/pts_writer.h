// Points of one face in the form of iBUG's .pts files (Sagonas et al., IMAVIS 2016):
//
//   version: 1
//   n_points: 68
//   {
//   x y
//   }
//
// Like all iBUG files they are 1-based: the centre of the top left pixel is (1, 1).
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "tracker/core/geometry.h"

namespace nosetip {

// `points_px` is 0-based. Throws Error where the file cannot be written.
void WritePts(const std::filesystem::path& path, std::span<const Point2f> points_px);

// The name, without extension, of one face's file: STEM where a picture has one face, STEM_1,
// STEM_2
// ... where it has several. `face` counts from 0.
std::string PtsStem(const std::string& stem, size_t face, size_t face_count);

}  // namespace nosetip
