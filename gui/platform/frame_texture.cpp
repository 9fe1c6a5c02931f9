#include "gui/platform/frame_texture.h"

#include <utility>

#include <GLFW/glfw3.h>

namespace nosetip {

#ifndef GL_CLAMP_TO_EDGE
#define GL_CLAMP_TO_EDGE 0x812F
#endif

FrameTexture::~FrameTexture() { Release(); }

FrameTexture::FrameTexture(FrameTexture&& other) noexcept { *this = std::move(other); }

FrameTexture& FrameTexture::operator=(FrameTexture&& other) noexcept {
  std::swap(name_, other.name_);
  std::swap(width_px_, other.width_px_);
  std::swap(height_px_, other.height_px_);
  return *this;
}

void FrameTexture::Release() {
  // Without a context there is nothing left to release.
  if (name_ != 0 && glfwGetCurrentContext() != nullptr) glDeleteTextures(1, &name_);
  name_ = 0;
}

void FrameTexture::Upload(const Image& image) {
  if (image.Empty()) return;
  const bool is_new = name_ == 0;
  if (is_new) glGenTextures(1, &name_);
  glBindTexture(GL_TEXTURE_2D, name_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  if (is_new || width_px_ != image.width_px || height_px_ != image.height_px) {
    width_px_ = image.width_px;
    height_px_ = image.height_px;
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, width_px_, height_px_, 0, GL_RGB, GL_UNSIGNED_BYTE,
                 image.rgb.data());
  } else {
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width_px_, height_px_, GL_RGB, GL_UNSIGNED_BYTE,
                    image.rgb.data());
  }
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glBindTexture(GL_TEXTURE_2D, 0);
}

}  // namespace nosetip
