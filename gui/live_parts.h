// Makes the trackers of the live view from its settings.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "gui/settings.h"
#include "tracker/live/tracking_loop.h"
#include "tracker/model/landmarker.h"

namespace nosetip {

// What the trackers run on, written by the thread that makes them. Any thread may call anything.
class DeviceNote {
 public:
  void Write(const DeviceChoice& device) {
    const std::lock_guard lock(mutex_);
    device_ = device;
  }
  DeviceChoice Read() const {
    const std::lock_guard lock(mutex_);
    return device_;
  }

 private:
  mutable std::mutex mutex_;
  DeviceChoice device_;
};

// Called by the build thread of a LiveSession: loads the model and detector, and notes the device.
// Throws Error as LoadLandmarker, ChooseDevice, CreateYuNetDetector and Validate do.
PartsFactory MakeParts(const Settings& settings, std::shared_ptr<DeviceNote> note);

// True where another tracker is needed to go from one to the other.
bool NeedsOtherTracker(const Settings& before, const Settings& after);

}  // namespace nosetip
