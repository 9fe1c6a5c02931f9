// Turns what a live session says of itself into lines of the log.
#pragma once

#include <string>
#include <vector>

#include "gui/state/event_log.h"
#include "tracker/live/live_status_more.h"

namespace nosetip {

class StatusWatch {
 public:
  // What is new since the last look.
  std::vector<LogLine> Look(const LiveStatus& status);

 private:
  LiveStatus before_;
  bool has_looked_ = false;
};

}  // namespace nosetip
