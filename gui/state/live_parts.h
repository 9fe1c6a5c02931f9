// Makes the trackers of the live view from its settings.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "gui/state/settings.h"
#include "tracker/live/tracking_loop.h"
#include "tracker/model/landmarker.h"

namespace nosetip {

// What the latest tracker is made of.
struct PartsInUse {
  DeviceChoice device;
  std::string how_it_runs;   // the landmark network, on that device
  std::string model;         // a file
  std::string model_reason;  // empty where it was asked for
};

// Written by the thread that makes the trackers. Any thread may call anything.
class PartsNote {
 public:
  void Write(PartsInUse parts) {
    const std::lock_guard lock(mutex_);
    parts_ = std::move(parts);
  }
  PartsInUse Read() const {
    const std::lock_guard lock(mutex_);
    return parts_;
  }

 private:
  mutable std::mutex mutex_;
  PartsInUse parts_;
};

// Called by the build thread of a LiveSession: loads the model and detector, and notes them. Throws
// Error as LoadModelFor, ChooseDevice, CreateYuNetDetector and Validate do.
PartsFactory MakeParts(const Settings& settings, std::shared_ptr<PartsNote> note);

// True where another tracker is needed to go from one to the other.
bool NeedsOtherTracker(const Settings& before, const Settings& after);

}  // namespace nosetip
