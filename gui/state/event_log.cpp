#include "gui/state/event_log.h"

#include <utility>

#include <fmt/core.h>

#include "gui/state/source_choice.h"
#include "tracker/core/printable_text.h"

namespace nosetip {
namespace {

std::string OpenedText(const SourceInfo& info) {
  const std::string note = info.note.empty() ? "" : "; " + info.note;
  return fmt::format("Opened {}: {}{}", info.name, SizeAndRate(info), note);
}

}  // namespace

void EventLog::Add(Severity severity, std::string text, std::chrono::system_clock::time_point at) {
  text = PrintableText(WithoutPasswords(text));
  if (!lines_.empty() && lines_.back().text == text && lines_.back().severity == severity) {
    lines_.back().at = at;
    ++lines_.back().times;
    return;
  }
  lines_.push_back({at, severity, std::move(text)});
  if (lines_.size() > max_lines_) lines_.pop_front();
}

std::vector<LogLine> StatusWatch::Update(const LiveStatus& status) {
  std::vector<LogLine> lines;
  const auto add = [&](Severity severity, const std::string& text) {
    lines.push_back({std::chrono::system_clock::now(), severity, text});
  };
  const bool is_other = is_first_ || status.source_serial != before_.source_serial;
  const bool was_open = !is_other && before_.info.has_value();
  const bool came_back =
      !is_other && before_.state == LiveState::kRetrying && status.state == LiveState::kRunning;
  if (status.info && (!was_open || came_back)) add(Severity::kInfo, OpenedText(*status.info));
  if (!status.message.empty() && (is_other || status.message != before_.message)) {
    const bool failed = status.state == LiveState::kFailed;
    add(failed ? Severity::kError : Severity::kWarning, status.message);
  }
  if (!status.tracker_message.empty() && status.tracker_message != before_.tracker_message) {
    add(Severity::kError, status.tracker_message);
  }
  if (!status.tracking_message.empty() && status.tracking_message != before_.tracking_message) {
    add(Severity::kError, status.tracking_message);
  }
  before_ = status;
  is_first_ = false;
  return lines;
}

}  // namespace nosetip
