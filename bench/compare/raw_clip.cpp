#include "bench/compare/raw_clip.h"

#include <cstdlib>
#include <filesystem>

#include <fmt/core.h>
#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {

RawClip::RawClip() {
  std::string name = (std::filesystem::temp_directory_path() / "nosetip-compare-XXXXXX").string();
  const int descriptor = ::mkstemp(name.data());
  if (descriptor >= 0) file_.reset(::fdopen(descriptor, "wb"));
  if (!file_) throw Error(name + ": cannot create a temporary file; set TMPDIR to another folder");
  ::unlink(name.c_str());
  path_ = fmt::format("/proc/{}/fd/{}", ::getpid(), descriptor);
}

void RawClip::Add(const Image& frame) {
  const bool written =
      std::fwrite(frame.rgb.data(), 1, frame.rgb.size(), file_.get()) == frame.rgb.size();
  if (!written || std::fflush(file_.get()) != 0) {
    throw Error("the temporary clip cannot be written; check the space on the disk, or set TMPDIR");
  }
}

RawClipReader::RawClipReader(const std::string& path, SizePx frame_px)
    : file_(std::fopen(path.c_str(), "rb")) {
  if (!file_) throw Error(path + ": the frames cannot be read");
  frame_.id = -1;
  frame_.image = Image(frame_px.width, frame_px.height);
}

const Frame* RawClipReader::Next() {
  auto& rgb = frame_.image.rgb;
  if (std::fread(rgb.data(), 1, rgb.size(), file_.get()) != rgb.size()) return nullptr;
  ++frame_.id;
  return &frame_;
}

}  // namespace nosetip
