// A source of frames that does what a test says.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "tracker/sources/frame_source.h"

namespace nosetip {

// Asks the script for each frame by its number, 0, 1, 2 ... The script may return null, throw and
// wait; it is called by the thread that reads.
class ScriptedSource final : public FrameSource {
 public:
  using Script = std::function<FramePtr(int64_t id)>;

  ScriptedSource(std::string name, Script script) : script_(std::move(script)) {
    info_.name = std::move(name);
  }

  const SourceInfo& info() const override { return info_; }
  FramePtr Next() override { return script_(next_++); }

 private:
  SourceInfo info_;
  Script script_;
  int64_t next_ = 0;
};

}  // namespace nosetip
