// Packed data sets: safetensors files of faces cut from their pictures once, so that training and
// evaluation need no picture decoder and run where there is only LibTorch. Free of LibTorch itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tracker/core/crop.h"
#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

inline constexpr int kPackFormatVersion = 3;

// All faces are gray squares of one size: the square around the face's box with `extent` times its
// longer side (CropFromFrame(box, extent, size_px) takes picture pixels to pack pixels). The box is
// what the networks trained on it are shown at run time: it bounds the landmarks of the face, or
// the whole picture.
struct FacePack {
  std::string schema = "ibug68";
  CropView view = CropView::kFace;
  int size_px = 0;
  float extent = 0.0F;
  std::vector<uint8_t> pixels;   // [N, size_px, size_px]
  std::vector<float> points_px;  // [N, K, 2] in pack pixels
  std::vector<RectF> boxes;      // in picture pixels
  // Of the photographs, so that errors can be given in their pixels and diagonals.
  std::vector<SizePx> photographs_px;
  std::vector<std::string> names;
  std::vector<std::string> groups;
  std::vector<std::string> parts;

  size_t FaceCount() const { return names.size(); }
};

// Throws Error where the points of data do not include those of `schema`.
void CheckHasPointsOf(const LandmarkSchema& schema, const LandmarkSchema& given);

// The same faces with only the points that `schema` has. Throws Error where the pack lacks some.
FacePack WithPointsOf(const LandmarkSchema& schema, FacePack pack);

// Written beside and renamed. Throws Error where the file cannot be written.
void SavePack(const std::filesystem::path& path, const FacePack& pack);

// Whether a path among data sets is a pack, by its ending.
bool IsPack(const std::string& path);

// Throws Error, naming the file, where it is missing, truncated, not a pack, of another version, or
// where its numbers lie in no picture.
FacePack LoadPack(const std::filesystem::path& path);

}  // namespace nosetip
