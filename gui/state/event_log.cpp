#include "gui/state/event_log.h"

#include "gui/state/source_choice.h"

namespace nosetip {
namespace {

std::string Opened(const SourceInfo& info) {
  return info.name + " is open: " + SizeAndRate(info) + (info.note.empty() ? "" : "; " + info.note);
}

}  // namespace

std::vector<LogLine> StatusWatch::Look(const LiveStatus& status) {
  std::vector<LogLine> lines;
  const auto say = [&](Severity severity, const std::string& text) {
    lines.push_back({std::chrono::system_clock::now(), severity, text});
  };
  const bool is_other = !has_looked_ || status.source_serial != before_.source_serial;
  const bool was_open = !is_other && before_.info.has_value();
  const bool came_back =
      !is_other && before_.state == LiveState::kRetrying && status.state == LiveState::kRunning;
  if (status.info && (!was_open || came_back)) say(Severity::kInfo, Opened(*status.info));
  if (!status.message.empty() && (is_other || status.message != before_.message)) {
    const bool failed = status.state == LiveState::kFailed;
    say(failed ? Severity::kError : Severity::kWarning, status.message);
  }
  if (!status.tracker_message.empty() && status.tracker_message != before_.tracker_message) {
    say(Severity::kError, status.tracker_message);
  }
  if (!status.tracking_message.empty() && status.tracking_message != before_.tracking_message) {
    say(Severity::kError, status.tracking_message);
  }
  before_ = status;
  has_looked_ = true;
  return lines;
}

}  // namespace nosetip
