// A picture on the GPU, for Dear ImGui to draw.
#pragma once

#include <cstdint>

#include "tracker/core/image.h"

namespace nosetip {

// Used by the thread of a Window, while it exists.
class FrameTexture {
 public:
  FrameTexture() = default;
  ~FrameTexture();
  FrameTexture(FrameTexture&& other) noexcept;
  FrameTexture& operator=(FrameTexture&& other) noexcept;

  // Copies the picture to the GPU.
  void Upload(const Image& image);
  // For ImTextureID; null before the first upload.
  void* Id() const { return reinterpret_cast<void*>(static_cast<intptr_t>(name_)); }
  int width_px() const { return width_px_; }
  int height_px() const { return height_px_; }

 private:
  void Release();

  unsigned name_ = 0;
  int width_px_ = 0;
  int height_px_ = 0;
};

}  // namespace nosetip
