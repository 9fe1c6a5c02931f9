// Where the fragments of a video go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tracker/core/atomic_file.h"
#include "tracker/output/text_output.h"
#include "tracker/output/video_writer.h"

namespace nosetip {

// The file of a video, in one of two ways (VideoWriter::Named). Not thread-safe.
class VideoFile {
 public:
  explicit VideoFile(const VideoOptions& options) {
    if (options.named == VideoWriter::Named::kFromStart) {
      growing_.emplace(options.path);
    } else {
      atomic_.emplace(options.path, AtomicFileOptions{.keep_part = true});
    }
  }

  // A whole fragment. Throws Error where it cannot be written.
  void Append(const std::string& fragment) {
    if (growing_) return growing_->Write(fragment);
    atomic_->Write(fragment);
    atomic_->Flush();
  }
  void Finish() {
    if (atomic_) atomic_->Commit();
  }
  int64_t bytes() const { return growing_ ? growing_->bytes() : atomic_->bytes(); }

 private:
  std::optional<GrowingText> growing_;
  std::optional<AtomicFile> atomic_;
};

}  // namespace nosetip
